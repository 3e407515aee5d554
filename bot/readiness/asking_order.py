"""What a list is sorted by and where it ends: "oldest first", "top 3 by index", "the most blockers". Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.readiness.asking_lexicon import BLOCKED, ONE_PROJECT, Cue, Sort
from bot.readiness.query import MOST_ROWS, Number, Order

_ENDS = {Sort.MOST: True, Sort.BEST: True, Sort.LEAST: False, Sort.WORST: False}
"""Whether the list runs downwards: the worst of an index, a stage or an exposure is the lowest."""
_SORTED = {
    Number.STAGE: Order.STAGE,
    Number.EXPOSURE: Order.EXPOSURE,
    Number.INDEX: Order.INDEX,
    Number.BLOCKERS: Order.BLOCKERS,
    Number.AGE: Order.AGE,
}
_BETWEEN = (Sort.BY, Sort.AMOUNT, Sort.PROJECTS)
"""What may stand between a word of order and what is sorted by."""
_FAR = 3


@dataclass(slots=True)
class Ordered:
    """An order, how many rows of it, the places of the cues that say so, and what fits no order."""

    order: Order = Order.URGENCY
    descending: bool = False
    limit: int | None = None
    used: set[int] = field(default_factory=set)
    doubts: int = 0


def in_order(cues: Sequence[Cue]) -> Ordered:
    """The order that the cues ask for; URGENCY where they ask for none."""
    made = Ordered()
    top = any(cue.sort is Sort.TOP for cue in cues)
    for at, cue in enumerate(cues):
        if cue.sort is Sort.ORDER:
            made.order, made.descending = cue.value
            made.used.add(at)
            # How old a blocker is, no list is sorted by.
            made.doubts += BLOCKED in cues
        elif cue.sort in (Sort.BY, Sort.TOP, *_ENDS) and (found := _sorted_by(cues, at)):
            number, place = found
            made.order, made.descending = _SORTED[number], _ENDS.get(cue.sort, top or made.descending)
            if number is Number.BLOCKERS and cue.sort in (Sort.WORST, Sort.BEST):
                made.descending = not made.descending
            made.used |= {at, place, *(between for between in range(at, place) if cues[between].sort is Sort.BY)}
    if made.order is not Order.URGENCY:
        made.used |= {at for at, cue in enumerate(cues) if cue.sort is Sort.TOP}
        _limit(cues, made)
    return made


def _sorted_by(cues: Sequence[Cue], at: int) -> tuple[Number, int] | None:
    """The number that stands behind a word of order, and where."""
    for place in range(at + 1, min(at + 1 + _FAR, len(cues))):
        cue = cues[place]
        if cue.sort is Sort.NUMBER and cue.value in _SORTED:
            return cue.value, place
        if cue == BLOCKED:
            return Number.BLOCKERS, place
        if cue.sort not in _BETWEEN:
            return None
    return None


def _limit(cues: Sequence[Cue], made: Ordered) -> None:
    """How many: "top 3", "the five projects with", "which project has the most"."""
    for at, number in _amounts(cues):
        made.used.add(at)
        made.limit = number if 0 < number <= MOST_ROWS else None
        made.doubts += made.limit is None
        return
    if ONE_PROJECT in cues and any(cue.sort in _ENDS for cue in cues):
        made.limit = 1


def _amounts(cues: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    """Amounts that count rows: beside a word of order, or before the projects."""
    ends = (Sort.TOP, Sort.ORDER, *_ENDS)
    for at, cue in enumerate(cues):
        before = cues[at - 1].sort if at else None
        after = cues[at + 1].sort if at + 1 < len(cues) else None
        counts = before in ends or after in (Sort.PROJECTS, *ends)
        if cue.sort is Sort.AMOUNT and before is not Sort.NUMBER and counts:
            yield at, int(cue.value)
