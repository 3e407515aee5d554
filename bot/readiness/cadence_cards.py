"""What people see of a project's cadence: when it is assessed next and why, and a re-assessment that was opened."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Person, Project
from bot.readiness.framework import Dimension
from bot.readiness.reassessment import Why


class Because(StrEnum):
    """Why the next assessment is when it is."""

    EXPOSURE = "exposure"
    BLOCKED = "blocked"
    CADENCE = "cadence"
    HASTENED = "hastened"
    EXPERIMENT = "experiment"
    OPEN = "open"
    NEVER_ASSESSED = "never_assessed"


@dataclass(frozen=True, slots=True)
class CadenceCard:
    """A project's cadence. `next_at` None: nothing is planned. `days` is the automatic interval as it is now."""

    project: Project
    next_at: datetime | None
    because: Because
    days: int
    zone: str
    may_steer: bool
    changed: bool = False


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What one person is asked, each question with the reason."""

    person: Person
    questions: tuple[tuple[Dimension, Why], ...]


@dataclass(frozen=True, slots=True)
class ReassessmentCard:
    """A re-assessment that a date has opened, for the owner. `carried` counts the answers taken over."""

    project: Project
    assessment_id: str
    asked: tuple[AskedAgain, ...]
    carried: int
    deadline: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class VisitCard:
    """An experiment is asked how it goes; nothing was opened."""

    project: Project
    assessed_at: datetime
    zone: str
