"""When a project is assessed again: planned from its present state, whenever that changes."""

from dataclasses import replace
from datetime import datetime

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Assessment, AssessmentState, Cadence, Project
from bot.readiness.availability import Availability
from bot.readiness.cadence import interval_of, is_experiment, next_assessment, next_visit
from bot.readiness.cadence_cards import Because
from bot.usecases import link_dates
from bot.usecases.availability import availability_of
from bot.usecases.ports import Context
from bot.usecases.waived import waived

KIND = AppointmentKind.REASSESSMENT


def plan(context: Context, project: Project) -> None:
    """Set when the project is assessed again; nothing while an assessment is open, before the first, or at its end."""
    due = due_at(context, project)
    link_dates.plan(context, project, due)
    if due is None:
        context.tx.appointments.clear(KIND, project.id)
        return
    standing = context.tx.appointments.of(KIND, project.id)
    if due <= context.now and standing is not None and standing.at <= context.now:
        return  # its keeper comes in a moment
    owner = owner_of(context, project)
    at = due if due > context.now else owner.next_day(context.now)
    context.tx.appointments.set(Appointment(KIND, project.id, at, project.id))


def due_at(context: Context, project: Project) -> datetime | None:
    """When it is due, by its state: in the past where that has come earlier. None: there is nothing to wait for."""
    last = last_whole(context, project)
    if last is None or last.completed_at is None:
        return None
    framework, owner = context.framework_for(project), owner_of(context, project)
    if is_experiment(project):
        return next_visit(framework, project, last.completed_at, owner, context.now)
    return next_assessment(
        framework,
        _hastened(context, project, last),
        last.completed_at,
        owner,
        context.library.next_run,
        blocked=is_blocked(context, project),
    )


def because(context: Context, project: Project) -> Because:
    """Why the next one is when it is."""
    if context.tx.assessments.open_of(project.id) is not None:
        return Because.OPEN
    last = last_whole(context, project)
    if last is None:
        return Because.NEVER_ASSESSED
    if is_experiment(project):
        return Because.EXPERIMENT
    if _hastened(context, project, last).hastened_at is not None:
        return Because.HASTENED
    if project.cadence is Cadence.AUTOMATIC:
        return Because.BLOCKED if is_blocked(context, project) else Because.EXPOSURE
    return Because.CADENCE


def hasten(context: Context, project: Project) -> Project:
    """Something happened that asks for an earlier assessment: a date moved, the owner changed, evidence fell away."""
    if project.hastened_at is not None or project.archived_at is not None:
        return project
    hastened = replace(project, hastened_at=context.now)
    context.tx.projects.save(hastened)
    plan(context, hastened)
    return hastened


def last_whole(context: Context, project: Project) -> Assessment | None:
    """The last assessment, once it is complete; None while one is open, and for an archived project."""
    latest = context.tx.assessments.latest_of(project.id)
    if project.archived_at is not None or latest is None or latest.state is not AssessmentState.COMPLETE:
        return None
    return latest


def interval_days(context: Context, project: Project) -> int:
    """The automatic interval as it is now, in days."""
    blocked = is_blocked(context, project)
    return interval_of(context.framework_for(project), project, blocked=blocked).days


def is_blocked(context: Context, project: Project) -> bool:
    """Whether an unwaived blocker is open."""
    covered = waived(context, project.id)
    return any(blocker.dimension_id not in covered for blocker in context.tx.blockers.open_of(project.id))


def owner_of(context: Context, project: Project) -> Availability:
    """The working time of the project's owner."""
    return availability_of(context, context.tx.people.get(project.owner_id))


def _hastened(context: Context, project: Project, last: Assessment) -> Project:
    """What people still disagree about asks for an earlier assessment as well."""
    if project.hastened_at is not None:
        return project
    disputed = any(contest.settled_at is None for contest in context.tx.contests.of_assessment(last.id))
    return replace(project, hastened_at=last.completed_at) if disputed else project
