"""When a person may be written to: their own word goes before the organization's."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial

from bot.readiness.assessment import Person
from bot.readiness.availability import Availability
from bot.usecases.ports import Context


def availability_of(context: Context, person: Person) -> Availability:
    """The working time of a person as it is set now."""
    own, everybody = context.tx.preferences.get(person.id), context.tx.settings.get()
    region = everybody.region if own.region is None else own.region
    return Availability(
        zone=person.timezone,
        begins=own.begins or everybody.begins,
        ends=own.ends or everybody.ends,
        days=everybody.days if own.days is None else own.days,
        holidays=partial(_holidays, context, region),
        closed=everybody.closed,
        absences=tuple(context.tx.absences.of_person(person.id, context.now.date() - timedelta(days=1))),
        snoozed_until=own.snoozed_until,
    )


def _holidays(context: Context, region: str, year: int) -> Mapping[date, str]:
    return context.library.holidays(region, year) if region else {}


def office_of(context: Context, person: Person) -> Availability:
    """The organization's working time where a person lives: when their project's channel may be written to."""
    everybody = context.tx.settings.get()
    return Availability(
        zone=person.timezone,
        begins=everybody.begins,
        ends=everybody.ends,
        days=everybody.days,
        holidays=partial(_holidays, context, everybody.region),
        closed=everybody.closed,
    )
