"""Cron rules of five fields, read by APScheduler; the clock changes of their zone are its work, and why hours are few.

A rule may name hours 4 to 22 only: a wall-clock time inside a clock change would be skipped or run twice.
"""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from bot.readiness.cadence import CronFault

FIELDS = 5
HOURS = range(4, 23)
LOOKED_AT = 12
"""Runs from one moment on that say how dense a rule is."""


def next_run(rule: str, zone: str, after: datetime) -> datetime | None:
    """The first run later than `after`, in UTC; None when there is none any more."""
    # APScheduler counts the moment itself.
    later = (after + timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    following = _trigger(rule, zone).get_next_fire_time(None, later)
    return following.astimezone(after.tzinfo) if following else None


def check_rule(rule: str, zone: str, now: datetime) -> None:
    """Raise CronFault unless the rule runs at most once a day, at an hour that no clock change touches."""
    if len(rule.split()) != FIELDS:
        raise CronFault("fields")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise CronFault("zone") from None
    try:
        moment = next_run(rule, zone, now)
    except (ValueError, TypeError):
        raise CronFault("form") from None
    days = []
    for _ in range(LOOKED_AT):
        if moment is None:
            break
        local = moment.astimezone(ZoneInfo(zone))
        if local.hour not in HOURS:
            raise CronFault("hours")
        days.append(local.date())
        moment = next_run(rule, zone, moment)
    if not days:
        raise CronFault("never")
    if len(set(days)) < len(days):
        raise CronFault("too_often")


@cache
def _trigger(rule: str, zone: str) -> CronTrigger:
    minute, hour, day, month, weekday = rule.split()
    # Weekdays by name: APScheduler counts them from Monday, cron from Sunday.
    named = _weekdays(weekday)
    return CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=named, timezone=ZoneInfo(zone))


_NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekdays(field: str) -> str:
    parts = []
    for part in field.split(","):
        ends, slash, stride = part.partition("/")
        named = "-".join(
            _NAMES[int(end)] if end.isdigit() and int(end) < len(_NAMES) else end for end in ends.split("-")
        )
        parts.append(named + slash + stride)
    return ",".join(parts)
