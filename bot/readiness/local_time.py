"""Local days and times as moments in UTC. Adding and comparing is done there: within one zone Python ignores fold."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def moment_of(day: date, at: time, zone: str) -> datetime:
    """A wall-clock time of a day, in UTC. In a clock change's gap it moves on, in its fold it is the first."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def midnight(day: date, zone: str) -> datetime:
    """When a calendar day begins in a zone."""
    return moment_of(day, time(), zone)


def next_weekly(after: datetime, weekday: int, at: time, zone: str) -> datetime:
    """The first moment later than `after` that is this weekday (Monday is 0) and time in the zone."""
    day = local_day(after, zone)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    moment = moment_of(day, at, zone)
    return moment if moment > after else moment_of(day + timedelta(days=7), at, zone)
