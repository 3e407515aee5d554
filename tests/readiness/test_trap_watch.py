"""Traps over time: new, standing, gone; what a correction quiets, and for how long."""

from dataclasses import replace
from typing import Any

import pytest

from bot.readiness.assessment import Answer
from bot.readiness.trap_findings import Arm, Quote, Reason, TrapFinding, TrapSeverity
from bot.readiness.trap_watch import (
    Correction,
    RaisedTrap,
    claims,
    reasons_as_plain,
    reasons_from_plain,
    trap_changes,
    words_of,
)
from tests.readiness.test_traps import IDS, NOW, answer

SAID = answer("D8", 2, {"run-budget": "none"})
AGAIN = replace(SAID, id="again")
OTHER = replace(SAID, id="other", facts={"run-budget": "not yet"})
NOTED = replace(SAID, id="noted", note="the platform pays")
ANSWERS = {each.id: each for each in (SAID, AGAIN, OTHER, NOTED)}


def because(said: Answer, **numbers: int) -> tuple[Reason, ...]:
    return (Reason(Arm.NO_BUDGET, (Quote(said.id, IDS["D8"], "run-budget"),), numbers),)


def finding(said: Answer = SAID, severity: TrapSeverity = TrapSeverity.MEDIUM, **numbers: int) -> TrapFinding:
    return TrapFinding("t2", severity, because(said, **numbers))


def raised(said: Answer = SAID, severity: TrapSeverity = TrapSeverity.MEDIUM) -> RaisedTrap:
    return RaisedTrap("r", "p", "t2", severity, because(said), NOW, "m1")


def corrected(said: Answer = SAID) -> Correction:
    return Correction("c", "r", "mei", NOW, because(said), "not so")


def test_found_standing_and_gone_are_told_apart_by_trap() -> None:
    other = replace(raised(), id="r3", trap_id="t3")
    changes = trap_changes([raised(), other], [finding(), replace(finding(), trap_id="t1")], {}, ANSWERS)
    assert [(each.finding.trap_id, each.is_news) for each in changes.found] == [("t1", True)]
    assert [each.raised for each in changes.standing] == [raised()]
    assert changes.gone == (other,)


HIGH, MEDIUM, ADVICE = TrapSeverity.HIGH, TrapSeverity.MEDIUM, TrapSeverity.ADVICE
NEWS: list[tuple[str, RaisedTrap, TrapFinding, list[Correction], bool]] = [
    ("as before", raised(), finding(), [], False),
    ("heavier", raised(), finding(severity=HIGH), [], True),
    ("lighter", raised(severity=HIGH), finding(), [], False),
    ("advice that becomes serious", raised(severity=ADVICE), finding(), [], True),
    ("a question that becomes advice", raised(severity=TrapSeverity.ASK), finding(severity=ADVICE), [], False),
    ("other words, not corrected", raised(), finding(OTHER), [], False),
    ("corrected", raised(), finding(), [corrected()], False),
    ("corrected and heavier", raised(), finding(severity=HIGH), [corrected()], False),
    ("corrected, the same said again", raised(), finding(AGAIN), [corrected()], False),
    ("corrected, a note added elsewhere", raised(), finding(NOTED), [corrected()], False),
    ("corrected, only its numbers grew", raised(), finding(days=400), [corrected()], False),
    ("corrected, then answered differently", raised(), finding(OTHER), [corrected()], True),
    ("answered differently before, and told then", raised(OTHER), finding(OTHER), [corrected()], False),
    ("corrected again", raised(OTHER), finding(OTHER, HIGH), [corrected(), corrected(OTHER)], False),
]


@pytest.mark.parametrize(("was", "now", "said", "is_news"), [row[1:] for row in NEWS], ids=[row[0] for row in NEWS])
def test_what_is_news(was: RaisedTrap, now: TrapFinding, said: list[Correction], is_news: bool) -> None:
    (standing,) = trap_changes([was], [now], {"t2": said}, ANSWERS).standing
    assert standing.is_news is is_news


FIRST: list[tuple[str, TrapFinding, list[Correction], bool]] = [
    ("new", finding(), [], True),
    ("a question", finding(severity=TrapSeverity.ASK), [], False),
    ("advice", finding(severity=ADVICE), [], False),
    ("answered when it stood before", finding(AGAIN), [corrected()], False),
    ("answered before, other words now", finding(OTHER), [corrected()], True),
]


@pytest.mark.parametrize(("now", "said", "is_news"), [row[1:] for row in FIRST], ids=[row[0] for row in FIRST])
def test_what_is_news_of_a_trap_that_did_not_stand(now: TrapFinding, said: list[Correction], is_news: bool) -> None:
    (found,) = trap_changes([], [now], {"t2": said}, ANSWERS).found
    assert found.is_news is is_news


def test_a_claim_of_a_whole_answer_is_its_level_and_its_words() -> None:
    whole = (Reason(Arm.TECHNOLOGY_AHEAD, (Quote(SAID.id, SAID.dimension_id),)),)
    lower = ANSWERS | {SAID.id: replace(SAID, level=1)}
    assert claims(whole, ANSWERS) != claims(whole, lower)
    assert claims(whole, ANSWERS) != claims(whole, ANSWERS | {SAID.id: replace(SAID, note="more")})
    assert claims(whole, {}) == frozenset({(SAID.dimension_id, "")})


def test_words_that_were_erased_are_not_said() -> None:
    assert words_of(Quote(SAID.id, SAID.dimension_id, "run-budget"), replace(SAID, facts={})) == ""


def test_reasons_come_back_as_they_were_stored_and_hold_no_words() -> None:
    reasons = (*because(SAID, percent=12), Reason(Arm.HEAVIER_EXPOSURE, (), {"exposure": 3}))
    plain: Any = reasons_as_plain(reasons)
    assert reasons_from_plain(plain) == reasons
    assert "none" not in str(plain)
