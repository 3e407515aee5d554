"""What holds a project at its stage. Pure; source: `docs/leverage.md`, the rules of stages in `docs/readiness.md`.

A project stands at the lowest stage that any of its dimensions carries, so what lifts it is a set and no sum: all the
dimensions that are short of the next stage up, together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.readiness.framework import STAGES, Framework
from bot.readiness.scorecard import Scorecard


class Lifts(StrEnum):
    """What rises: the reported stage, where people are ahead of readiness; else readiness, which opens the move."""

    STAGE = "stage"
    READINESS = "readiness"


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


def hold_of(framework: Framework, scorecard: Scorecard, carries: Mapping[str, int]) -> Hold | None:
    """What holds a project; None where nothing is short, as only the move is missing or no stage is next.

    `carries` is the last stage whose bars each dimension carries, 1 to 5; those left out of the card are left out here.
    The aim is where people are exposed while they are ahead of readiness, else the next stage.
    """
    before = min(carries.values(), default=STAGES[-1])
    lifts = Lifts.STAGE if before < scorecard.exposure else Lifts.READINESS
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
