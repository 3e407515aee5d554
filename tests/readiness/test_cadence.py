"""When a project is assessed again: by exposure, by its own cadence, earlier when something happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cron import check_rule, next_run
from bot.content.reader import shipped_framework
from bot.readiness.assessment import Cadence, Project
from bot.readiness.availability import Availability
from bot.readiness.cadence import (
    FLOOR,
    CronFault,
    interval_of,
    is_experiment,
    months_after,
    next_assessment,
    next_visit,
)

FRAMEWORK = shipped_framework()
OWNER = Availability("Europe/Berlin", time(9), time(17), frozenset(range(5)), lambda _: {}, {})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def project(exposure: int = 3, cadence: Cadence = Cadence.AUTOMATIC, **other: object) -> Project:
    made = Project("p", "churn", "Churn", "olivia", exposure, at("2026-01-01"), cadence=cadence)
    return replace(made, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exposure", "blocked", "days"),
    [(1, False, 90), (2, False, 45), (3, False, 30), (4, False, 90), (5, False, 180), (3, True, 15), (2, True, 22)],
)
def test_the_automatic_interval_follows_exposure_and_is_halved_while_blocked(
    exposure: int, blocked: bool, days: int
) -> None:
    assert interval_of(FRAMEWORK, project(exposure), blocked=blocked).days == days


def test_no_interval_is_shorter_than_the_floor() -> None:
    brief = replace(FRAMEWORK, intervals=dict.fromkeys(range(1, 6), 10))
    assert interval_of(brief, project(3), blocked=True) == FLOOR


@pytest.mark.parametrize(
    ("asked", "assessed", "expected"),
    [
        (project(3), "2026-11-02T10:00", "2026-12-02T08:00"),
        (project(3), "2026-10-01T10:00", "2026-11-02T08:00"),  # Saturday becomes Monday; summer time ended
        (project(3), "2026-02-27T10:00", "2026-03-30T07:00"),  # Sunday, when summer time begins
        (project(2), "2026-11-27T10:00", "2027-01-11T08:00"),  # over the year's end
        (project(4), "2027-12-01T10:00", "2028-02-29T08:00"),
        (project(cadence=Cadence.WEEKLY), "2026-11-02T10:00", "2026-11-09T08:00"),
        (project(cadence=Cadence.MONTHLY), "2027-01-31T10:00", "2027-03-01T08:00"),  # 28 February is a Sunday
        (project(cadence=Cadence.MONTHLY), "2028-01-31T10:00", "2028-02-29T08:00"),
        (project(cadence=Cadence.QUARTERLY), "2026-11-30T10:00", "2027-03-01T08:00"),  # 28 February again
        (
            project(cadence=Cadence.CRON, cadence_rule="30 10 1 * *", cadence_zone="Europe/Berlin"),
            "2026-11-02T10:00",
            "2026-12-01T09:30",
        ),
        (
            project(cadence=Cadence.CRON, cadence_rule="30 10 * * 6", cadence_zone="Europe/Berlin"),
            "2026-11-02T10:00",
            "2026-11-16T08:00",  # Saturdays wait for Monday morning
        ),
        (project(3, hastened_at=at("2026-11-12T15:00")), "2026-11-02T10:00", "2026-11-13T08:00"),
        (project(3, hastened_at=at("2026-11-03T15:00")), "2026-11-02T10:00", "2026-11-09T08:00"),  # never within a week
        (project(3, hastened_at=at("2026-12-20T15:00")), "2026-11-02T10:00", "2026-12-02T08:00"),
    ],
)
def test_the_next_one_comes_on_a_working_morning_of_the_owner(asked: Project, assessed: str, expected: str) -> None:
    assert next_assessment(FRAMEWORK, asked, at(assessed), OWNER, next_run, blocked=False) == at(expected)


@given(
    assessed=st.integers(0, 900).map(lambda day: at("2026-01-01T10:00") + timedelta(days=day)),
    exposure=st.integers(1, 5),
    cadence=st.sampled_from([each for each in Cadence if each is not Cadence.CRON]),
    hastened=st.none() | st.integers(0, 400),
    blocked=st.booleans(),
)
def test_it_is_never_within_a_week_and_always_when_the_owner_works(
    assessed: datetime, exposure: int, cadence: Cadence, hastened: int | None, blocked: bool
) -> None:
    since = None if hastened is None else assessed + timedelta(days=hastened)
    found = next_assessment(
        FRAMEWORK, project(exposure, cadence, hastened_at=since), assessed, OWNER, next_run, blocked=blocked
    )
    assert found >= assessed + FLOOR - timedelta(hours=12)
    assert OWNER.why_closed(found) is None
    unhurried = next_assessment(FRAMEWORK, project(exposure, cadence), assessed, OWNER, next_run, blocked=blocked)
    assert found <= unhurried


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(project(1), True), (project(1, target=1), True), (project(1, target=2), False), (project(2), False)],
)
def test_an_experiment_is_exposed_to_nobody_and_means_nothing_more(asked: Project, expected: bool) -> None:
    assert is_experiment(asked) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-01T10:00", "2026-04-02T07:00"),
        ("2026-04-01T11:00", "2026-07-01T07:00"),
        ("2027-04-01T11:00", "2027-06-28T07:00"),  # however long nobody looked
    ],
)
def test_an_experiment_is_visited_every_whole_interval(now: str, expected: str) -> None:
    assert next_visit(FRAMEWORK, project(1), at("2026-01-01T10:00"), OWNER, at(now)) == at(expected)


@pytest.mark.parametrize(
    ("rule", "zone", "reason"),
    [
        ("0 9 1 *", "Europe/Berlin", "fields"),
        ("0 9 1 * * *", "Europe/Berlin", "fields"),
        ("nine on mondays or so", "Europe/Berlin", "form"),
        ("0 99 1 * *", "Europe/Berlin", "form"),
        ("0 2 * * *", "Europe/Berlin", "hours"),
        ("0 23 * * *", "Europe/Berlin", "hours"),
        ("* 9 * * *", "Europe/Berlin", "too_often"),
        ("0 9,15 * * 1", "Europe/Berlin", "too_often"),
        ("0 9 31 2 *", "Europe/Berlin", "never"),
        ("0 9 1 * *", "Mars/Olympus", "zone"),
        ("0 9 1 * *", "", "zone"),
        ("0 9 1 * *", "../../etc/passwd", "zone"),
    ],
)
def test_a_rule_is_refused_with_its_reason(rule: str, zone: str, reason: str) -> None:
    with pytest.raises(CronFault) as refused:
        check_rule(rule, zone, at("2026-11-28"))
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("rule", "runs"),
    [
        ("0 9 * * 1", ["2026-11-30T08:00", "2026-12-07T08:00"]),
        ("0 9 * * 0", ["2026-11-29T08:00", "2026-12-06T08:00"]),  # Sunday is 0, as cron has it
        ("0 9 * * 7", ["2026-11-29T08:00", "2026-12-06T08:00"]),
        ("30 10 * * 1-5", ["2026-11-30T09:30", "2026-12-01T09:30"]),
        ("0 9 29 2 *", ["2028-02-29T08:00", "2032-02-29T08:00"]),
    ],
)
def test_a_rule_runs_at_its_local_hour(rule: str, runs: list[str]) -> None:
    check_rule(rule, "Europe/Berlin", at("2026-11-28"))
    moment, found = at("2026-11-28"), []
    for _ in runs:
        following = next_run(rule, "Europe/Berlin", moment)
        assert following is not None
        found.append(moment := following)
    assert found == [at(run) for run in runs]
