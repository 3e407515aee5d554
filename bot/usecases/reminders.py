"""The weekly reminder: one message for all projects, at each person's own hour, to those who owe something."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import Person
from bot.readiness.availability import Availability
from bot.readiness.local_time import local_day, midnight
from bot.readiness.notices import Notice, NoticeKind, is_too_late
from bot.readiness.reminder_cards import ReminderCard
from bot.readiness.reminding import (
    PROFILE_BEFORE,
    Occurrence,
    Rhythm,
    Turn,
    Urgency,
)
from bot.usecases import digests, people
from bot.usecases.availability import availability_of
from bot.usecases.owed import may_owe, owed, owes
from bot.usecases.ports import Context, Profile

KIND = AppointmentKind.REMINDER


def plan(context: Context, person_ids: Iterable[str], *, soon: bool = False) -> None:
    """Some of these people may have come to owe something, or owe nothing any more.

    At the end of the transaction everybody of them who owes something has an appointment: at their next weekly moment,
    or with `soon` at their next working moment if that is on an earlier day and none came today. Who owes nothing, or
    asked not to be reminded, has none.
    """
    for person_id in person_ids:
        _want(context, person_id, Urgency.SOON if soon else Urgency.WEEKLY)


def again(context: Context, person_id: str) -> None:
    """Remind somebody at their next working moment, though they may have been reminded today: they asked for it."""
    _want(context, person_id, Urgency.AGAIN)


def forget(context: Context, person_id: str) -> None:
    """Nobody is reminded any more: the person was erased."""
    context.reminding.pop(person_id, None)
    context.tx.appointments.clear(KIND, person_id)


def settle(context: Context) -> None:
    """Plan what was asked for in this transaction; each person once, and in one order, as others do it at this time."""
    if not context.reminding:
        return
    concerned = context.tx.people.many(context.reminding)
    for person_id in sorted(concerned):
        _plan(context, concerned[person_id], context.reminding[person_id])
    context.reminding.clear()


def learn(context: Context, person_id: str, profile: Profile, *, seek_admin: bool) -> None:
    """Keep what the platform says about a person; who has moved hears from us at the same hours of their new zone."""
    if people.learn(context.tx, person_id, profile, seek_admin=seek_admin):
        digests.follow_person(context, person_id)
        plan(context, [person_id])
        settle(context)


def told(context: Context, profile: Profile, *, keeps: bool) -> Context:
    """Go on with an actor who is as the platform just said; `keeps`: from now on, and not for this answer alone."""
    actor = context.actor
    if keeps:
        learn(context, actor.id, profile, seek_admin=False)
    zone, language = profile.timezone or actor.timezone, profile.language or actor.language
    return replace(context, actor=replace(actor, name=profile.name or actor.name, timezone=zone, language=language))


def keep(context: Context, appointment: Appointment) -> None:
    """A reminder is due, or the reading of the profile before it. What comes too late (LATEST) is left out."""
    person = context.tx.people.get(appointment.subject)
    own = context.tx.preferences.get(person.id)
    if not own.reminds or not may_owe(context, person):
        return
    rhythm = Rhythm(person.id, availability_of(context, person), own, context.now)
    occurrence, meant = Occurrence.of(appointment.step), appointment.at
    if occurrence.turn is Turn.PROFILE:
        _read_profile(context, person, occurrence)
        meant += PROFILE_BEFORE
        at = rhythm.weekly_at(occurrence.week)
    else:
        at = rhythm.available.opens(context.now)
    if at > context.now:
        context.tx.appointments.set(rhythm.put_off(at, occurrence))
        return
    is_late = is_too_late(NoticeKind.REMINDER, meant, context.now)
    if not is_late and not rhythm.skips(context.now) and owes(context, person):
        _remind(context, person, occurrence, appointment)
    context.tx.appointments.set(rhythm.after(occurrence))


def next_at(context: Context, person: Person) -> datetime | None:
    """When somebody's next reminder comes, as things stand; None where nothing of theirs is waited for."""
    if context.tx.notices.is_owed(person.id, NoticeKind.REMINDER):
        return availability_of(context, person).opens(context.now)
    standing = context.tx.appointments.of(KIND, person.id)
    if standing is None:
        return None
    is_early = Occurrence.of(standing.step).turn is Turn.PROFILE
    return standing.at + PROFILE_BEFORE if is_early else standing.at


def reminder(context: Context, _: Notice) -> ReminderCard | None:
    """What the reader owes at this moment; nothing where that is nothing, or they want no reminders any more."""
    if not context.tx.preferences.get(context.actor.id).reminds:
        return None
    waits = owed(context, context.actor)
    return ReminderCard(waits, context.actor.timezone) if waits else None


def _want(context: Context, person_id: str, urgency: Urgency) -> None:
    context.reminding[person_id] = max(urgency, context.reminding.get(person_id, urgency))


def _plan(context: Context, person: Person, urgency: Urgency) -> None:
    appointments, own = context.tx.appointments, context.tx.preferences.get(person.id)
    standing = appointments.of(KIND, person.id)
    if not own.reminds or not may_owe(context, person):
        if standing is not None:
            appointments.clear(KIND, person.id)
        return
    if standing is not None and standing.at <= context.now:
        return  # its keeper, who may be at it now, reads everything again
    rhythm = Rhythm(person.id, availability_of(context, person), own, context.now)
    wanted = rhythm.planned(standing, _soonest(context, person, rhythm.available, urgency))
    if wanted != standing:
        appointments.set(wanted)


def _soonest(context: Context, person: Person, available: Availability, urgency: Urgency) -> datetime | None:
    """From when on somebody should be reminded before their week; None where they need not be."""
    if urgency is Urgency.WEEKLY or context.tx.notices.is_owed(person.id, NoticeKind.REMINDER):
        return None
    today = midnight(local_day(context.now, available.zone), available.zone)
    came = context.tx.notices.unasked_since(person.id, today, NoticeKind.REMINDER)
    return available.next_day(context.now) if came and urgency is Urgency.SOON else context.now


def _remind(context: Context, person: Person, occurrence: Occurrence, appointment: Appointment) -> None:
    which = str(occurrence.week) if occurrence.turn is not Turn.SOON else f"{appointment.at:%Y-%m-%dT%H:%M:%S}"
    key = f"reminder:{person.id}:{which}"
    context.tx.notices.put(Notice(key, NoticeKind.REMINDER, person.id, person_id=person.id))


def _read_profile(context: Context, person: Person, occurrence: Occurrence) -> None:
    key = f"profile:{person.id}:{occurrence.week}"
    context.tx.notices.put(Notice(key, NoticeKind.PROFILE, person.id, person_id=person.id))
