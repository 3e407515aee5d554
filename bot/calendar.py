"""The table of appointments: what each kind asks for when its time has come."""

from collections.abc import Callable, Mapping

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.usecases import (
    assessments,
    blocker_dates,
    commitment_dates,
    digests,
    going_up,
    ladder,
    link_checks,
    reassessments,
    reminders,
    shared,
    summaries,
    waiver_dates,
)
from bot.usecases.ports import Context

KEEPERS: Mapping[AppointmentKind, Callable[[Context, Appointment], None]] = {
    AppointmentKind.DEADLINE: assessments.keep_deadline,
    AppointmentKind.LADDER: ladder.keep,
    AppointmentKind.AGEING: assessments.keep_ageing,
    AppointmentKind.WAIVER: waiver_dates.keep,
    AppointmentKind.UNKNOWN: blocker_dates.keep_unknown,
    AppointmentKind.OLD_BLOCKER: blocker_dates.keep_old,
    AppointmentKind.OVERDUE: commitment_dates.keep,
    AppointmentKind.DIGEST: digests.keep,
    AppointmentKind.REASSESSMENT: reassessments.keep_reassessment,
    AppointmentKind.REMINDER: reminders.keep,
    AppointmentKind.LINKS: link_checks.keep,
    AppointmentKind.SHARED: shared.keep,
    AppointmentKind.SUMMARY: summaries.keep_anew,
}


def keep(context: Context, appointment: Appointment) -> bool:
    """Do what a due appointment asks for, unless it was moved, or another process is keeping it; says whether.

    A keeper sets the next one itself, later than now. The project comes first, as in every other transaction: all wait
    in one line, and none for another; what goes up comes last, as its readers are those of other projects as well.
    """
    if appointment.project_id is not None:
        context.tx.projects.lock(appointment.project_id)
    taken = context.tx.appointments.take(appointment.kind, appointment.subject, context.now)
    if taken is None:
        return False
    KEEPERS[taken.kind](context, taken)
    reminders.settle(context)
    following = context.tx.appointments.of(taken.kind, taken.subject)
    assert following is None or following.at > context.now, (taken.kind, taken.subject, following)
    shared.settle_later(context)
    going_up.settle(context)
    return True
