"""A commitment and its day: once it has passed and its gap still blocks, its holder hears it, and later the owner."""

from datetime import datetime, timedelta

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Person
from bot.readiness.commitments import Commitment
from bot.readiness.local_time import local_day, midnight
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases.availability import availability_of
from bot.usecases.ports import Context
from bot.usecases.waived import waived

KIND = AppointmentKind.OVERDUE
HOLDER, OWNER = 0, 1
OWNER_AFTER = 3
"""Working days of the owner, after which they hear of it as well."""


def plan(context: Context, commitment: Commitment) -> None:
    """Set when the day of a commitment has passed where its holder lives; nothing without one, or once it has ended."""
    if not commitment.is_open or commitment.due is None:
        context.tx.appointments.clear(KIND, commitment.id)
        return
    holder = context.tx.people.get(commitment.person_id)
    at = midnight(commitment.due + timedelta(days=1), holder.timezone)
    _set(context, commitment, at, HOLDER)


def keep(context: Context, appointment: Appointment) -> None:
    """The day has passed: say so, unless nothing blocks there, or somebody says that it is resolved."""
    commitment = context.tx.commitments.get(appointment.subject)
    project = context.tx.projects.get(commitment.project_id)
    holder, owner = (context.tx.people.get(each) for each in (commitment.person_id, project.owner_id))
    if project.archived_at is not None or not is_late(context, commitment, holder):
        return
    found = {blocker.dimension_id: blocker for blocker in context.tx.blockers.open_of(project.id)}
    blocker, covered = found.get(commitment.dimension_id), waived(context, project.id)
    if blocker is None:
        return
    step = appointment.step
    if commitment.dimension_id in covered:
        _set(context, commitment, covered[commitment.dimension_id], step)
        return
    later = availability_of(context, owner).working_days_after(context.now, OWNER_AFTER)
    if blocker.id in context.tx.claims.standing(project.id):
        # Said to be resolved: an answer judges that first.
        _set(context, commitment, later, step)
        return
    reader = owner if step == OWNER else holder
    key = f"overdue:{commitment.id}:{commitment.due}:{step}:{reader.id}"
    context.tx.notices.put(Notice(key, NoticeKind.OVERDUE, commitment.id, person_id=reader.id))
    if step == HOLDER and owner.id != holder.id:
        _set(context, commitment, later, OWNER)


def is_late(context: Context, commitment: Commitment, holder: Person) -> bool:
    """Whether a commitment stands, and its day has passed where its holder lives."""
    return commitment.is_open and commitment.overdue(local_day(context.now, holder.timezone)) > 0


def _set(context: Context, commitment: Commitment, at: datetime, step: int) -> None:
    context.tx.appointments.set(Appointment(KIND, commitment.id, at, commitment.project_id, step))
