"""When a digest comes, and when it stays silent: tables by a frozen clock, over clock changes and year ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.readiness.assessment import Person, Project
from bot.readiness.availability import Availability
from bot.readiness.digests import (
    Ageing,
    Content,
    Ending,
    First,
    Moved,
    Owing,
    PortfolioDigest,
    ProjectDigest,
    Promised,
    Subscription,
    due_now,
    next_digest,
)
from bot.readiness.local_time import moment_of

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
END = datetime(2028, 1, 20, tzinfo=UTC)
WEEK = timedelta(days=7)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
OFFICE = Availability("UTC", time(9), time(17), frozenset(range(5)), lambda _year: {}, {})
WEEKLY = Subscription("s", "p", "place", None, "Europe/Berlin", NOW, "olivia")
PROJECT = Project("p", "churn", "Churn", "olivia", 2, NOW)
MEI = Person("mei", "Mei")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("weekday", [0, 6])
@pytest.mark.parametrize("hour", [time(9), time(23, 45), time(0), time(2, 30)])
def test_each_week_of_two_years_has_it_once_at_the_local_hour(zone: str, weekday: int, hour: time) -> None:
    """Clocks change on Sundays at 2 or 3: half past two is not there once a year, and is there twice once a year."""
    subscription = replace(WEEKLY, zone=zone, weekday=weekday, at=hour)
    days, now = [], NOW
    while (at := next_digest(subscription, now, replace(OFFICE, zone=zone))) < END:
        assert at > now
        local = at.astimezone(ZoneInfo(zone))
        jumped = moment_of(local.date(), hour, zone) == at and local.time() > hour
        assert local.time() == hour or jumped
        assert local.weekday() == weekday
        days.append(local.date())
        now = at
    assert all(after - before == WEEK for before, after in pairwise(days))
    assert len(days) == len({day.isocalendar()[:2] for day in days})
    assert {date(2026, 12, 28), date(2027, 1, 3)} & set(days)


CLOSED = {date(2026, 4, 6): "Easter Monday", date(2026, 12, 28): "", date(2026, 12, 29): "", date(2026, 12, 30): ""}


@pytest.mark.parametrize(
    ("weekday", "after", "day"),
    [
        (0, date(2026, 3, 31), date(2026, 4, 7)),
        (0, date(2026, 4, 7), date(2026, 4, 13)),
        (0, date(2026, 12, 22), date(2026, 12, 31)),
        (5, date(2026, 3, 31), date(2026, 4, 4)),
    ],
    ids=["a holiday: the day after", "then Mondays again", "closed for days", "a Saturday that was chosen"],
)
def test_it_moves_to_a_day_on_which_the_organization_works(weekday: int, after: date, day: date) -> None:
    office = replace(OFFICE, zone="Europe/Berlin", closed=CLOSED)
    now = moment_of(after, time(12), "Europe/Berlin")
    at = next_digest(replace(WEEKLY, weekday=weekday), now, office)
    assert at == moment_of(day, time(9), "Europe/Berlin")


MONDAY = date(2026, 3, 30)


def berlin(day: date, hour: int, minute: int = 0) -> datetime:
    return moment_of(day, time(hour, minute), "Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "closed", "comes"),
    [
        (berlin(MONDAY, 9), {}, berlin(MONDAY, 9)),
        (berlin(MONDAY, 9, 40), {}, berlin(MONDAY, 9)),
        (berlin(MONDAY, 9), {MONDAY: "Closed since it was planned"}, berlin(MONDAY + timedelta(1), 9)),
        (berlin(MONDAY, 12), {}, berlin(MONDAY, 12)),
        (berlin(MONDAY, 22), {}, berlin(MONDAY + timedelta(1), 9)),
        (berlin(MONDAY + timedelta(5), 3), {}, berlin(MONDAY + timedelta(7), 9)),
    ],
    ids=["in time", "a little late", "closed meanwhile", "late, at work", "late, at night", "late, on a Saturday"],
)
def test_when_it_goes_out(now: datetime, closed: dict[date, str], comes: datetime) -> None:
    assert due_now(WEEKLY, berlin(MONDAY, 9), now, replace(OFFICE, zone="Europe/Berlin", closed=closed)) == comes


DIMENSION = object()
QUIET = ProjectDigest(PROJECT, None, NOW - WEEK, NOW, "UTC")  # type: ignore[arg-type]  # no framework is asked
ALL = PortfolioDigest(None, NOW - WEEK, NOW, "UTC", 3)  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize(
    ("given", "everything", "changes"),
    [
        ({}, True, True),
        ({"results": ("m",)}, False, False),
        ({"found": (DIMENSION,)}, False, False),
        ({"cleared": (DIMENSION,)}, False, False),
        ({"contested": (DIMENSION,)}, False, True),
        ({"promised": (Promised(DIMENSION, MEI, None, 0),)}, True, True),  # type: ignore[arg-type]
        ({"promised": (Promised(DIMENSION, MEI, NOW.date(), 1),)}, False, True),  # type: ignore[arg-type]
        ({"ageing": (Ageing(DIMENSION, NOW),)}, False, True),  # type: ignore[arg-type]
        ({"waivers": ((DIMENSION, NOW),)}, False, True),
        ({"owing": (Owing(MEI, 3),)}, False, True),
        ({"blockers": 3, "untaken": 3, "lesser": ("finding",), "next_at": NOW}, True, True),
    ],
    ids=lambda given: ", ".join(given) if isinstance(given, dict) else None,
)
def test_a_project_is_quiet(given: dict[str, object], everything: bool, changes: bool) -> None:
    """What merely stays as it was has been told, and ages by itself."""
    digest = replace(QUIET, **given)  # type: ignore[arg-type]  # whatever stands there
    assert digest.is_quiet is everything
    assert replace(digest, content=Content.CHANGES).is_quiet is changes


@pytest.mark.parametrize(
    ("given", "everything", "changes"),
    [
        ({}, True, True),
        ({"moved": First((Moved(PROJECT, 1, 2),), 1)}, False, False),
        ({"critical": First((), 1)}, False, False),
        ({"ahead": First((PROJECT,), 1)}, False, True),
        ({"overdue": First((), 1)}, False, True),
        ({"untaken": First((), 1)}, False, True),
        ({"waiting": First((Ending(PROJECT, NOW),), 1)}, False, True),
        ({"unassessed": First((PROJECT,), 1)}, False, True),
        ({"shared": (DIMENSION,)}, False, True),
        ({"waivers": First((Ending(PROJECT, NOW),), 1), "blockers": 3}, True, True),
    ],
    ids=lambda given: ", ".join(given) if isinstance(given, dict) else None,
)
def test_the_portfolio_is_quiet(given: dict[str, object], everything: bool, changes: bool) -> None:
    """A waiver was decided, and what is taken on is in hand: they alone are no reason to write."""
    digest = replace(ALL, **given)  # type: ignore[arg-type]  # whatever stands there
    assert digest.is_quiet is everything
    assert replace(digest, content=Content.CHANGES).is_quiet is changes
