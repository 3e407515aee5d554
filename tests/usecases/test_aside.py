"""A look ahead takes its time, and nothing waits for it."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.courier import Courier
from bot.dispatch import ASIDE_RETRY, LEASE, Dispatcher
from bot.readiness.simulation import Simulation
from tests.world import InPlace, World, account

OLIVIA, MEI = account("olivia"), account("mei")


@dataclass
class SlowSimulator:
    """Finds nothing, once it is let go; `fault` is raised instead."""

    go: asyncio.Event = field(default_factory=asyncio.Event)
    fault: Exception | None = None
    begun: int = 0

    async def simulate(self, tenant_id: str, begins: datetime, days: int) -> Simulation | None:
        self.begun += 1
        await self.go.wait()
        if self.fault:
            raise self.fault
        return Simulation(begins, begins + timedelta(days=days), ())


@pytest.fixture
def asking(world: World) -> World:
    """Olivia has asked for a look ahead."""
    world.found()
    world.deliver()
    world.command("olivia", "simulate 14d")
    return world


def dispatcher(world: World, simulator: SlowSimulator) -> Dispatcher:
    return Dispatcher(
        outbox=world.outbox,
        store=world.store,
        library=world.conversation.library,
        messengers={"slack": world.messenger},
        clock=world.clock,
        core=InPlace(),
        pace=timedelta(0),
        simulator=simulator,
    )


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def ahead(world: World, user: str) -> list[str]:
    return [said for said in world.messenger.said_to(user) if said.startswith("Nothing would come")]


def free_at(world: World) -> set[str]:
    with world.engines.reading.connect() as connection:
        return {str(row[0]) for row in connection.execute(text("SELECT free_at FROM send_slot"))}


def test_other_messages_go_out_while_it_runs_those_of_the_same_person_as_well(asking: World) -> None:
    async def play() -> None:
        simulator = SlowSimulator()
        sending = dispatcher(asking, simulator)
        await sending.drain()
        asking.command("olivia", "start churn")
        await sending.drain()
        assert "question 1 of 10" in asking.messenger.said_to(OLIVIA)[-1]
        assert ahead(asking, OLIVIA) == []
        simulator.go.set()
        await sending.aside.finish()
        assert len(ahead(asking, OLIVIA)) == 1

    run(play())


def test_a_second_one_waits_for_its_turn(asking: World) -> None:
    async def play() -> None:
        simulator = SlowSimulator()
        sending = dispatcher(asking, simulator)
        asking.command("mei", "simulate 14d")
        await sending.drain()
        simulator.go.set()
        await sending.aside.finish()
        assert simulator.begun == 1
        asking.clock.at += ASIDE_RETRY
        await sending.drain()
        await sending.aside.finish()
        assert (len(ahead(asking, OLIVIA)), len(ahead(asking, MEI))) == (1, 1)

    run(play())


def test_the_claim_stays_ours_for_as_long_as_it_takes(asking: World) -> None:
    async def play() -> None:
        simulator, lease = SlowSimulator(), timedelta(seconds=0.1)
        sending = replace(dispatcher(asking, simulator), lease=lease)
        await sending.drain()
        before = free_at(asking)
        asking.clock.at += lease
        while free_at(asking) == before:
            await asyncio.sleep(0.01)
        assert asking.outbox.claim(asking.clock.at, 10, lease) == ()
        simulator.go.set()
        await sending.aside.finish()
        assert len(ahead(asking, OLIVIA)) == 1

    run(play())


def test_one_that_was_ended_is_taken_up_again_once_its_lease_is_over(asking: World) -> None:
    async def play() -> None:
        simulator = SlowSimulator()
        courier = Courier(dispatcher(asking, simulator))
        stop = asyncio.Event()
        working = asyncio.create_task(courier.deliver_until(stop))
        while not simulator.begun:
            await asyncio.sleep(0)
        stop.set()
        courier.wake()
        await working
        assert not courier.dispatcher.aside.is_busy

        later = dispatcher(asking, simulator)
        asking.clock.at += LEASE
        simulator.go.set()
        await later.drain()
        await later.aside.finish()
        assert len(ahead(asking, OLIVIA)) == 1

    run(play())


def test_what_cannot_be_found_out_is_said(asking: World) -> None:
    class Puzzled:
        async def simulate(self, tenant_id: str, begins: datetime, days: int) -> None:
            return None

    async def play() -> None:
        sending = dispatcher(asking, Puzzled())  # type: ignore[arg-type]
        await sending.drain()
        await sending.aside.finish()

    run(play())
    assert "I could not look 14 days ahead" in asking.messenger.said_to(OLIVIA)[-1]


def test_a_fault_of_ours_is_tried_again(asking: World, caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        simulator = SlowSimulator(fault=ZeroDivisionError("ours"))
        sending = dispatcher(asking, simulator)
        simulator.go.set()
        await sending.drain()
        await sending.aside.finish()
        simulator.fault = None
        asking.clock.at += LEASE
        await sending.drain()
        await sending.aside.finish()

    run(play())
    assert "delivery.broke" in caplog.text
    assert len(ahead(asking, OLIVIA)) == 1
