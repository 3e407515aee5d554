"""Not now: a snooze, after which the reminder comes, and a week that is skipped with a reason the owner sees."""

from dataclasses import replace
from datetime import datetime

from bot.chat.incoming import Command, Press, Submit
from bot.readiness.local_time import local_day
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.readiness.reminding import week_of
from bot.readiness.schedule_cards import SkipForm, SkippedCard, SnoozeCard
from bot.readiness.typed_times import NotUnderstood, snooze_of
from bot.usecases import reminders
from bot.usecases.availability import availability_of
from bot.usecases.fields import word_of
from bot.usecases.ports import Context

REASON_LENGTH = 200
PRESSED = frozenset({"1h", "tomorrow"})
"""What the buttons of a reminder carry."""


def snooze(context: Context, command: Command) -> SnoozeCard:
    """Nothing unasked before then, and after it what waits. Raises Refused NOT_A_SNOOZE with the word."""
    if not command.text.strip():
        return _card(context)
    return _snoozed(context, command.text)


def pressed(context: Context, press: Press) -> SnoozeCard:
    """The same by a button of the reminder."""
    if press.value not in PRESSED:
        raise Refused(Refusal.UNKNOWN_PRESS)
    return _snoozed(context, press.value)


def skip_form(_context: Context, _press: Press) -> SkipForm:
    """Asks why."""
    return SkipForm()


def skip(context: Context, submit: Submit) -> SkippedCard:
    """No reminder any more this week; whoever waits for the person sees why. Raises FieldsRefused."""
    reason = word_of(submit.fields, "reason")
    if not reason or len(reason) > REASON_LENGTH:
        raise FieldsRefused({"reason": "too_long" if reason else "missing"})
    week = week_of(local_day(context.now, context.actor.timezone))
    own = context.tx.preferences.get(context.actor.id)
    context.tx.preferences.save(context.actor.id, replace(own, skipped_week=week, skip_reason=reason))
    context.tx.record("reminder.skipped", context.actor.id, context.actor.id, {"week": week})
    reminders.plan(context, [context.actor.id])
    reminders.settle(context)
    return SkippedCard(reminders.next_at(context, context.actor), context.actor.timezone)


def _snoozed(context: Context, text: str) -> SnoozeCard:
    try:
        until = snooze_of(text, context.now, context.actor.timezone)
    except NotUnderstood as fault:
        raise Refused(Refusal.NOT_A_SNOOZE, word=fault.word) from None
    own = context.tx.preferences.get(context.actor.id)
    context.tx.preferences.save(context.actor.id, replace(own, snoozed_until=until))
    if until is None:
        context.tx.notices.reconsider(context.actor.id)
        reminders.plan(context, [context.actor.id])
    else:
        reminders.again(context, context.actor.id)
    return _card(context)


def _card(context: Context) -> SnoozeCard:
    reminders.settle(context)
    return SnoozeCard(quiet_until(context), reminders.next_at(context, context.actor), context.actor.timezone)


def quiet_until(context: Context) -> datetime | None:
    """Until when the actor wanted nothing; what ends at night ends in the morning for its reader."""
    until = context.tx.preferences.get(context.actor.id).snoozed_until
    if until is None or until <= context.now:
        return None
    return availability_of(context, context.actor).opens(until)
