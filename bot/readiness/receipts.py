"""The receipt: which answers, and which rule, made a stage what it is. Codes and numbers; `wording` words them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.readiness.assessment import Answer, AnswerKind, EvidenceStrength
from bot.readiness.evidence import strength_at
from bot.readiness.framework import STAGES, Dimension, Framework
from bot.readiness.scoring import UNKNOWN, Rating, Scorecard, current_answers, effective_level
from bot.readiness.steps import weakest_strength


class Rule(StrEnum):
    """The rule line that caps the reported stage."""

    BARS = "bars"
    EXPOSURE = "exposure"
    HIGHEST_STAGE = "highest_stage"


class Why(StrEnum):
    """Why a dimension is short of its bar."""

    UNKNOWN = "unknown"
    CLAIMED_TOO_LOW = "claimed_too_low"
    CONTESTED = "contested"
    EVIDENCE_CAPPED = "evidence_capped"


@dataclass(frozen=True, slots=True)
class Cap:
    """One rule line. BARS: `stage` is the first not reached. EXPOSURE: people are exposed at `stage`, no further."""

    rule: Rule
    stage: int


@dataclass(frozen=True, slots=True)
class Short:
    """A dimension below its bar at the first stage not reached.

    `effective` is what the claim counts for there, `counts_for_at_most` what this strength of evidence can count for
    at all, `since` the stage from which that cap holds (None: at every stage), `carried_by` the weakest evidence
    that would carry the bar. `contested` holds the levels that differ.
    """

    dimension_id: str
    why: Why
    bar: int
    claimed: int | None
    effective: int
    strength: EvidenceStrength | None
    counts_for_at_most: int | None
    since: int | None
    carried_by: EvidenceStrength
    contested: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one person said about a dimension; `counted` when it is what the dimension's rating rests on.

    `strength` is what the evidence was, `worth` what its age leaves of it.
    """

    answer_id: str
    respondent_id: str
    answered_at: datetime
    kind: AnswerKind
    level: int | None
    strength: EvidenceStrength
    worth: EvidenceStrength
    link: str | None
    given_at: datetime
    verified_by: str | None
    verified_at: datetime | None
    counted: bool
    unchanged: bool
    reason: str | None
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension's rating with the answers behind it, oldest first; `effective` at the stage named by the receipt."""

    dimension_id: str
    kind: AnswerKind
    level: int | None
    effective: int
    excluded: bool
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of a reported stage.

    `first_missed` is the first stage whose bars do not all hold (None: all hold), `caps` the rule lines that bound
    the reported stage, `short` the dimensions below their bar at `first_missed`, `lines` every dimension with its
    answers, both in framework order.
    """

    stage: int
    exposure: int
    readiness: int
    optimistic: int
    first_missed: int | None
    caps: tuple[Cap, ...]
    short: tuple[Short, ...]
    lines: tuple[DimensionLine, ...]


def receipt(
    framework: Framework,
    scorecard: Scorecard,
    ratings: Mapping[str, Rating],
    answers: Iterable[Answer],
    at: datetime,
) -> Receipt:
    """The receipt of a card, from the ratings it was scored by and the answers they came from, as of a moment."""
    first_missed = scorecard.readiness + 1 if scorecard.readiness < STAGES[-1] else None
    by_dimension: dict[str, list[Answer]] = {}
    for answer in current_answers(answers):
        by_dimension.setdefault(answer.dimension_id, []).append(answer)
    moment = _Moment(framework, scorecard.exposure, first_missed or scorecard.readiness, at)
    return Receipt(
        stage=scorecard.stage,
        exposure=scorecard.exposure,
        readiness=scorecard.readiness,
        optimistic=scorecard.optimistic,
        first_missed=first_missed,
        caps=_caps(scorecard, first_missed),
        short=tuple(
            short
            for dimension in framework.dimensions
            if first_missed is not None
            and dimension.id not in scorecard.exclusions
            and (short := _short(framework, dimension, ratings.get(dimension.id, UNKNOWN), first_missed)) is not None
        ),
        lines=tuple(
            _dimension_line(
                moment,
                dimension,
                ratings.get(dimension.id, UNKNOWN),
                by_dimension.get(dimension.id, []),
                excluded=dimension.id in scorecard.exclusions,
            )
            for dimension in framework.dimensions
        ),
    )


def _caps(scorecard: Scorecard, first_missed: int | None) -> tuple[Cap, ...]:
    """M = min(E, R): the bars cap it where E >= R, exposure where E <= R; both when they are equal."""
    caps = []
    if scorecard.exposure >= scorecard.readiness and first_missed is not None:
        caps.append(Cap(Rule.BARS, first_missed))
    if scorecard.exposure <= scorecard.readiness and scorecard.exposure < STAGES[-1]:
        caps.append(Cap(Rule.EXPOSURE, scorecard.exposure))
    return tuple(caps) or (Cap(Rule.HIGHEST_STAGE, STAGES[-1]),)


def _short(framework: Framework, dimension: Dimension, rating: Rating, stage: int) -> Short | None:
    bar, effective = dimension.bar(stage), effective_level(framework, dimension, rating, stage)
    if effective >= bar:
        return None
    answered = rating.level is not None
    return Short(
        dimension_id=dimension.id,
        why=_why(rating, bar),
        bar=bar,
        claimed=rating.level,
        effective=effective,
        strength=rating.strength if answered else None,
        counts_for_at_most=framework.cap(dimension, rating.strength, stage) if answered else None,
        since=_since(framework, dimension, rating, stage) if answered else None,
        carried_by=weakest_strength(framework, dimension, bar, stage),
        contested=rating.contested,
    )


def _why(rating: Rating, bar: int) -> Why:
    if rating.level is None:
        return Why.UNKNOWN
    if rating.level >= bar:
        return Why.EVIDENCE_CAPPED
    return Why.CONTESTED if rating.contested else Why.CLAIMED_TOO_LOW


def _since(framework: Framework, dimension: Dimension, rating: Rating, stage: int) -> int | None:
    """The first stage tested with this cap; None when it does not depend on the stage."""
    caps = framework.caps[dimension.strict_evidence][rating.strength]
    return None if caps[2] == caps[stage] else caps.index(caps[stage])


@dataclass(frozen=True, slots=True)
class _Moment:
    """When and by what the answers are weighed; `stage` is the one tested."""

    framework: Framework
    exposure: int
    stage: int
    at: datetime


def _dimension_line(
    moment: _Moment, dimension: Dimension, rating: Rating, answers: list[Answer], *, excluded: bool
) -> DimensionLine:
    return DimensionLine(
        dimension_id=dimension.id,
        kind=rating.kind,
        level=rating.level,
        effective=effective_level(moment.framework, dimension, rating, moment.stage),
        excluded=excluded,
        answers=tuple(
            AnswerLine(
                answer_id=answer.id,
                respondent_id=answer.respondent_id,
                answered_at=answer.answered_at,
                kind=answer.kind,
                level=answer.level,
                strength=answer.evidence.strength,
                worth=strength_at(moment.framework, answer, moment.exposure, moment.at),
                link=answer.evidence.link,
                given_at=answer.evidence.given_at or answer.answered_at,
                verified_by=answer.evidence.verified_by,
                verified_at=answer.evidence.verified_at,
                counted=answer.level == rating.level and (rating.level is not None or answer.kind is rating.kind),
                unchanged=answer.unchanged,
                reason=answer.reason,
                approved_by=answer.approved_by,
            )
            for answer in answers
        ),
    )
