"""What a milestone leaves with its project for lists, counts and filters, so that these look at no answer."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from bot.readiness.appointments import Appointment
from bot.readiness.assessment import Project, Summary
from bot.readiness.framework import Framework
from bot.readiness.milestone import Milestone
from bot.readiness.organization import is_founded
from bot.readiness.portfolio import ProjectLevel, levels_of
from bot.readiness.scorecard import Rating, Scorecard, Severity
from bot.usecases import ageing, forecasts
from bot.usecases.ports import Context
from bot.usecases.ratings import ratings_of


def keep(
    context: Context, project: Project, milestone: Milestone, before: Milestone | None, ratings: Mapping[str, Rating]
) -> Project:
    """Store the summary of a milestone and the levels behind it; `before` is the one it follows."""
    framework = context.framework_of(milestone)
    levels = levels_of(framework, milestone.scorecard, ratings)
    summary = _summary(framework, milestone)
    known = project.summary
    if before is not None and known is not None and not _differ(before.scorecard, milestone.scorecard):
        summary = replace(summary, changed_at=known.changed_at or known.assessed_at)
    summarized = replace(project, summary=summary)
    context.tx.projects.save(summarized)
    context.tx.portfolio.save_levels(project.id, levels)
    forecasts.settle(context, milestone, _carries(levels))
    return summarized


def keep_anew(context: Context, appointment: Appointment) -> None:
    """Write it from the latest result, as it was made: after a change of what is kept."""
    project = context.tx.projects.get(appointment.subject)
    results = context.tx.milestones.of_project(project.id)
    if not results or project.archived_at is not None:
        context.tx.projects.save(project)
        return
    newest, pairs = results[0], pairwise(results)
    # The last one that made a difference; the first of all does.
    changed = next((later for later, older in pairs if _differ(older.scorecard, later.scorecard)), results[-1])
    answers = context.tx.answers.many(newest.answers)
    levels = levels_of(
        context.framework_of(newest), newest.scorecard, ratings_of(context, project, answers, newest.taken_at)
    )
    summary = replace(_summary(context.framework_of(newest), newest), changed_at=changed.taken_at)
    context.tx.projects.save(replace(project, summary=summary))
    context.tx.portfolio.save_levels(project.id, levels)
    forecasts.hold_now(context, newest, _carries(levels))
    ageing.plan(context, project)


def _carries(levels: tuple[ProjectLevel, ...]) -> Mapping[str, int]:
    """The highest stage that each dimension allows."""
    return {level.dimension_id: level.carries for level in levels}


def _summary(framework: Framework, milestone: Milestone) -> Summary:
    card = milestone.scorecard
    return Summary(
        milestone_id=milestone.id,
        stage=card.stage,
        readiness=card.readiness,
        optimistic=card.optimistic,
        standing=card.standing.value,
        index=card.index,
        blockers=len(card.blockers),
        critical=sum(finding.severity is Severity.CRITICAL for finding in card.blockers),
        exclusions=len(card.exclusions),
        assessed_at=milestone.taken_at,
        framework_id=milestone.framework_id,
        framework_version=milestone.framework_version,
        founded=card.readiness >= 2 or (card.exposure >= 2 and is_founded(framework, card)),
        compounding=card.compounding,
        changed_at=milestone.taken_at,
    )


def _differ(before: Scorecard, after: Scorecard) -> bool:
    """Whether stage, index or blockers are other than before."""
    return _told(before) != _told(after)


def _told(card: Scorecard) -> tuple[int, int, frozenset[tuple[str, Severity]]]:
    return card.stage, card.index, frozenset((finding.dimension_id, finding.severity) for finding in card.blockers)
