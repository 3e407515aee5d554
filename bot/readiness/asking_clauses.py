"""From the cues of a question to a query: numbers, names, flags, order, denials. Pure.

What cannot be put together is no clause but a doubt: then the bot asks back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.readiness.asking_lexicon import Cue, Sort
from bot.readiness.asking_times import Span
from bot.readiness.query import (
    Changed,
    Compared,
    Condition,
    Flag,
    Flagged,
    Name,
    Named,
    Number,
    Numbered,
    Order,
    Query,
    Rated,
    Sign,
)

WEEK = 7
"""Days that "what is new?" means."""
ME = "me"
"""The owner who asks."""
NEAR = 3
"""A number belongs to the thing that stands at most so many cues before it."""

_NAMES = {
    Sort.BARRIER: Name.BARRIER,
    Sort.TEAM: Name.TEAM,
    Sort.FUNCTION: Name.FUNCTION,
    Sort.OWNER: Name.OWNER,
    Sort.SEVERITY: Name.SEVERITY,
    Sort.PROJECT: Name.PROJECT,
}
_JOINS = (Sort.OR, Sort.AND)
_ENDS = {Sort.MOST: True, Sort.BEST: True, Sort.LEAST: False, Sort.WORST: False}
"""Whether the list runs downwards. The worst of an index, a stage or an exposure is the lowest."""
_SORTED = {
    Number.STAGE: Order.STAGE,
    Number.EXPOSURE: Order.EXPOSURE,
    Number.INDEX: Order.INDEX,
    Number.BLOCKERS: Order.BLOCKERS,
    Number.AGE: Order.AGE,
}
_EACH = {Number.STAGE: (1, 5), Number.READINESS: (1, 5), Number.EXPOSURE: (1, 5), Number.TARGET: (1, 5)}
_LEVELS = (0, 4)
_BLOCKED = Cue(Sort.FLAG, Flag.BLOCKED)


@dataclass(slots=True)
class Composed:
    """A query under way. `doubts`: pieces that fit nowhere; `clauses` holds each condition once, in its order."""

    query: Query = Query()
    doubts: int = 0
    used: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Walk:
    """What the words before say about the next condition."""

    denied: bool = False
    lacking: bool = False
    joined: Sort | None = None
    neither: bool = False

    def after(self) -> "_Walk":
        """What of it still holds behind a condition."""
        return _Walk(denied=self.neither, neither=self.neither)


def compose(cues: Sequence[Cue]) -> Composed:
    """The query that the cues, in the order of the words, make up."""
    made = Composed()
    _order(cues, made)
    numbers = _numbers(cues, made)
    _walk(cues, made, numbers)
    return made


def _order(cues: Sequence[Cue], made: Composed) -> None:
    """Oldest first, the most blockers, top 3 by index, sorted by stage."""
    top = _first(cues, Sort.TOP)
    for at, cue in enumerate(cues):
        following = cues[at + 1] if at + 1 < len(cues) else None
        if cue.sort is Sort.ORDER:
            # How old a blocker is, no list is sorted by.
            made.doubts += any(other == _BLOCKED for other in cues)
            order, descending = cue.value
            made.query = replace(made.query, order=order, descending=descending)
            made.used.add(at)
        elif cue.sort in _ENDS or cue.sort is Sort.BY or at == top:
            here = _ordered_by(cues, at)
            if here is None:
                continue
            number, place = here
            down = _ENDS.get(cue.sort, made.query.descending or top is not None)
            if number is Number.BLOCKERS and cue.sort in (Sort.WORST, Sort.BEST):
                down = not down
            made.query = replace(made.query, order=_SORTED[number], descending=down)
            made.used |= {at, place}
            if following and following.sort is Sort.BY:
                made.used.add(at + 1)
    if made.query.order is not Order.URGENCY:
        made.query = replace(made.query, limit=_limit(cues, made))


def _ordered_by(cues: Sequence[Cue], at: int) -> tuple[Number, int] | None:
    """The number right behind, with a "by" or another word of order between at most."""
    for place in range(at + 1, min(at + 4, len(cues))):
        cue = cues[place]
        if cue.sort is Sort.NUMBER and cue.value in _SORTED:
            return cue.value, place
        if cue == _BLOCKED and cues[at].sort in (Sort.BY, Sort.TOP, *_ENDS):
            return Number.BLOCKERS, place
        if cue.sort not in (Sort.BY, Sort.AMOUNT, Sort.PROJECTS):
            return None
    return None


def _limit(cues: Sequence[Cue], made: Composed) -> int | None:
    """How many: "top 3", "the five projects with", "which project has the most"."""
    for at, cue in enumerate(cues):
        before = cues[at - 1].sort if at else None
        after = cues[at + 1].sort if at + 1 < len(cues) else None
        ends = (Sort.TOP, Sort.ORDER, *_ENDS)
        if (
            cue.sort is Sort.AMOUNT
            and before is not Sort.NUMBER
            and (before in ends or after in (Sort.PROJECTS, *ends))
        ):
            made.used |= {at} | ({at - 1} if before is Sort.TOP else set())
            return cue.value
    single = any(cue == Cue(Sort.PROJECTS, True) for cue in cues)
    return 1 if single and any(cue.sort in _ENDS for cue in cues) else None


def _first(cues: Sequence[Cue], sort: Sort) -> int | None:
    return next((at for at, cue in enumerate(cues) if cue.sort is sort), None)


def _numbers(cues: Sequence[Cue], made: Composed) -> dict[int, list[Condition]]:
    """Where a comparison begins -> its conditions: "below stage 3", "rollback at level 2 or better"."""
    found: dict[int, list[Condition]] = {}
    for at, cue in enumerate(cues):
        if cue.sort is not Sort.AMOUNT or at in made.used:
            continue
        run = _run(cues, at)
        subject = _subject(cues, at, run[-1], made)
        if subject is None:
            made.doubts += 1
            made.used |= set(run)
            continue
        begin, what, between = subject
        sign, signs = _sign(cues, begin, run)
        amounts = [cues[place].value for place in run if cues[place].sort is Sort.AMOUNT]
        made.used |= {*range(begin, run[-1] + 1), *signs}
        conditions = _compared(what, sign, amounts, between=between)
        if conditions is None:
            made.doubts += 1
        else:
            found[min({begin, *signs})] = conditions
    return found


def _run(cues: Sequence[Cue], at: int) -> list[int]:
    """An amount and those joined to it: 2 or 3."""
    run, place = [at], at + 1
    while place + 1 < len(cues) and cues[place].sort in _JOINS and cues[place + 1].sort in (Sort.AMOUNT, Sort.NUMBER):
        amount = place + 1 if cues[place + 1].sort is Sort.AMOUNT else place + 2
        if amount >= len(cues) or cues[amount].sort is not Sort.AMOUNT:
            break
        run += list(range(place, amount + 1))
        place = amount + 1
    return run


def _subject(cues: Sequence[Cue], at: int, last: int, made: Composed) -> tuple[int, Cue, bool] | None:
    """What an amount is of, where that begins, and whether the amounts are the two ends of a range."""
    between = False
    for place in range(at - 1, max(at - 1 - NEAR, -1), -1):
        cue = cues[place]
        if place in made.used:
            break
        if cue.sort in (Sort.NUMBER, Sort.DIMENSION):
            before = place > 0 and cues[place - 1].sort is Sort.BETWEEN
            return (place - 1 if before else place), cue, between or before
        if cue.sort is Sort.BETWEEN:
            between = True
        elif cue.sort not in (Sort.SIGN, Sort.LEVEL):
            break
    behind = cues[last + 1] if last + 1 < len(cues) else None
    if behind and (behind.sort is Sort.NUMBER or behind == _BLOCKED):
        made.used.add(last + 1)
        number = behind if behind.sort is Sort.NUMBER else Cue(Sort.NUMBER, Number.BLOCKERS)
        return at, number, between
    return None


def _sign(cues: Sequence[Cue], begin: int, run: Sequence[int]) -> tuple[Sign, set[int]]:
    """How it is compared, and the places that say so: before, in between or behind."""
    for place in (*range(begin, run[0]), begin - 1):
        if place >= 0 and cues[place].sort is Sort.SIGN:
            return cues[place].value, {place}
    behind = run[-1] + 1
    if behind < len(cues) and cues[behind].sort is Sort.AFTER:
        return cues[behind].value, {behind}
    return Sign.IS, set()


def _compared(what: Cue, sign: Sign, amounts: Sequence[object], *, between: bool) -> list[Condition] | None:
    """The conditions; None for what cannot be: a stage 7, a dimension of two levels."""
    whole = [amount for amount in amounts if isinstance(amount, int)]
    low, high = _LEVELS if what.sort is Sort.DIMENSION else _EACH.get(what.value, (0, 9999))
    if not all(low <= amount <= high for amount in whole) or (len(whole) > 1 and sign is not Sign.IS):
        return None
    if between:
        if len(whole) != 2:
            return None
        pairs = [Compared(Sign.LEAST, min(whole)), Compared(Sign.MOST, max(whole))]
        return [_condition(what, (pair,)) for pair in pairs]
    compared = tuple(Compared(sign, amount) for amount in whole)
    if what.sort is Sort.DIMENSION and len(compared) > 1:
        return None
    return [_condition(what, compared)]


def _condition(what: Cue, compared: tuple[Compared, ...]) -> Condition:
    if what.sort is Sort.DIMENSION:
        return Rated(str(what.value), compared[0])
    return Numbered(Number(what.value), compared)


def _walk(cues: Sequence[Cue], made: Composed, numbers: dict[int, list[Condition]]) -> None:
    walk, trouble = _Walk(), _trouble(cues, made)
    timed = any(cue.sort is Sort.TIME for cue in cues)
    for at, cue in enumerate(cues):
        if at in numbers:
            for compared in numbers[at]:
                _add(made, compared, walk)
            walk = walk.after()
            continue
        if at in made.used:
            continue
        if cue == _BLOCKED and trouble:
            # It is about a barrier or a dimension, and so is its denial.
            continue
        match cue.sort:
            case Sort.NOT:
                walk.neither = walk.neither or cue.value == "all"
                walk.denied = walk.neither or not walk.denied
            case Sort.NO:
                walk.lacking = True
            case Sort.OR | Sort.AND:
                walk.joined = cue.sort
            case Sort.TIME:
                made.used |= {place for place, other in enumerate(cues) if other.sort is Sort.NOT}
                _timed(cues, made, cue.value, walk)
            case Sort.FLAG if cue.value is Flag.UNASSESSED and timed:
                continue
            case Sort.ASSESSED:
                made.doubts += not timed
            case Sort.DIMENSION:
                _dimension(made, str(cue.value), walk, trouble=trouble)
                walk = walk.after()
            case Sort.CHANGED | Sort.NEWS:
                # Up or down is told by no filter.
                made.doubts += cue.value is not None
                if not timed:
                    _add(made, Changed(WEEK), walk)
                    walk = walk.after()
            case _:
                condition = _named(cue)
                if condition is not None:
                    _add(made, condition, walk)
                    walk = walk.after()
                elif cue.sort in (Sort.SIGN, Sort.AFTER):
                    made.doubts += 1
    if walk.lacking:
        _lacking_behind(made)
    elif (walk.denied and not walk.neither) or walk.joined is Sort.OR:
        made.doubts += 1


def _trouble(cues: Sequence[Cue], made: Composed) -> bool:
    """Whether "blocked" is said of a barrier, a dimension or a severity rather than for itself."""
    said = any(cue == _BLOCKED for at, cue in enumerate(cues) if at not in made.used)
    about = (Sort.BARRIER, Sort.DIMENSION, Sort.SEVERITY)
    return said and any(cue.sort in about for at, cue in enumerate(cues) if at not in made.used)


def _named(cue: Cue) -> Condition | None:
    match cue.sort:
        case Sort.FLAG:
            return Flagged(Flag(cue.value))
        case Sort.EXPOSED:
            sign, number = cue.value
            return Numbered(Number.EXPOSURE, (Compared(sign, number),))
        case Sort.STAGE:
            return Numbered(Number.STAGE, (Compared(Sign.IS, cue.value),))
        case Sort.MINE:
            return Named(Name.OWNER, (ME,))
        case sort if sort in _NAMES:
            return Named(_NAMES[sort], (str(cue.value),))
    return None


def _dimension(made: Composed, dimension_id: str, walk: _Walk, *, trouble: bool) -> None:
    """ "No rollback" is a level of none; "not blocked by rollback" denies that it blocks."""
    missing = walk.lacking or (walk.denied and not trouble)
    if missing and not trouble:
        _add(made, Rated(dimension_id, Compared(Sign.LESS, 1)), _Walk(joined=walk.joined))
        return
    _add(made, Rated(dimension_id), replace(walk, lacking=False))


def _lacking_behind(made: Composed) -> None:
    """ "Where monitoring is missing": the word stands behind what is missing."""
    if made.query.clauses and isinstance(last := made.query.clauses[-1].condition, Rated) and last.compared is None:
        missing = replace(last, compared=Compared(Sign.LESS, 1))
        clauses = (*made.query.clauses[:-1], replace(made.query.clauses[-1], condition=missing))
        made.query = replace(made.query, clauses=clauses)
    else:
        made.doubts += 1


def _timed(cues: Sequence[Cue], made: Composed, span: Span, walk: _Walk) -> None:
    """What changed within so many days, or was assessed; how long something has been so, no filter tells."""
    changing = any(cue.sort in (Sort.CHANGED, Sort.NEWS) for cue in cues)
    denied = walk.denied or any(cue.sort is Sort.NOT for cue in cues)
    assessed = Numbered(Number.AGE, (Compared(Sign.MOST, span.days),))
    walk.denied = False
    if changing and (span.sign is None or denied):
        made.query = made.query.with_clause(Changed(span.days), negated=denied)
    elif any(cue == Cue(Sort.FLAG, Flag.UNASSESSED) for cue in cues):
        made.query = made.query.with_clause(assessed, negated=True)
    elif any(cue.sort is Sort.ASSESSED for cue in cues):
        made.query = made.query.with_clause(assessed, negated=denied != (span.sign is Sign.MORE))
    else:
        made.doubts += 1


def _add(made: Composed, condition: Condition, walk: _Walk) -> None:
    """One clause more, or one alternative more of the last one."""
    negated = walk.denied or walk.lacking
    if walk.joined is not None and made.query.clauses:
        last = made.query.clauses[-1]
        both = _alternatives(last.condition, condition, walk.joined)
        if both is not None and (last.negated == negated or last.negated):
            clauses = (*made.query.clauses[:-1], replace(last, condition=both))
            made.query = replace(made.query, clauses=clauses)
            return
        if walk.joined is Sort.OR:
            made.doubts += 1
    if not any(clause.condition == condition for clause in made.query.clauses):
        made.query = made.query.with_clause(condition, negated=negated)


def _alternatives(one: Condition, other: Condition, joined: Sort) -> Condition | None:
    """A project has one team, one owner, one stage: "and" between two of them means either."""
    if isinstance(one, Named) and isinstance(other, Named) and one.what is other.what:
        if joined is Sort.OR or one.what is not Name.BARRIER:
            return replace(one, any_of=(*one.any_of, *other.any_of))
    if isinstance(one, Numbered) and isinstance(other, Numbered) and one.what is other.what and joined is Sort.OR:
        return replace(one, any_of=(*one.any_of, *other.any_of))
    return None
