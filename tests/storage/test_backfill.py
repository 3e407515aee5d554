"""Data of before the portfolio: after the upgrade, and the calendar's dates, its tables say what a recount says."""

from collections.abc import Mapping
from typing import Any

from alembic import command
from sqlalchemy import text

from bot.usecases.people import by_settings
from bot.usecases.ports import Context
from storage.calendar import APPOINTMENT
from storage.engine import Engines
from storage.migrate import configuration, migrate
from storage.outbox import Outbox
from storage.store import Store
from tests.portfolio.overviews import LIBRARY, exported, numbers
from tests.portfolio.recounted import Recount
from tests.portfolio.test_tally import counted, kept
from tests.usecases.gaps import D1, D3, answer, ask, assessed, make_manager, waiver_of
from tests.world import World, said

BEFORE = "0021"
"""The last schema without a portfolio: no levels, no counts, no changes of stages, no names in small letters."""
WRITTEN = {
    "project": "id",
    "project_level": "project_id, dimension_id",
    "project_hold": "project_id",
    "stage_change": "project_id, sequence",
    "blocker": "id",
}
"""What milestones leave, in which order it is compared."""
LATER = {"counted", "stale_at", "summary_founded", "summary_compounding", "summary_changed_at"}
"""Of an archived project these are written once it is written again; nothing asks for them before."""


def test_what_was_there_before_the_portfolio_is_in_its_tables_after_the_upgrade(
    database_url: str, engines: Engines, store: Store
) -> None:
    world = World(store, Outbox(engines), engines)
    grown(world)
    before, told = tables(engines), overview(world)
    assert all(before.values()), "there is something of each"
    engines.dispose()
    command.downgrade(configuration(database_url), BEFORE)
    migrate(database_url)
    with engines.writing.begin() as connection:
        now = world.clock.now()
        to_keep = APPOINTMENT.update().where(APPOINTMENT.c.kind == "summary")
        dates = connection.execute(to_keep.values(at=now, due_at=now)).rowcount
    assert dates == len(["churn", "fraud", "claims", "notes"])
    world.tick()
    after = tables(engines)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert overview(world) == told
    with store.reading(world.who("ada")["actor"]) as tx:
        assert kept(tx) == counted(tx)
        assert told == Recount(exported(_context(world, tx))).overview()
        assert list(tx.portfolio.named(["größe & <b>maß</b>".casefold()])) == ["claims"]


def grown(world: World) -> None:
    """Results that rose, fell and stayed, what was taken on and waived, one never assessed and one archived."""
    churn = assessed(world, {D1: 1, D3: 1})
    assessed(world, 2, "fraud", exposure="2", target="4")
    assessed(world, 1, "claims", name="Größe & <b>Maß</b>", exposure="4", target="4")
    assessed(world, 3, "gone", exposure="1", target="3")
    world.found(name="Notes", key="notes", channel="Cnotes")
    world.clock.later(days=20)
    for key, levels in (("churn", {D1: 1, D3: 0}), ("fraud", 3), ("claims", 1)):
        answer(world, levels, key)
    make_manager(world, "mei")
    ask(world, f"{churn}|{D1}")
    assert "is waived" in said(world.press("mei", "approve_waiver", waiver_of(world, churn).id))
    assert "You have taken on" in said(world.press("olivia", "take", f"{churn}|{D3}"))
    world.press("olivia", "archive", world.project("gone").id)
    assert world.project("gone").archived_at is not None
    world.clock.later(days=3)
    world.deliver()


def tables(engines: Engines) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of what milestones leave."""
    found = {}
    with engines.reading.connect() as connection:
        for table, order in WRITTEN.items():
            rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY {order}")).mappings()
            found[table] = [_asked_for(dict(row)) for row in rows]
    return found


def _asked_for(row: dict[str, Any]) -> dict[str, Any]:
    is_archived = row.get("archived_at") is not None
    return {name: value for name, value in row.items() if not (is_archived and name in LATER)}


def overview(world: World) -> dict[str, Any]:
    """All its numbers; forecasts are not made anew."""
    with world.store.reading(world.who("ada")["actor"]) as tx:
        return numbers(_context(world, tx)) | {"forecasts": {}}


def _context(world: World, tx: Any) -> Context:
    ada = by_settings(tx.people.of_account("U0ADA"), world.conversation.admins)
    return Context(tx, ada, LIBRARY, world.clock.now(), admins=world.conversation.admins)
