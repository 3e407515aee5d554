"""What nobody asked for goes out in its reader's working hours, and not too much of it on one day."""

from dataclasses import dataclass
from datetime import datetime

from bot.readiness.availability import Closed
from bot.readiness.local_time import local_day, midnight
from bot.usecases.availability import availability_of
from bot.usecases.ports import Context


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now: until when, and why."""

    until: datetime
    why: Closed


def wait_of(context: Context) -> Wait | None:
    """Whether an unasked message for the actor must wait at this moment; None when it may go out."""
    available = availability_of(context, context.actor)
    why = available.why_closed(context.now)
    if why is not None:
        return Wait(available.opens(context.now), why)
    today = midnight(local_day(context.now, available.zone), available.zone)
    got = context.tx.notices.unasked_since(context.actor.id, today)
    if got >= context.tx.settings.get().messages_a_day:
        return Wait(available.next_day(context.now), Closed.BUDGET)
    return None
