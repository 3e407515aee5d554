"""A waiver and its dates: its people are warned before it ends; then it ends on record, and what it covered counts."""

from dataclasses import replace

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Project
from bot.readiness.blockers import BlockerEvent, Happening
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.waivers import LAPSES, Waiver, WaiverState, next_date, step_at
from bot.usecases import cadence, reminders
from bot.usecases.availability import office_of
from bot.usecases.people import new_id, reachable, refresh_homes
from bot.usecases.ports import Context
from bot.usecases.shared import settle_shared

KIND = AppointmentKind.WAIVER


def plan(context: Context, waiver: Waiver) -> None:
    """Set the waiver's next date: a warning, or its end. One that has ended has none."""
    following = next_date(waiver, context.now)
    if following is None:
        context.tx.appointments.clear(KIND, waiver.id)
        return
    step, at = following
    context.tx.appointments.set(Appointment(KIND, waiver.id, max(at, context.now), waiver.project_id, step))


def keep(context: Context, appointment: Appointment) -> None:
    """Warn, or end it. Where the clock is late, what counts is how near the end is now."""
    waiver = context.tx.waivers.get(appointment.subject)
    if waiver.ended_at is not None:
        return
    project = context.tx.projects.get(waiver.project_id)
    if step_at(waiver, context.now) == LAPSES:
        lapse(context, project, waiver)
        return
    if project.archived_at is None:
        for person_id in reachable(context, {waiver.asked_by, waiver.approver_id, project.owner_id}):
            key = f"waiver_ends:{waiver.id}:{step_at(waiver, context.now)}:{person_id}"
            context.tx.notices.put(Notice(key, NoticeKind.WAIVER_ENDS, waiver.id, person_id=person_id))
    plan(context, waiver)


def lapse(context: Context, project: Project, waiver: Waiver) -> None:
    """Its date came: it ends on record, and what it covered counts again. Of one that nobody decided, too."""
    lapsed = replace(waiver, state=WaiverState.LAPSED, ended_at=waiver.until)
    context.tx.waivers.save(lapsed)
    context.tx.record("waiver.lapsed", waiver.id, context.actor.id, {"project": project.id})
    plan(context, lapsed)
    reminders.plan(context, [waiver.approver_id])
    if project.archived_at is not None:
        return
    context.tx.notices.put(edit(lapsed))
    told = reachable(context, {waiver.asked_by, project.owner_id})
    refresh_homes(context, {*told, waiver.approver_id})
    if waiver.approved_at is None:
        for person_id in told:
            context.tx.notices.put(notice_of(lapsed, f"waiver:{waiver.id}:lapsed:{person_id}", person_id))
        return
    found = {blocker.dimension_id: blocker for blocker in context.tx.blockers.open_of(project.id)}
    blocker = found.get(waiver.dimension_id)
    if blocker is not None:
        event = BlockerEvent(blocker.id, context.now, Happening.UNCOVERED, blocker.severity)
        context.tx.blocker_events.add(event)
    settle_shared(context)
    cadence.plan(context, project)
    for person_id in told:
        key = f"waiver_lapsed:{waiver.id}:{person_id}"
        context.tx.notices.put(Notice(key, NoticeKind.WAIVER_LAPSED, waiver.id, person_id=person_id))
    for number, place_id in enumerate(project.place_ids if blocker is not None else ()):
        hours = office_of(context, context.tx.people.get(project.owner_id))
        context.tx.notices.put(
            Notice(
                key=f"waiver_lapsed:{waiver.id}" + (":also" if number else ""),
                kind=NoticeKind.WAIVER_LAPSED,
                subject=waiver.id,
                place_id=place_id,
                due_at=hours.opens(context.now),
            )
        )


def notice_of(waiver: Waiver, key: str, person_id: str) -> Notice:
    """A waiver's message as it stands when it is sent."""
    return Notice(key=key, kind=NoticeKind.WAIVER, subject=waiver.id, person_id=person_id)


def edit(waiver: Waiver) -> Notice:
    """The approver's message, shown as it is now."""
    asked = f"waiver:{waiver.id}"
    return replace(notice_of(waiver, f"{asked}:{new_id()}", waiver.approver_id), edits=asked)
