"""What still waits for somebody takes more of the same into one message, whoever delivers beside it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.readiness.notices import Notice, NoticeKind
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
    with store.of_tenant(tenant, by_clock=True) as tx:
        assert not tx.notices.join(FIRST, "rung")
        tx.notices.put(FIRST)
    return tenant


def claimed(engines: Engines) -> list[dict[str, str]]:
    """The parameters of what of this kind may be sent now."""
    claims = Outbox(engines).claim(NOW, 10, timedelta(minutes=1))
    return [dict(claim.notice.parameters) for claim in claims if claim.notice.kind is NoticeKind.ESCALATION]


def test_more_of_the_same_goes_into_what_waits(engines: Engines, store: Store, tenant: str) -> None:
    with store.of_tenant(tenant, by_clock=True) as tx:
        assert tx.notices.join(MORE, "rung")
        for other in (
            replace(MORE, parameters={"rung": "3"}),
            replace(MORE, subject="a2"),
            replace(MORE, person_id="bob"),
            replace(MORE, kind=NoticeKind.NUDGE),
        ):
            assert not tx.notices.join(other, "rung")
    assert claimed(engines) == [{"rung": "2", "i1": "x", "i2": "y"}]
    with store.of_tenant(tenant, by_clock=True) as tx:
        assert not tx.notices.join(replace(MORE, parameters={"rung": "2", "i3": "z"}), "rung")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_is_joined_is_not_read_before(engines: Engines, store: Store, tenant: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with store.of_tenant(tenant, by_clock=True) as tx:
            assert tx.notices.join(MORE, "rung")
            # Another process passes it by as long as this goes on.
            assert pool.submit(claimed, engines).result(timeout=30) == []
        assert claimed(engines) == [{"rung": "2", "i1": "x", "i2": "y"}]
