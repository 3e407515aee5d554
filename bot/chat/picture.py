"""What a picture shows, as plain values in its reader's language; `bot.charts` draws it.

`alternative` says the same in words, for those who cannot see it.
"""

from dataclasses import dataclass
from datetime import datetime


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
    """One dimension: what was said (None: not known), what it counts for, which level is needed (None: left out)."""

    name: str
    claimed: int | None
    effective: int
    need: int | None


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
