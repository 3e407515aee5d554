"""When something is due: working days and deadlines. Arithmetic is in UTC; calendars are read in the local zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

INTERVIEW_WORKING_DAYS = 5
CLOSING_TIME = time(18, 0)


def working_days_after(start: datetime, days: int, timezone: str) -> datetime:
    """The end of the working day that lies `days` working days (Monday to Friday) after `start`, in UTC."""
    zone = ZoneInfo(timezone)
    day = start.astimezone(zone).date()
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days -= 1
    return datetime.combine(day, CLOSING_TIME, zone).astimezone(UTC)
