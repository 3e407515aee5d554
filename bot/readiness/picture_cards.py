"""Cards of what is drawn of the portfolio. Each says in words what its picture shows; nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Person, Project
from bot.readiness.flow import Period, Span
from bot.readiness.framework import Framework
from bot.readiness.portfolio import BarrierHold, ProjectLevel
from bot.readiness.project_cards import ReceiptCard
from bot.readiness.scorecard import Scorecard

ROWS = 50
"""Projects in one picture of the heat map: more are not read on a phone."""


@dataclass(frozen=True, slots=True)
class HeatMapCard:
    """Projects by dimensions, in the order of the query, from number `start` of `total` on.

    `levels` are those of each project's latest result by dimension id; `read` the projects whose levels the reader may
    know, of the others only what blocks is shown. `waived` are pairs of project and dimension, and block nothing.
    `query` is how it was asked; `left_out` projects are not drawn as it reads levels that the reader may not know.
    """

    framework: Framework
    projects: tuple[Project, ...]
    start: int
    total: int
    levels: Mapping[str, Mapping[str, ProjectLevel]]
    read: frozenset[str]
    waived: frozenset[tuple[str, str]]
    query: str
    made_at: datetime
    left_out: int = 0

    @property
    def ends(self) -> int:
        """The number of the last project shown."""
        return self.start + len(self.projects)

    @property
    def unread(self) -> int:
        """How many of the projects shown have levels that the reader may not know."""
        return sum(project.summary is not None and project.id not in self.read for project in self.projects)


@dataclass(frozen=True, slots=True)
class FlowCard:
    """How many projects stood at each stage at the end of each period, oldest first; the last one is still running."""

    framework: Framework
    periods: tuple[Period, ...]
    span: Span
    made_at: datetime

    @property
    def rose(self) -> int:
        """How often a stage went up."""
        return sum(period.rose for period in self.periods)

    @property
    def fell(self) -> int:
        """How often a stage went down."""
        return sum(period.fell for period in self.periods)


@dataclass(frozen=True, slots=True)
class BarriersCard:
    """The barriers of the framework as they are ranked, those that hold nothing last.

    `blocked` of the `total` projects have a blocker that is not waived. Barriers that only another framework knows are
    left out; `other` blockers stand under those.
    """

    framework: Framework
    barriers: tuple[BarrierHold, ...]
    total: int
    blocked: int
    other: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One of two projects: its latest result, the levels behind it by dimension id, and who answers for it."""

    project: Project
    owner: Person
    scorecard: Scorecard
    taken_at: datetime
    levels: Mapping[str, ProjectLevel]


@dataclass(frozen=True, slots=True)
class DuelCard:
    """Two projects side by side, by the dimensions of the current framework."""

    framework: Framework
    one: Side
    other: Side
    zone: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """One project's levels against its next bars; `proof` says why its stage is what it is.

    `waived` are the dimensions that may stay short for now.
    """

    proof: ReceiptCard
    made_at: datetime
    waived: frozenset[str] = frozenset()
