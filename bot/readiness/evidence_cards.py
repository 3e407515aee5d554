"""Cards of evidence: one claim with its link, to be checked by somebody else. Nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Answer, EvidenceStrength, Person, Project
from bot.readiness.evidence import Fall
from bot.readiness.framework import Dimension, Framework
from bot.readiness.links import LinkCheck
from bot.readiness.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A claim and its link. `asked_by` when somebody asked the reader to check it; `zone` is the reader's.

    `check`: what is known of the link, where somebody has looked.
    """

    project: Project
    dimension: Dimension
    answer: Answer
    claimant: Person
    zone: str
    asked_by: Person | None = None
    check: LinkCheck | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One link in the list: what it is worth now, when it falls next, and whether it is the reader's own claim.

    `is_due`: it is too old, or will be soon, and whoever gave it can say that it is still true. `check`: what is known
    of the link, where somebody has looked.
    """

    answer: Answer
    dimension: Dimension
    claimant: Person
    worth: EvidenceStrength
    stale_at: datetime | None
    is_own: bool
    is_due: bool = False
    check: LinkCheck | None = None


@dataclass(frozen=True, slots=True)
class EvidenceListCard:
    """Every link behind a project's answers, in the framework's order. `people` by id: who has checked."""

    project: Project
    lines: tuple[EvidenceLine, ...]
    people: Mapping[str, Person]
    zone: str


@dataclass(frozen=True, slots=True)
class DoubtForm:
    """Why a link does not show the level: asked of whoever has looked."""

    answer_id: str
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class AskToCheckForm:
    """Whom to ask to check a link."""

    answer_id: str
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class DoubtedCard:
    """A link was looked at and does not show what was claimed; told to the claimant and the owner."""

    project: Project
    dimension: Dimension
    answer: Answer
    claimant: Person
    checker: Person
    words: str
    reader_id: str


@dataclass(frozen=True, slots=True)
class AgedLine:
    """Evidence that falls, or has fallen: whose, when, to what; `renewed`: something newer has taken its place.

    `checker` has checked it, or agreed that the question does not apply.
    """

    dimension: Dimension
    fall: Fall
    claimant: Person
    checker: Person | None = None
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class AgesCard:
    """Told to whoever gave it: evidence on which the stage rests will be too old soon.

    `then` is the last stage that the answers will carry; None once what the stage rests on was renewed.
    """

    project: Project
    scorecard: Scorecard
    then: int | None
    lines: tuple[AgedLine, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class FellCard:
    """Told to whoever gave it and to the owner: evidence was too old at this result; `before` is the one before it."""

    project: Project
    framework: Framework
    scorecard: Scorecard
    before: Scorecard
    lines: tuple[AgedLine, ...]
    reader_id: str
    zone: str


@dataclass(frozen=True, slots=True)
class StillTrueCard:
    """Somebody has said that their link is still true; it counts until `until`. `rescored`: that lifts the result."""

    project: Project
    dimension: Dimension
    until: datetime
    rescored: bool
    zone: str
