"""When a forecast counts as tried, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness.forecasts import Forecast, Outcome, TrackRecord, Verdict, judge
from bot.readiness.framework import Framework
from bot.readiness.holds import Hold, Lifts, hold_of
from bot.readiness.milestone import Milestone
from bot.readiness.scoring import Rating, Scorecard, score
from bot.readiness.steps import next_step, taken
from tests.readiness.conftest import FRAMEWORK
from tests.readiness.strategies import RATINGS, carried, linked, projects

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=45)
CARD = score(FRAMEWORK, 4, None, {dimension.id: linked(3) for dimension in FRAMEWORK.dimensions})
HOLD = Hold(Lifts.STAGE, 2, 4, ("D3", "D4"), 4, "B3", 4)
MADE = Forecast("m1", "p", THEN, HOLD)
"""With D3 and D4 solved, stage 2 becomes 4."""


def milestone(card: Scorecard) -> Milestone:
    return Milestone("m2", "p", "a2", 2, LATER, "bare", "1", card)


@pytest.mark.parametrize(
    ("carries", "verdict"),
    [
        ({"D1": 4, "D3": 4, "D4": 4}, Verdict(Outcome.CAME_TRUE, "m2", LATER, 4, 4, ("D3", "D4"))),
        # Further than was foreseen is no further promise; less far is a smaller one.
        ({"D1": 5, "D3": 5, "D4": 5}, Verdict(Outcome.CAME_TRUE, "m2", LATER, 5, 4, ("D3", "D4"))),
        ({"D1": 4, "D3": 3, "D4": 4}, Verdict(Outcome.CAME_TRUE, "m2", LATER, 3, 3, ("D3", "D4"))),
        # What fell meanwhile keeps it from coming true, and is named.
        ({"D1": 3, "D3": 4, "D4": 4}, Verdict(Outcome.MISSED, "m2", LATER, 3, 4, ("D3", "D4"), ("D1",))),
        ({"D1": 1, "D3": 4, "D4": 3}, Verdict(Outcome.MISSED, "m2", LATER, 1, 3, ("D3", "D4"), ("D1",))),
        # Half of it is not tried: a set promises nothing in parts.
        ({"D1": 4, "D3": 4, "D4": 2}, Verdict(Outcome.UNTRIED, "m2", LATER, 2, 0, ("D3",))),
        ({"D1": 4, "D3": 1, "D4": 2}, Verdict(Outcome.UNTRIED, "m2", LATER, 1, 0)),
        # What no longer applies holds nothing.
        ({"D1": 4, "D4": 4}, Verdict(Outcome.CAME_TRUE, "m2", LATER, 4, 4, ("D3", "D4"))),
    ],
)
def test_a_forecast_is_held_to_what_was_raised(carries: dict[str, int], verdict: Verdict) -> None:
    then = milestone(replace(CARD, readiness=min(carries.values())))
    assert judge(MADE, carries, then, comparable=True) == verdict


def test_by_another_framework_stages_do_not_compare() -> None:
    assert judge(MADE, {"X": 1}, milestone(CARD), comparable=False) == Verdict(Outcome.VOID, "m2", LATER, 4)


@settings(max_examples=40)
@given(projects(), st.data())
def test_a_forecast_that_is_tried_comes_true_unless_something_else_falls(
    project: tuple[Framework, int, int | None, dict[str, Rating]], data: st.DataObject
) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    hold = hold_of(framework, card, carried(framework, card, ratings))
    if hold is None:
        return
    raises = next_step(framework, card, ratings).raises
    other = data.draw(st.sampled_from(framework.dimensions)).id
    for after, tried in (
        (taken(ratings, raises), True),
        (taken(ratings, raises[1:]), False),
        ({**taken(ratings, raises), other: data.draw(RATINGS)}, None),
    ):
        verdict = _judged(framework, exposure, target, after, hold)
        if tried is not None:
            assert verdict.outcome is (Outcome.CAME_TRUE if tried else Outcome.UNTRIED)
        assert (verdict.outcome is Outcome.MISSED) == (verdict.promised > verdict.reached)
        assert set(verdict.missing).isdisjoint(verdict.raised)


def _judged(framework: Framework, exposure: int, target: int | None, ratings: dict[str, Rating], hold: Hold) -> Verdict:
    card = score(framework, exposure, target, ratings)
    return judge(replace(MADE, hold=hold), carried(framework, card, ratings), milestone(card), comparable=True)


def test_what_nobody_tried_speaks_neither_for_forecasts_nor_against_them() -> None:
    outcomes = {Outcome.CAME_TRUE: 3, Outcome.MISSED: 1, Outcome.UNTRIED: 5, Outcome.VOID: 2}
    record = TrackRecord(outcomes, open=4)
    assert (record.came_true, record.tried, record.judged) == (3, 4, 11)
    assert (TrackRecord().tried, TrackRecord().judged) == (0, 0)
