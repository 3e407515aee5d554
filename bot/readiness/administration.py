"""What admins set for the whole organization, and the trail of who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.cadence import INTERVIEW_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class OrganizationSettings:
    """What holds for every project.

    `portfolio_place_id` is the channel that hears of every stage change, `working_days` how long an assessment waits
    for answers.
    """

    portfolio_place_id: str | None = None
    working_days: int = INTERVIEW_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One change: who did what to which subject (an id), and when. `facts` are ids, codes, old and new values."""

    at: datetime
    action: str
    subject: str
    actor_id: str
    facts: Mapping[str, object]
