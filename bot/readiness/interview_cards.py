"""Cards of what an interview asks beyond levels: forms of follow-ups, the whole questionnaire, one's own answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.readiness.assessment import Answer, AnswerKind, Project
from bot.readiness.framework import Check, Dimension, FollowUp
from bot.readiness.interview import Interview

UNKNOWN, OPEN = "unknown", "open"
"""Choices of the whole form beside the levels: not known, and left open."""
LINK, CLOSER, DAY = ".link", ".closer", ".day"
"""The fields of a details form that are no facts: no field of a framework has a dot."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted about an answer right now: a follow-up or a check, with what is known already.

    `before` are last time's facts, `next_field` the one that typed words will fill, `proposed` the day of the
    shortcut for who closes a gap.
    """

    follow_up: FollowUp | None = None
    check: Check | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    next_field: str = ""
    proposed: date | None = None


@dataclass(frozen=True, slots=True)
class OneMore:
    """What a typed reply is answered with when only the question above it has changed: what is asked there now.

    Without a follow-up or check it is the reason why the question does not apply. `level` is the answer's; `saved`
    when the reply was more than passing something; `goes_on` when it filled one of several fields.
    """

    asked: Asked
    level: int | None = None
    saved: bool = True
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """The follow-ups of one answer as a form, filled with what was said this time, else last time.

    `closer` is the platform's id of who closes the gap; `listed` names the list of follow-ups it was opened from.
    """

    project: Project
    interview: Interview
    dimension: Dimension
    follow_ups: tuple[FollowUp, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    closer: str = ""
    due: date | None = None
    listed: str = ""


@dataclass(frozen=True, slots=True)
class QuestionnaireRow:
    """One question of the whole form: `answer` this time, `previous` last time (None: none)."""

    dimension: Dimension
    answer: Answer | None = None
    previous: Answer | None = None
    note: str = ""

    @property
    def chosen(self) -> str:
        """The choice that stands in the form when it opens: a level, UNKNOWN, OPEN, or "" for none."""
        answer = self.answer or self.previous
        if answer is None:
            return ""
        if answer.kind is AnswerKind.LEVEL:
            return str(answer.level)
        return UNKNOWN if answer.kind is AnswerKind.UNKNOWN else OPEN

    @property
    def words(self) -> str:
        """The words that stand there: the note, and the link where the note does not hold it."""
        answer = self.answer or self.previous
        if self.note or answer is None:
            return self.note
        link = answer.evidence.link or ""
        return "\n".join(filter(None, (answer.note, link if link not in answer.note else "")))


@dataclass(frozen=True, slots=True)
class QuestionnaireForm:
    """All questions of an interview in one form; `more` did not fit and follow one at a time."""

    project: Project
    interview: Interview
    rows: tuple[QuestionnaireRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """An answer that calls for more: its follow-ups, and the checks that speak against it."""

    dimension: Dimension
    answer: Answer
    follow_ups: tuple[FollowUp, ...]
    checks: tuple[Check, ...] = ()
    counts_for: int | None = None


@dataclass(frozen=True, slots=True)
class OpenList:
    """What several answers of one interview still call for, in one message; empty once all of it was told."""

    project: Project
    interview: Interview
    rows: tuple[Open, ...]
    listed: str


@dataclass(frozen=True, slots=True)
class OwnAnswersCard:
    """Everything one person said in an assessment, each with a way to change it."""

    project: Project
    interview: Interview
    rows: tuple[tuple[Dimension, Answer | None], ...]
