"""When the links of a project are looked at: once an assessment is over, then from time to time, and before the next.

Nothing is planned where the settings let no link be looked at. Experiments raise no alarm, so theirs are left alone.
"""

from datetime import datetime

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Project
from bot.readiness.cadence import is_experiment
from bot.readiness.links import APART, next_look
from bot.usecases.ports import Context

KIND = AppointmentKind.LINKS


def plan(context: Context, project: Project, due: datetime | None) -> None:
    """Set the first look, or bring the next one forward to be in time for an assessment at `due` (None: none comes)."""
    if not context.library.link_hosts:
        return
    if due is None or is_experiment(project):
        context.tx.appointments.clear(KIND, project.id)
        return
    standing = context.tx.appointments.of(KIND, project.id)
    _set(context, project, min(standing.at, next_look(context.now, due)) if standing else context.now)


def plan_following(context: Context, project: Project, due: datetime | None) -> None:
    """Set the look after one that is made now."""
    if due is not None and context.library.link_hosts and not is_experiment(project):
        _set(context, project, next_look(context.now, due))


def plan_again(context: Context, project: Project) -> None:
    """Something is uncertain: look again as soon as that can settle it, where looks are planned at all."""
    standing = context.tx.appointments.of(KIND, project.id)
    if standing is not None:
        _set(context, project, min(standing.at, context.now + APART))


def _set(context: Context, project: Project, at: datetime) -> None:
    context.tx.appointments.set(Appointment(KIND, project.id, at, project.id))
