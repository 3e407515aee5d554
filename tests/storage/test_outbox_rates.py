"""A workspace takes so much and no more, from all workers together; another one does not wait for it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person, Place
from bot.readiness.notices import NoticeKind
from bot.usecases.ports import Claim, Rate
from storage.engine import Engines
from storage.outbox import Outbox
from storage.store import Store
from tests.storage.post import LEASE, NONE, NOW, notice

RATE = Rate(timedelta(milliseconds=200), burst=5)
RATES = {"slack": RATE}
MANY = 60


@pytest.fixture
def owed(store: Store) -> Store:
    """A message for each of many channels of one workspace, and two for another."""
    for team, count in (("T1", MANY), ("T2", 2)):
        with store.writing(Actor("slack", team, "U1")) as tx:
            for number in range(count):
                tx.places.add(Place(f"p{number}", f"C{number}"))
                tx.notices.put(notice(f"{team}:{number}", None, place_id=f"p{number}"))
    return store


def send(worker: Outbox, at: datetime, limit: int = 10) -> Sequence[Claim]:
    """What goes out at a moment."""
    sent: list[Claim] = []
    while claims := worker.claim(at, limit, LEASE, RATES):
        for claim in claims:
            worker.sent(claim, "ref", at, NONE)
        sent += claims
    return sent


def of_first(claims: Sequence[Claim]) -> int:
    return sum(claim.notice.key.startswith("T1") for claim in claims)


def test_a_burst_goes_at_once_and_then_one_each_interval(engines: Engines, owed: Store) -> None:
    worker = Outbox(engines)
    assert of_first(send(worker, NOW)) == RATE.burst
    found = [of_first(send(worker, NOW + timedelta(milliseconds=200 * step))) for step in range(1, 21)]
    assert found == [1] * 20
    assert of_first(send(worker, NOW + timedelta(hours=1))) == RATE.burst, "a rest earns a burst, and no more"


def test_no_window_holds_more_than_the_rate_and_a_burst(engines: Engines, owed: Store) -> None:
    worker, went = Outbox(engines), []
    for step in range(120):
        at = NOW + timedelta(milliseconds=130 * step)
        went += [at] * of_first(send(worker, at))
    assert len(went) == MANY
    for first in range(len(went)):
        for last in range(first, len(went)):
            window = went[last] - went[first]
            assert last - first + 1 <= window / RATE.interval + RATE.burst + 1


def test_another_workspace_does_not_wait_for_it(engines: Engines, owed: Store) -> None:
    sent = send(Outbox(engines), NOW)
    assert sorted(claim.notice.key for claim in sent if claim.notice.key.startswith("T2")) == ["T2:0", "T2:1"]


def test_who_waits_goes_before_what_the_clock_brought(engines: Engines, store: Store) -> None:
    """A person's answers bring the next question while a whole organization is reminded."""
    reminded = [Actor("slack", "T1", f"U{number}") for number in range(MANY)]
    for number, actor in enumerate(reminded):
        with store.writing(actor) as tx:
            tx.people.add(Person(f"q{number}", f"Q{number}", account=f"U{number}"))
            tenant = tx.tenant_id
    with store.of_tenant(tenant, by_clock=True) as tx:
        for number in range(MANY):
            tx.notices.put(notice(f"reminder:{number}", f"q{number}", kind=NoticeKind.REMINDER))
    worker = Outbox(engines)
    assert len(send(worker, NOW)) == RATE.burst
    for step in range(1, 4):
        with store.writing(reminded[-1]) as tx:
            tx.notices.put(notice(f"question:{step}", f"q{MANY - 1}"))
        (went,) = send(worker, NOW + step * RATE.interval)
        assert went.notice.key == f"question:{step}"


def test_what_nobody_waits_for_goes_by_half_bursts(engines: Engines, store: Store) -> None:
    """A claim costs more than a message; so a reminder waits until a claim brings several."""
    with store.writing(Actor("slack", "T1", "U1")) as tx:
        tenant = tx.tenant_id
        for number in range(MANY):
            tx.people.add(Person(f"q{number}", f"Q{number}", account=f"U{number}"))
    with store.of_tenant(tenant, by_clock=True) as tx:
        for number in range(MANY):
            tx.notices.put(notice(f"reminder:{number}", f"q{number}", kind=NoticeKind.REMINDER))
    worker = Outbox(engines)
    went = [len(send(worker, NOW + step * RATE.interval)) for step in range(9)]
    assert went == [RATE.burst, 0, 2, 0, 2, 0, 2, 0, 2]


def test_without_a_rate_nothing_is_held_back(engines: Engines, owed: Store) -> None:
    worker, sent = Outbox(engines), 0
    while claims := worker.claim(NOW, 10, LEASE):
        for claim in claims:
            worker.sent(claim, "ref", NOW, NONE)
        sent += len(claims)
    assert sent == MANY + 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_several_workers_share_it(engines: Engines, owed: Store) -> None:
    workers = [Outbox(engines) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda worker: of_first(send(worker, NOW, 3)), workers))
    assert sum(together) == RATE.burst
