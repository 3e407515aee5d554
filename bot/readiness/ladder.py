"""The ladder: who hears, step by step, that somebody has not answered. Pure.

Each interview has one: its respondent, whoever stands in for them, the project's owner, the managers. The rungs stand
on mornings of the respondent's working days, spread over the time until the deadline.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.readiness.availability import Availability


class Rung(IntEnum):
    """Whom a step of the ladder reaches, in order."""

    RESPONDENT = 0
    BACKUP = 1
    OWNER = 2
    MANAGERS = 3


RUNG = "rung"
"""The parameter of a notice that says which rung it is of."""

SHARES = {Rung.RESPONDENT: 2, Rung.BACKUP: 3, Rung.OWNER: 4, Rung.MANAGERS: 5}
"""Fifths of the time: with the default deadline of five working days, the day on which each rung stands."""


class PassedOver(StrEnum):
    """Why a rung reached nobody; the trail says it.

    REMINDED      the respondent was reminded of it already, on a day after they were asked
    NOT_REMINDED  the respondent asked for no reminders, SKIPPED_WEEK for none this week
    AWAY          whom it would reach is away
    NO_BACKUP     nobody was named to stand in
    TOLD          it would reach the respondent, or somebody a lower rung has told
    NOBODY        there is no manager to tell
    """

    REMINDED = "reminded"
    NOT_REMINDED = "not_reminded"
    SKIPPED_WEEK = "skipped_week"
    AWAY = "away"
    NO_BACKUP = "no_backup"
    TOLD = "told"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Ladder:
    """One interview's ladder: `available` is its respondent's time, `since` when they were asked or answered last.

    Neither a snooze nor an absence stops it: who is not there cannot answer, and somebody else must know.
    """

    available: Availability
    since: datetime
    deadline: datetime

    def at(self, rung: Rung) -> datetime:
        """The morning on which a rung is due. Where time is short, several are due on one."""
        there = self._there()
        days = there.working_days_between(self.since, self.deadline)
        return there.morning_after(self.since, max(1, round(days * SHARES[rung] / SHARES[Rung.MANAGERS])))

    def together(self, rung: Rung) -> tuple[Rung, ...]:
        """The rungs that are due with this one, in order, this one first."""
        return tuple(each for each in Rung if each >= rung and self.at(each) == self.at(rung))

    def following(self, rung: Rung, now: datetime) -> datetime:
        """When a rung is taken after one that was taken now: at its time, and never on the same day.

        So after a time in which nothing was sent nobody hears of all rungs at once.
        """
        return max(self.at(rung), self._there().morning_after(now, 1))

    def _there(self) -> Availability:
        return replace(self.available, absences=(), snoozed_until=None)
