"""From what several people said about a dimension to the one rating that counts."""

from collections.abc import Iterable, Mapping, Sequence

from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength
from bot.readiness.framework import Dimension, Framework
from bot.readiness.scorecard import UNKNOWN, Rating

STRENGTHS = (EvidenceStrength.ASSERTED, EvidenceStrength.LINKED, EvidenceStrength.VERIFIED)
"""From weakest to strongest."""

_RANK_UNKNOWN = -1
_RANK_NOT_APPLICABLE = 5


def rate(
    _framework: Framework, dimension: Dimension, answers: Iterable[Answer], project_roles: Mapping[str, str]
) -> Rating:
    """One rating from what several people said about one dimension; `project_roles` maps role id to person id.

    The lowest answer of the person who holds the dimension's role counts, the lowest of all if they said nothing.
    *Don't know* is the lowest answer there is, an agreed *not applicable* the highest. Levels two or more apart are
    contested as well, until a verified document is among them. The order of `answers` does not matter.
    """
    current = [answer for answer in current_answers(answers) if answer.dimension_id == dimension.id]
    if not current:
        return UNKNOWN
    lowest = counted_answers(dimension, current, project_roles)[0]
    contested = _contested(current)
    rank = _rank(dimension, lowest)
    if rank == _RANK_UNKNOWN:
        return Rating(contested=contested)
    if rank == _RANK_NOT_APPLICABLE:
        return Rating(AnswerKind.NOT_APPLICABLE, contested=contested)
    return Rating(AnswerKind.LEVEL, rank, lowest.evidence.strength, contested)


def counted_answers(
    dimension: Dimension, current: Sequence[Answer], project_roles: Mapping[str, str]
) -> tuple[Answer, ...]:
    """The answers that make the rating, best backed first: the lowest of the authority, else the lowest of all."""
    authority = project_roles.get(dimension.role)
    counted = [answer for answer in current if answer.respondent_id == authority] or list(current)
    lowest = min((_rank(dimension, answer) for answer in counted), default=0)
    at_lowest = [answer for answer in counted if _rank(dimension, answer) == lowest]
    return tuple(sorted(at_lowest, key=lambda answer: -STRENGTHS.index(answer.evidence.strength)))


def rate_all(framework: Framework, answers: Iterable[Answer], project_roles: Mapping[str, str]) -> dict[str, Rating]:
    """The rating of every dimension somebody answered, by dimension id."""
    said: dict[str, list[Answer]] = {}
    for answer in answers:
        said.setdefault(answer.dimension_id, []).append(answer)
    return {
        dimension.id: rate(framework, dimension, said[dimension.id], project_roles)
        for dimension in framework.dimensions
        if dimension.id in said
    }


def current_answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The latest answer per respondent and dimension, oldest first; superseded ones are left out."""
    said = list(answers)
    superseded = {answer.supersedes_id for answer in said}
    latest: dict[tuple[str, str], Answer] = {}
    for answer in sorted(said, key=lambda answer: (answer.answered_at, answer.id)):
        if answer.id not in superseded:
            latest[answer.respondent_id, answer.dimension_id] = answer
    return tuple(sorted(latest.values(), key=lambda answer: (answer.answered_at, answer.id)))


def _rank(dimension: Dimension, answer: Answer) -> int:
    if answer.kind is AnswerKind.LEVEL and answer.level is not None:
        return answer.level
    agreed = (
        answer.kind is AnswerKind.NOT_APPLICABLE
        and dimension.may_be_not_applicable
        and answer.approved_by is not None
        and answer.approved_by != answer.respondent_id
    )
    return _RANK_NOT_APPLICABLE if agreed else _RANK_UNKNOWN


def _contested(answers: list[Answer]) -> tuple[int, ...]:
    """The levels that differ, highest first, when they are two or more apart and no verified document settles it."""
    if any(answer.evidence.strength is EvidenceStrength.VERIFIED for answer in answers):
        return ()
    levels = sorted({answer.level for answer in answers if answer.level is not None}, reverse=True)
    return tuple(levels) if levels and levels[0] - levels[-1] >= 2 else ()
