"""What digests of the portfolio need from outside: the first few of each list, and how many there are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from bot.readiness.digests import First

WhenT = TypeVar("WhenT", date, datetime)


@dataclass(frozen=True, slots=True)
class StageChange:
    """A project's stage before a window and at its end; `before` None: it had no result."""

    project_id: str
    before: int | None
    now: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A blocker, by where it is."""

    project_id: str
    dimension_id: str


@dataclass(frozen=True, slots=True)
class Due(Generic[WhenT]):
    """Something of a project with its date; a dimension and a person where it has them."""

    project_id: str
    at: WhenT
    dimension_id: str = ""
    person_id: str = ""


class Weeks(Protocol):
    """The portfolio over a window, of active projects only. What happened: after `since` and not after `until`."""

    def projects(self) -> int:
        """How many there are."""
        ...

    def moved(self, since: datetime, until: datetime, limit: int) -> First[StageChange]:
        """Whose stage is another than at the beginning; those that fell first, first results last."""
        ...

    def critical(self, since: datetime, until: datetime, now: datetime, limit: int) -> First[Gap]:
        """What became critical, still is, and is not waived."""
        ...

    def untaken(self, now: datetime, limit: int) -> First[Gap]:
        """Open blockers that are not waived and that nobody has taken on, the heaviest first."""
        ...

    def blockers(self, now: datetime) -> int:
        """How many are open and not waived."""
        ...

    def overdue(self, today: date, limit: int) -> First[Due[date]]:
        """What somebody took on for a day before `today`, the oldest first."""
        ...

    def waiting(self, limit: int) -> First[Due[datetime]]:
        """Assessments that wait for answers, by their deadline."""
        ...

    def waivers(self, now: datetime, limit: int) -> First[Due[datetime]]:
        """In force, by their end."""
        ...

    def ahead(self, limit: int) -> First[str]:
        """Ids of those that reach more people than their answers carry, the most blocked first."""
        ...

    def unassessed(self, limit: int) -> First[str]:
        """Ids of those without any result, the oldest first."""
        ...
