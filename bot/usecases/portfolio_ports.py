"""What questions to the portfolio need from outside: every answer is an indexed query over rows written before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.digests import First
from bot.readiness.local_time import midnight
from bot.readiness.organization import Behind
from bot.readiness.portfolio import Census, ProjectLevel
from bot.readiness.query import Query


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment at which the portfolio is looked at: `now`, and `today` where the reader lives, in `zone` (IANA).

    `targets` maps an exposure to the target that a project without its own has; `reader_id` is who "me" is, who reads
    the levels of their own projects, or of all where `reads_all`.
    """

    now: datetime
    today: date
    targets: Mapping[int, int]
    reader_id: str = ""
    zone: str = "UTC"
    reads_all: bool = False

    def began(self, days: int) -> datetime:
        """When the day so many days before today began where the reader lives."""
        return midnight(self.today - timedelta(days=days), self.zone)


@dataclass(frozen=True, slots=True)
class Groups:
    """What projects are told apart by: the names of teams, business functions and owners that any of them has."""

    teams: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()


class SavedFilters(Protocol):
    """What people keep under names, in the filter language."""

    def of_person(self, person_id: str) -> Mapping[str, str]:
        """Name -> filters, by name."""
        ...

    def save(self, person_id: str, name: str, filters: str) -> None:
        """Keep them, in the place of what had this name."""
        ...

    def remove(self, person_id: str, name: str) -> None:
        """Forget them."""
        ...


class Portfolio(Protocol):
    """All projects of the tenant that are not archived.

    Lists are in the query's order; a list of some rows also says how many there are in all.
    """

    def matching(self, query: Query, as_of: AsOf, rows: int | None = None) -> First[Project]:
        """The projects that a query means, from its start on: at most `rows` of them, and never more than its limit."""
        ...

    def ids(self, query: Query, as_of: AsOf) -> Sequence[str]:
        """The ids of all of them, from the query's start on; to read a large portfolio piece by piece."""
        ...

    def unread(self, query: Query, as_of: AsOf) -> int:
        """How many projects a query leaves out as it reads levels, and theirs are not for the reader."""
        ...

    def levels(self, project_ids: Collection[str]) -> Mapping[str, Sequence[ProjectLevel]]:
        """The levels of these projects by dimension id, by project; one without a result has none."""
        ...

    def save_levels(self, project_id: str, levels: Sequence[ProjectLevel]) -> None:
        """Replace a project's levels; none where it has no result, or is archived."""
        ...

    def save_stale(self, project_id: str, at: datetime | None) -> None:
        """When the first evidence behind a project's result has aged; None: none ever does."""
        ...

    def census(self, as_of: AsOf) -> Census:
        """Every project counted; the statements are the same few whatever their number."""
        ...

    def behind(self, behind: Behind, now: datetime, rows: int) -> First[Project]:
        """The projects that hold the organization back, by key."""
        ...

    def heaviest(self, now: datetime, rows: int) -> Sequence[Blocker]:
        """The first open blockers that are not waived: critical ones first, then the oldest."""
        ...

    def called(self, words: Collection[str]) -> Mapping[str, str]:
        """Key -> name of the projects whose key is one of these words."""
        ...

    def named(self, words: Collection[str]) -> Mapping[str, str]:
        """Key -> name of the projects whose whole name is one of these, in small letters."""
        ...

    def like(self, beginnings: Collection[str], rows: int) -> Mapping[str, str]:
        """Key -> name of the first projects whose key begins so."""
        ...

    def groups(self) -> Groups:
        """What projects are told apart by."""
        ...
