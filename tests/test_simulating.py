"""A simulation in a process of its own, and on the command line: the same as here, or an honest "I could not"."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.apart import ProcessSimulator
from bot.command_line import BAD_INPUT, cli
from bot.offline import copies_of
from bot.readiness.simulation import Foreseen, Simulation
from bot.simulation import Simulator
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.world import World


@pytest.fixture
def world(engines: Engines, store: Store) -> World:
    """Olivia is asked about Churn."""
    made = World(store, Outbox(engines), engines)
    made.found()
    made.command("olivia", "start churn")
    return made


def here(world: World, days: int) -> Simulation:
    simulator = Simulator(copies_of(world.engines), world.conversation.library, world.conversation.admins)
    return asyncio.run(simulator.simulate(tenant(world), world.clock.now(), days))


def elsewhere(world: World, database_url: str, **options: Any) -> Simulation | None:
    simulator = ProcessSimulator(database_url, world.conversation.admins, **options)
    return asyncio.run(simulator.simulate(tenant(world), world.clock.now(), 14))


def told(message: Foreseen) -> str:
    keys = [project.key for project in message.projects]
    return repr((message.at, message.kind, message.person, message.place, keys, message.waited, message.end))


def tenant(world: World) -> str:
    return str(world.read(lambda tx: tx.tenant_id))


def child(program: str) -> Sequence[str]:
    return (sys.executable, "-c", program)


def test_the_child_finds_what_we_find(world: World, database_url: str) -> None:
    there = elsewhere(world, database_url)
    assert there is not None
    # Milestones that are made there have ids of their own.
    # The tick draws the order of one moment anew each time.
    assert sorted(map(told, there.messages)) == sorted(map(told, here(world, 14).messages))
    assert len(there.messages) > 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "program",
    ["raise SystemExit(3)", "import sys; sys.stdin.read(); sys.exit(1)", "import os; os.kill(os.getpid(), 9)"],
)
def test_a_child_that_breaks_gives_nothing(
    world: World, database_url: str, program: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert elsewhere(world, database_url, child=child(program)) is None
    assert "simulation.broke" in caplog.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_child_that_takes_too_long_is_ended(
    world: World, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    endless = child("import time\nwhile True: time.sleep(1)")
    assert elsewhere(world, database_url, child=endless, last_patience=0.5) is None
    assert "simulation.too_long days=14" in caplog.text


@pytest.fixture
def line(world: World, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """The command line on the world's database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("BRIDGEHEAD_DATA", str(tmp_path))
    world.clock.later(days=0)
    return lambda *words: CliRunner().invoke(cli, ["simulate", *words])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_line_prints_text_or_a_table(line: Any) -> None:
    text = line("30d")
    assert text.exit_code == 0, text.stderr
    assert text.stdout.startswith("What would come from ")
    assert "As if nobody answered" in text.stdout
    assert "Olivia" in text.stdout or "olivia" in text.stdout
    table = line("30d", "--csv")
    assert table.stdout.splitlines()[0] == "Date,Weekday,Time,Time zone,To,Message,Projects,Remarks"
    assert "a question,Churn," in table.stdout


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_line_names_a_mistake(line: Any) -> None:
    found = line("400d")
    assert found.exit_code == BAD_INPUT
    assert "1 to 366 days" in found.stderr
    assert "Name one with --workspace" in line("60d", "--workspace", "T9").stderr


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_looking_from_the_command_line_sends_nothing(line: Any, world: World) -> None:
    before = world.outbox_states()
    line("366d")
    assert world.outbox_states() == before
    assert world.outbox.next_due(world.clock.now() + timedelta(0)) == world.clock.now()
