"""The portfolio as a page: one line a project, and what they count together. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.readiness.assessment import Person, Project
from bot.readiness.framework import STAGES, Dimension, Framework
from bot.readiness.scorecard import Severity, Standing


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One project of the page.

    owner     the owner's name
    blockers  what blocks it and is not waived, the heaviest first
    levels    dimension id -> the level that counts, None: nobody knows it; None for those who may not read its answers
    waivers   how many are in force
    overdue   an assessment or a commitment is past its date
    asking    an assessment is open
    """

    project: Project
    owner: str
    blockers: tuple[tuple[Dimension, Severity], ...] = ()
    levels: Mapping[str, int | None] | None = None
    waivers: int = 0
    overdue: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What the projects of the page count together."""

    total: int = 0
    unassessed: int = 0
    ahead: int = 0
    blocked: int = 0
    stages: Mapping[int, int] = field(default_factory=dict)
    exposures: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PortfolioReportCard:
    """The page for `reader`: the projects that `filters` choose, "" for all that are active, in their order.

    `projects` is read while it is written, within the transaction that made the card; it can be gone through once.
    `shows_levels`: the reader may read the answers of some of them. `unread` projects are left out, as the filters
    read levels and theirs are not for the reader.
    """

    framework: Framework
    reader: Person
    made_at: datetime
    filters: str
    counts: Counts
    projects: Iterable[ListedProject]
    shows_levels: bool = True
    unread: int = 0


def counted(projects: Iterable[Project]) -> Counts:
    """What projects count together, each looked at once."""
    stages, exposures = Counter[int](), Counter[int]()
    total = unassessed = ahead = blocked = 0
    for project in projects:
        total += 1
        exposures[project.exposure] += 1
        if project.summary is None:
            unassessed += 1
            continue
        stages[project.summary.stage] += 1
        ahead += project.summary.standing == Standing.AHEAD
        blocked += project.summary.blockers > 0
    return Counts(
        total=total,
        unassessed=unassessed,
        ahead=ahead,
        blocked=blocked,
        stages={stage: stages[stage] for stage in STAGES},
        exposures={exposure: exposures[exposure] for exposure in STAGES},
    )
