"""What still waits for somebody takes more of the same into one message, whoever puts and delivers beside it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from bot.readiness.notices import Notice, NoticeKind
from storage.due import OUTBOX
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.storage.values import ADA, fill

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST = Notice("e1", NoticeKind.ESCALATION, "a1", person_id="ada", parameters={"rung": "2", "i1": "x"})
MORE = replace(FIRST, key="e2", parameters={"rung": "2", "i2": "y"})


@pytest.fixture
def tenant(store: Store) -> str:
    with store.writing(ADA) as tx:
        fill(tx)
        tenant: str = tx.tenant_id
    return tenant


def gather(store: Store, tenant: str, *several: Notice) -> None:
    with store.of_tenant(tenant, by_clock=True) as tx:
        tx.notices.gather(several, "rung")


def waiting(store: Store, tenant: str, *person_ids: str) -> list[dict[str, str]]:
    """The parameters of what of this kind waits for them, oldest first."""
    with store.of_tenant(tenant) as tx:
        found = [entry for each in person_ids for entry in reversed(tx.notices.of_person(each, 20))]
    return [dict(entry.notice.parameters) for entry in found if entry.notice.kind is NoticeKind.ESCALATION]


def claimed(engines: Engines) -> list[dict[str, str]]:
    """The parameters of what of this kind may be sent now."""
    claims = Outbox(engines).claim(NOW, 10, timedelta(minutes=1))
    return [dict(claim.notice.parameters) for claim in claims if claim.notice.kind is NoticeKind.ESCALATION]


def test_more_of_the_same_goes_into_what_waits(engines: Engines, store: Store, tenant: str) -> None:
    gather(store, tenant, FIRST)
    gather(store, tenant, MORE)
    assert waiting(store, tenant, "ada") == [{"rung": "2", "i1": "x", "i2": "y"}]
    assert claimed(engines) == [{"rung": "2", "i1": "x", "i2": "y"}]
    gather(store, tenant, replace(MORE, key="e3", parameters={"rung": "2", "i3": "z"}))
    assert waiting(store, tenant, "ada")[1:] == [{"rung": "2", "i3": "z"}], "what is being sent takes no more"


def test_what_is_put_in_one_transaction_is_one_message(store: Store, tenant: str) -> None:
    gather(store, tenant, FIRST, MORE)
    assert waiting(store, tenant, "ada") == [{"rung": "2", "i1": "x", "i2": "y"}]


@pytest.mark.parametrize(
    "other",
    [
        replace(MORE, parameters={"rung": "3"}),
        replace(MORE, subject="a2"),
        replace(MORE, person_id="bob"),
        replace(MORE, kind=NoticeKind.UNKNOWN),
    ],
    ids=["another rung", "another subject", "another reader", "another kind"],
)
def test_what_is_not_alike_is_another_message(store: Store, tenant: str, other: Notice) -> None:
    gather(store, tenant, FIRST, other)
    assert {"rung": "2", "i1": "x"} in waiting(store, tenant, "ada")


def test_what_waits_for_a_repair_takes_more_as_well(engines: Engines, store: Store, tenant: str) -> None:
    gather(store, tenant, FIRST)
    outbox = Outbox(engines)
    (claim,) = [each for each in outbox.claim(NOW, 10, timedelta(1)) if each.notice.kind is NoticeKind.ESCALATION]
    outbox.hold(claim, "not_in_channel", NOW)
    gather(store, tenant, MORE)
    assert waiting(store, tenant, "ada") == [{"rung": "2", "i1": "x", "i2": "y"}]
    with store.of_tenant(tenant) as tx:
        assert tx.notices.release_person("ada", [NoticeKind.ESCALATION]) == 1


def test_who_moved_to_another_account_has_another_message(engines: Engines, store: Store, tenant: str) -> None:
    """Only the slot of the new one is held: the message to the old account may be on its way."""
    gather(store, tenant, FIRST)
    with engines.writing.begin() as connection:
        there = OUTBOX.c.kind == NoticeKind.ESCALATION.value
        connection.execute(OUTBOX.update().where(there).values(stream="teams:M1:elsewhere"))
    gather(store, tenant, MORE)
    assert waiting(store, tenant, "ada") == [{"rung": "2", "i1": "x"}, {"rung": "2", "i2": "y"}]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_is_joined_is_not_read_before(engines: Engines, store: Store, tenant: str) -> None:
    gather(store, tenant, FIRST)
    with ThreadPoolExecutor(1) as pool:
        with store.of_tenant(tenant, by_clock=True) as tx:
            tx.notices.gather([MORE], "rung")
            # Another process passes it by as long as this goes on.
            assert pool.submit(claimed, engines).result(timeout=30) == []
        assert claimed(engines) == [{"rung": "2", "i1": "x", "i2": "y"}]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_at_a_time_make_one_message_for_each_reader_and_nobody_waits_in_a_ring(store: Store, tenant: str) -> None:
    """Both tell the same two, in contrary order."""
    ready = Barrier(2)

    def tell(number: int, readers: Sequence[str]) -> None:
        with store.of_tenant(tenant, by_clock=True) as tx:
            ready.wait(30)
            told = [replace(FIRST, key=f"{number}{each}", person_id=each) for each in readers]
            tx.notices.gather([replace(each, parameters={"rung": "2", f"i{number}": ""}) for each in told], "rung")

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(tell, 1, ("ada", "bob")), pool.submit(tell, 2, ("bob", "ada"))]
            for each in both:
                each.result(timeout=60)
    assert waiting(store, tenant, "ada", "bob") == [{"rung": "2", "i1": "", "i2": ""}] * 2
