"""Dates as people read them: in the reader's zone, with the names of the template `dates`."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.wording.engine import Words


def short_date(moment: date | datetime, language: str, timezone: str = "UTC") -> str:
    """Such as "Mon 23 Nov": for what lies near. A datetime is read in `timezone`, a date stands as it is."""
    return _written("short", moment, language, timezone)


def full_date(moment: date | datetime, language: str, timezone: str = "UTC") -> str:
    """Such as "23 Nov 2026": for what may lie years back or ahead."""
    return _written("full", moment, language, timezone)


def short_moment(moment: datetime, language: str, timezone: str) -> str:
    """Such as "Mon 23 Nov, 9:00": for what lies near and has an hour."""
    clock = moment.astimezone(_zone(timezone))
    page = Words.of(language).page("dates")
    return page.text("moment", day=short_date(moment, language, timezone), clock=clock_time(clock.time()))


def clock_time(clock: time) -> str:
    """Such as "9:00"."""
    return f"{clock.hour}:{clock.minute:02}"


def weekday_names(days: Iterable[int], language: str) -> str:
    """Such as "Mon–Fri" or "Mon, Tue, Thu"; Monday is 0."""
    names = Words.of(language).page("dates").text("weekdays").split()
    shown: list[str] = []
    for run in _runs(sorted(days)):
        shown += [f"{names[run[0]]}–{names[run[-1]]}"] if len(run) > 2 else [names[day] for day in run]
    return ", ".join(shown)


def typed_weekdays(days: Iterable[int], language: str) -> str:
    """The same with plain hyphens, as a form takes it back."""
    return weekday_names(days, language).replace("–", "-")


def _runs(days: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _written(slot: str, moment: date | datetime, language: str, timezone: str) -> str:
    day = moment.astimezone(_zone(timezone)).date() if isinstance(moment, datetime) else moment
    page = Words.of(language).page("dates")
    return page.text(
        slot,
        weekday=page.text("weekdays").split()[day.weekday()],
        day=day.day,
        month=page.text("months").split()[day.month - 1],
        year=day.year,
    )


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")  # a platform may name a zone that this machine does not know
