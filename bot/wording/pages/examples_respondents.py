"""One card for every page between respondents: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.readiness.contested import Contest, Settled
from bot.readiness.respondent_cards import (
    ContestCard,
    ContestPart,
    HandedCard,
    HandedQuestion,
    HandOverForm,
    HandOverOffer,
    Side,
    VerifyContestedForm,
)
from bot.wording.pages.examples_interviews import INTERVIEW
from bot.wording.pages.examples_projects import ANSWERS, FRAMEWORK, LINKED, MEI, NOW, OLIVIA, PROJECT, ZONE

DIMENSION = FRAMEWORK.dimensions[1]
CONTEST = Contest("c1", "p1", "as1", DIMENSION.id, NOW)
HIGH = Side(MEI, replace(ANSWERS[3], id="high", level=4, evidence=LINKED))
LOW = Side(OLIVIA, replace(ANSWERS[3], id="low", level=1, note=""))
WORDS = "Mei has rehearsed it in August & knows <more>. " * 20


def examples() -> Mapping[str, object]:
    """Page name -> card."""
    came = HandedQuestion(OLIVIA, NOW, WORDS, may_return=True)
    deadline = NOW + timedelta(days=3)
    return {
        "hand_over": HandOverForm(INTERVIEW, DIMENSION),
        "hand_over_offer": HandOverOffer(INTERVIEW, DIMENSION),
        "handed": HandedCard(PROJECT, DIMENSION, INTERVIEW, came, deadline, ZONE),
        "handed_back": HandedCard(PROJECT, DIMENSION, INTERVIEW, replace(came, returned=True), deadline, ZONE),
        "verify_contested": VerifyContestedForm(CONTEST, DIMENSION, (HIGH, LOW)),
        **{f"contest_{part.value}": _contest(part) for part in ContestPart},
        "contest_of_many": replace(_contest(ContestPart.WHOLE), sides=(HIGH,) * 6 + (LOW,) * 6),
        **{
            f"contest_settled_{how.value}": replace(
                _contest(ContestPart.WHOLE),
                contest=replace(CONTEST, settled_at=NOW, settled_by=MEI.id, how=how),
                settled_by=MEI,
                words=WORDS if how is Settled.VERIFIED else "",
                still=(LOW, HIGH) if how is Settled.VERIFIED else (),
            )
            for how in Settled
        },
    }


def _contest(part: ContestPart) -> ContestCard:
    return ContestCard(PROJECT, DIMENSION, CONTEST, (HIGH, LOW), part, None, ZONE)
