"""Cards of what would lift most projects, and of how such forecasts have fared. Nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.readiness.assessment import Project
from bot.readiness.forecasts import Forecast, TrackRecord
from bot.readiness.framework import Dimension, Framework, Text
from bot.readiness.holds import Hold
from bot.readiness.leverage import Lever, Leverage


@dataclass(frozen=True, slots=True)
class ShownLever:
    """A lever with its name and the keys of the first projects that it lifts.

    `barrier` is that of a dimension; None for a barrier itself, and where no framework names it any more.
    """

    lever: Lever
    name: Text
    barrier: Text | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeversCard:
    """The levers of the portfolio, the first of each kind; `names` are those of the dimensions of its pair."""

    framework: Framework
    leverage: Leverage
    dimensions: tuple[ShownLever, ...] = ()
    barriers: tuple[ShownLever, ...] = ()
    names: Mapping[str, Text] = field(default_factory=dict)
    record: TrackRecord = field(default_factory=TrackRecord)


@dataclass(frozen=True, slots=True)
class LeverCard:
    """One lever and `size` of the projects that it lifts, from the `start`-th on, each with what rated it."""

    lever: ShownLever
    projects: tuple[tuple[Project, Hold, Framework], ...]
    size: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class ShownForecast:
    """A forecast with the names of its dimensions, and of those that kept it from coming true."""

    forecast: Forecast
    dimensions: tuple[Dimension, ...]
    missing: tuple[Dimension, ...] = ()
