"""Questions on their way: whom one can go back to, who brought it, and when it is nobody's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.handovers import Handover, brought, came_from, nobodys

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PEOPLE = ("ada", "ben", "cem", "dan")


def chain(words: str, dimension_id: str = "D4") -> list[Handover]:
    """`ada>ben` hands a question over, `ben>ada!` returns it."""
    steps = []
    for number, word in enumerate(words.split()):
        giver, _, taker = word.rstrip("!").partition(">")
        at = NOON + timedelta(hours=number)
        steps.append(Handover(f"{number}", "p", "as", dimension_id, giver, taker, at, returned=word.endswith("!")))
    return steps


def said(dimension_id: str, kind: AnswerKind = AnswerKind.LEVEL) -> Answer:
    level = 2 if kind is AnswerKind.LEVEL else None
    return Answer(f"a-{dimension_id}", "p", "as", "i", dimension_id, "dan", kind, NOON, level)


@pytest.mark.parametrize(
    ("words", "holder", "goes_back_to"),
    [
        ("", "ada", None),
        ("ada>ben", "ben", "ada"),
        ("ada>ben", "ada", None),
        ("ada>ben ben>ada!", "ada", None),
        ("ada>ben ben>ada! ada>ben", "ben", "ada"),
        ("ada>ben ben>cem", "cem", "ben"),
        ("ada>ben ben>cem cem>ben!", "ben", "ada"),
        ("ada>ben ben>cem cem>ben! ben>ada!", "ada", None),
        ("ada>ben ben>cem cem>ada", "ada", "cem"),
        ("ada>ben ben>cem cem>ada ada>cem!", "cem", "ben"),
        ("ada>cem dan>ben", "cem", "ada"),
    ],
)
def test_a_question_goes_back_the_way_it_came(words: str, holder: str, goes_back_to: str | None) -> None:
    step = came_from(chain(words), "D4", holder)
    assert (step.from_id if step else None) == goes_back_to


def test_where_two_are_asked_the_same_each_sees_who_brought_theirs() -> None:
    steps = chain("ada>cem dan>ben")
    assert [(step.from_id if (step := brought(steps, "D4", who)) else None) for who in PEOPLE] == [
        None,
        "dan",
        "ada",
        None,
    ]
    assert brought(steps, "D1", "ben") is None


@pytest.mark.parametrize(
    ("words", "is_nobodys"),
    [
        ("ada>ben ben>cem cem>dan", False),
        ("ada>ben ben>ada!", False),
        ("ada>ben ben>ada! ada>cem cem>ada!", True),
        ("ada>ben ben>cem cem>ben! ben>ada!", True),
    ],
)
def test_a_question_that_came_back_twice_is_nobodys_until_somebody_answers(words: str, is_nobodys: bool) -> None:
    steps = chain(words)
    assert nobodys(steps, []) == (("D4",) if is_nobodys else ())
    assert nobodys(steps, [said("D1")]) == nobodys(steps, [])
    assert nobodys(steps, [said("D4")]) == nobodys(steps, [said("D4", AnswerKind.UNKNOWN)]) == ()


def test_returns_are_counted_for_each_question_apart() -> None:
    once = "ada>ben ben>ada!"
    assert nobodys([*chain(once, "D3"), *chain(once)], []) == ()
    assert nobodys([*chain(once + " " + once, "D3"), *chain(once)], []) == ("D3",)


@given(st.data())
def test_however_a_question_wanders_it_can_be_carried_back_to_where_it_began(data: st.DataObject) -> None:
    steps: list[Handover] = []
    holder = "ada"
    for number in range(data.draw(st.integers(0, 12))):
        came = came_from(steps, "D4", holder)
        goes_back = came is not None and data.draw(st.booleans())
        others = [p for p in PEOPLE if p != holder and (came is None or p != came.from_id)]
        to = came.from_id if came and goes_back else data.draw(st.sampled_from(others))
        steps.append(Handover(str(number), "p", "as", "D4", holder, to, NOON, returned=goes_back))
        holder = to
    length = len(steps)
    while (came := came_from(steps, "D4", holder)) is not None:
        steps.append(Handover(str(len(steps)), "p", "as", "D4", holder, came.from_id, NOON, returned=True))
        holder = came.from_id
        assert len(steps) <= 2 * length
    assert holder == "ada"
