"""Local days and times as moments in UTC. Adding and comparing is done there: within one zone Python ignores fold."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones


def known_zone(name: str) -> str:
    """A zone as it is spelled, or "" where this machine knows none of that name: platforms and people may name such."""
    return _zones().get(name.strip().casefold(), "")


@cache
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def moment_of(day: date, at: time, zone: str) -> datetime:
    """A wall-clock time of a day, in UTC. In a clock change's gap it moves on, in its fold it is the first."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_clock(moment: datetime, zone: str) -> time:
    """What the clocks of a zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone)).time()


def midnight(day: date, zone: str) -> datetime:
    """When a calendar day begins in a zone."""
    return moment_of(day, time(), zone)


def next_weekly(after: datetime, weekday: int, at: time, zone: str) -> datetime:
    """The first moment later than `after` that is this weekday (Monday is 0) and time in the zone."""
    day = local_day(after, zone)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    moment = moment_of(day, at, zone)
    return moment if moment > after else moment_of(day + timedelta(days=7), at, zone)


def clock_change(day: date, zone: str) -> date | None:
    """The day on which the clocks of a zone change in the week of `day`, Monday first; None in nearly all weeks."""
    return _clock_change(day - timedelta(days=day.weekday()), zone)


@cache
def _clock_change(monday: date, zone: str) -> date | None:
    midnights = [datetime.combine(monday + timedelta(days=days), time(), ZoneInfo(zone)) for days in range(8)]
    changes = (before.date() for before, after in pairwise(midnights) if before.utcoffset() != after.utcoffset())
    return next(changes, None)
