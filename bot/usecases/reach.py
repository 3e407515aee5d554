"""What keeps people who are waited for from hearing of it: absence, no reminders, a week skipped."""

from collections.abc import Iterable

from bot.readiness.assessment import Person
from bot.readiness.local_time import local_day
from bot.readiness.reminding import week_of
from bot.readiness.schedule_cards import Reach
from bot.usecases.ports import Context


def reach_of(context: Context, person: Person) -> Reach:
    """How one person is reached today, in their own zone."""
    today = local_day(context.now, person.timezone)
    own = context.tx.preferences.get(person.id)
    ends = [each.last for each in context.tx.absences.of_person(person.id, today) if each.covers(today)]
    return Reach(
        person=person,
        away_until=max(ends, default=None),
        backup=context.tx.people.get(own.backup_id) if own.backup_id else None,
        reminds=own.reminds,
        skip_reason=own.skip_reason if own.skipped_week == week_of(today) else "",
    )


def hindered(context: Context, persons: Iterable[Person]) -> tuple[Reach, ...]:
    """Those of these people of whom there is something to say."""
    return tuple(reach for person in persons if (reach := reach_of(context, person)).is_hindered)
