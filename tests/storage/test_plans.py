"""What is asked all the time is answered by an index, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from bot.readiness.notices import Notice, NoticeKind
from storage import assessments, mapping
from storage.calendar import APPOINTMENT
from storage.due import OUTBOX, SLOT
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.storage.explained import gather_figures, plans
from tests.storage.values import ADA, ASSESSMENT, PROJECT, fill

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SENT = 3_000
WAITING = 300
"""So many that reading all of them in another index's order cannot pay."""


def _stock(engines: Engines, store: Store) -> str:
    """A tenant with a long past: many messages sent, some waiting for tomorrow."""
    with store.writing(ADA) as tx:
        fill(tx)
        tx.notices.put(Notice("later", NoticeKind.RESULT, "m1", person_id="ada", due_at=NOW + timedelta(1)))
        tenant = tx.tenant_id
    sent = {
        "tenant_id": tenant,
        "kind": "result",
        "subject": "s",
        "person_id": "ada",
        "parameters": {},
        "platform": "slack",
        "installation": "T1",
        "due_at": NOW - timedelta(9),
        "done_at": NOW - timedelta(9),
        "state": "sent",
        "attempts": 1,
    }
    with engines.writing.begin() as connection:
        rows = [{**sent, "key": f"k{number}", "stream": f"s{number % 500}"} for number in range(SENT)]
        connection.execute(insert(OUTBOX), rows)
        waits = {**sent, "due_at": NOW + timedelta(1), "done_at": None, "state": "pending", "attempts": 0}
        rows = [{**waits, "key": f"w{number}", "stream": f"s{number}"} for number in range(WAITING)]
        connection.execute(insert(OUTBOX), rows)
        done = {**mapping.assessment_columns(ASSESSMENT), "tenant_id": tenant, "state": "complete"}
        connection.execute(insert(assessments.ASSESSMENT), [{**done, "id": f"x{number}"} for number in range(SENT)])
        later = NOW + timedelta(1)
        date = {"tenant_id": tenant, "kind": "deadline", "step": 0, "at": later, "due_at": later, "attempts": 0}
        connection.execute(insert(APPOINTMENT), [{**date, "subject": f"x{number}"} for number in range(SENT)])
        slots = [{"tenant_id": tenant, "stream": f"s{number}", "free_at": NOW} for number in range(500)]
        connection.execute(insert(SLOT), slots)
    gather_figures(engines)
    return tenant


def _held(store: Store) -> None:
    with store.reading(ADA) as tx:
        tx.notices.held("here")


def _ledger(store: Store) -> None:
    with store.reading(ADA) as tx:
        tx.notices.of_person("bob", 20)


def _backlog(store: Store) -> None:
    with store.reading(ADA) as tx:
        tx.notices.backlog(NOW)


@pytest.mark.parametrize(
    ("act", "indexes", "tables"),
    [
        (lambda store, outbox: outbox.claim(NOW, 10, timedelta(1)), ["ix_outbox_due"], ["outbox"]),
        (lambda store, outbox: outbox.next_due(NOW), ["ix_outbox_due"], ["outbox"]),
        (
            lambda store, outbox: outbox.claim(NOW + timedelta(1), 10, timedelta(1)),
            ["ix_outbox_due", "ix_outbox_open"],
            ["outbox"],
        ),
        (lambda store, outbox: store.due(NOW), ["ix_appointment_due_at"], ["appointment"]),
        (lambda store, outbox: _held(store), ["ix_outbox_held"], ["outbox"]),
        (lambda store, outbox: _ledger(store), ["ix_outbox_person"], ["outbox"]),
        (lambda store, outbox: _backlog(store), ["ix_outbox_due"], ["outbox"]),
    ],
    ids=["idle claim", "next due", "busy claim", "what is due", "held", "ledger", "backlog"],
)
def test_what_every_tick_asks_is_answered_by_an_index(
    engines: Engines,
    store: Store,
    act: Callable[[Store, Outbox], object],
    indexes: list[str],
    tables: list[str],
) -> None:
    _stock(engines, store)
    plan = plans(engines, lambda: act(store, Outbox(engines)))
    for index in indexes:
        assert index in plan, plan
    for table in tables:
        assert f"Seq Scan on {table}" not in plan, plan
        assert f"SCAN {table}\n" not in plan + "\n", plan


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_reads_no_slot_when_nothing_is_due(engines: Engines, store: Store) -> None:
    _stock(engines, store)
    plan = plans(engines, lambda: Outbox(engines).claim(NOW, 10, timedelta(1)), "EXPLAIN ANALYZE ")
    (slots,) = [line for line in plan.splitlines() if " on send_slot" in line]
    assert "(never executed)" in slots, plan


@pytest.mark.parametrize("count", [1, 40])
def test_a_list_of_projects_costs_two_statements_whatever_its_length(
    engines: Engines, store: Store, count: int
) -> None:

    with store.writing(ADA) as tx:
        fill(tx)
        for number in range(count):
            tx.projects.add(replace(PROJECT, id=f"x{number}", key=f"x{number}"))
    asked = []
    with store.reading(ADA) as tx:
        event.listen(engines.reading, "before_cursor_execute", lambda *call: asked.append(call[2]))
        assert len(tx.projects.active()) == count + 1
    assert len(asked) == 2


def test_statements_that_every_request_runs_are_put_together_once(engines: Engines, store: Store) -> None:
    keys: list[object] = []
    with store.writing(ADA) as tx:
        fill(tx)
    for engine in engines:
        event.listen(engine, "before_execute", lambda _connection, statement, *_: keys.append(statement))
    for _ in range(2):
        with store.writing(ADA) as tx:
            person = tx.people.get("ada")
            assert tx.people.of_account(person.account) == person
            tx.people.save(person)
            tx.first_arrival("k1")
    half = len(keys) // 2
    assert half >= 4
    assert all(first is second for first, second in zip(keys[:half], keys[half:], strict=True))


def test_a_prepared_statement_stays_with_its_tenant(engines: Engines, store: Store) -> None:
    stranger = replace(ADA, installation="T2")
    with store.writing(ADA) as tx:
        fill(tx)
        person = tx.people.get("ada")
    with store.writing(stranger) as tx:
        assert tx.people.of_account(person.account) is None
        with pytest.raises(KeyError):
            tx.people.get("ada")
        with pytest.raises(KeyError):
            tx.people.save(person)
    with store.reading(ADA) as tx:
        assert tx.people.get("ada") == person
