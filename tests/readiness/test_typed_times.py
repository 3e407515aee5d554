"""Days, spans, hours and weekdays as people type them."""

from datetime import UTC, date, datetime, time

import pytest

from bot.readiness.typed_times import (
    NotUnderstood,
    absence_of,
    closed_days_of,
    hours_of,
    snooze_of,
    time_of,
    weekdays_of,
)

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
"""In Berlin it is 10:05."""


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-12-20..2027-01-03", "2026-12-20", "2027-01-03"),
        ("2026-12-20 .. 2027-01-03", "2026-12-20", "2027-01-03"),
        ("2026-12-20 to 2027-01-03", "2026-12-20", "2027-01-03"),
        ("2026-12-20 bis 2027-01-03", "2026-12-20", "2027-01-03"),
        ("2026-12-24", "2026-12-24", "2026-12-24"),
        ("until friday", "2026-11-23", "2026-11-27"),
        ("bis Freitag", "2026-11-23", "2026-11-27"),
        ("until 2026-12-01", "2026-11-23", "2026-12-01"),
        ("until today", "2026-11-23", "2026-11-23"),
        ("Friday", "2026-11-27", "2026-11-27"),
        ("monday", "2026-11-23", "2026-11-23"),
        ("tomorrow..friday", "2026-11-24", "2026-11-27"),
        ("friday to monday", "2026-11-27", "2026-11-30"),
        ("2026-11-20..friday", "2026-11-20", "2026-11-27"),
    ],
)
def test_an_absence_as_it_is_typed(typed: str, first: str, last: str) -> None:
    assert absence_of(typed, MONDAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("typed", "word", "code"),
    [
        ("until xmas", "xmas", "day"),
        ("until", "until", "day"),
        ("2026-13-01", "2026-13-01", "day"),
        ("2026-12-20..whenever", "whenever", "day"),
        ("2026-12-20..2026-12-01", "2026-12-20..2026-12-01", "backwards"),
        ("2026-11-01", "2026-11-01", "past"),
        ("2026-11-01..2026-11-02", "2026-11-01..2026-11-02", "past"),
        ("2026-12-01..2028-12-01", "2026-12-01..2028-12-01", "long"),
        ("2030-01-01", "2030-01-01", "long"),
    ],
)
def test_a_mistake_names_the_word_and_why(typed: str, word: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as fault:
        absence_of(typed, MONDAY)
    assert (fault.value.word, fault.value.code) == (word, code)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("1h", "2026-11-23 11:05+01:00"),
        ("72 hours", "2026-11-26 10:05+01:00"),
        ("2d", "2026-11-25 10:05+01:00"),
        ("2 Tage", "2026-11-25 10:05+01:00"),
        ("tomorrow", "2026-11-24 00:00+01:00"),
        ("Morgen", "2026-11-24 00:00+01:00"),
    ],
)
def test_a_snooze_as_it_is_typed(typed: str, until: str) -> None:
    assert snooze_of(typed, NOW, "Europe/Berlin") == datetime.fromisoformat(until)


def test_days_of_a_snooze_go_by_the_calendar_over_a_clock_change() -> None:
    saturday = datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert snooze_of("1d", saturday, "Europe/Berlin") == datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_a_snooze_ends_by_off() -> None:
    assert snooze_of("off", NOW, "UTC") is None


@pytest.mark.parametrize("typed", ["", "1", "0h", "73h", "31d", "1w", "h", "soon", "-1h", "1.5h", "1h 1h"])
def test_what_is_no_snooze(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="snooze"):
        snooze_of(typed, NOW, "UTC")


@pytest.mark.parametrize(("typed", "expected"), [("9", time(9)), ("9:05", time(9, 5)), ("17.30", time(17, 30))])
def test_a_time_of_day(typed: str, expected: time) -> None:
    assert time_of(typed) == expected


@pytest.mark.parametrize("typed", ["", "25", "9:60", "nine", "9:5", "9:00:00"])
def test_what_is_no_time_of_day(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="time_form"):
        time_of(typed)


@pytest.mark.parametrize("typed", ["9:00-17:00", "9 - 17", "9.00–17.00", "9 to 17", "9 bis 17"])
def test_working_hours(typed: str) -> None:
    assert hours_of(typed) == (time(9), time(17))


@pytest.mark.parametrize(
    ("typed", "code"), [("9", "hours_form"), ("9-17-18", "hours_form"), ("x-17", "hours_form"), ("17-9", "hours_order")]
)
def test_what_are_no_working_hours(typed: str, code: str) -> None:
    with pytest.raises(NotUnderstood, match=code):
        hours_of(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Mo–Fr", {0, 1, 2, 3, 4}),
        ("monday to friday", {0, 1, 2, 3, 4}),
        ("Sun-Thu", {6, 0, 1, 2, 3}),
        ("Mon, Tue, Thu", {0, 1, 3}),
        ("Mo, Mi-Fr", {0, 2, 3, 4}),
        ("sat", {5}),
    ],
)
def test_weekdays(typed: str, days: set[int]) -> None:
    assert weekdays_of(typed) == days


@pytest.mark.parametrize("typed", ["", "Mon-", "Funday", "Mon-Tue-Wed", "1-5"])
def test_what_are_no_weekdays(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="weekdays_form"):
        weekdays_of(typed)


def test_days_off_stand_one_a_line() -> None:
    assert closed_days_of("2026-12-24 Company day\n\n 2026-12-31  New Year's Eve ") == {
        date(2026, 12, 24): "Company day",
        date(2026, 12, 31): "New Year's Eve",
    }


@pytest.mark.parametrize("line", ["24.12.2026 Company day", "2026-12-24", "Company day"])
def test_a_day_off_without_a_date_or_a_name_is_named(line: str) -> None:
    with pytest.raises(NotUnderstood) as fault:
        closed_days_of(f"2026-12-31 New Year\n{line}")
    assert (fault.value.word, fault.value.code) == (line, "closed_form")
