"""Local times over clock changes, year ends and 29 February: the wall clock stays, each occurrence comes once."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.local_time import moment_of, next_weekly

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo", "America/Santiago")


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Berlin", "2026-03-28", "02:30", "2026-03-28T01:30"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),  # in the gap: moves on to 03:30
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # in the fold: the first of the two
        ("Europe/Berlin", "2027-03-28", "09:00", "2027-03-28T07:00"),
        ("America/New_York", "2026-03-08", "09:00", "2026-03-08T13:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        ("America/New_York", "2027-11-07", "09:00", "2027-11-07T14:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),  # half an hour, in the fold
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),  # half an hour, in the gap
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),  # midnight itself is missing
    ],
)
def test_a_local_time_is_one_moment(zone: str, day: str, at: str, expected: str) -> None:
    moment = moment_of(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert moment == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(2, 30), time(9), time(23, 30)])
@pytest.mark.parametrize("weekday", [0, 6])
def test_every_week_of_two_years_comes_once(zone: str, at: time, weekday: int) -> None:
    moment, end = datetime(2025, 12, 20, tzinfo=UTC), datetime(2028, 3, 6, tzinfo=UTC)
    found = []
    while (moment := next_weekly(moment, weekday, at, zone)) < end:
        found.append(moment)
    days = [each.astimezone(ZoneInfo(zone)).date() for each in found]
    assert all(day.weekday() == weekday for day in days)
    assert all(after - before == timedelta(days=7) for before, after in pairwise(days))
    # The wall clock shows the time itself, or what it moved on to in a gap of at most an hour.
    shown = {each.astimezone(ZoneInfo(zone)).time() for each in found}
    assert at in shown
    assert all(abs(_minutes(each) - _minutes(at)) <= 60 for each in shown)


BOUNDS = (datetime(2024, 2, 1), datetime(2029, 1, 1))  # noqa: DTZ001 - naive by contract
MOMENTS = st.datetimes(*BOUNDS, timezones=st.just(UTC))


@given(
    after=MOMENTS,
    weekday=st.integers(0, 6),
    at=st.times(),
    zone=st.sampled_from(ZONES),
)
def test_the_next_one_is_later_and_within_eight_days(after: datetime, weekday: int, at: time, zone: str) -> None:
    following = next_weekly(after, weekday, at.replace(microsecond=0), zone)
    assert after < following <= after + timedelta(days=8)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
