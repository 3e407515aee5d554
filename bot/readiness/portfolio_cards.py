"""What questions to the portfolio answer with: a list of projects, one of them on the way down, filters by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.readiness.assessment import Project
from bot.readiness.digests import First, Subscription
from bot.readiness.project_cards import StatusCard
from bot.readiness.query import Query


@dataclass(frozen=True, slots=True)
class ProjectsCard:
    """A page of the projects that a query means, at most `rows` of them; `page.total` is how many there are in all.

    `name` is under which the reader has saved the filters, "" where they have not. `debts` maps a project's id to its
    valid waivers. `unread` projects are left out, as the query reads levels and theirs are not for the reader.
    """

    query: Query
    page: First[Project]
    rows: int
    zone: str
    name: str = ""
    debts: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0


@dataclass(frozen=True, slots=True)
class ListDigest:
    """A list that comes every week. `filters` were subscribed to; `listed` None: they can be read no longer."""

    filters: str
    listed: ProjectsCard | None


@dataclass(frozen=True, slots=True)
class ListsHereCard:
    """What comes to a channel every week: the portfolio's digest, None where it does not, and lists of projects."""

    digest: Subscription | None
    lists: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class ProjectOnTheWayCard:
    """A project that was opened from a list; `query` leads back up to the page it stood on."""

    status: StatusCard
    query: Query


@dataclass(frozen=True, slots=True)
class SavedFiltersCard:
    """The filters that the reader keeps under names, by name. `saved`, `forgotten`: the one that just was."""

    filters: Mapping[str, str]
    saved: str = ""
    forgotten: str = ""
