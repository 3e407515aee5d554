"""What admins set for the whole organization, and the trail of who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.readiness.cadence import INTERVIEW_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class OrganizationSettings:
    """What holds for every project.

    portfolio_place_id   the channel that hears of every stage change
    working_days         how long an assessment waits for answers
    begins, ends         working hours of whoever set none; `days` the weekdays, Monday is 0
    region               whose public holidays hold, such as "DE-BE"; "" for none
    closed               days on which the whole organization is off, with their names
    messages_a_day       how many unasked messages a person gets at most on one day
    """

    portfolio_place_id: str | None = None
    working_days: int = INTERVIEW_WORKING_DAYS
    begins: time = time(9)
    ends: time = time(17)
    days: frozenset[int] = frozenset(range(5))
    region: str = ""
    closed: Mapping[date, str] = field(default_factory=dict)
    messages_a_day: int = 3


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One change: who did what to which subject (an id), and when. `facts` are ids, codes, old and new values."""

    at: datetime
    action: str
    subject: str
    actor_id: str
    facts: Mapping[str, object]
