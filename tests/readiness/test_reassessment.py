"""What a re-assessment asks again, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.content.reader import shipped_framework
from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.rating import rate_all
from bot.readiness.reassessment import Why, asked_again
from bot.readiness.scoring import score

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=30)
FIRST = FRAMEWORK.dimensions[0].id
LAST = FRAMEWORK.dimensions[-1].id


def said(level: int = 3, days_ago: int = 5, **other: object) -> list[Answer]:
    """The same for every dimension, linked."""
    when = NOW - timedelta(days=days_ago)
    evidence = Evidence(EvidenceStrength.LINKED, "https://wiki.example", when)
    answers = [
        Answer(f"a{d.id}", "p", "a", "i", d.id, "mei", AnswerKind.LEVEL, when, level, evidence)
        for d in FRAMEWORK.dimensions
    ]
    return [replace(answer, **other) for answer in answers]  # type: ignore[arg-type]


def first(answers: list[Answer], **other: object) -> list[Answer]:
    """The same, with one answer changed."""
    return [replace(answers[0], **other), *answers[1:]]  # type: ignore[arg-type]


def asked(answers: list[Answer], exposure: int = 3, **more: set[str]) -> dict[str, Why]:
    card = score(FRAMEWORK, exposure, exposure, rate_all(FRAMEWORK, answers, {}))
    return dict(asked_again(FRAMEWORK, exposure, answers, card, UNTIL, **more))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"kind": AnswerKind.UNKNOWN, "level": None}, Why.UNANSWERED),
        ({"level": 1}, Why.BELOW_BAR),
        ({"evidence": Evidence(EvidenceStrength.ASSERTED, "https://wiki.example")}, Why.DISPUTED),
        ({"evidence": Evidence(EvidenceStrength.LINKED, "x", NOW - timedelta(days=31))}, Why.AGED),
        ({"answered_at": NOW - timedelta(days=31), "evidence": Evidence()}, Why.AGED),
        (
            {
                "evidence": Evidence(
                    EvidenceStrength.VERIFIED, "x", NOW, verified_by="omar", verified_at=NOW - timedelta(days=31)
                )
            },
            Why.AGED,
        ),
    ],
)
def test_what_needs_it_is_asked_again(changed: dict[str, object], why: Why) -> None:
    assert asked(first(said(), **changed)) == {FIRST: why}


@pytest.mark.parametrize(
    ("more", "why"),
    [("contested", Why.CONTESTED), ("dead", Why.DEAD_LINK), ("changed", Why.OTHER_QUESTION)],
)
def test_so_is_what_others_say_of_it(more: str, why: Why) -> None:
    assert asked(said(), **{more: {LAST}}) == {LAST: why}


def test_a_dimension_nobody_answered_is_asked() -> None:
    assert asked(said()[1:]) == {FIRST: Why.UNANSWERED}


def test_what_does_not_apply_is_asked_again_after_half_a_year() -> None:
    holds = next(d for d in FRAMEWORK.dimensions if d.may_be_not_applicable)
    fresh = [
        replace(answer, kind=AnswerKind.NOT_APPLICABLE, level=None, reason="other", approved_by="omar")
        if answer.dimension_id == holds.id
        else answer
        for answer in said()
    ]
    assert asked(fresh, 2).get(holds.id) is not Why.AGED
    old = [
        replace(answer, answered_at=NOW - timedelta(days=151)) if answer.dimension_id == holds.id else answer
        for answer in fresh
    ]
    assert asked(old, 2)[holds.id] is Why.AGED


def test_when_nothing_needs_it_the_three_oldest_are_asked() -> None:
    answers = [
        replace(answer, answered_at=answer.answered_at - timedelta(minutes=number))
        for number, answer in enumerate(said())
    ]
    assert asked(answers) == dict.fromkeys([d.id for d in FRAMEWORK.dimensions[-3:]], Why.OLDEST)
