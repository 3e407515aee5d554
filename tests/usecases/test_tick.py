"""Several processes tick on one database: every appointment is kept once, none is lost, nothing is locked for ever."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.offline import process_library
from bot.readiness.appointments import Appointment, AppointmentKind
from bot.tick import Ticker
from bot.usecases.ports import Context
from storage.store import Store
from tests.world import InPlace, World

PROJECTS = 12
SHARED = 1
"""What half of the projects share is counted once for all dates that came together."""
PAST_THE_DEADLINE = timedelta(days=30)


@pytest.fixture
def busy(world: World) -> World:
    """Many projects, all of them overdue; nothing else is due."""
    for number in range(PROJECTS):
        world.found(key=f"p{number}", name=f"Project {number}")
        world.command("olivia", f"start p{number}")
    world.only(AppointmentKind.DEADLINE)
    world.clock.later(days=PAST_THE_DEADLINE.days)
    return world


def ticker(world: World) -> Ticker:
    """One process: its own store and library on the same database."""
    return Ticker(Store(world.engines, now=world.clock.now), process_library(), world.clock, InPlace())


def milestones(world: World) -> list[tuple[str, int]]:
    with world.engines.reading.connect() as connection:
        per_project = text("SELECT project_id, count(*) FROM milestone GROUP BY project_id")
        return [(project, count) for project, count in connection.execute(per_project)]


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("processes", [2, 4])
def test_any_number_of_processes_keep_each_appointment_once(busy: World, processes: int) -> None:
    with ThreadPoolExecutor(processes) as pool:
        ticking = [pool.submit(lambda: asyncio.run(ticker(busy).tick())) for _ in range(processes)]
        kept = sum(each.result(timeout=60) for each in ticking)
    # A process that finds only what others have in hand goes home; the next tick takes what may be left.
    kept += asyncio.run(ticker(busy).tick())
    # And once or more what half of them share, which is counted after dates that came together.
    assert kept > PROJECTS
    assert [count for _, count in milestones(busy)] == [1] * PROJECTS
    assert busy.tick() == 0


def test_a_date_that_was_moved_in_the_meantime_is_not_kept(busy: World) -> None:
    with busy.store.writing(busy.who("ada")["actor"]) as tx:
        for appointment in tx.appointments.of_kind(AppointmentKind.DEADLINE):
            later = busy.clock.now() + timedelta(days=1)
            tx.appointments.set(Appointment(appointment.kind, appointment.subject, later, appointment.project_id))
    assert busy.tick() == 0
    assert milestones(busy) == []


def test_what_its_owner_closed_is_not_closed_again(busy: World) -> None:
    opened = busy.read(lambda tx: tx.assessments.open_of(busy.project("p0").id))
    busy.press("olivia", "close_assessment", opened.id)
    assert busy.tick() == PROJECTS - 1 + SHARED
    assert [count for _, count in milestones(busy)] == [1] * PROJECTS


def test_a_keeper_that_sets_no_later_date_is_found_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(context: Context, appointment: Appointment) -> None:
        context.tx.appointments.set(appointment)

    world.found()
    world.command("olivia", "start churn")
    world.only(AppointmentKind.DEADLINE)
    monkeypatch.setattr("bot.calendar.KEEPERS", {AppointmentKind.DEADLINE: forgetful})
    world.clock.later(days=PAST_THE_DEADLINE.days)
    with pytest.raises(ExceptionGroup, match="1 of 1"):
        world.tick()
