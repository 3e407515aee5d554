"""Two people, asked blind, say levels two or more apart: who says what, and whether it is time to talk. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Answer, EvidenceStrength
from bot.readiness.interview import Interview
from bot.readiness.rating import current_answers

APART = 2
"""Levels this far apart are contested."""


class Settled(StrEnum):
    """How a contest ended."""

    AGREED = "agreed"
    VERIFIED = "verified"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Contest:
    """A disagreement about one dimension, from the day everybody concerned saw it until it was settled."""

    id: str
    project_id: str
    assessment_id: str
    dimension_id: str
    opened_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None
    how: Settled | None = None


def positions(answers: Iterable[Answer], dimension_id: str) -> tuple[Answer, ...]:
    """The level that each person says, highest first."""
    said = [a for a in current_answers(answers) if a.dimension_id == dimension_id and a.level is not None]
    return tuple(sorted(said, key=lambda answer: (-(answer.level or 0), answer.answered_at, answer.id)))


def is_contested(held: Sequence[Answer]) -> bool:
    """Whether these positions are two or more apart; a verified document among them ends it."""
    levels = [answer.level for answer in held if answer.level is not None]
    verified = any(answer.evidence.strength is EvidenceStrength.VERIFIED for answer in held)
    return bool(levels) and max(levels) - min(levels) >= APART and not verified


def seen_by(person_id: str, answers: Iterable[Answer], interviews: Iterable[Interview]) -> tuple[Answer, ...]:
    """The answers without what others said to a question that this person is asked, too, and has not answered yet."""
    owed = {
        dimension_id
        for interview in interviews
        if interview.respondent_id == person_id and not interview.is_over
        for dimension_id in interview.questions
        if dimension_id not in interview.answered | interview.handed
    }
    return tuple(a for a in answers if a.respondent_id == person_id or a.dimension_id not in owed)


def all_heard(interviews: Iterable[Interview], dimension_id: str) -> bool:
    """Whether everybody asked for the dimension has said something or is done: until then, each answers blind."""
    return all(
        interview.is_over or dimension_id in interview.answered | interview.handed
        for interview in interviews
        if dimension_id in interview.questions
    )
