"""Milestones: what a project's stage was, when, and by which answers."""

from dataclasses import dataclass
from datetime import datetime

from bot.readiness.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class Milestone:
    """An immutable snapshot of a scorecard; `answers` are the ids of the answers it counted.

    `sequence` counts a project's milestones from 1. `cause` is `completed`, `closed`, `edited`, `moved`, or what time
    brought: `aged` (evidence fell) or `dated` (the day of a declared move came near).
    """

    id: str
    project_id: str
    assessment_id: str
    sequence: int
    taken_at: datetime
    framework_id: str
    framework_version: str
    scorecard: Scorecard
    answers: tuple[str, ...] = ()
    cause: str = "completed"

    @property
    def by_time(self) -> bool:
        """Whether a date brought it, and nobody's act."""
        return self.cause in ("aged", "dated")
