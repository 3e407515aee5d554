"""A copy holds all that a tenant has and nothing else, whichever database it comes from; it can be changed freely."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.preferences import Absence, Preferences
from storage.addresses import SHELVED
from storage.copied import copied
from storage.due import OUTBOX
from storage.engine import Engines
from storage.outbox import Outbox
from storage.people import PERSON
from storage.store import TENANT, Store
from storage.tables import Row
from tests.storage.values import ADA, EVE, NOW, fill


@pytest.fixture
def tenants(store: Store) -> tuple[str, str]:
    """Two organizations of the same content."""
    ids = []
    for actor in (ADA, EVE):
        with store.writing(actor) as tx:
            fill(tx)
            tx.appointments.set(Appointment(AppointmentKind.DEADLINE, "a1", NOW, "p1"))
            tx.preferences.save("bob", Preferences(days=frozenset({1, 2}), backup_id="ada"))
            tx.preferences.save("ada", Preferences())
            tx.people.keep_code("ada", "K7WXM2PD", NOW)
            tx.addresses.keep("29:1", {"conversation": "a:1"})
            tx.absences.add(Absence("x", "bob", date(2026, 3, 1), date(2026, 3, 9), "ada"))
            ids.append(tx.tenant_id)
    return ids[0], ids[1]


def rows(connection: Connection, tenant_id: str) -> dict[str, list[str]]:
    """Everything of one tenant, by table; but for files that wait to be fetched, which a copy leaves."""
    found = {}
    for table in (each for each in Row.metadata.sorted_tables if each is not SHELVED):
        owner = TENANT.c.id if table is TENANT else table.c.tenant_id
        found[table.name] = sorted(str(row) for row in connection.execute(select(*table.c).where(owner == tenant_id)))
    return found


def test_every_row_of_every_table_is_there_and_none_of_anybody_else(engines: Engines, tenants: tuple[str, str]) -> None:
    ours, theirs = tenants
    with copied(engines, ours) as copy, copy.reading.connect() as there, engines.reading.connect() as here:
        assert all(rows(here, ours).values()), "fill it, so that its copy is looked at"
        assert rows(there, ours) == rows(here, ours)
        assert not any(rows(there, theirs).values())


def test_what_is_changed_there_is_not_changed_here(engines: Engines, tenants: tuple[str, str]) -> None:
    ours, _ = tenants
    with engines.reading.connect() as here:
        before = rows(here, ours)
    with copied(engines, ours) as copy:
        with Store(copy).of_tenant(ours) as tx:
            tx.record("copy.changed", "p1", "ada", {})
        with copy.writing.begin() as there:
            there.execute(update(PERSON).values(name="Somebody else"))
            there.execute(delete(OUTBOX))
        with copy.reading.connect() as there:
            assert rows(there, ours)["outbox"] == []
    with engines.reading.connect() as here:
        assert rows(here, ours) == before


def test_it_works_like_any_database(engines: Engines, tenants: tuple[str, str]) -> None:
    ours, _ = tenants
    with copied(engines, ours) as copy:
        store, outbox = Store(copy), Outbox(copy)
        assert [tenant for tenant, _ in store.due(NOW)] == [ours]
        assert store.next_due() == NOW
        (claim,) = outbox.claim(NOW, 10, timedelta(minutes=1))
        outbox.sent(claim, "1.1", NOW, timedelta(0))
        assert outbox.next_due(NOW) is None
        # Keys, references and what is append-only hold there, too.
        with pytest.raises(IntegrityError), copy.writing.begin() as there:
            there.execute(update(OUTBOX).values(person_id="nobody", place_id=None))
        with pytest.raises(IntegrityError, match="append-only"), copy.writing.begin() as there:
            there.execute(delete(Row.metadata.tables["milestone"]))
        with copy.reading.connect() as there:
            assert there.execute(select(func.count()).select_from(OUTBOX)).scalar() == 1


def test_a_tenant_that_is_not_there_gives_an_empty_copy(engines: Engines, tenants: tuple[str, str]) -> None:
    with copied(engines, "nobody") as copy, copy.reading.connect() as there:
        assert not any(rows(there, "nobody").values())
        assert there.execute(select(func.count()).select_from(TENANT)).scalar() == 0
