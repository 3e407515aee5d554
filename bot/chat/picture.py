"""What a picture shows, as plain values in its reader's language; `bot.charts` draws it.

`alternative` says the same in words, for those who cannot see it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Moment:
    """One milestone: when, how its date reads, and what it said."""

    at: datetime
    date: str
    stage: int
    exposure: int
    index: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Milestones, oldest first (at least one), and the names of the three series."""

    moments: tuple[Moment, ...]
    stage: str
    exposure: str
    index: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One dimension: what was said (None: not known), what it counts for, which level is needed (None: left out).

    `is_waived`: for now it may stay short of that.
    """

    name: str
    claimed: int | None
    effective: int
    need: int | None
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The dimensions in order, and the names of what is drawn."""

    measures: tuple[Measure, ...]
    effective: str
    claimed: str
    need: str
    level: str
    unknown: str
    excluded: str
    alternative: str
    waived: str = ""


class Weight(IntEnum):
    """How much a cell of a heat map weighs: NONE holds nothing up, HIGH and CRITICAL block the project."""

    NONE = 0
    HIGH = 1
    CRITICAL = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """One dimension of one project: the level that counts, or without one the sign that stands there ("" for none).

    `is_known` is False where the level is not known or not for its reader; it is drawn with a pattern. `is_waived`: it
    would block, but for a waiver.
    """

    level: int | None
    weight: Weight = Weight.NONE
    sign: str = ""
    is_known: bool = True
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One project: a cell per column, or no cells and the word that stands across (not assessed)."""

    name: str
    key: str
    stage: int | None
    exposure: int
    cells: tuple[Cell, ...] = ()
    word: str = ""

    @property
    def is_ahead(self) -> bool:
        """It reaches more people than its answers carry."""
        return self.stage is not None and self.exposure > self.stage


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Projects by dimensions, in the order given, and the names of what is drawn (`levels`: of the five steps)."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    stage: str
    exposure: str
    levels: str
    high: str
    critical: str
    waived: str
    unknown: str
    ahead: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Period:
    """How it reads, and how many projects stood at each stage at its end, lowest first; `unassessed` at none yet."""

    name: str
    stages: tuple[int, ...]
    unassessed: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """Projects per stage over time, oldest period first (at least one)."""

    periods: tuple[Period, ...]
    stages: tuple[str, ...]
    unassessed: str
    projects: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Held:
    """One barrier: how many projects it holds, whether with a critical blocker, and what stands at its bar."""

    name: str
    projects: int
    is_critical: bool
    said: str


@dataclass(frozen=True, slots=True)
class BarrierRanking:
    """The barriers as they are ranked, and the names of what is drawn."""

    barriers: tuple[Held, ...]
    critical: str
    high: str
    projects: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Against:
    """One dimension of two projects."""

    name: str
    one: Cell
    other: Cell


@dataclass(frozen=True, slots=True)
class Duel:
    """Two projects by dimensions. Each has its name, and its key for where the name cannot be drawn."""

    one: tuple[str, str]
    other: tuple[str, str]
    lines: tuple[Against, ...]
    level: str
    alternative: str


Picture = Trend | Profile | HeatMap | Flow | BarrierRanking | Duel
