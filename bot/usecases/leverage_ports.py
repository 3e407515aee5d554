"""What is stored about what holds projects, as the use cases look for it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.readiness.assessment import Project
from bot.readiness.forecasts import Forecast, TrackRecord, Verdict
from bot.readiness.holds import Hold
from bot.readiness.leverage import Held, LeverKind


class Holds(Protocol):
    """What holds each active project by its latest result."""

    def save(self, project_id: str, hold: Hold | None) -> None:
        """From now on; None: nothing does, or the project is archived."""
        ...

    def counted(self) -> Sequence[Held]:
        """All of them, those that are alike together."""
        ...

    def lifted(self, kind: LeverKind, lever_id: str, start: int, rows: int) -> Sequence[tuple[Project, Hold]]:
        """The projects that a lever lifts: those that rise at once first, the highest stage first, in a fixed order."""
        ...


class Forecasts(Protocol):
    """Forecasts of projects."""

    def add(self, forecast: Forecast) -> None:
        """At most one of a project may be open."""
        ...

    def open_of(self, project_id: str) -> Forecast | None:
        """The one that waits for its verdict."""
        ...

    def judge(self, forecast: Forecast, verdict: Verdict) -> None:
        """Raises KeyError where it is judged already."""
        ...

    def withdraw(self, project_id: str) -> None:
        """The project is archived: nothing will judge what is open."""
        ...

    def of_project(self, project_id: str, rows: int) -> Sequence[Forecast]:
        """Newest first."""
        ...

    def of_projects(self, project_ids: Collection[str]) -> Sequence[Forecast]:
        """All of these projects, in the order in which they were made."""
        ...

    def record(self) -> TrackRecord:
        """How all have fared."""
        ...
