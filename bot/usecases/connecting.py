"""One person, several platforms: a code that is shown on one and typed on the other makes two accounts one person."""

import secrets
from datetime import timedelta

from bot.chat.incoming import Command
from bot.readiness.cards import ConnectCode, Connected
from bot.readiness.refusals import Refusal, Refused
from bot.usecases import reminders
from bot.usecases.ports import Context

LIVES = timedelta(minutes=15)
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without letters and digits that are taken for each other."""
LENGTH = 8


def connect(context: Context, command: Command) -> ConnectCode | Connected:
    """Without a word, a new code of one's own; with one, this account becomes that of whoever the code was shown to."""
    word = command.text.strip().replace("-", "").upper()
    if not word:
        return _shown(context)
    person_id = context.tx.people.of_code(word, context.now)
    if person_id is None:
        raise Refused(Refusal.NO_SUCH_CODE)
    return _joined(context, person_id)


def is_code(text: str) -> bool:
    """Whether words look like a code."""
    word = text.strip().replace("-", "").upper()
    return len(word) == LENGTH and set(word) <= set(ALPHABET)


def _shown(context: Context) -> ConnectCode:
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    context.tx.people.keep_code(context.actor.id, code, context.now + LIVES)
    return ConnectCode(f"{code[:4]}-{code[4:]}", int(LIVES.total_seconds()) // 60)


def _joined(context: Context, person_id: str) -> Connected:
    people, other = context.tx.people, context.actor
    person = people.get(person_id)
    if person.id == other.id:
        raise Refused(Refusal.OWN_CODE)
    if person.account:
        raise Refused(Refusal.CONNECTED_ALREADY, name=person.name)
    if not people.is_blank(other.id):
        raise Refused(Refusal.HAS_HISTORY, name=other.name)
    reminders.forget(context, other.id)
    people.join(other.id, person.id)
    context.tx.record("person.connected", person.id, person.id, {"joined": other.id})
    return Connected(person)
