"""When a message may go out: hours, days, holidays, absence, snooze; over clock changes and year ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.holidays import holidays_of
from bot.readiness.availability import Availability, Closed
from bot.readiness.preferences import Absence


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def berlin_holidays(year: int) -> Mapping[date, str]:
    return holidays_of("DE-BE", year)


BERLIN = Availability("Europe/Berlin", time(9), time(17), frozenset(range(5)), berlin_holidays, {})
AWAY = Absence("a", "mei", date(2026, 12, 21), date(2027, 1, 3), "mei")


@pytest.mark.parametrize(
    ("moment", "who", "why", "opens"),
    [
        ("2026-11-23T08:00", BERLIN, None, "2026-11-23T08:00"),
        ("2026-11-23T07:59", BERLIN, Closed.OUTSIDE_HOURS, "2026-11-23T08:00"),
        ("2026-11-23T16:00", BERLIN, Closed.OUTSIDE_HOURS, "2026-11-24T08:00"),
        ("2026-11-27T16:00", BERLIN, Closed.OUTSIDE_HOURS, "2026-11-30T08:00"),  # Friday evening
        ("2026-11-28T12:00", BERLIN, Closed.DAY_OFF, "2026-11-30T08:00"),
        ("2026-03-29T12:00", BERLIN, Closed.DAY_OFF, "2026-03-30T07:00"),  # summer time begins that Sunday
        ("2026-10-24T12:00", BERLIN, Closed.DAY_OFF, "2026-10-26T08:00"),  # and ends
        ("2026-12-24T12:00", BERLIN, None, "2026-12-24T12:00"),
        ("2026-12-24T18:00", BERLIN, Closed.OUTSIDE_HOURS, "2026-12-28T08:00"),  # Christmas, Boxing Day, Sunday
        ("2027-01-01T12:00", BERLIN, Closed.HOLIDAY, "2027-01-04T08:00"),
        ("2026-12-22T12:00", replace(BERLIN, absences=(AWAY,)), Closed.AWAY, "2027-01-04T08:00"),
        (
            "2026-11-23T12:00",
            replace(BERLIN, snoozed_until=at("2026-11-23T13:00")),
            Closed.SNOOZED,
            "2026-11-23T13:00",
        ),
        (
            "2026-11-23T12:00",
            replace(BERLIN, snoozed_until=at("2026-11-23T20:00")),
            Closed.SNOOZED,
            "2026-11-24T08:00",
        ),
        (
            "2026-11-23T12:00",
            replace(BERLIN, closed={date(2026, 11, 23): "Founders' day"}),
            Closed.HOLIDAY,
            "2026-11-24T08:00",
        ),
        ("2028-02-29T12:00", BERLIN, None, "2028-02-29T12:00"),
    ],
)
def test_a_message_waits_until_its_reader_works(moment: str, who: Availability, why: Closed | None, opens: str) -> None:
    assert who.why_closed(at(moment)) == why
    assert who.opens(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-23T10:00", 5, "2026-11-30T16:00"),
        ("2026-11-28T10:00", 1, "2026-11-30T16:00"),  # from a Saturday
        ("2026-12-23T10:00", 2, "2026-12-28T16:00"),  # over Christmas
        ("2026-10-23T10:00", 1, "2026-10-26T16:00"),  # over the end of summer time
    ],
)
def test_working_days_skip_days_off(start: str, days: int, expected: str) -> None:
    assert BERLIN.working_days_after(at(start), days) == at(expected)


BOUNDS = (datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001 - naive by contract
MOMENTS = st.datetimes(*BOUNDS, timezones=st.just(UTC))


@given(
    moment=MOMENTS,
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    days=st.integers(0, 60),
)
def test_what_opens_is_open_and_nothing_before_it_was(moment: datetime, zone: str, first: date, days: int) -> None:
    absence = Absence("a", "mei", first, first + timedelta(days=days), "mei")
    who = replace(BERLIN, zone=zone, absences=(absence,))
    opens = who.opens(moment)
    assert who.why_closed(opens) is None
    assert moment <= opens
    step = (opens - moment) / 7
    assert all(who.why_closed(moment + step * part) is not None for part in range(7) if opens > moment)


def test_whoever_is_away_for_ever_still_gets_an_answer() -> None:
    gone = replace(BERLIN, absences=(Absence("a", "mei", date(2026, 1, 1), date(2099, 1, 1), "ada"),))
    assert gone.opens(at("2026-06-01T12:00")) > at("2027-06-01T12:00")


@pytest.mark.parametrize(("region", "day"), [("DE-BY", "2026-01-06"), ("US-CA", "2026-11-26"), ("de", "2026-10-03")])
def test_regions_have_their_own_holidays(region: str, day: str) -> None:
    assert date.fromisoformat(day) in holidays_of(region, 2026)


@pytest.mark.parametrize(
    ("region", "name"),
    [("DE", "Erster Weihnachtstag"), ("US", "Christmas Day"), ("FR", "Noël"), ("GB", "Christmas Day")],
)
def test_a_holiday_is_called_as_people_there_call_it(region: str, name: str) -> None:
    assert holidays_of(region, 2026)[date(2026, 12, 25)] == name


@pytest.mark.parametrize("region", ["XX", "DE-ZZ", "Bavaria", ""])
def test_an_unknown_region_is_a_key_error(region: str) -> None:
    with pytest.raises(KeyError):
        holidays_of(region, 2026)
