"""Stages over time: counted backwards from today, it is what counting each day anew would give."""

from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness.flow import (
    UNASSESSED,
    Moves,
    Period,
    Span,
    Unit,
    begins_at,
    begins_of,
    flow,
    read_span,
    since_the_first,
)

NOW = datetime(2026, 3, 5, 14, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@dataclass(frozen=True)
class Life:
    """When a project came, which stage it had from when on, and when it was archived."""

    came: datetime
    stages: Mapping[datetime, int]
    went: datetime | None

    def at(self, moment: datetime) -> int | None:
        if self.came >= moment or (self.went and self.went < moment):
            return None
        return next((self.stages[at] for at in sorted(self.stages, reverse=True) if at < moment), UNASSESSED)

    def moves(self, begins: Sequence[datetime]) -> list[Moves]:
        steps = [(self.came, UNASSESSED), *sorted(self.stages.items())]
        told = [(self.came, None, UNASSESSED)]
        told += [(at, before, after) for (_, before), (at, after) in pairwise(steps) if before != after]
        told += [(self.went, steps[-1][1], None)] if self.went else []
        return [Moves(bisect(begins, at) - 1, before, after) for at, before, after in told if at >= begins[0]]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    hours = sorted(draw(st.sets(st.integers(1, 9000), min_size=1, max_size=6)), reverse=True)
    came, *later = (NOW - timedelta(hours=back) for back in hours)
    went = later.pop() if later and draw(st.booleans()) else None
    return Life(came, {at: draw(st.integers(1, 5)) for at in later}, went)


@settings(max_examples=60)
@given(st.lists(lives(), max_size=8), st.sampled_from(Unit), st.integers(1, 12))
def test_going_back_from_today_gives_what_counting_every_end_anew_gives(
    portfolio: list[Life], unit: Unit, count: int
) -> None:
    begins = begins_of(Span(unit, count), NOW, BERLIN)
    bounds = begins_at(begins, BERLIN)
    ends = [*bounds[1:], NOW]
    now = Counter(stage for life in portfolio if (stage := life.at(NOW)) is not None)
    moves = [move for life in portfolio for move in life.moves(bounds)]
    periods = flow(now, moves, begins)
    counted = [Counter(s for life in portfolio if (s := life.at(end)) is not None) for end in ends]
    assert [period.counts for period in periods] == counted
    assert [period.begins for period in periods] == list(begins)


def test_rises_and_falls_are_told_apart_from_first_results_and_from_who_came_or_went() -> None:
    moves = [Moves(0, 1, 3, 2), *(Moves(0, *each) for each in ((3, 2), (UNASSESSED, 4), (None, UNASSESSED), (5, None)))]
    (period,) = flow({2: 1, 3: 2, 4: 1, UNASSESSED: 1}, moves, [NOW.date()])
    assert (period.rose, period.fell, period.total) == (2, 1, 5)


def test_months_begin_on_the_first_and_weeks_on_monday_where_the_reader_lives() -> None:
    assert begins_of(Span(Unit.MONTH, 4), NOW, BERLIN) == tuple(
        date(*day) for day in ((2025, 12, 1), (2026, 1, 1), (2026, 2, 1), (2026, 3, 1))
    )
    late_on_sunday = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert begins_of(Span(Unit.WEEK, 2), late_on_sunday, "UTC") == (date(2026, 2, 16), date(2026, 2, 23))
    assert begins_of(Span(Unit.WEEK, 2), late_on_sunday, BERLIN) == (date(2026, 2, 23), date(2026, 3, 2))


def test_what_lies_before_the_first_project_is_left_out_but_never_everything() -> None:
    empty, full = (Period(NOW.date(), counts) for counts in ({}, {1: 2}))
    assert since_the_first([empty, empty, full, empty]) == (full, empty)
    assert since_the_first([empty, empty]) == (empty,)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("weeks", Span(Unit.WEEK, 12)),
        ("Monate", Span(Unit.MONTH, 12)),
        ("26w", Span(Unit.WEEK, 26)),
        (" 6 months ", Span(Unit.MONTH, 6)),
        ("1 Woche", Span(Unit.WEEK, 1)),
        ("27w", None),
        ("0m", None),
        ("6", None),
        ("since may", None),
    ],
)
def test_a_span_as_people_type_it(typed: str, span: Span | None) -> None:
    assert read_span(typed) == span
    if span:
        assert read_span(str(span)) == span
