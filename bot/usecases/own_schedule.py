"""One's own schedule: what comes when, by which hours, and the form that changes them."""

from dataclasses import replace
from functools import partial

from bot.chat.incoming import Command, Incoming, Press, Submit
from bot.readiness.appointments import AppointmentKind
from bot.readiness.assessment import Person
from bot.readiness.local_time import known_zone, local_day
from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.preferences import Preferences
from bot.readiness.schedule_cards import ScheduleCard, ScheduleForm, Send, SendKind
from bot.readiness.typed_times import OFF, NotUnderstood, hours_of, time_of, weekdays_of
from bot.usecases import digests, people, reminders, snoozes
from bot.usecases.availability import availability_of
from bot.usecases.fields import Fields, Reading, word_of
from bot.usecases.owed import owed
from bot.usecases.people import new_id
from bot.usecases.ports import Context


def own_schedule(context: Context, _incoming: Command | Press | Submit, *, saved: bool = False) -> ScheduleCard:
    """What comes to the actor when, and what it goes by."""
    person, own = context.actor, context.tx.preferences.get(context.actor.id)
    today = local_day(context.now, person.timezone)
    return ScheduleCard(
        person=person,
        own=own,
        everybody=context.tx.settings.get(),
        sends=_sends(context, person),
        absences=tuple(context.tx.absences.of_person(person.id, today)),
        backup=context.tx.people.get(own.backup_id) if own.backup_id else None,
        snoozed_until=snoozes.quiet_until(context),
        saved=saved,
    )


def form(context: Context, _incoming: Incoming) -> ScheduleForm:
    """The actor's settings, to be changed."""
    own = context.tx.preferences.get(context.actor.id)
    backup = context.tx.people.get(own.backup_id) if own.backup_id else None
    return ScheduleForm(context.actor, own, context.tx.settings.get(), backup)


def save(context: Context, submit: Submit) -> ScheduleCard:
    """Set them; everything that follows from them is planned again. Raises FieldsRefused with every fault."""
    before = context.tx.preferences.get(context.actor.id)
    own = _read(context, submit.fields, before)
    context.tx.preferences.save(context.actor.id, own)
    if own.reminds is not before.reminds:
        context.tx.record("reminders.on" if own.reminds else "reminders.off", context.actor.id, context.actor.id, {})
    context = _live_by(context, own, before)
    context.tx.notices.reconsider(context.actor.id)
    reminders.plan(context, [context.actor.id])
    reminders.settle(context)
    return own_schedule(context, submit, saved=True)


def _sends(context: Context, person: Person) -> tuple[Send, ...]:
    """The nearest first; what has no date of its own is not listed."""
    found = []
    if (at := reminders.next_at(context, person)) is not None:
        found.append(Send(SendKind.REMINDER, at))
    found += [Send(SendKind.DEADLINE, each.deadline, each.project) for each in owed(context, person).interviews]
    for project in context.tx.projects.of_person(person.id) if person.id else ():
        planned = context.tx.appointments.of(AppointmentKind.REASSESSMENT, project.id)
        if planned is not None:
            found.append(Send(SendKind.REASSESSMENT, planned.at, project))
    digest = context.tx.subscriptions.of_person(person.id) if person.id else None
    comes = context.tx.appointments.of(AppointmentKind.DIGEST, digest.id) if digest else None
    if comes is not None:
        found.append(Send(SendKind.DIGEST, comes.at))
    if waiting := context.tx.notices.waiting_for(person.id, but=NoticeKind.REMINDER):
        comes_at = availability_of(context, person).opens(max(waiting[0], context.now))
        found.append(Send(SendKind.WAITING, comes_at, count=len(waiting)))
    return tuple(sorted(found, key=lambda each: each.at))


def _live_by(context: Context, own: Preferences, before: Preferences) -> Context:
    """The actor lives by the zone they chose; without one the platform is asked where they are."""
    person = context.tx.people.get(context.actor.id)
    if own.timezone is not None:
        context.tx.people.save(replace(person, timezone=own.timezone))
        digests.follow_person(context, person.id)
        return replace(context, actor=replace(context.actor, timezone=own.timezone))
    if before.timezone is not None:
        key = f"profile:{person.id}:{new_id()}"
        context.tx.notices.put(Notice(key, NoticeKind.PROFILE, person.id, person_id=person.id))
    return context


def _read(context: Context, fields: Fields, before: Preferences) -> Preferences:
    form = Reading(fields)
    hours = form.read("hours", hours_of)
    own = replace(
        before,
        timezone=form.read("timezone", _zone),
        begins=hours[0] if hours else None,
        ends=hours[1] if hours else None,
        days=form.read("days", weekdays_of),
        region=form.read("region", partial(region_of, context)),
        reminder_day=form.must("reminder_day", _weekday, before.reminder_day),
        reminder_time=form.must("reminder_time", time_of, before.reminder_time),
        reminds=word_of(fields, "reminds") != "no",
        backup_id=form.read("backup", partial(_colleague, context)),
    )
    if not form.faults and not _is_inside(context, own):
        form.faults["reminder_time"] = "time_outside"
    form.end()
    return own


def region_of(context: Context, written: str) -> str:
    """A region whose holidays are known; "" for none. Raises NotUnderstood."""
    if written.casefold() in OFF:
        return ""
    try:
        context.library.holidays(written.upper(), context.now.year)
    except KeyError:
        raise NotUnderstood(written, "region_unknown") from None
    return written.upper()


def _zone(written: str) -> str:
    zone = known_zone(written)
    if not zone:
        raise NotUnderstood(written, "zone_unknown")
    return zone


def _weekday(written: str) -> int:
    if written not in {str(day) for day in range(7)}:
        raise NotUnderstood(written, "unknown_choice")
    return int(written)


def _colleague(context: Context, account: str) -> str:
    colleague = people.person_of(context, account)
    if colleague.id == context.actor.id:
        raise NotUnderstood(account, "own_question")
    return colleague.id


def _is_inside(context: Context, own: Preferences) -> bool:
    """Whether the reminder comes while they work."""
    everybody = context.tx.settings.get()
    begins, ends = own.begins or everybody.begins, own.ends or everybody.ends
    return begins <= own.reminder_time < ends
