"""Days away: said by the person or by an admin; while they last nothing comes that was not asked for."""

from bot.chat.incoming import Command, Press
from bot.readiness.assessment import Person
from bot.readiness.local_time import local_day, moment_of
from bot.readiness.preferences import Absence
from bot.readiness.refusals import Refusal, Refused
from bot.readiness.schedule_cards import AbsenceCard, AbsenceSaid
from bot.readiness.typed_times import OFF, NotUnderstood, absence_of
from bot.usecases import people
from bot.usecases.availability import availability_of
from bot.usecases.people import new_id
from bot.usecases.ports import Context
from bot.usecases.reminders import plan


def away(context: Context, command: Command) -> AbsenceCard:
    """Say, show or clear days away; for somebody who is mentioned, admins only.

    Raises Refused NOT_AN_ABSENCE with the word that could not be read.
    """
    person = _meant(context, command.text)
    said = people.without_mentions(command.text)
    if not said:
        return _card(context, person, AbsenceSaid.SHOWN)
    if said.casefold() in OFF:
        return _clear(context, person)
    try:
        first, last = absence_of(said, local_day(context.now, person.timezone))
    except NotUnderstood as fault:
        raise Refused(Refusal.NOT_AN_ABSENCE, word=fault.word, reason=fault.code) from None
    absence = Absence(new_id(), person.id, first, last, context.actor.id)
    if not any(each.first <= first and last <= each.last for each in _standing(context, person)):
        context.tx.absences.add(absence)
        _changed(context, person, "person.away", {"first": first.isoformat(), "last": last.isoformat()})
    return _card(context, person, AbsenceSaid.SET)


def not_away(context: Context, press: Press) -> AbsenceCard:
    """They are there after all; the button carries whose absence it is."""
    try:
        person = context.tx.people.get(press.value)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if person.id != context.actor.id:
        people.require_admin(context)
    return _clear(context, person)


def _meant(context: Context, text: str) -> Person:
    accounts = people.accounts_named(text)
    if not accounts:
        return context.actor
    person = people.person_of(context, accounts[0])
    if person.id != context.actor.id:
        people.require_admin(context)
    return person


def _clear(context: Context, person: Person) -> AbsenceCard:
    standing = _standing(context, person)
    for absence in standing:
        context.tx.absences.remove(absence.id)
    if standing:
        _changed(context, person, "person.back", {})
    return _card(context, person, AbsenceSaid.CLEARED)


def _changed(context: Context, person: Person, action: str, facts: dict[str, object]) -> None:
    context.tx.record(action, person.id, context.actor.id, facts)
    context.tx.notices.reconsider(person.id)
    plan(context, [person.id])


def _standing(context: Context, person: Person) -> tuple[Absence, ...]:
    return tuple(context.tx.absences.of_person(person.id, local_day(context.now, person.timezone)))


def _card(context: Context, person: Person, said: AbsenceSaid) -> AbsenceCard:
    available, absences = availability_of(context, person), _standing(context, person)
    back = None
    if absences:
        begins = moment_of(absences[0].first, available.begins, person.timezone)
        back = local_day(available.opens(max(begins, context.now)), person.timezone)
    own = context.tx.preferences.get(person.id)
    return AbsenceCard(
        person=person,
        said=said,
        absences=absences,
        back=back,
        backup=context.tx.people.get(own.backup_id) if own.backup_id else None,
        is_own=person.id == context.actor.id,
    )
