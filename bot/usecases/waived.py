"""What is waived now: read at the moment of looking, as time alone ends a waiver."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.readiness.assessment import Project
from bot.readiness.blockers import Blocker
from bot.readiness.milestone import Milestone
from bot.readiness.scoring import Severity
from bot.readiness.waivers import Waiver
from bot.usecases.ports import Context


def waived(context: Context, project_id: str) -> Mapping[str, datetime]:
    """The dimensions of a project that are waived now, with when that ends."""
    found = context.tx.waivers.open_of(project_id).values()
    return {each.dimension_id: each.until for each in found if each.is_valid(context.now)}


def debts_then(context: Context, project_id: str, milestones: Sequence[Milestone]) -> Mapping[str, int]:
    """How many waivers were valid when each milestone was taken, by milestone id; those without any are left out."""
    found = context.tx.waivers.of_project(project_id)
    counts = {each.id: sum(waiver.is_valid(each.taken_at) for waiver in found) for each in milestones}
    return {milestone: count for milestone, count in counts.items() if count}


def debts(valid: Sequence[Waiver]) -> Mapping[str, int]:
    """How many of these waivers each project has, by project id."""
    return Counter(waiver.project_id for waiver in valid)


def without_waived(found: Sequence[Blocker], valid: Sequence[Waiver]) -> tuple[list[Blocker], list[Blocker]]:
    """Blockers that count, and those that are waived, each in the order given."""
    covered = {(waiver.project_id, waiver.dimension_id) for waiver in valid}
    counting = [each for each in found if (each.project_id, each.dimension_id) not in covered]
    return counting, [each for each in found if (each.project_id, each.dimension_id) in covered]


def valid_of(context: Context, projects: Sequence[Project]) -> list[Waiver]:
    """The waivers of these projects that hold now: one statement."""
    found = context.tx.waivers.of_projects([project.id for project in projects]) if projects else ()
    return [waiver for waiver in found if waiver.is_valid(context.now)]


def as_they_count(context: Context, projects: Sequence[Project]) -> tuple[tuple[Project, ...], Mapping[str, int]]:
    """A few projects with summaries that count no waived blocker, and how many waivers each has."""
    valid = valid_of(context, projects)
    return discounted(projects, waived_blockers(context, valid)), debts(valid)


def waived_blockers(context: Context, valid: Sequence[Waiver]) -> list[Blocker]:
    """The open blockers behind these waivers: one look per project that has one."""
    found = [each for project_id in debts(valid) for each in context.tx.blockers.open_of(project_id)]
    return without_waived(found, valid)[1]


def discounted(projects: Sequence[Project], covered: Collection[Blocker]) -> tuple[Project, ...]:
    """The projects with summaries that count no waived blocker."""
    by_project: defaultdict[str, list[Blocker]] = defaultdict(list)
    for blocker in covered:
        by_project[blocker.project_id].append(blocker)
    return tuple(_discounted(project, by_project[project.id]) for project in projects)


def _discounted(project: Project, covered: Sequence[Blocker]) -> Project:
    if project.summary is None or not covered:
        return project
    critical = sum(blocker.severity is Severity.CRITICAL for blocker in covered)
    summary = replace(
        project.summary,
        blockers=max(0, project.summary.blockers - len(covered)),
        critical=max(0, project.summary.critical - critical),
    )
    return replace(project, summary=summary)
