"""When somebody may be written to without being asked: working hours and days, holidays, absence, snooze. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.readiness.local_time import local_day, moment_of
from bot.readiness.preferences import Absence

LONGEST_LOOK = 400
"""Days. Nobody is away for longer; who is, gets what waits for them after it."""


class Closed(StrEnum):
    """Why a message waits for its reader."""

    OUTSIDE_HOURS = "outside_hours"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    AWAY = "away"
    SNOOZED = "snoozed"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Availability:
    """One person's working time.

    zone       IANA name; all days and times below are local to it
    days       the weekdays they work, Monday is 0
    holidays   the public holidays of a year in their region, each with its name
    closed     days on which the whole organization is off
    """

    zone: str
    begins: time
    ends: time
    days: frozenset[int]
    holidays: Callable[[int], Mapping[date, str]]
    closed: Mapping[date, str]
    absences: tuple[Absence, ...] = ()
    snoozed_until: datetime | None = None

    def why_off(self, day: date) -> Closed | None:
        """Why they do not work on this day; None when they do."""
        if any(absence.covers(day) for absence in self.absences):
            return Closed.AWAY
        if day in self.closed or day in self.holidays(day.year):
            return Closed.HOLIDAY
        return None if day.weekday() in self.days else Closed.DAY_OFF

    def holiday(self, day: date) -> str:
        """The name of the holiday, or of the organization's day off; "" when it is neither."""
        return self.closed.get(day) or self.holidays(day.year).get(day, "")

    def why_closed(self, moment: datetime) -> Closed | None:
        """Why a message must wait at this moment; None when it may go out."""
        if self.snoozed_until is not None and moment < self.snoozed_until:
            return Closed.SNOOZED
        day = local_day(moment, self.zone)
        if (off := self.why_off(day)) is not None:
            return off
        is_open = self._opening(day) <= moment < moment_of(day, self.ends, self.zone)
        return None if is_open else Closed.OUTSIDE_HOURS

    def opens(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which a message may go out."""
        moment = max(moment, self.snoozed_until or moment)
        day = local_day(moment, self.zone)
        for _ in range(LONGEST_LOOK):
            if self.why_off(day) is None and moment < moment_of(day, self.ends, self.zone):
                return max(moment, self._opening(day))
            day += timedelta(days=1)
        return self._opening(day)

    def next_day(self, moment: datetime) -> datetime:
        """The beginning of the working day after that of `moment`."""
        return self.opens(moment_of(local_day(moment, self.zone) + timedelta(days=1), time(), self.zone))

    def working_days_after(self, moment: datetime, days: int) -> datetime:
        """The end of the working day that lies `days` working days after the day of `moment`."""
        day = local_day(moment, self.zone)
        for _ in range(days):
            day = local_day(self.next_day(moment_of(day, self.begins, self.zone)), self.zone)
        return moment_of(day, self.ends, self.zone)

    def morning_after(self, moment: datetime, days: int) -> datetime:
        """The beginning of the working day that lies `days` working days after the day of `moment`."""
        return self._opening(local_day(self.working_days_after(moment, days), self.zone))

    def working_days_between(self, begin: datetime, end: datetime) -> int:
        """How many working days lie after the day of `begin` and begin before `end`."""
        first, last = local_day(begin, self.zone), local_day(end, self.zone)
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(self.why_off(day) is None and self._opening(day) < end for day in days)

    def _opening(self, day: date) -> datetime:
        return moment_of(day, self.begins, self.zone)
