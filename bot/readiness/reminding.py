"""When somebody is reminded of what they owe: once a week at their own hour, sooner where it cannot wait. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.availability import Availability
from bot.readiness.local_time import local_day, moment_of
from bot.readiness.preferences import Preferences

PROFILE_BEFORE = timedelta(hours=12)
"""How long before a weekly reminder the person's profile is read again: they may have moved."""


class Urgency(IntEnum):
    """How soon somebody is to be reminded.

    WEEKLY  at their next weekly moment
    SOON    at their next working moment, where that is on an earlier day; never twice on one day
    AGAIN   the same, though one came today: they asked for it
    """

    WEEKLY = 0
    SOON = 1
    AGAIN = 2


class Turn(IntEnum):
    """What the appointment of a reminder is for: the profile is read, the week's reminder goes out, or one before."""

    PROFILE = 0
    WEEKLY = 1
    SOON = 2


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reminder: of which week, and what comes next for it. `week` is the ISO year and week, such as 202648.

    It goes with the appointment: wherever the person moves, the week that stands is neither left out nor had twice.
    """

    week: int
    turn: Turn

    @property
    def step(self) -> int:
        """As an appointment keeps it."""
        return self.week * 10 + self.turn

    @classmethod
    def of(cls, step: int) -> "Occurrence":
        """The one that an appointment keeps."""
        return cls(step // 10, Turn(step % 10))


def week_of(day: date) -> int:
    """The ISO year and week of a day, such as 202648."""
    year, week, _ = day.isocalendar()
    return year * 100 + week


def week_after(week: int) -> int:
    """The week that follows."""
    return week_of(_monday(week) + timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One person's reminders, seen from a moment."""

    person_id: str
    available: Availability
    own: Preferences
    now: datetime

    def planned(self, standing: Appointment | None = None, soonest: datetime | None = None) -> Appointment:
        """The appointment of somebody who owes something.

        `standing` is the one there is; `soonest` from when on a reminder should come before its week.
        """
        before = Occurrence.of(standing.step) if standing else None
        week = before.week if before else self._coming_week()
        if week == self.own.skipped_week:
            week = week_after(week)
        if standing and before and before.turn is Turn.SOON:
            soonest = min(standing.at, soonest or standing.at)
        at = self.weekly_at(week)
        if soonest is not None:
            early = self.available.opens(max(soonest, self.now))
            if self._day(early) < self._day(at) and not self.skips(early):
                return self._appointment(early, week, Turn.SOON)
        if at - PROFILE_BEFORE > self.now:
            return self._appointment(at - PROFILE_BEFORE, week, Turn.PROFILE)
        return self._appointment(at, week, Turn.WEEKLY)

    def put_off(self, at: datetime, occurrence: Occurrence) -> Appointment:
        """The same reminder, at another moment."""
        turn = Turn.SOON if occurrence.turn is Turn.SOON else Turn.WEEKLY
        return self._appointment(at, occurrence.week, turn)

    def after(self, occurrence: Occurrence) -> Appointment:
        """The appointment that follows once this one has had its turn.

        One that came before its week leaves that for its own day, where that is a later one.
        """
        week = occurrence.week
        if occurrence.turn is not Turn.SOON or self._is_past(week):
            week = week_after(week)
            while self._is_past(week):
                week = week_after(week)
        return self.planned(self._appointment(self.now, week, Turn.WEEKLY))

    def skips(self, moment: datetime) -> bool:
        """Whether they want no reminder in the week of this moment."""
        return week_of(self._day(moment)) == self.own.skipped_week

    def weekly_at(self, week: int) -> datetime:
        """When the reminder of a week goes out: at its own hour, or where they are off then, at the next opening.

        A week whose moment is over, as for somebody who moved, is reminded of from now on.
        """
        return self.available.opens(max(self._meant(week), self.now))

    def _coming_week(self) -> int:
        """The first week whose moment is still to come."""
        week = week_of(self._day(self.now))
        return week if self._meant(week) > self.now else week_after(week)

    def _is_past(self, week: int) -> bool:
        return self._day(self.weekly_at(week)) <= self._day(self.now)

    def _meant(self, week: int) -> datetime:
        day = _monday(week) + timedelta(days=self.own.reminder_day)
        return moment_of(day, self.own.reminder_time, self.available.zone)

    def _day(self, moment: datetime) -> date:
        return local_day(moment, self.available.zone)

    def _appointment(self, at: datetime, week: int, turn: Turn) -> Appointment:
        return Appointment(AppointmentKind.REMINDER, self.person_id, at, step=Occurrence(week, turn).step)


def _monday(week: int) -> date:
    return date.fromisocalendar(*divmod(week, 100), 1)
