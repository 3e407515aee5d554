"""Scoring: from ratings to stage, standing, findings and barriers. Pure; rules in `docs/readiness.md`."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.readiness.assessment import AnswerKind
from bot.readiness.framework import STAGES, Dimension, Framework
from bot.readiness.rating import STRENGTHS, current_answers, rate, rate_all
from bot.readiness.scorecard import (
    UNKNOWN,
    Finding,
    FindingKind,
    Notch,
    Rating,
    Scorecard,
    Severity,
    Standing,
    as_plain,
    from_plain,
)

__all__ = [
    "STRENGTHS",
    "UNKNOWN",
    "Finding",
    "FindingKind",
    "Notch",
    "Rating",
    "Scorecard",
    "Severity",
    "Standing",
    "alone",
    "as_plain",
    "current_answers",
    "effective_level",
    "from_plain",
    "rate",
    "rate_all",
    "score",
    "up_to",
]


def score(framework: Framework, exposure: int, target: int | None, ratings: Mapping[str, Rating]) -> Scorecard:
    """Score one project: `ratings` by dimension id, an absent dimension is unknown, `target` None is the default.

    No notch and no waiver is applied. Raises ValueError when exposure or target is not a stage. Source of every
    formula: `docs/readiness.md`.
    """
    if exposure not in STAGES or target not in (None, *STAGES):
        raise ValueError(f"score: expected exposure and target from 1 to 5, got {exposure} and {target}")
    aimed = framework.default_targets[exposure] if target is None else target
    next_stage = exposure + 1 if aimed > exposure else None
    excluded = _exclusions(framework, ratings)
    weighed = [
        _weigh(framework, dimension, ratings.get(dimension.id, UNKNOWN))
        for dimension in framework.dimensions
        if dimension.id not in excluded
    ]
    readiness = min((each.reach for each in weighed), default=len(STAGES))
    optimistic = min((each.reach for each in weighed if not each.unknown), default=len(STAGES))
    findings = tuple(
        finding for each in weighed if (finding := _finding(framework, each, exposure, next_stage)) is not None
    )
    return Scorecard(
        framework_id=framework.id,
        framework_version=framework.version,
        exposure=exposure,
        target=aimed,
        stage=min(exposure, readiness),
        readiness=readiness,
        optimistic=optimistic,
        standing=_standing(exposure, readiness),
        next_stage=next_stage,
        move_allowed=None if next_stage is None else readiness >= next_stage,
        findings=findings,
        barriers=_barrier_exposure(framework, weighed, next_stage or exposure),
        compounding=_is_compounding(framework, findings),
        index=_index(framework, weighed),
        exclusions=tuple(dimension.id for dimension in framework.dimensions if dimension.id in excluded),
    )


def alone(
    framework: Framework, dimension: Dimension, rating: Rating, exposure: int, next_stage: int | None
) -> tuple[int, Finding | None]:
    """What one applicable dimension does to a scorecard: the last stage whose bars it carries, and its finding."""
    weighed = _weigh(framework, dimension, rating)
    return weighed.reach, _finding(framework, weighed, exposure, next_stage)


def up_to(framework: Framework, finding: Finding) -> Severity:
    """What an unknown finding would weigh if level 0 were the answer; at least what it weighs now."""
    against_next = finding.against == "next"
    exposure, next_stage = (finding.stage - 1, finding.stage) if against_next else (finding.stage, None)
    nothing = Rating(AnswerKind.LEVEL, 0)
    _, found = alone(framework, framework.dimension(finding.dimension_id), nothing, exposure, next_stage)
    return max(found.severity, finding.severity) if found else finding.severity


def effective_level(framework: Framework, dimension: Dimension, rating: Rating, stage: int) -> int:
    """What the rating counts for when `stage` is tested (Leff): the claim, bounded by its evidence; unknown is 0."""
    if rating.level is None:
        return 0
    return min(rating.level, framework.cap(dimension, rating.strength, stage))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One applicable dimension against every bar: `short[s]` levels short up to stage s, `reach` the last s with 0."""

    dimension: Dimension
    rating: Rating
    caps: tuple[int, ...]
    short: tuple[int, ...]
    reach: int

    @property
    def unknown(self) -> bool:
        return self.rating.level is None

    def effective(self, stage: int) -> int:
        return min(self.rating.level or 0, self.caps[stage])


def _weigh(framework: Framework, dimension: Dimension, rating: Rating) -> _Weighed:
    caps = framework.caps[dimension.strict_evidence][rating.strength]
    claimed = rating.level or 0
    bars = dimension.bars
    short = [0, 0]
    worst = 0
    reach = 1
    for stage in STAGES[1:]:
        worst = max(worst, bars.get(stage, 0) - min(claimed, caps[stage]))
        short.append(worst)
        if not worst:
            reach = stage
    return _Weighed(dimension, rating, caps, tuple(short), reach)


def _exclusions(framework: Framework, ratings: Mapping[str, Rating]) -> frozenset[str]:
    """The dimensions left out. One that may not be left out, or is one too many, stays in and counts as unknown."""
    agreed = [
        dimension.id
        for dimension in framework.dimensions
        if dimension.may_be_not_applicable and ratings.get(dimension.id, UNKNOWN).kind is AnswerKind.NOT_APPLICABLE
    ]
    return frozenset(agreed[: framework.most_exclusions])


def _standing(exposure: int, readiness: int) -> Standing:
    if exposure > readiness:
        return Standing.AHEAD
    return Standing.IN_STEP if exposure == readiness else Standing.READY


def _finding(framework: Framework, weighed: _Weighed, exposure: int, next_stage: int | None) -> Finding | None:
    """The first line of the severity table that applies: where people are exposed first, then the next stage."""
    verdict = _against_exposure(framework, weighed, exposure)
    against, stage = "exposure", exposure
    if verdict is None and next_stage is not None:
        verdict = _against_next(framework, weighed, next_stage)
        against, stage = "next", next_stage
    if verdict is None:
        return None
    kind, severity = verdict
    if kind is FindingKind.MISSING and weighed.rating.contested:
        kind, severity = FindingKind.CONTESTED, min(severity, Severity.HIGH)
    dimension = weighed.dimension
    need, claimed = dimension.needs[stage], weighed.rating.level
    return Finding(dimension.id, kind, severity, against, stage, need, claimed, weighed.effective(stage))


def _against_exposure(framework: Framework, weighed: _Weighed, stage: int) -> tuple[FindingKind, Severity] | None:
    dimension, claimed = weighed.dimension, weighed.rating.level
    gated = dimension.id in framework.gate(stage)
    heavy = gated and stage >= 3
    if claimed is None:
        if dimension.needs[stage] == 0:
            return None
        return FindingKind.UNKNOWN, Severity.HIGH if heavy else Severity.MEDIUM
    if claimed < dimension.needs[stage]:
        return FindingKind.MISSING, Severity.CRITICAL if heavy else Severity.HIGH
    if weighed.short[stage]:
        return FindingKind.UNPROVEN, Severity.MEDIUM if gated else Severity.LOW
    return None


def _against_next(framework: Framework, weighed: _Weighed, stage: int) -> tuple[FindingKind, Severity] | None:
    dimension, claimed = weighed.dimension, weighed.rating.level
    need = dimension.needs[stage]
    if claimed is None:
        return (FindingKind.UNKNOWN, Severity.MEDIUM) if need else None
    if claimed < need:
        # One point for a gate dimension, one for being far off: LOW, MEDIUM, HIGH.
        weight = (dimension.id in framework.gate(stage)) + (need - claimed >= 2)
        return FindingKind.MISSING, Severity(Severity.LOW + weight)
    return (FindingKind.UNPROVEN, Severity.LOW) if weighed.short[stage] else None


def _barrier_exposure(framework: Framework, weighed: list[_Weighed], stage: int) -> dict[str, float]:
    """X by barrier: the worst shortfall of its own dimensions, or half the worst of those it shares."""
    own = dict.fromkeys((barrier.id for barrier in framework.barriers), 0)
    shared = dict(own)
    for each in weighed:
        short, dimension = each.short[stage], each.dimension
        own[dimension.primary] = max(own[dimension.primary], short)
        if dimension.secondary is not None:
            shared[dimension.secondary] = max(shared[dimension.secondary], short)
    return {barrier: max(short, 0.5 * shared[barrier]) for barrier, short in own.items()}


def _is_compounding(framework: Framework, findings: tuple[Finding, ...]) -> bool:
    hot = {framework.by_id[finding.dimension_id].primary for finding in findings if finding.is_blocker}
    return len(hot) >= 3


def _index(framework: Framework, weighed: list[_Weighed]) -> int:
    full = framework.index_full_level
    if not weighed:
        return 0
    return round(100 * sum(min(each.effective(4), full) for each in weighed) / (full * len(weighed)))
