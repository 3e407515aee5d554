"""What the calendar will ask for: an appointment says of which kind, about what, and when. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AppointmentKind(StrEnum):
    """What is to be done; each kind has a row in `bot.calendar.KEEPERS`.

    DEADLINE        an assessment waits no longer for answers
    LADDER          an interview waits for answers, and the next one up is told; `step` is the rung
    REASSESSMENT    a project is assessed again
    DIGEST          a week of a project or of the portfolio is told; subject the subscription
    REMINDER        a person is reminded of what they owe
    AGEING          evidence of a project has fallen, or will within two weeks; subject the project
    LINKS           links behind a project's answers are looked at
    WAIVER          a waiver ends soon (step 0: in 14 days, 1: in 3), or now (2)
    UNKNOWN         nobody could answer what a blocker is about; subject the blocker
    OLD_BLOCKER     a blocker is another thirty days old; subject the blocker
    OVERDUE         the day of a commitment has passed (0: its holder hears it, 1: the owner); subject the commitment
    SHARED          dates have changed what blocks where: it is counted what half of all projects share
    SUMMARY         what lists read of a project is written anew from its latest result; subject the project
    """

    DEADLINE = "deadline"
    LADDER = "ladder"
    REASSESSMENT = "reassessment"
    DIGEST = "digest"
    REMINDER = "reminder"
    AGEING = "ageing"
    WAIVER = "waiver"
    LINKS = "links"
    UNKNOWN = "unknown"
    OLD_BLOCKER = "old_blocker"
    OVERDUE = "overdue"
    SHARED = "shared"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One date: at most one of a kind stands for a subject.

    subject      the id of what it is about
    project_id   the project it belongs to; it is kept with that project locked. None: it belongs to a person, or to all
    step         how far a kind with several steps has come
    """

    kind: AppointmentKind
    subject: str
    at: datetime
    project_id: str | None = None
    step: int = 0
