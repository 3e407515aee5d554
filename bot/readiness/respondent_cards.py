"""Cards of what happens between respondents: a question handed over, answers that differ. No sentence stands here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Answer, Person, Project
from bot.readiness.contested import Contest
from bot.readiness.framework import Dimension
from bot.readiness.interview import Interview


@dataclass(frozen=True, slots=True)
class HandOverForm:
    """Who should answer instead, and why."""

    interview: Interview
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class HandOverOffer:
    """The form cannot open by itself: a button opens it."""

    interview: Interview
    dimension: Dimension


@dataclass(frozen=True, slots=True)
class HandedQuestion:
    """How a question came here, or where it went: `other` is the colleague at the other end, `words` what was said.

    `may_return`: its holder has it from somebody, to whom it can go back.
    """

    other: Person
    at: datetime
    words: str = ""
    returned: bool = False
    may_return: bool = False


@dataclass(frozen=True, slots=True)
class HandedCard:
    """Told to a colleague who is in the middle of other questions: one more comes."""

    project: Project
    dimension: Dimension
    interview: Interview
    handed: HandedQuestion
    deadline: datetime
    zone: str


class ContestPart(StrEnum):
    """What a message shows of a contest: that there is one, what each side says, or both where there is no thread."""

    HEAD = "head"
    SIDES = "sides"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Side:
    """One person's position, with their reasons."""

    person: Person
    answer: Answer


@dataclass(frozen=True, slots=True)
class ContestCard:
    """A disagreement as it stands: open with its sides, or settled by somebody. The highest level comes first.

    `words` are those of whoever settled it with a document; `still` are the answers that count although the
    document shows another level.
    """

    project: Project
    dimension: Dimension
    contest: Contest
    sides: tuple[Side, ...]
    part: ContestPart
    settled_by: Person | None
    zone: str
    words: str = ""
    still: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifyContestedForm:
    """Which side a document proves, and where it is."""

    contest: Contest
    dimension: Dimension
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class HandedLine:
    """A question that is with somebody else, for the owner."""

    dimension: Dimension
    holder: Person
    giver: Person
    at: datetime
    returned: bool
