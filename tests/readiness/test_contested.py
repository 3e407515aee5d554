"""Who says what, when it is contested, and what nobody may read before their own answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength
from bot.readiness.contested import all_heard, is_contested, positions, seen_by
from bot.readiness.events import ChooseLevel, Close, Event, HandOver, Pause, Skip
from bot.readiness.interview import Interview, begin, step
from bot.readiness.rating import STRENGTHS, rate
from tests.readiness.conftest import FRAMEWORK

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ASSERTED = Evidence()
VERIFIED = Evidence(EvidenceStrength.VERIFIED, "https://x", NOON)


def said(who: str, level: int | None, hours: int = 0, evidence: Evidence = ASSERTED) -> Answer:
    kind = AnswerKind.UNKNOWN if level is None else AnswerKind.LEVEL
    at = NOON + timedelta(hours=hours)
    return Answer(f"{who}-{hours}", "p", "as", f"i-{who}", "D4", who, kind, at, level, evidence)


def asked(who: str, *events: Event, questions: tuple[str, ...] = ("D4", "D3")) -> Interview:
    interview, _ = begin(Interview(f"i-{who}", "p", "as", who, questions, NOON))
    for event in events:
        interview, _ = step(interview, event)
    return interview


def test_positions_are_the_latest_levels_highest_first() -> None:
    held = [said("mei", 1), said("omar", 3), said("emma", 3, 1), said("dan", None), said("mei", 4, 2)]
    assert [(a.respondent_id, a.level) for a in positions(held, "D4")] == [("mei", 4), ("omar", 3), ("emma", 3)]
    assert positions(held, "D3") == ()


@pytest.mark.parametrize(
    ("levels", "contested"),
    [((), False), ((3,), False), ((3, 2), False), ((3, 1), True), ((4, 3, 2), True), ((0, 4), True), ((2, 2), False)],
)
def test_two_levels_apart_are_contested(levels: tuple[int, ...], contested: bool) -> None:
    held = [said(f"p{place}", level) for place, level in enumerate(levels)]
    assert is_contested(held) is contested
    for place, answer in enumerate(held):
        verified = [*held[:place], replace(answer, evidence=VERIFIED), *held[place + 1 :]]
        assert not is_contested(verified), "a verified document ends it, whichever side it proves"


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 4)), st.sampled_from(STRENGTHS)), max_size=4))
def test_a_contest_is_open_exactly_where_the_rating_says_contested(answers: list[tuple[int | None, object]]) -> None:
    held = [
        said(f"p{place}", level, evidence=Evidence(strength) if level is not None else ASSERTED)  # type: ignore[arg-type]
        for place, (level, strength) in enumerate(answers)
    ]
    rating = rate(FRAMEWORK, FRAMEWORK.dimension("D4"), held, {})
    assert is_contested(positions(held, "D4")) is bool(rating.contested)


@pytest.mark.parametrize(
    ("theirs", "heard"),
    [
        ((), False),
        ((Pause(),), False),
        ((Skip(),), False),
        ((ChooseLevel("D4", 2),), True),
        ((HandOver("D4"),), True),
        ((Skip(), Skip()), True),
        ((Close(),), True),
    ],
)
def test_all_are_heard_once_each_has_answered_handed_over_or_is_done(theirs: tuple[Event, ...], heard: bool) -> None:
    mine = asked("mei", ChooseLevel("D4", 4))
    assert all_heard([mine, asked("omar", *theirs)], "D4") is heard


def test_who_is_not_asked_for_it_is_not_waited_for() -> None:
    assert all_heard([asked("mei", ChooseLevel("D4", 4)), asked("emma", questions=("D3",))], "D4")


@pytest.mark.parametrize(
    ("events", "sees"),
    [
        ((), ["omar"]),
        ((Skip(),), ["omar"]),
        ((Pause(),), ["omar"]),
        ((ChooseLevel("D4", 2),), ["mei", "omar"]),
        ((HandOver("D4"),), ["mei", "omar"]),
        ((Close(),), ["mei", "omar"]),
    ],
)
def test_nobody_reads_what_others_said_before_their_own_answer(events: tuple[Event, ...], sees: list[str]) -> None:
    answers, interviews = [said("mei", 4), said("omar", 1)], [asked("omar", *events), asked("mei")]
    assert [answer.respondent_id for answer in seen_by("omar", answers, interviews)] == sees
    assert seen_by("olivia", answers, interviews) == tuple(answers), "who is not asked may read all of it"
