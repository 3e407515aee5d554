"""Leverage: what, if it were solved, would lift most projects, and by how many stages. Pure.

One dimension is a lever where it alone holds a project, a barrier where it holds everything that does. Source:
`docs/leverage.md`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.readiness.holds import Hold, Lifts


class LeverKind(StrEnum):
    """What can be solved as one."""

    DIMENSION = "dimension"
    BARRIER = "barrier"


@dataclass(frozen=True, slots=True)
class Held:
    """How many projects are held by the same, and by how many stages in all they would rise.

    `stages` with these dimensions solved, `barrier_stages` with their whole barrier. `dimensions` may be left out where
    they are more than two: then only the barrier matters.
    """

    lifts: Lifts
    dimensions: tuple[str, ...]
    barrier: str
    projects: int
    stages: int
    barrier_stages: int


def held(hold: Hold) -> Held:
    """One project of these."""
    stages, barrier_stages = hold.after - hold.before, hold.barrier_after - hold.before
    return Held(hold.lifts, hold.dimensions, hold.barrier, 1, stages, barrier_stages)


@dataclass(frozen=True, slots=True)
class Lever:
    """What solving one dimension or barrier does.

    `risen` projects report a higher stage at once, by `stages` in all; `opened` ones are ready for the next move.
    """

    kind: LeverKind
    id: str
    risen: int
    stages: int
    opened: int

    @property
    def projects(self) -> int:
        """How many it lifts."""
        return self.risen + self.opened


@dataclass(frozen=True, slots=True)
class Pair:
    """Two dimensions that lift `projects` if both are solved; `together` of them are lifted by neither one alone."""

    dimensions: tuple[str, str]
    projects: int
    together: int


@dataclass(frozen=True, slots=True)
class Leverage:
    """The levers of a portfolio, those that lift most projects first, then by most stages.

    `held` projects have something short on the way up, `unlevered` of them are lifted by no single dimension or
    barrier. `pair` is the best of two dimensions, where two do more than each does alone.
    """

    dimensions: tuple[Lever, ...] = ()
    barriers: tuple[Lever, ...] = ()
    pair: Pair | None = None
    held: int = 0
    unlevered: int = 0

    def lever(self, kind: LeverKind, lever_id: str) -> Lever:
        """The lever of this kind and id; one that lifts nothing where there is none."""
        found = (each for each in (*self.dimensions, *self.barriers) if (each.kind, each.id) == (kind, lever_id))
        return next(found, Lever(kind, lever_id, 0, 0, 0))


def leverage(found: Iterable[Held]) -> Leverage:
    """The levers by what holds the projects; the order of `found` does not matter."""
    groups = tuple(found)
    by_dimension = [(each.dimensions[0], each, each.stages) for each in groups if len(each.dimensions) == 1]
    by_barrier = [(each.barrier, each, each.barrier_stages) for each in groups if each.barrier]
    return Leverage(
        dimensions=_levers(LeverKind.DIMENSION, by_dimension),
        barriers=_levers(LeverKind.BARRIER, by_barrier),
        pair=_best_pair(groups),
        held=sum(each.projects for each in groups),
        # Whatever one dimension holds, its barrier holds as well.
        unlevered=sum(each.projects for each in groups if not each.barrier),
    )


def _levers(kind: LeverKind, lifted: Sequence[tuple[str, Held, int]]) -> tuple[Lever, ...]:
    counts: defaultdict[str, Counter[Lifts]] = defaultdict(Counter)
    risen: Counter[str] = Counter()
    for lever_id, group, stages in lifted:
        counts[lever_id][group.lifts] += group.projects
        risen[lever_id] += stages if group.lifts is Lifts.STAGE else 0
    found = [
        Lever(kind, lever_id, projects[Lifts.STAGE], risen[lever_id], projects[Lifts.READINESS])
        for lever_id, projects in counts.items()
    ]
    return tuple(sorted(found, key=lambda lever: (-lever.projects, -lever.stages, lever.id)))


def _best_pair(groups: Iterable[Held]) -> Pair | None:
    counts: Counter[frozenset[str]] = Counter()
    for group in groups:
        counts[frozenset(group.dimensions)] += group.projects
    pairs = [
        Pair((one, other), both + counts[frozenset((one,))] + counts[frozenset((other,))], both)
        for pair, both in list(counts.items())
        if len(pair) == 2
        for one, other in [sorted(pair)]
    ]
    return min(pairs, key=lambda pair: (-pair.projects, -pair.together, pair.dimensions), default=None)
