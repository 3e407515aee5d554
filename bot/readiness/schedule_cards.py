"""Cards of a person's own time: schedule, absence, snooze, and what others see of it. Nothing here holds a sentence."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.readiness.administration import OrganizationSettings
from bot.readiness.assessment import Person, Project
from bot.readiness.preferences import Absence, Preferences


@dataclass(frozen=True, slots=True)
class Reach:
    """What keeps somebody who is waited for from hearing of it, for whoever waits.

    away_until    the last day of the absence they are in, and `backup` who stands in for them
    reminds       False: they asked not to be reminded
    skip_reason   why they want no reminder this week, in their words
    """

    person: Person
    away_until: date | None = None
    backup: Person | None = None
    reminds: bool = True
    skip_reason: str = ""

    @property
    def is_hindered(self) -> bool:
        """Whether there is anything to say."""
        return self.away_until is not None or not self.reminds or bool(self.skip_reason)


class AbsenceSaid(StrEnum):
    """What has just happened; each has a block of this name in the template `schedule`."""

    SHOWN = "shown"
    SET = "set"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class AbsenceCard:
    """Somebody's absences, the earliest first; `back` is the first day they work again after the first of them."""

    person: Person
    said: AbsenceSaid
    absences: tuple[Absence, ...]
    back: date | None
    backup: Person | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class SnoozeCard:
    """Until when nothing comes unasked (None: it may come), and when the next reminder does, if anything is owed."""

    until: datetime | None
    reminder_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class SkipForm:
    """Asks why no reminder should come this week."""


@dataclass(frozen=True, slots=True)
class SkippedCard:
    """No reminder any more this week; the next one comes then, if anything is owed."""

    reminder_at: datetime | None
    zone: str


class SendKind(StrEnum):
    """What is to come; each has a block `send_` and this name in the template `schedule`."""

    REMINDER = "reminder"
    DEADLINE = "deadline"
    REASSESSMENT = "reassessment"
    DIGEST = "digest"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Send:
    """What will come to a person, and when: one thing, or `count` of which the first comes then."""

    kind: SendKind
    at: datetime
    project: Project | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class ScheduleCard:
    """A person's own time: what comes to them when, and what it goes by. `everybody` is what holds for who set none."""

    person: Person
    own: Preferences
    everybody: OrganizationSettings
    sends: tuple[Send, ...]
    absences: tuple[Absence, ...]
    backup: Person | None
    snoozed_until: datetime | None
    saved: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleForm:
    """The form of one's own schedule."""

    person: Person
    own: Preferences
    everybody: OrganizationSettings
    backup: Person | None
