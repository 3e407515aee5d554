"""Waivers: what they are possible for, how long they hold, and all that they never change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Person, Project
from bot.readiness.compounding import compounding_barriers
from bot.readiness.framework import Framework
from bot.readiness.scoring import Finding, Rating, Scorecard, Severity, score
from bot.readiness.waivers import (
    LAPSES,
    LONGEST,
    NotApprover,
    NotWaivable,
    Waiver,
    WaiverState,
    end_of,
    ended_by,
    latest_day,
    move_allowed,
    next_date,
    step_at,
    unwaived_blockers,
    why_not,
    why_not_approver,
)
from tests.readiness.conftest import FRAMEWORK as BARE
from tests.readiness.strategies import asserted, linked, projects

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEVER = frozenset({"D7", "D8", "D9"})
FRAMEWORK = replace(BARE, dimensions=tuple(replace(each, waivable=each.id not in NEVER) for each in BARE.dimensions))
GOOD = {dimension.id: linked(3) for dimension in FRAMEWORK.dimensions}


def waiver(dimension_id: str = "D1", stage: int = 3, **more: object) -> Waiver:
    made = Waiver("w", "p", dimension_id, "owner", "boss", NOW, NOW + timedelta(days=30), stage, "because")
    return replace(made, **more)  # type: ignore[arg-type]


def short(
    ratings: dict[str, Rating], dimension_id: str, exposure: int, target: int | None = None
) -> tuple[Scorecard, Finding]:
    card = score(FRAMEWORK, exposure, target, GOOD | ratings)
    return card, next(each for each in card.findings if each.dimension_id == dimension_id)


@pytest.mark.parametrize(
    ("dimension_id", "rating", "exposure", "target", "expected"),
    [
        ("D1", linked(1), 3, 3, None),
        ("D1", linked(1), 2, 3, None),
        ("D1", linked(1), 3, 4, NotWaivable.CRITICAL),
        ("D2", linked(1), 3, 4, None),
        ("D3", linked(1), 3, 3, NotWaivable.CRITICAL),
        ("D3", linked(1), 2, 3, NotWaivable.CRITICAL),
        ("D3", linked(0, 2, 0), 3, 3, NotWaivable.CRITICAL),
        ("D3", asserted(2), 3, 3, None),
        ("D5", Rating(), 3, 3, NotWaivable.UNKNOWN),
        ("D7", asserted(2), 3, 3, NotWaivable.FRAMEWORK),
        ("D8", linked(0), 2, 2, NotWaivable.FRAMEWORK),
        ("D9", linked(1), 2, 2, NotWaivable.FRAMEWORK),
    ],
    ids=[
        "high, and no move ahead",
        "high after the move",
        "critical after the move",
        "outside the gate",
        "critical now",
        "critical once moved",
        "held at high while contested",
        "unproven on the gate",
        "unknown",
        "governance",
        "ownership",
        "business case",
    ],
)
def test_what_can_be_waived(
    dimension_id: str, rating: Rating, exposure: int, target: int | None, expected: NotWaivable | None
) -> None:
    card, finding = short({dimension_id: rating}, dimension_id, exposure, target)
    assert why_not(FRAMEWORK, card, finding) is expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person("boss", "Boss", is_manager=True), None),
        (Person("root", "Root", is_admin=True), None),
        (Person("asker", "Asker", is_admin=True), NotApprover.ASKER),
        (Person("owner", "Owner", is_manager=True), NotApprover.OWNER),
        (Person("mei", "Mei"), NotApprover.ROLE),
    ],
)
def test_who_can_approve(person: Person, expected: NotApprover | None) -> None:
    project = Project("p", "churn", "Churn", "owner", 3, NOW)
    assert why_not_approver(person, "asker", project) is expected


def test_a_named_day_belongs_to_the_waiver_in_the_askers_zone() -> None:
    until = end_of(date(2026, 12, 1), "Asia/Tokyo", NOW)
    assert until == datetime(2026, 12, 1, 15, tzinfo=UTC)


@given(st.integers(0, 90), st.sampled_from(["UTC", "Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin"]))
def test_no_waiver_outlives_ninety_days(days: int, zone: str) -> None:
    day = NOW.date() + timedelta(days=days)
    assert day <= latest_day(NOW.date())
    assert timedelta(0) < end_of(day, zone, NOW) - NOW <= LONGEST


@pytest.mark.parametrize(
    ("more", "after", "expected"),
    [
        ({}, 0, False),
        ({"approved_at": NOW}, 0, True),
        ({"approved_at": NOW}, 29, True),
        ({"approved_at": NOW}, 30, False),
        ({"approved_at": NOW + timedelta(days=2)}, 1, False),
        ({"approved_at": NOW, "ended_at": NOW + timedelta(days=3)}, 2, True),
        ({"approved_at": NOW, "ended_at": NOW + timedelta(days=3)}, 3, False),
    ],
    ids=["asked", "approved", "last day", "over", "not yet", "before its withdrawal", "withdrawn"],
)
def test_a_waiver_is_valid_from_its_approval_to_its_end(more: dict[str, object], after: int, *, expected: bool) -> None:
    assert waiver(**more).is_valid(NOW + timedelta(days=after)) is expected


@pytest.mark.parametrize(
    ("rating", "exposure", "target", "expected"),
    [
        (linked(1), 3, 3, None),
        (linked(3), 3, 3, WaiverState.MET),
        (linked(2), 3, 4, WaiverState.MET),
        (linked(1), 3, 4, WaiverState.VOID),
        (Rating(), 3, 3, WaiverState.VOID),
    ],
    ids=["still short", "met", "short of a further stage only", "critical after the move", "unknown now"],
)
def test_a_new_result_ends_a_waiver_that_is_met_or_no_longer_possible(
    rating: Rating, exposure: int, target: int, expected: WaiverState | None
) -> None:
    card = score(FRAMEWORK, exposure, target, GOOD | {"D1": rating})
    assert ended_by(FRAMEWORK, card, waiver()) is expected


def test_what_is_waived_counts_as_met_for_the_move_and_nothing_else() -> None:
    card, finding = short({"D5": linked(1)}, "D5", 2, 3)
    assert (card.move_allowed, move_allowed(card, set()), move_allowed(card, {"D5"})) == (False, False, True)
    assert finding in card.findings
    assert move_allowed(score(FRAMEWORK, 3, 3, GOOD), {"D5"}) is None


def test_a_waived_barrier_does_not_compound() -> None:
    card = score(FRAMEWORK, 3, 3, GOOD | {"D1": linked(1), "D5": linked(1), "D10": linked(1)})
    assert card.compounding
    assert len(compounding_barriers(FRAMEWORK, card)) == 3
    assert not compounding_barriers(FRAMEWORK, card, {"D5"})
    assert [each.dimension_id for each in unwaived_blockers(card, {"D5"})] == ["D1", "D10"]


@given(projects(), st.data())
def test_a_waiver_changes_no_figure_and_only_the_move_can_gain(
    project: tuple[Framework, int, int | None, dict[str, Rating]], data: st.DataObject
) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    possible = [each.dimension_id for each in card.findings if why_not(framework, card, each) is None]
    waived = frozenset(data.draw(st.sets(st.sampled_from(possible)))) if possible else frozenset()
    before = score(framework, exposure, target, ratings)
    allowed = move_allowed(card, waived)
    assert card == before
    assert move_allowed(card, frozenset()) == card.move_allowed
    assert allowed or not card.move_allowed
    for finding in card.findings:
        if finding.dimension_id in waived:
            assert finding.severity < Severity.CRITICAL
    if allowed and card.next_stage:
        moved = score(framework, card.next_stage, target and max(target, card.next_stage), ratings)
        assert all(each.severity < Severity.CRITICAL for each in moved.findings if each.against == "exposure")
    assert set(unwaived_blockers(card, waived)) <= set(card.blockers)
    assert card.compounding or not compounding_barriers(framework, card, waived)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("lasts", "approved", "now", "expected"),
    [
        # lasts so many days, approved and looked at on these: step and day of the next date
        (90, 0, 0, (0, 76)),
        (90, 0, 75.9, (0, 76)),
        (90, 0, 76, (1, 87)),
        (90, 0, 87, (2, 90)),
        (90, 0, 95, (2, 90)),
        (30, 10, 10, (0, 16)),
        (30, 15.5, 15.5, (1, 27)),
        (30, 20, 20, (1, 27)),
        (30, 26.5, 26.5, (2, 30)),
        (14, 0, 0, (1, 11)),
        (15, 0, 0, (0, 1)),
        (4, 0, 0, (1, 1)),
        (3, 0, 0, (2, 3)),
        (1, 0, 0, (2, 1)),
        (30, None, 0, (2, 30)),
    ],
)
def test_a_waiver_is_warned_of_where_it_makes_sense_and_then_ends(
    lasts: float, approved: float | None, now: float, expected: tuple[int, float]
) -> None:
    state = {} if approved is None else {"state": WaiverState.APPROVED, "approved_at": NOW + approved * DAY}
    given = waiver(until=NOW + lasts * DAY, **state)
    step, at = expected
    assert next_date(given, NOW + now * DAY) == (step, NOW + at * DAY)
    assert next_date(replace(given, ended_at=NOW), NOW) is None


@pytest.mark.parametrize(
    ("now", "step"), [(0, -1), (75.9, -1), (76, 0), (86, 0), (87, 1), (89.9, 1), (90, LAPSES), (400, LAPSES)]
)
def test_how_near_its_end_a_waiver_is(now: float, step: int) -> None:
    assert step_at(waiver(until=NOW + 90 * DAY), NOW + now * DAY) == step
