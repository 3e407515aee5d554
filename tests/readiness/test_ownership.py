"""What lowers ownership: owners who differ, and questions that nobody answers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.framework import Framework, Ownership
from bot.readiness.handovers import Handover
from bot.readiness.ownership import Lowered, Lowering, lowered, lowerings
from bot.readiness.scoring import rate_all, score
from tests.readiness.conftest import FRAMEWORK
from tests.readiness.strategies import LEVELS, RATINGS, asserted, linked

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RULED = replace(FRAMEWORK, ownership=Ownership("D8", 1, ("operations", "business")))
TWICE = [Handover(str(n), "p", "as", "D4", "mei", "ben", NOON, returned=True) for n in range(2)]
BOTH = [
    Lowered("D8", 1, Lowering.OWNERS_DIFFER, ("operations",)),
    Lowered("D8", 1, Lowering.NOBODYS_QUESTION, ("D4",)),
]


def names(who: str, owner: str, field: str = "operations", dimension_id: str = "D8", level: int = 3) -> Answer:
    facts = {field: owner}
    return Answer(
        f"{who}-{owner}", "p", "as", f"i-{who}", dimension_id, who, AnswerKind.LEVEL, NOON, level, facts=facts
    )


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Omar", "Emma", True),
        ("Omar", "omar", False),
        ("Omar  Haddad", " omar haddad ", False),
        ("<@U1>", "<@U1>", False),
        ("@omar", "Omar", False),
        ("Ömer", "ÖMER", False),
        ("Straße", "STRASSE", False),
        ("Omar", "", False),
        ("Omar", "   ", False),
        ("Omar", "@", False),
        ("Omar", "Omar Haddad", True),
    ],
)
def test_owners_differ_by_the_words_people_use_and_not_by_how_they_are_written(
    one: str, other: str, differ: bool
) -> None:
    found = lowerings(RULED, [names("mei", one), names("emma", other)], [])
    assert found == ((BOTH[0],) if differ else ())


def test_one_person_or_another_field_or_another_dimension_is_no_difference() -> None:
    assert lowerings(RULED, [names("mei", "Omar")], []) == ()
    assert lowerings(RULED, [names("mei", "Omar"), names("emma", "Ada", "budget")], []) == ()
    assert lowerings(RULED, [names("mei", "Omar"), names("emma", "Ada", dimension_id="D7")], []) == ()


def test_only_the_latest_answer_of_each_person_counts() -> None:
    edited = replace(names("mei", "Ada"), id="later", supersedes_id="mei-Omar")
    assert lowerings(RULED, [edited, names("mei", "Omar"), names("emma", "Ada")], []) == ()


def test_both_reasons_are_told_with_what_they_are_about() -> None:
    answers = [names("mei", "Omar"), names("emma", "Emma")]
    assert lowerings(RULED, answers, TWICE) == tuple(BOTH)
    assert lowerings(RULED, [*answers, names("dan", "", dimension_id="D4")], TWICE) == tuple(BOTH[:1])


def test_a_framework_without_the_rule_lowers_nothing() -> None:
    assert lowerings(FRAMEWORK, [names("mei", "Omar"), names("emma", "Emma")], TWICE) == ()


@pytest.mark.parametrize("reasons", [BOTH[:1], BOTH[1:], BOTH])
def test_the_rating_falls_to_at_most_one_and_what_is_lower_stays(reasons: list[Lowered]) -> None:
    for level in range(5):
        ratings = {"D8": linked(level, 4, 1), "D9": asserted(3)}
        assert lowered(ratings, reasons) == {"D8": linked(min(level, 1), 4, 1), "D9": asserted(3)}


def test_what_nobody_knows_stays_unknown() -> None:
    unknown = Answer("a", "p", "as", "i", "D8", "mei", AnswerKind.UNKNOWN, NOON)
    ratings = rate_all(RULED, [unknown], {})
    assert lowered(ratings, BOTH) == ratings
    assert lowered({}, BOTH) == {}


@given(st.integers(1, 5), st.fixed_dictionaries({d.id: RATINGS for d in FRAMEWORK.dimensions}), LEVELS)
def test_lowering_never_lifts_a_result(exposure: int, ratings: dict[str, object], level: int) -> None:
    said = {**ratings, "D8": asserted(level)}

    def result(framework: Framework, of: dict[str, object]) -> tuple[int, int, int]:
        card = score(framework, exposure, None, of)  # type: ignore[arg-type]  # ratings, drawn
        return card.readiness, card.stage, card.index

    for after, before in zip(result(RULED, lowered(said, BOTH)), result(RULED, said), strict=True):  # type: ignore[arg-type]
        assert after <= before
