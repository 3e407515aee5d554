"""The results behind a random portfolio: milestones whose last one says what the levels say; blockers with a past."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker, BlockerEvent, Happening
from bot.readiness.milestone import Milestone
from bot.readiness.portfolio import ProjectLevel
from bot.readiness.scorecard import Finding, FindingKind, Scorecard, Severity, Standing
from tests.storage.values import MILESTONE, SCORECARD

HOUR = timedelta(hours=1)
STEPS = (HOUR, 24 * HOUR, 6 * 24 * HOUR, 7 * 24 * HOUR, 10 * 24 * HOUR)


def milestones(random: Random, project: Project, target: int, levels: Sequence[ProjectLevel]) -> list[Milestone]:
    """One to three, oldest first; the last one says what the summary does. `target`: its own, or the usual one."""
    assert project.summary is not None
    summary = project.summary
    last = replace(
        MILESTONE,
        id=summary.milestone_id,
        project_id=project.id,
        assessment_id="a0",
        taken_at=summary.assessed_at,
        framework_id=summary.framework_id,
        framework_version=summary.framework_version,
        scorecard=_scorecard(project, target, levels),
        answers=(),
    )
    found = [last]
    for number in range(random.choice((0, 0, 1, 2))):
        later = found[0]
        stage = random.choice((later.scorecard.stage, random.randint(1, 5)))
        earlier = replace(
            later,
            id=f"{last.id}-{number}",
            taken_at=later.taken_at - random.choice(STEPS),
            scorecard=replace(later.scorecard, stage=stage),
        )
        found.insert(0, earlier)
    return [replace(each, sequence=number) for number, each in enumerate(found, 1)]


def changed(history: Sequence[Milestone]) -> Milestone:
    """The first of those that say what the last one says."""
    first = history[-1]
    for each in reversed(history):
        if each.scorecard.stage != first.scorecard.stage:
            break
        first = each
    return first


def events(random: Random, blocker: Blocker) -> list[BlockerEvent]:
    """It was found, and perhaps weighed again since."""
    began = random.choice((Severity.HIGH, blocker.severity))
    found = [BlockerEvent(blocker.id, blocker.found_at, Happening.FOUND, began)]
    if random.random() < 0.3:
        at = blocker.found_at + random.choice((HOUR, 23 * 24 * HOUR, 24 * 24 * HOUR))
        found.append(BlockerEvent(blocker.id, at, Happening.SEVERITY, blocker.severity))
    return found


def _scorecard(project: Project, target: int, levels: Sequence[ProjectLevel]) -> Scorecard:
    assert project.summary is not None
    summary = project.summary
    return replace(
        SCORECARD,
        framework_id=summary.framework_id,
        framework_version=summary.framework_version,
        exposure=project.exposure,
        target=target,
        stage=summary.stage,
        readiness=summary.readiness,
        optimistic=summary.optimistic,
        standing=Standing(summary.standing),
        next_stage=project.exposure + 1 if target > project.exposure else None,
        findings=tuple(_finding(each, project.exposure) for each in levels if each.severity),
        barriers={each.barrier_id: float(each.severity or 0) for each in levels},
        compounding=bool(summary.compounding),
        index=summary.index,
        exclusions=(),
    )


def _finding(level: ProjectLevel, stage: int) -> Finding:
    assert level.severity is not None
    return Finding(
        dimension_id=level.dimension_id,
        kind=FindingKind.MISSING,
        severity=level.severity,
        against="exposure",
        stage=stage,
        need=level.need,
        claimed=level.claimed,
        effective=level.effective,
    )
