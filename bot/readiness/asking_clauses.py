"""From the cues of a question to a query: names, flags, dates, denials, alternatives. Pure.

What cannot be put together is no clause but a doubt: then the bot asks back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.readiness.asking_lexicon import BLOCKED, NEITHER, Cue, Sort
from bot.readiness.asking_numbers import comparisons
from bot.readiness.asking_order import in_order
from bot.readiness.asking_times import Span
from bot.readiness.query import (
    Changed,
    Clause,
    Compared,
    Condition,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Query,
    Rated,
    Sign,
)

WEEK = 7
"""Days that "what is new?" means."""
LONGEST = 999
"""Days that a filter can look back."""
ME = "me"
"""The owner who asks."""

_NAMES = {
    Sort.BARRIER: Name.BARRIER,
    Sort.TEAM: Name.TEAM,
    Sort.FUNCTION: Name.FUNCTION,
    Sort.OWNER: Name.OWNER,
    Sort.SEVERITY: Name.SEVERITY,
}
_ABOUT = (Sort.BARRIER, Sort.DIMENSION, Sort.SEVERITY)
"""What "blocked" is said about, where it is not said for itself."""
_WASTED = (
    *(Sort.SIGN, Sort.AFTER, Sort.STRAY, Sort.NUMBER, Sort.LEVEL),
    *(Sort.TOP, Sort.MOST, Sort.LEAST, Sort.WORST, Sort.BEST),
)
"""What carries sense, and has found nothing to say it of."""
_UNASSESSED = Cue(Sort.FLAG, Flag.UNASSESSED)


@dataclass(frozen=True, slots=True)
class Composed:
    """A query, and how many pieces of the question fit nowhere in it."""

    query: Query
    doubts: int


@dataclass(frozen=True, slots=True)
class _Before:
    """What the words before say about the next condition: denied, missing, one of several."""

    denied: bool = False
    lacking: bool = False
    joined: Sort | None = None


def compose(cues: Sequence[Cue]) -> Composed:
    """The query that the cues, in the order of the words, make up."""
    ordered = in_order(cues)
    compared = comparisons(cues, ordered.used)
    walk = _Walk(cues)
    for at, cue in enumerate(cues):
        if at in compared.at:
            walk.add(*compared.at[at])
        elif at not in ordered.used | compared.used:
            walk.take(cue)
    walk.end()
    query = Query(tuple(walk.clauses), ordered.order, ordered.descending, ordered.limit)
    return Composed(query, ordered.doubts + compared.doubts + walk.doubts)


class _Walk:
    """Goes from cue to cue and gathers clauses."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = cues
        self._before = _Before()
        self._neither = NEITHER in cues
        self._timed = any(cue.sort is Sort.TIME for cue in cues)
        self._denied = any(cue.sort is Sort.NOT for cue in cues)
        self._about = any(cue.sort in _ABOUT for cue in cues)
        self.clauses: list[Clause] = []
        self.doubts = 0

    def take(self, cue: Cue) -> None:
        """One cue that is no number and no order."""
        match cue.sort:
            case Sort.NOT:
                # What holds within days is denied as a whole, wherever the word stands.
                self._before = replace(self._before, denied=not self._timed)
            case Sort.NO:
                self._before = replace(self._before, lacking=True)
            case Sort.OR | Sort.AND:
                self._before = replace(self._before, joined=cue.sort)
            case sort if sort in _WASTED:
                self.doubts += 1
            case Sort.TIME:
                self._time(cue.value)
            case Sort.CHANGED | Sort.NEWS | Sort.ASSESSED:
                self._happened(cue)
            case Sort.DIMENSION:
                self._dimension(cue.value)
            case _ if condition := self._condition(cue):
                self.add(condition)

    def add(self, *conditions: Condition) -> None:
        """Clauses more, or alternatives more of the last one."""
        for condition in conditions:
            self._add(condition, denied=self._before.denied or self._before.lacking or self._neither)
        self._before = _Before()

    def end(self) -> None:
        """What waits for a condition and got none is a doubt, save for "where monitoring is missing"."""
        last = self.clauses[-1] if self.clauses else None
        if self._before.lacking and last and isinstance(last.condition, Rated) and last.condition.compared is None:
            self.clauses[-1] = Clause(_missing(last.condition.dimension_id))
        elif self._before.lacking or self._before.denied or self._before.joined is Sort.OR:
            self.doubts += 1

    def _condition(self, cue: Cue) -> Condition | None:
        match cue.sort:
            case Sort.FLAG if cue == BLOCKED and self._about:
                return None
            case Sort.FLAG if cue == _UNASSESSED and self._timed:
                return None
            case Sort.FLAG:
                return Flagged(cue.value)
            case Sort.EXPOSED:
                return Numbered(Number.EXPOSURE, (Compared(*cue.value),))
            case Sort.STAGE:
                return Numbered(Number.STAGE, (Compared(Sign.IS, cue.value),))
            case Sort.MINE:
                return Named(Name.OWNER, (ME,))
            case sort if sort in _NAMES:
                return Named(_NAMES[sort], (cue.value,))
        return None

    def _dimension(self, dimension_id: str) -> None:
        """Without rollback it is at no level; what is not blocked by rollback has it for no blocker."""
        trouble = BLOCKED in self._cues
        if not trouble and (self._before.lacking or self._before.denied):
            self._before = _Before(joined=self._before.joined)
            self.add(_missing(dimension_id))
        else:
            self._before = replace(self._before, lacking=False)
            self.add(Rated(dimension_id))

    def _happened(self, cue: Cue) -> None:
        """Something changed or was assessed; the date says since when. Up or down, no filter tells."""
        self.doubts += cue.value is not None or (cue.sort is Sort.ASSESSED and not self._timed)
        if not self._timed and cue.sort is not Sort.ASSESSED:
            self.add(Changed(WEEK))

    def _time(self, span: Span) -> None:
        """What changed within so many days, or was assessed; how long something has been so, no filter tells."""
        assessed = Numbered(Number.AGE, (Compared(Sign.MOST, span.days),))
        changing = any(cue.sort in (Sort.CHANGED, Sort.NEWS) for cue in self._cues)
        if span.days > LONGEST:
            self.doubts += 1
        elif changing and (span.sign is None or self._denied):
            self._add(Changed(span.days), denied=self._denied)
        elif _UNASSESSED in self._cues:
            self._add(assessed, denied=True)
        elif any(cue.sort is Sort.ASSESSED for cue in self._cues):
            self._add(assessed, denied=self._denied != (span.sign is Sign.MORE))
        else:
            self.doubts += 1

    def _add(self, condition: Condition, *, denied: bool) -> None:
        last, joined = self.clauses[-1] if self.clauses else None, self._before.joined
        both = _either(last.condition, condition, joined) if last and joined else None
        if last and both and last.negated >= denied:
            self.clauses[-1] = replace(last, condition=both)
            return
        self.doubts += joined is Sort.OR
        if all(clause.condition != condition for clause in self.clauses):
            self.clauses.append(Clause(condition, denied))


def _missing(dimension_id: str) -> Rated:
    return Rated(dimension_id, Compared(Sign.LESS, 1))


def _either(one: Condition, other: Condition, joined: Sort) -> Condition | None:
    """One condition for both. A project has one team and one owner: "and" between two of them means either."""
    if isinstance(one, Named) and isinstance(other, Named) and one.what is other.what:
        several = joined is Sort.AND and one.what is Name.BARRIER
        return None if several else replace(one, any_of=(*one.any_of, *other.any_of))
    if isinstance(one, Numbered) and isinstance(other, Numbered) and one.what is other.what and joined is Sort.OR:
        return replace(one, any_of=(*one.any_of, *other.any_of))
    return None
