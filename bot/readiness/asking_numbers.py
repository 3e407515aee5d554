"""Comparisons in a question: "below stage 3", "rollback at level 2 or better", "between 1 and 2 blockers". Pure."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.readiness.asking_lexicon import BLOCKED, Cue, Sort
from bot.readiness.filters import LEVELS, RANGES
from bot.readiness.query import Compared, Condition, Number, Numbered, Rated, Sign

NEAR = 3
"""A number belongs to the thing that stands at most so many cues before it."""
_JOINS = (Sort.OR, Sort.AND)


@dataclass(slots=True)
class Comparisons:
    """Where each begins -> its conditions; the places of all their cues; amounts that belong to nothing."""

    at: dict[int, list[Condition]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class _Subject:
    """What amounts are of, the places of the cues that say so, and whether they are the two ends of a range."""

    what: Cue
    places: tuple[int, ...]
    between: bool


def comparisons(cues: Sequence[Cue], used: AbstractSet[int]) -> Comparisons:
    """The comparisons in the cues, those in `used` left out."""
    made = Comparisons()
    for at, cue in enumerate(cues):
        if cue.sort is not Sort.AMOUNT or at in used | made.used:
            continue
        run = _run(cues, at)
        made.used |= set(run)
        subject = _subject(cues, run, used | (made.used - set(run)))
        conditions = None
        if subject:
            sign, said = _sign(cues, min(subject.places), run)
            amounts = [cues[place].value for place in run if cues[place].sort is Sort.AMOUNT]
            conditions = _conditions(subject, sign, amounts)
            made.used |= {*subject.places, *said, *range(min(subject.places), run[0])}
            made.at[min(*subject.places, *said, run[0])] = conditions or []
        made.doubts += not conditions
    return made


def _run(cues: Sequence[Cue], at: int) -> list[int]:
    """The place of an amount, and those of amounts joined to it: "2 or 3", "stage 2 or stage 3"."""
    run = [at]
    while (place := run[-1] + 1) + 1 < len(cues) and cues[place].sort in _JOINS:
        amount = place + 1 + (cues[place + 1].sort is Sort.NUMBER)
        if amount >= len(cues) or cues[amount].sort is not Sort.AMOUNT:
            break
        run += range(place, amount + 1)
    return run


def _subject(cues: Sequence[Cue], run: Sequence[int], taken: AbstractSet[int]) -> _Subject | None:
    """A number or a dimension before the amounts, else one behind them: "3 blockers", "level 3 on rollback"."""
    between, first, behind = False, run[0], run[-1] + 1
    behind += behind < len(cues) and cues[behind].sort is Sort.AFTER
    levels = first > 0 and cues[first - 1].sort is Sort.LEVEL
    for place in range(first - 1, max(first - 1 - NEAR, -1), -1):
        cue = cues[place]
        if place in taken:
            break
        if cue.sort in (Sort.NUMBER, Sort.DIMENSION):
            before = place > 0 and cues[place - 1].sort is Sort.BETWEEN
            return _Subject(cue, (place - 1, place) if before else (place,), between or before)
        if cue.sort not in (Sort.BETWEEN, Sort.SIGN, Sort.LEVEL):
            break
        between = between or cue.sort is Sort.BETWEEN
    if behind < len(cues) and cues[behind].sort is (Sort.DIMENSION if levels else Sort.NUMBER):
        return _Subject(cues[behind], (first - 1, behind) if levels else (behind,), between)
    if behind < len(cues) and cues[behind] == BLOCKED:
        return _Subject(Cue(Sort.NUMBER, Number.BLOCKERS), (behind,), between)
    return None


def _sign(cues: Sequence[Cue], begin: int, run: Sequence[int]) -> tuple[Sign, set[int]]:
    """How it is compared, and the places that say so: before, in between or behind."""
    for place in (*range(begin, run[0]), min(begin, run[0]) - 1):
        if place >= 0 and cues[place].sort is Sort.SIGN:
            return cues[place].value, {place}
    behind = run[-1] + 1
    if behind < len(cues) and cues[behind].sort is Sort.AFTER:
        return cues[behind].value, {behind}
    return Sign.IS, set()


def _conditions(subject: _Subject, sign: Sign, amounts: Sequence[int]) -> list[Condition] | None:
    """None for what cannot be: a stage 7, a dimension of two levels, "at least 2 or 3"."""
    what = subject.what
    low, high = LEVELS if what.sort is Sort.DIMENSION else RANGES[what.value]
    if not all(low <= amount <= high for amount in amounts):
        return None
    if subject.between:
        ends = ((Sign.LEAST, min(amounts)), (Sign.MOST, max(amounts)))
        return [_condition(what, (Compared(*end),)) for end in ends] if len(amounts) == 2 else None
    if len(amounts) > 1 and (sign is not Sign.IS or what.sort is Sort.DIMENSION):
        return None
    return [_condition(what, tuple(Compared(sign, amount) for amount in amounts))]


def _condition(what: Cue, compared: tuple[Compared, ...]) -> Condition:
    if what.sort is Sort.DIMENSION:
        return Rated(what.value, compared[0])
    return Numbered(what.value, compared)
