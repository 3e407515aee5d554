"""The interview as a value. (The machine itself follows.)"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """What an interview waits for."""

    ASKING = "asking"
    EXPLAINING = "explaining"
    PROVING = "proving"
    PAUSED = "paused"
    FINISHED = "finished"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Interview:
    """The conversation that fills one person's part of an assessment.

    questions   the dimension ids put to this person, in order
    current     the dimension asked now; None when finished or closed
    answered    the dimensions answered so far; `skipped` those passed over
    notes       words said about a dimension before its level was given
    asked       how often a question was put: tells two askings of one dimension apart
    """

    id: str
    project_id: str
    assessment_id: str
    respondent_id: str
    questions: tuple[str, ...]
    opened_at: datetime
    phase: Phase = Phase.ASKING
    current: str | None = None
    answered: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    asked: int = 1
    finished_at: datetime | None = None
