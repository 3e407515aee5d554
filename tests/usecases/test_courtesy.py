"""What a date brings goes out in its reader's working hours, within the budget of the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.readiness.notices import Notice, NoticeKind
from bot.readiness.preferences import Absence, Preferences
from tests.world import World, account

SATURDAY = datetime(2026, 11, 28, 12, tzinfo=UTC)
MONDAY_NINE = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""In Berlin, where everybody of this world lives."""


@pytest.fixture
def asked(world: World) -> World:
    """Olivia owes answers; on a Saturday."""
    world.found()
    world.command("olivia", "start churn")
    world.deliver()
    world.messenger.posts.clear()
    world.clock.at = SATURDAY
    return world


def nudge(world: World, number: int = 1, *, by_clock: bool = True) -> None:
    interview, olivia = world.interview("olivia"), person(world)
    notice = Notice(f"n{number}", NoticeKind.NUDGE, interview.id, person_id=olivia, parameters={"by": olivia})
    tenant = world.read(lambda tx: tx.tenant_id)
    with world.store.of_tenant(tenant, by_clock=by_clock) as tx:
        tx.notices.put(notice)


def person(world: World) -> str:
    return str(world.read(lambda tx: tx.people.of_account(account("olivia"))).id)


def prefer(world: World, **own: Any) -> None:
    with world.store.writing(world.who("ada")["actor"]) as tx:
        tx.preferences.save(person(world), Preferences(**own))


def arrivals(world: World) -> int:
    world.deliver()
    return len(world.messenger.said_to(account("olivia")))


def row(world: World, key: str = "n1") -> tuple[object, ...]:
    with world.engines.reading.connect() as connection:
        asked = text("SELECT state, postponed, attempts, first_tried_at FROM outbox WHERE key = :key")
        return tuple(connection.execute(asked, {"key": key}).one())


def test_what_a_person_asked_for_comes_at_any_hour(asked: World) -> None:
    nudge(asked, by_clock=False)
    assert arrivals(asked) == 1


def test_what_the_clock_brings_waits_for_monday_morning_untried(asked: World) -> None:
    nudge(asked)
    assert arrivals(asked) == 0
    assert row(asked) == ("pending", "day_off", 0, None)
    asked.clock.at = MONDAY_NINE - timedelta(seconds=1)
    assert arrivals(asked) == 0
    asked.clock.at = MONDAY_NINE
    assert arrivals(asked) == 1
    assert row(asked)[:3] == ("sent", "day_off", 1)


def test_own_hours_days_and_absence_go_first(asked: World) -> None:
    prefer(asked, days=frozenset({1}), begins=time(13), ends=time(15))
    with asked.store.writing(asked.who("ada")["actor"]) as tx:
        tx.absences.add(Absence("a", person(asked), date(2026, 12, 1), date(2026, 12, 6), person(asked)))
    nudge(asked)
    for moment, why in [(SATURDAY, "day_off"), (datetime(2026, 12, 1, 14, tzinfo=UTC), "day_off")]:
        asked.clock.at = moment
        assert arrivals(asked) == 0
        assert row(asked)[1] == why
    asked.clock.at = datetime(2026, 12, 8, 13, tzinfo=UTC)
    assert arrivals(asked) == 1


def test_an_absence_said_after_it_was_planned_still_holds(asked: World) -> None:
    nudge(asked)
    assert arrivals(asked) == 0
    with asked.store.writing(asked.who("ada")["actor"]) as tx:
        tx.absences.add(Absence("a", person(asked), date(2026, 11, 30), date(2026, 11, 30), person(asked)))
    asked.clock.at = MONDAY_NINE
    assert arrivals(asked) == 0
    assert row(asked)[1] == "away"
    asked.clock.at = MONDAY_NINE + timedelta(days=1)
    assert arrivals(asked) == 1


def test_no_more_than_the_budget_of_a_day(asked: World) -> None:
    with asked.store.writing(asked.who("ada")["actor"]) as tx:
        tx.settings.save(replace(tx.settings.get(), messages_a_day=2))
    asked.clock.at = MONDAY_NINE
    for number in range(5):
        nudge(asked, number)
    nudge(asked, 9, by_clock=False)
    found = []
    for day in range(4):
        asked.clock.at = MONDAY_NINE + timedelta(days=day)
        found.append(arrivals(asked))
    assert found == [3, 5, 6, 6]  # what was asked for is not counted
    assert row(asked, "n4")[1] == "budget"


def test_what_may_have_arrived_is_looked_for_at_any_hour(asked: World) -> None:
    asked.clock.at = MONDAY_NINE
    nudge(asked)
    with asked.engines.writing.begin() as connection:
        connection.execute(
            text("UPDATE outbox SET state = 'sending', attempts = 1, first_tried_at = :at WHERE key = 'n1'"),
            {"at": MONDAY_NINE.replace(tzinfo=None) if asked.engines.writing.dialect.name == "sqlite" else MONDAY_NINE},
        )
    asked.clock.at = SATURDAY + timedelta(days=7)
    asked.deliver()
    assert asked.messenger.looked_for == ["n1"]
    assert row(asked)[0] == "sent"
