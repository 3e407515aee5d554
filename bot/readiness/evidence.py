"""Evidence over time: given, confirmed, checked by somebody else, doubted, and how it ages. Pure.

Rules in `docs/readiness.md`. A link counts until twice the interval of the project's exposure has passed since it was
given or confirmed; a check counts as long, then the link alone for one interval more.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.readiness.assessment import Answer, Evidence, EvidenceStrength
from bot.readiness.framework import Framework

ASSERTED, LINKED, VERIFIED = EvidenceStrength.ASSERTED, EvidenceStrength.LINKED, EvidenceStrength.VERIFIED


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Somebody asked a colleague to look at what backs an answer. It is open while that answer stands unchecked."""

    id: str
    project_id: str
    answer_id: str
    asked_of: str
    asked_by: str
    at: datetime


def linked(link: str, at: datetime) -> Evidence:
    """A link, given now."""
    return Evidence(LINKED, link, at)


def carried(evidence: Evidence, *, same_level: bool) -> Evidence:
    """What an edited answer keeps: its link; a check was of the level it had, and goes with it."""
    if evidence.strength is VERIFIED and not same_level:
        return replace(evidence, strength=LINKED, verified_by=None, verified_at=None)
    return evidence


def confirmed(evidence: Evidence, at: datetime) -> Evidence:
    """*Unchanged, still true*: a link is as good as given anew; nobody has checked it again."""
    return replace(evidence, given_at=at) if evidence.strength is not ASSERTED else evidence


def checked(evidence: Evidence, by: str, at: datetime) -> Evidence:
    """Somebody other than the claimant has looked, and it shows the level."""
    return replace(evidence, strength=VERIFIED, verified_by=by, verified_at=at)


def doubted(evidence: Evidence) -> Evidence:
    """Somebody has looked, and it does not show the level: the words alone remain, the link stays to be read."""
    return replace(evidence, strength=ASSERTED, verified_by=None, verified_at=None)


def falls(framework: Framework, answer: Answer, exposure: int) -> tuple[tuple[datetime, EvidenceStrength], ...]:
    """When the evidence of an answer falls, and to what; earliest first, empty for what is only said."""
    evidence, interval = answer.evidence, timedelta(days=framework.intervals[exposure])
    given = evidence.given_at or answer.answered_at
    if evidence.strength is ASSERTED:
        return ()
    if evidence.strength is LINKED:
        return ((given + 2 * interval, ASSERTED),)
    check = evidence.verified_at or given
    # A link that was confirmed since the check outlives it.
    return (check + 2 * interval, LINKED), (max(check + 3 * interval, given + 2 * interval), ASSERTED)


def strength_at(framework: Framework, answer: Answer, exposure: int, at: datetime) -> EvidenceStrength:
    """What the evidence of an answer is worth at a moment: the older, the less."""
    worth = answer.evidence.strength
    for moment, fallen in falls(framework, answer, exposure):
        if at > moment:
            worth = fallen
    return worth


def stale_at(framework: Framework, answer: Answer, exposure: int, at: datetime) -> datetime | None:
    """When the evidence falls next; None when there is nothing left to fall."""
    return next((moment for moment, _ in falls(framework, answer, exposure) if moment >= at), None)


def aged(framework: Framework, answer: Answer, exposure: int, at: datetime) -> Answer:
    """The answer with its evidence as it counts at a moment."""
    worth = strength_at(framework, answer, exposure, at)
    if worth is answer.evidence.strength:
        return answer
    return replace(answer, evidence=replace(answer.evidence, strength=worth))
