"""Who owes something is reminded once a week, at their own hour, with what waits for them then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.preferences import Absence
from bot.usecases import reminders
from bot.usecases.ports import Context
from tests.world import World, account

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
MONDAY_NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""In Berlin, where everybody of this world lives."""
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
def asked(world: World) -> World:
    """Olivia is asked about Churn on a Wednesday, and has a month for it."""
    world.clock.at = WEDNESDAY
    world.found()
    world.send("ada", "settings", "", {"working_days": "30"})
    world.deliver()
    world.command("olivia", "start churn")
    world.deliver()
    world.messenger.posts.clear()
    return world


def appointment(world: World, handle: str = "olivia") -> Appointment | None:
    def look(tx: Any) -> Appointment | None:
        found: Appointment | None = tx.appointments.of(
            AppointmentKind.REMINDER, tx.people.of_account(account(handle)).id
        )
        return found

    return world.read(look)


def at(world: World, moment: datetime) -> list[str]:
    """What Olivia gets at a moment."""
    world.clock.at = moment
    world.tick()
    world.deliver()
    got = list(world.messenger.said_to(account("olivia")))
    world.messenger.posts.clear()
    return got


def away(world: World, first: date, last: date) -> None:
    with world.store.writing(world.who("ada")["actor"]) as tx:
        olivia = tx.people.of_account(account("olivia"))
        assert olivia is not None
        tx.absences.add(Absence(f"a{first}", olivia.id, first, last, olivia.id))


def soon(world: World, handle: str = "olivia") -> None:
    """What a re-assessment does that the calendar opens."""
    with world.store.of_tenant(world.read(lambda tx: tx.tenant_id), by_clock=True) as tx:
        olivia = tx.people.of_account(account(handle))
        assert olivia is not None
        context = Context(tx, olivia, world.conversation.library, world.clock.now())
        reminders.plan(context, [olivia.id], soon=True)
        reminders.settle(context)


def test_a_reminder_comes_every_monday_at_nine_while_something_is_owed(asked: World) -> None:
    for week in range(3):
        monday = MONDAY_NINE + week * WEEK
        assert at(asked, monday - timedelta(seconds=1)) == []
        (said,) = at(asked, monday)
        assert "Churn: 10 questions, until" in said
        assert at(asked, monday + HOUR) == []
    asked.answer_all("olivia", 2)
    assert appointment(asked) is None
    at(asked, asked.clock.at)
    assert at(asked, MONDAY_NINE + 3 * WEEK) == []


def test_the_profile_is_read_half_a_day_before(asked: World) -> None:
    planned = appointment(asked)
    assert planned is not None
    assert planned.at == MONDAY_NINE - timedelta(hours=12)
    at(asked, planned.at)
    following = appointment(asked)
    assert following is not None
    assert following.at == MONDAY_NINE


def test_what_brings_it_forward_comes_at_the_next_working_moment_and_the_week_keeps_its_own(asked: World) -> None:
    asked.clock.at = datetime(2026, 11, 26, 20, tzinfo=UTC)
    soon(asked)
    soon(asked)
    friday = datetime(2026, 11, 27, 8, tzinfo=UTC)
    assert at(asked, friday - HOUR) == []
    assert len(at(asked, friday)) == 1
    assert len(at(asked, MONDAY_NINE)) == 1


def test_none_comes_twice_on_one_day(asked: World) -> None:
    assert len(at(asked, MONDAY_NINE)) == 1
    asked.clock.later(hours=2)
    soon(asked)
    assert at(asked, MONDAY_NINE + 3 * HOUR) == []
    assert len(at(asked, MONDAY_NINE + timedelta(days=1))) == 1


def test_on_the_day_of_the_weekly_one_nothing_is_brought_forward(asked: World) -> None:
    asked.clock.at = datetime(2026, 11, 28, 12, tzinfo=UTC)
    soon(asked)
    assert len(at(asked, MONDAY_NINE)) == 1
    assert at(asked, MONDAY_NINE + 5 * HOUR) == []


def test_after_an_absence_one_reminder_comes_for_all_the_weeks(asked: World) -> None:
    away(asked, date(2026, 11, 28), date(2026, 12, 15))
    for day in range(16):
        assert at(asked, MONDAY_NINE + timedelta(days=day)) == []
    back = MONDAY_NINE + timedelta(days=16)
    assert len(at(asked, back)) == 1
    assert len(at(asked, MONDAY_NINE + 3 * WEEK)) == 1


def test_late_by_two_days_it_still_comes_and_by_more_it_is_left_out(asked: World) -> None:
    assert len(at(asked, MONDAY_NINE + timedelta(days=2))) == 1
    assert at(asked, MONDAY_NINE + WEEK + timedelta(days=2, minutes=1)) == []
    assert len(at(asked, MONDAY_NINE + 2 * WEEK)) == 1


def test_who_asked_for_none_gets_none(asked: World) -> None:
    asked.prefer("olivia", reminds=False)
    assert at(asked, MONDAY_NINE) == []
    assert appointment(asked) is None
