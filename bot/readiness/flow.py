"""How many projects stood at each stage, month by month or week by week. Pure.

Counted backwards from today: what is true now, less what has happened since. So the cost follows the months that are
shown, not the years that are stored.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.readiness.local_time import local_day, midnight

UNASSESSED = 0
"""Stands for a stage where there is no result yet."""


class Unit(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"


MOST: Mapping[Unit, int] = {Unit.WEEK: 26, Unit.MONTH: 24}
"""More bars than these cannot be told apart on a phone."""
USUAL: Mapping[Unit, int] = {Unit.WEEK: 12, Unit.MONTH: 12}
FEW_MONTHS = 3
"""Who has no more of them than these sees weeks."""
_UNITS = {"w": Unit.WEEK, "m": Unit.MONTH}
_SPAN = re.compile(r"([0-9]{1,3})?\s*(w|weeks?|wochen?|m|months?|monate?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """So many periods, the last of which is still running."""

    unit: Unit
    count: int

    def __str__(self) -> str:
        return f"{self.count}{self.unit[0]}"


@dataclass(frozen=True, slots=True)
class Moves:
    """How often projects went from one stage to another within a period (0 is the oldest).

    None: they were not there before, or are archived after.
    """

    period: int
    before: int | None
    after: int | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Period:
    """The day on which it begins, and how many projects stood at each stage at its end; UNASSESSED: without a result.

    `rose` and `fell` are how often a stage went up or down within it; a first result is neither.
    """

    begins: date
    counts: Mapping[int, int]
    rose: int = 0
    fell: int = 0

    @property
    def total(self) -> int:
        """All projects that there were."""
        return sum(self.counts.values())


def read_span(text: str) -> Span | None:
    """What was typed: "12m", "weeks", "26 Wochen". None where it is no such thing, or more than can be drawn."""
    typed = _SPAN.fullmatch(text.strip())
    if typed is None:
        return None
    unit = _UNITS[typed[2][0].lower()]
    count = int(typed[1]) if typed[1] else USUAL[unit]
    return Span(unit, count) if 1 <= count <= MOST[unit] else None


def begins_of(span: Span, now: datetime, zone: str) -> tuple[date, ...]:
    """The first days of the periods in a zone, oldest first; weeks begin on Monday."""
    today = local_day(now, zone)
    if span.unit is Unit.WEEK:
        monday = today - timedelta(days=today.weekday())
        return tuple(monday - timedelta(weeks=back) for back in reversed(range(span.count)))
    months = today.year * 12 + today.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(months - span.count + 1, months + 1))


def begins_at(begins: Sequence[date], zone: str) -> tuple[datetime, ...]:
    """The moments at which periods begin that have these first days."""
    return tuple(midnight(day, zone) for day in begins)


def flow(now: Mapping[int, int], moves: Iterable[Moves], begins: Sequence[date]) -> tuple[Period, ...]:
    """The periods that begin on these days, the last one as it is now. `moves` are all within them."""
    within = defaultdict[int, list[Moves]](list)
    for move in moves:
        within[move.period].append(move)
    counts, periods = Counter(now), list[Period]()
    for number, day in reversed(tuple(enumerate(begins))):
        between = [move for move in within[number] if move.before and move.after]
        rose = sum(move.count for move in between if (move.after or 0) > (move.before or 0))
        periods.append(Period(day, +counts, rose, sum(move.count for move in between) - rose))
        for move in within[number]:
            if move.after is not None:
                counts[move.after] -= move.count
            if move.before is not None:
                counts[move.before] += move.count
    return tuple(reversed(periods))


def since_the_first(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Without those at the beginning in which there was no project; the last one always."""
    first = next((place for place, period in enumerate(periods) if period.total), len(periods) - 1)
    return tuple(periods[first:])
