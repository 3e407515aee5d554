"""Leverage: what, if it were solved, would lift most projects, and by how many stages. Pure.

A project stands at the lowest stage that any of its dimensions carries, so what lifts it is a set and no sum: all the
dimensions that are short of the next stage up, together. One dimension is a lever where it is alone in that set, a
barrier where it holds the whole set. Source: `docs/leverage.md`; the rules of stages are in `docs/readiness.md`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.readiness.framework import Framework
from bot.readiness.scoring import UNKNOWN, Rating, Scorecard, Standing, alone


class Lifts(StrEnum):
    """What rises: the reported stage, where people are ahead of readiness; else readiness, which opens the move."""

    STAGE = "stage"
    READINESS = "readiness"


class LeverKind(StrEnum):
    """What can be solved as one."""

    DIMENSION = "dimension"
    BARRIER = "barrier"


@dataclass(frozen=True, slots=True)
class Hold:
    """What holds one project where it is, and where it would be without.

    `dimensions` are short of the stage above `before`, in framework order: only all of them together lift it. Solved so
    far that they carry `aim`, they lift it to `after`. `barrier` is the one they all belong to ("": to several);
    with everything in it solved, the project gets to `barrier_after` (without such a barrier, stays at `before`).
    """

    lifts: Lifts
    before: int
    aim: int
    dimensions: tuple[str, ...]
    after: int
    barrier: str
    barrier_after: int


def carried(framework: Framework, scorecard: Scorecard, ratings: Mapping[str, Rating]) -> Mapping[str, int]:
    """The last stage whose bars each dimension carries, 1 to 5; dimensions left out of the stage are left out here."""
    return {
        dimension.id: alone(framework, dimension, ratings.get(dimension.id, UNKNOWN), scorecard.exposure, None)[0]
        for dimension in framework.dimensions
        if dimension.id not in scorecard.exclusions
    }


def hold_of(framework: Framework, scorecard: Scorecard, carries: Mapping[str, int]) -> Hold | None:
    """What holds a project; None where nothing is short, as only the move is missing or no stage is next.

    `carries` is what `carried` gives for the same card. Ahead of readiness the aim is where people are exposed, in step
    it is the next stage.
    """
    before = scorecard.readiness
    lifts = Lifts.STAGE if scorecard.standing is Standing.AHEAD else Lifts.READINESS
    aim = scorecard.exposure if lifts is Lifts.STAGE else scorecard.next_stage
    if aim is None or before >= aim:
        return None
    short = tuple(dimension_id for dimension_id, stage in carries.items() if stage == before)
    barriers = {framework.by_id[dimension_id].primary for dimension_id in short}
    barrier = barriers.pop() if len(barriers) == 1 else ""
    whole = [each for each in carries if framework.by_id[each].primary == barrier]
    after, barrier_after = reached(carries, short, aim), reached(carries, whole, aim)
    return Hold(lifts, before, aim, short, after, barrier, barrier_after)


def reached(carries: Mapping[str, int], solved: Collection[str], aim: int) -> int:
    """The stage that is carried, at most `aim`, once these dimensions carry it."""
    return min([aim, *(stage for dimension_id, stage in carries.items() if dimension_id not in solved)])


@dataclass(frozen=True, slots=True)
class Held:
    """How many projects are held by the same, and by how many stages in all they would rise.

    `stages` without these dimensions, `barrier_stages` without their whole barrier. `dimensions` may be empty where
    they are more than two, of several barriers: then nothing is asked of them but the number.
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
