"""What a re-assessment asks again, and why; the rest is carried over from the last one. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.readiness.assessment import Answer, AnswerKind
from bot.readiness.evidence import NOT_APPLICABLE_LASTS, strength_at
from bot.readiness.framework import Dimension, Framework
from bot.readiness.scorecard import Scorecard

OLDEST = 3
"""How many are asked when nothing calls for it, so that a cadence never falls silent."""


class Why(StrEnum):
    """Why a question is put again; the first that applies."""

    UNANSWERED = "unanswered"
    CONTESTED = "contested"
    BELOW_BAR = "below_bar"
    DEAD_LINK = "dead_link"
    DISPUTED = "disputed"
    AGED = "aged"
    OTHER_QUESTION = "other_question"
    OLDEST = "oldest"


def asked_again(
    framework: Framework,
    exposure: int,
    answers: Sequence[Answer],
    scorecard: Scorecard,
    until: datetime,
    *,
    contested: Collection[str] = (),
    dead: Collection[str] = (),
    changed: Collection[str] = (),
) -> Mapping[str, Why]:
    """The dimensions that are asked again, in the framework's order, each with the reason.

    `answers` are what counts so far, with their evidence as it was given; `until` is when the next assessment would be:
    what loses its worth before then is renewed now. `contested`, `dead` (their link is gone) and `changed` (they read
    differently since) are dimension ids.
    """
    short = {finding.dimension_id for finding in scorecard.findings}
    found: dict[str, Why] = {}
    for dimension in framework.dimensions:
        said = [answer for answer in answers if answer.dimension_id == dimension.id]
        reasons = (
            (Why.OTHER_QUESTION, dimension.id in changed),
            (Why.UNANSWERED, all(answer.kind is AnswerKind.UNKNOWN for answer in said)),
            (Why.CONTESTED, dimension.id in contested),
            (Why.BELOW_BAR, dimension.id in short),
            (Why.DEAD_LINK, dimension.id in dead),
            (Why.DISPUTED, any(_is_doubted(answer) for answer in said)),
            (Why.AGED, any(_ages(framework, answer, exposure, until) for answer in said)),
        )
        why = next((reason for reason, applies in reasons if applies), None)
        if why is not None:
            found[dimension.id] = why
    return found or {dimension.id: Why.OLDEST for dimension in _oldest(framework, answers)}


def _is_doubted(answer: Answer) -> bool:
    """Somebody looked at the link and it does not show the level: the link stays, its worth is gone."""
    return bool(answer.evidence.link) and strength_is_words(answer)


def strength_is_words(answer: Answer) -> bool:
    """Whether an answer counts as said, whatever link stands with it."""
    return answer.evidence.strength.value == "asserted"


def _ages(framework: Framework, answer: Answer, exposure: int, until: datetime) -> bool:
    """Whether its evidence, or without any the word itself, has lost its worth by then."""
    if answer.kind is AnswerKind.NOT_APPLICABLE:
        return answer.answered_at + NOT_APPLICABLE_LASTS <= until
    if strength_is_words(answer):
        return answer.answered_at + 2 * timedelta(days=framework.intervals[exposure]) <= until
    return strength_at(framework, answer, exposure, until) is not answer.evidence.strength


def _oldest(framework: Framework, answers: Iterable[Answer]) -> list[Dimension]:
    latest: dict[str, datetime] = {}
    for answer in answers:
        latest[answer.dimension_id] = max(answer.answered_at, latest.get(answer.dimension_id, answer.answered_at))
    known = [dimension for dimension in framework.dimensions if dimension.id in latest]
    chosen = sorted(known, key=lambda dimension: latest[dimension.id])[:OLDEST]
    return [dimension for dimension in framework.dimensions if dimension in chosen]
