"""The portfolio in numbers: what each dimension of a project allows, what all projects count together. Pure.

A project's levels are written with its milestone, so that no question to the portfolio looks at an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.readiness.framework import STAGES, Framework
from bot.readiness.framework_versions import FrameworkKey
from bot.readiness.organization import Member
from bot.readiness.scorecard import UNKNOWN, Rating, Scorecard, Severity
from bot.readiness.scoring import alone, effective_level


@dataclass(frozen=True, slots=True)
class ProjectLevel:
    """One applicable dimension in a project's latest result; those left out as not applicable have none.

    `barrier_id` is the dimension's primary barrier by the framework that made the result. `claimed` is the level that
    was said, None: unknown. `effective` is what it counts for at the stage the project is about to reach, or stands at
    where it is to stay, and `need` the bar there. `carries` is the highest stage that this dimension alone allows.
    `severity` is that of its finding, None without one; HIGH and CRITICAL block the project.
    """

    dimension_id: str
    barrier_id: str
    claimed: int | None
    effective: int
    need: int
    carries: int
    severity: Severity | None

    @property
    def blocks(self) -> bool:
        """Whether it is a blocker of its project, waived or not."""
        return self.severity is not None and self.severity >= Severity.HIGH


@dataclass(frozen=True, slots=True)
class BarrierHold:
    """A barrier over the portfolio: its blockers that are not waived, in how many projects, and the heaviest."""

    barrier_id: str
    blockers: int
    projects: int
    heaviest: Severity


@dataclass(frozen=True, slots=True)
class Census:
    """Every active project counted.

    members     groups of projects that are alike, as the rule of the organization's stage sees them
    crossings   (reported stage, exposure) -> projects; stage 0: without a result
    standings   standing -> projects with a result
    frameworks  framework version -> projects whose result it made
    barriers    ranked: the one that holds most projects first, then by its heaviest blocker and their number
    blockers    open ones that are not waived, `critical` of them; `waived` those that are
    blocked     projects with a blocker that is not waived
    old_critical   a project has a critical blocker of more than thirty days
    waivers     in force, in `debtors` projects
    late        assessments past their deadline; `overdue` commitments past their day
    """

    members: tuple[Member, ...] = ()
    crossings: Mapping[tuple[int, int], int] = field(default_factory=dict)
    standings: Mapping[str, int] = field(default_factory=dict)
    frameworks: Mapping[FrameworkKey, int] = field(default_factory=dict)
    barriers: tuple[BarrierHold, ...] = ()
    blockers: int = 0
    critical: int = 0
    waived: int = 0
    blocked: int = 0
    old_critical: bool = False
    waivers: int = 0
    debtors: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.crossings.values())

    @property
    def unassessed(self) -> int:
        """Those without a result."""
        return sum(count for (stage, _), count in self.crossings.items() if stage == 0)

    @property
    def stages(self) -> Mapping[int, int]:
        """Reported stage -> projects with a result."""
        return {stage: sum(n for (at, _), n in self.crossings.items() if at == stage) for stage in STAGES}

    @property
    def exposures(self) -> Mapping[int, int]:
        """Exposure -> projects, with a result or not."""
        return {exposure: sum(n for (_, at), n in self.crossings.items() if at == exposure) for exposure in STAGES}


def levels_of(framework: Framework, card: Scorecard, ratings: Mapping[str, Rating]) -> tuple[ProjectLevel, ...]:
    """The levels behind a scorecard, in framework order; `framework` and `ratings` are those that made it."""
    aim = card.next_stage or card.exposure
    severities = {finding.dimension_id: finding.severity for finding in card.findings}
    return tuple(
        ProjectLevel(
            dimension_id=dimension.id,
            barrier_id=dimension.primary,
            claimed=rating.level,
            effective=effective_level(framework, dimension, rating, aim),
            need=dimension.need(aim),
            carries=alone(framework, dimension, rating, card.exposure, card.next_stage)[0],
            severity=severities.get(dimension.id),
        )
        for dimension in framework.dimensions
        if dimension.id not in card.exclusions
        for rating in (ratings.get(dimension.id, UNKNOWN),)
    )


def ranked(barriers: Iterable[BarrierHold]) -> tuple[BarrierHold, ...]:
    """The barrier that holds most projects first, then the one with the heaviest blocker, then with the most."""
    return tuple(sorted(barriers, key=lambda each: (-each.projects, -each.heaviest, -each.blockers, each.barrier_id)))
