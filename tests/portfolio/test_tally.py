"""The counts that are kept are those of the rows, whatever happens to projects, and however many change them."""

from collections import Counter
from dataclasses import replace
from random import Random
from threading import Thread

import pytest

from bot.readiness.assessment import Project
from storage import tally
from storage.engine import Engines
from storage.leverage import HOLD, _hold
from storage.portfolio import LEVEL
from storage.projects import PROJECT
from storage.store import Store, Transaction
from tests.portfolio.stocked import NOW, PEOPLE, put, random_stock
from tests.storage.test_leverage import random_hold
from tests.storage.values import ADA

NAMES = (
    *(tally.MEMBER, tally.FRAMEWORK, tally.BLOCKED, tally.BARRIER, tally.HELD),
    *(tally.HOLD, tally.RISE, tally.BARRIER_RISE),
)


def kept(tx: Transaction) -> dict[str, dict[str, int]]:
    """What the sums say."""
    sums = tally.read(tx._bound, *NAMES)
    return {each: dict(sums.of(each)) for each in NAMES}


def counted(tx: Transaction) -> dict[str, dict[str, int]]:
    """The same from every row there is."""
    sums: Counter[tally.Sort] = Counter()
    rows = tx._bound.rows(tx._bound.select(PROJECT))
    for row in rows:
        sums += tally.of_project(row._asdict())
    for levels in tx.portfolio.levels([row.id for row in rows]).values():
        sums += tally.of_levels(levels)
    for row in tx._bound.rows(tx._bound.select(HOLD)):
        sums += tally.of_hold(_hold(row))
    found: dict[str, dict[str, int]] = {what: {} for what in kept(tx)}
    for (what, which), count in sums.items():
        found[what][which] = count
    return found


def test_whatever_happens_the_counts_are_those_of_the_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "FOLDED_EVERY", 16)
    random = Random(2)
    there: dict[str, Project] = {}
    with store.writing(ADA) as tx:
        for person in PEOPLE:
            tx.people.add(person)
    for turn in range(80):
        stock = random_stock(random, 8)
        fresh = random.choice(stock.projects)
        with store.writing(ADA) as tx:
            if fresh.id in there:
                tx.projects.save(replace(fresh, archived_at=None if random.random() < 0.8 else NOW))
            else:
                tx.projects.add(fresh)
            there[fresh.id] = fresh
            tx.portfolio.save_levels(fresh.id, stock.levels[fresh.id])
            tx.holds.save(fresh.id, random_hold(random) if random.random() < 0.8 else None)
        if turn % 20 == 19:
            with store.reading(ADA) as tx:
                assert kept(tx) == counted(tx)
                assert len(tx._bound.rows(tx._bound.select(tally.TALLY))) < 200


def test_a_project_that_another_version_wrote_is_counted_once_it_is_written_again(
    engines: Engines, store: Store
) -> None:
    stock = random_stock(Random(4), 20)
    put(engines, store, stock)
    with engines.writing.begin() as connection:
        connection.execute(tally.TALLY.delete())
        connection.execute(LEVEL.delete())
        connection.execute(PROJECT.update().values(counted=False))
    with store.writing(ADA) as tx:
        assert kept(tx)[tally.MEMBER] == {}
        for _ in range(2):
            for each in stock.projects:
                tx.projects.save(each)
                tx.portfolio.save_levels(each.id, stock.levels[each.id])
        assert kept(tx) == counted(tx)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_who_save_at_a_time_wait_for_nobody_and_lose_nothing(
    engines: Engines, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "FOLDED_EVERY", 4)
    stock = random_stock(Random(6), 12)
    put(engines, store, stock)

    def save(seed: int) -> None:
        random = Random(seed)
        for _ in range(25):
            one = random.choice(stock.projects)
            with store.writing(ADA) as tx:
                tx.projects.lock(one.id)
                tx.projects.save(replace(one, exposure=random.randint(1, 5), team=random.choice("ab")))

    threads = [Thread(target=save, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(ADA) as tx:
        assert kept(tx) == counted(tx)
