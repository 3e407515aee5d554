"""Dates as people read them: in the reader's zone, with the names of the template `dates`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.wording.engine import Words


def short_date(moment: date | datetime, language: str, timezone: str = "UTC") -> str:
    """Such as "Mon 23 Nov": for what lies near. A datetime is read in `timezone`, a date stands as it is."""
    return _written("short", moment, language, timezone)


def full_date(moment: date | datetime, language: str, timezone: str = "UTC") -> str:
    """Such as "23 Nov 2026": for what may lie years back or ahead."""
    return _written("full", moment, language, timezone)


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
