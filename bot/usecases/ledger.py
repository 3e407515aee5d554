"""What was sent, what waits and what failed: for admins over everything, for everybody about themselves."""

from bot.chat.incoming import Command, Press
from bot.readiness.cards import Act, Done
from bot.readiness.ledger import ENTRIES_SHOWN, HELD_SHOWN, DeliveryCard, Entry, HeldEntry, LedgerCard
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import people
from bot.usecases.ports import Context


def delivery(context: Context, command: Command) -> DeliveryCard | LedgerCard:
    """With a person: the last things owed to them. Without: what waits for a repair, for admins; else one's own."""
    named = people.accounts_named(command.text)
    if named:
        return _of_person(context, named[0])
    if context.actor.is_admin:
        return _overall(context)
    return _ledger(context, context.actor.id)


def release(context: Context, press: Press) -> Done:
    """Send one held message again; for admins."""
    people.require_admin(context)
    try:
        context.tx.notices.get(press.value)
    except KeyError:
        raise Refused(Refusal.UNKNOWN_PRESS) from None
    if not context.tx.notices.release_one(press.value):
        return Done(Act.ALREADY_DONE, {"project": ""})
    context.tx.record("notice.released", press.value, context.actor.id, {})
    return Done(Act.SENT_AGAIN)


def _of_person(context: Context, account: str) -> LedgerCard:
    person = context.tx.people.of_account(account)
    if person is None or person.id != context.actor.id:
        people.require_admin(context)
    if person is None:
        raise Refused(Refusal.NO_SUCH_PERSON, name=account)
    return _ledger(context, person.id)


def _ledger(context: Context, person_id: str) -> LedgerCard:
    entries = context.tx.notices.of_person(person_id, ENTRIES_SHOWN) if person_id else ()
    person = context.tx.people.get(person_id) if person_id else context.actor
    return LedgerCard(person, tuple(entries), context.actor.timezone, may_release=context.actor.is_admin)


def _overall(context: Context) -> DeliveryCard:
    held = context.tx.notices.all_held(HELD_SHOWN)
    return DeliveryCard(
        held=tuple(_whose(context, entry) for entry in held),
        backlog=context.tx.notices.backlog(context.now),
        token_fault=context.tx.notices.token_fault() or "",
        zone=context.actor.timezone,
    )


def _whose(context: Context, entry: Entry) -> HeldEntry:
    notice = entry.notice
    return HeldEntry(
        entry,
        person=context.tx.people.get(notice.person_id) if notice.person_id else None,
        place=context.tx.places.get(notice.place_id) if notice.place_id else None,
    )
