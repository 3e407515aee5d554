"""Cards of evidence: one claim with its link, to be checked by somebody else. Nothing here holds a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.readiness.assessment import Answer, EvidenceStrength, Person, Project
from bot.readiness.framework import Dimension


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A claim and its link. `asked_by` when somebody asked the reader to check it; `zone` is the reader's."""

    project: Project
    dimension: Dimension
    answer: Answer
    claimant: Person
    zone: str
    asked_by: Person | None = None


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One link in the list: what it is worth now, when it falls next, and whether it is the reader's own claim."""

    answer: Answer
    dimension: Dimension
    claimant: Person
    worth: EvidenceStrength
    stale_at: datetime | None
    is_own: bool


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
