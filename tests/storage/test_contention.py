"""Several writers at a time: nothing doubled, nothing lost."""

import threading
from collections.abc import Callable
from dataclasses import replace

from bot.chat.incoming import Actor
from bot.readiness.assessment import Person
from storage.store import Store
from tests.storage.values import ADA, INTERVIEW, fill


def _at_once(count: int, act: Callable[[int], None]) -> None:
    start = threading.Barrier(count)
    faults: list[BaseException] = []

    def run(number: int) -> None:
        start.wait()
        try:
            act(number)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_first_contacts_of_one_person_at_once_make_one_tenant_and_one_person(store: Store) -> None:
    tenants: list[str] = []

    def contact(number: int) -> None:
        with store.writing(ADA) as tx:
            if tx.people.of_account("U1") is None:
                tx.people.add(Person(f"p{number}", "Ada", account="U1"))
            tenants.append(tx.tenant_id)

    _at_once(6, contact)
    assert len(tenants) == 6
    assert len(set(tenants)) == 1
    with store.reading(ADA) as tx:
        assert len(tx.people.all()) == 1


def test_presses_on_one_interview_come_one_after_another(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
        tx.interviews.save(replace(INTERVIEW, asked={"data": 0}))

    def press(number: int) -> None:
        with store.writing(Actor("slack", "T1", "U1")) as tx:
            tx.projects.lock("p1")
            interview = tx.interviews.get("i1")
            tx.interviews.save(replace(interview, asked={"data": interview.asked["data"] + 1}))

    _at_once(6, press)
    with store.reading(ADA) as tx:
        assert tx.interviews.get("i1").asked == {"data": 6}


def test_one_thing_that_arrives_several_times_at_once_arrives_once(store: Store) -> None:
    with store.writing(ADA) as tx:
        fill(tx)
    first: list[bool] = []

    def arrive(_: int) -> None:
        with store.writing(ADA) as tx:
            first.append(tx.first_arrival("k"))

    _at_once(6, arrive)
    assert sorted(first) == [False] * 5 + [True]
