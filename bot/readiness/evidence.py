"""Evidence over time: given, confirmed, checked by somebody else, doubted, and how it ages. Pure.

Rules in `docs/readiness.md`. A link counts until twice the interval of the project's exposure has passed since it was
given or confirmed; a check counts as long, then the link alone for one interval more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.framework import STAGES, Framework

ASSERTED, LINKED, VERIFIED = EvidenceStrength.ASSERTED, EvidenceStrength.LINKED, EvidenceStrength.VERIFIED

NOT_APPLICABLE_LASTS = timedelta(days=180)
"""How long an agreed *does not apply* leaves a dimension out; then it counts as unknown."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The evidence of an answer is worth less after `at`: `was` before, `left` then.

    None is left of a *does not apply* that leaves nothing out any more.
    """

    answer: Answer
    at: datetime
    was: EvidenceStrength
    left: EvidenceStrength | None


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


def excluded_until(answer: Answer) -> datetime | None:
    """Until when an agreed *does not apply* leaves its dimension out; None where there is none."""
    agreed = answer.kind is AnswerKind.NOT_APPLICABLE and answer.approved_by is not None
    return answer.answered_at + NOT_APPLICABLE_LASTS if agreed else None


def aged(framework: Framework, answer: Answer, exposure: int, at: datetime) -> Answer:
    """The answer as it counts at a moment: with what is left of its evidence, or of the agreement to it."""
    until = excluded_until(answer)
    if until is not None and at > until:
        return replace(answer, approved_by=None)
    worth = strength_at(framework, answer, exposure, at)
    if worth is answer.evidence.strength:
        return answer
    return replace(answer, evidence=replace(answer.evidence, strength=worth))


def falls_to_come(framework: Framework, answers: Iterable[Answer], exposure: int, after: datetime) -> tuple[Fall, ...]:
    """Every fall from a moment on, earliest first; an answer whose check ages, too, has two."""
    found = []
    for answer in answers:
        until = excluded_until(answer)
        if until is not None and until >= after:
            found.append(Fall(answer, until, ASSERTED, None))
        was = strength_at(framework, answer, exposure, after)
        for moment, left in falls(framework, answer, exposure):
            if moment >= after:
                found.append(Fall(answer, moment, was, left))
                was = left
    return tuple(sorted(found, key=lambda fall: (fall.at, fall.answer.id)))


def fallen(
    framework: Framework, answers: Iterable[Answer], exposure: int, since: datetime, until: datetime
) -> tuple[Fall, ...]:
    """The answers whose evidence counts for less at `until` than at `since` because of its age, earliest first.

    One that fell twice in between stands once. What the age of evidence cannot lower is left out.
    """
    found = []
    for answer in answers:
        until_then = excluded_until(answer)
        if until_then is not None and since <= until_then < until:
            found.append(Fall(answer, until_then, ASSERTED, None))
        moments = [at for at, _ in falls(framework, answer, exposure) if since <= at < until]
        if moments:
            was, left = (strength_at(framework, answer, exposure, moment) for moment in (since, until))
            found.append(Fall(answer, moments[-1], was, left))
    return tuple(
        sorted((fall for fall in found if lowers(framework, fall)), key=lambda fall: (fall.at, fall.answer.id))
    )


def lowers(framework: Framework, fall: Fall) -> bool:
    """Whether the level counts for less at any stage once its evidence has fallen; a low one needs none."""
    dimension, level, left = framework.by_id.get(fall.answer.dimension_id), fall.answer.level, fall.left
    if dimension is None or left is None:
        return dimension is not None
    return level is not None and any(
        min(level, framework.cap(dimension, fall.was, stage)) > min(level, framework.cap(dimension, left, stage))
        for stage in STAGES
    )
