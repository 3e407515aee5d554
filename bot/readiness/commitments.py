"""Commitments: who closes the gap of a project in a dimension, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.readiness.assessment import Person
from bot.readiness.scorecard import Finding, Scorecard


class CommitmentState(StrEnum):
    """Where a commitment is. The last two end it: the bar is met (or asked no longer), or it was given back."""

    TAKEN = "taken"
    IN_PROGRESS = "in_progress"
    MET = "met"
    GIVEN_BACK = "given_back"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Somebody's word to close a gap. `stage` is the stage whose bar it is for, `due` a day, None without one.

    A project has at most one open commitment for a dimension.
    """

    id: str
    project_id: str
    dimension_id: str
    person_id: str
    stage: int
    taken_at: datetime
    due: date | None = None
    state: CommitmentState = CommitmentState.TAKEN
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Neither met nor given back."""
        return self.ended_at is None

    def overdue(self, today: date) -> int:
        """Whole days past the due day; 0 on that day, before it, and without one."""
        return max(0, (today - self.due).days) if self.due and self.is_open else 0


@dataclass(frozen=True, slots=True)
class Holding:
    """An open commitment with the person who made it, ready to be shown."""

    commitment: Commitment
    person: Person


def gap(scorecard: Scorecard, dimension_id: str) -> Finding | None:
    """What a commitment in this dimension is about: its finding, if it is short anywhere that matters now."""
    return next((finding for finding in scorecard.findings if finding.dimension_id == dimension_id), None)


def met_by(commitments: Iterable[Commitment], scorecard: Scorecard) -> tuple[Commitment, ...]:
    """The commitments whose bar nothing is short of any more: at their stage, or at any before it."""
    lowest = {finding.dimension_id: finding.stage for finding in scorecard.findings}
    return tuple(each for each in commitments if lowest.get(each.dimension_id, each.stage + 1) > each.stage)
