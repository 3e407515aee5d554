"""What failed leaves nothing, what only reads writes nothing, and whoever speaks keeps their tenant and person."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person
from storage.bound import WritingRefused
from storage.engine import Engines
from storage.store import Store, Transaction
from tests.storage.values import (
    ADA,
    BOB,
    EVE,
    NOTICE,
    PERSON,
    fill,
)


@pytest.mark.parametrize(
    ("change", "stored"),
    [
        (lambda tx: tx.people.add(PERSON), "person"),
        (lambda tx: tx.notices.put(replace(NOTICE, key="n2")), "outbox"),
        (lambda tx: tx.first_arrival("k"), "inbox"),
        (lambda tx: tx.record("a", "b", "c", {}), "audit_event"),
    ],
)
def test_a_failed_transaction_leaves_nothing(
    engines: Engines, store: Store, change: Callable[[Transaction], object], stored: str
) -> None:
    with store.writing(EVE) as tx:
        fill(tx)
    count = text(f"SELECT count(*) FROM {stored}")
    with engines.reading.begin() as connection:
        before = connection.execute(count).scalar()

    def fail() -> None:
        with store.writing(EVE if stored == "outbox" else ADA) as tx:
            change(tx)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with engines.reading.begin() as connection:
        assert connection.execute(count).scalar() == before
        assert connection.execute(text("SELECT count(*) FROM installation")).scalar() == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda tx: tx.people.add(PERSON),
        lambda tx: tx.people.save(PERSON),
        lambda tx: tx.notices.put(NOTICE),
        lambda tx: tx.notices.release("here"),
        lambda tx: tx.first_arrival("k"),
        lambda tx: tx.record("a", "b", "c", {}),
    ],
)
def test_a_transaction_for_reading_refuses_to_write(store: Store, write: Callable[[Transaction], object]) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    with store.reading(ADA) as tx, pytest.raises(WritingRefused):
        write(tx)


def test_the_database_itself_refuses_to_write_on_the_reading_engine(engines: Engines) -> None:
    with pytest.raises(DBAPIError, match=r"read-only|readonly"), engines.reading.begin() as connection:
        connection.execute(text("DELETE FROM inbox"))


def test_an_installation_keeps_its_tenant(store: Store) -> None:
    tenants = []
    for actor in (ADA, Actor("slack", "T1", "U9"), EVE, Actor("teams", "T1", "U1")):
        with store.writing(actor) as tx:
            tenants.append(tx.tenant_id)
    assert tenants[0] == tenants[1]
    assert len(set(tenants)) == 3
    with pytest.raises(KeyError), store.of_tenant("unknown"):
        pass


def test_an_account_belongs_to_one_person(store: Store) -> None:
    with store.writing(ADA) as tx:
        tx.people.add(Person("ada", "Ada"))
        tx.people.save(replace(PERSON, account="U1"))
        assert tx.people.of_account("U1") == PERSON
    with pytest.raises(IntegrityError), store.writing(ADA) as tx:
        tx.people.add(replace(BOB, account="U1"))


def test_an_inbound_key_arrives_once_per_tenant(store: Store) -> None:
    for expected in (True, False):
        with store.writing(ADA) as tx:
            assert tx.first_arrival("k") is expected
    with store.writing(EVE) as tx:
        assert (tx.first_arrival("k"), tx.first_arrival("k")) == (True, False)
