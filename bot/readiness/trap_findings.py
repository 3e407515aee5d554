"""What the rules of traps look at, and what they give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.readiness.assessment import Answer


class TrapSeverity(IntEnum):
    """How much a trap weighs. ASK accuses nobody; ADVICE is for experiments. Neither is pushed to a channel."""

    ASK = 0
    ADVICE = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def is_pushed(self) -> bool:
        """Whether the project's channel hears of it."""
        return self >= TrapSeverity.MEDIUM


class Arm(StrEnum):
    """The line of a rule that fired; each has a sentence of this name in the template `traps`."""

    TECHNOLOGY_AHEAD = "technology_ahead"
    MODEL_MEASURES = "model_measures"
    TECHNIQUE_ONLY = "technique_only"
    NO_BUDGET = "no_budget"
    NOBODY = "nobody"
    HEAVIER_WEAK = "heavier_weak"
    HEAVIER_CADENCE = "heavier_cadence"
    HEAVIER_EXPOSURE = "heavier_exposure"
    THIN_RUN = "thin_run"
    NO_PROJECTION = "no_projection"
    PROJECTION_NOT_SAID = "projection_not_said"
    UNMEASURED = "unmeasured"
    MEASURED_NOT_SAID = "measured_not_said"
    OVER_PROMISE = "over_promise"


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the person's own words stand: a field of an answer's facts, or "" for the answer itself (note, level)."""

    answer_id: str
    dimension_id: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a trap fired: the line of the rule, the words it rests on, and the whole numbers of its sentence."""

    arm: Arm
    quotes: tuple[Quote, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrapFinding:
    """A trap that fires now. `against_move`: it is a reason against declaring the next move."""

    trap_id: str
    severity: TrapSeverity
    reasons: tuple[Reason, ...]
    against_move: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What the rules look at.

    `exposure` and `target` are stages; `answers` may hold superseded ones; `roles` maps role id to person id;
    `exposures` is how far people were exposed, (since when, stage), oldest first.
    """

    exposure: int
    target: int
    answers: Sequence[Answer]
    roles: Mapping[str, str]
    exposures: Sequence[tuple[datetime, int]]
    now: datetime


def exposed_since(exposures: Iterable[tuple[datetime, int]], stage: int) -> datetime | None:
    """Since when people have been exposed at this stage or above without a break; None when they are not."""
    since = None
    for taken_at, exposure in exposures:
        since = (since or taken_at) if exposure >= stage else None
    return since
