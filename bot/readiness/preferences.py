"""What somebody set for themself, and when they are away."""

from dataclasses import dataclass
from datetime import date, datetime, time

MONDAY = 0
REMINDER_TIME = time(9)


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's own settings; None where the organization's or the platform's word holds.

    timezone         IANA zone they chose: their person has it, and their profile no longer changes it
    begins, ends     working hours; `days` the weekdays, Monday is 0
    region           whose public holidays they have, such as "DE-BE"
    reminder_day     weekday and local time of their weekly reminder
    reminds          False: never a reminder, which the owner is told
    snoozed_until    nothing unasked before
    backup_id        who stands in for them
    skipped_week     the ISO week whose reminders they declined, such as 202648, and `skip_reason` why, in their words
    """

    timezone: str | None = None
    begins: time | None = None
    ends: time | None = None
    days: frozenset[int] | None = None
    region: str | None = None
    reminder_day: int = MONDAY
    reminder_time: time = REMINDER_TIME
    reminds: bool = True
    snoozed_until: datetime | None = None
    backup_id: str | None = None
    skipped_week: int | None = None
    skip_reason: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is away, the first and the last included; said by themself or by an admin."""

    id: str
    person_id: str
    first: date
    last: date
    set_by: str

    def covers(self, day: date) -> bool:
        """Whether they are away on this day."""
        return self.first <= day <= self.last
