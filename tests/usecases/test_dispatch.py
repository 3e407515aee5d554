"""Delivery: what each outcome of sending leads to."""

import asyncio
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dispatch import ASIDE, ASIDE_RETRY, BATCH, LEASE
from bot.offline import process_library
from bot.readiness.notices import Notice, NoticeKind
from bot.usecases import notices
from bot.usecases.ports import Context, Profile, Transaction
from bot.usecases.sending import MaybeTaken, NotTaken, RateLimited, SendFault, TokenDead
from storage.store import Store
from tests.fakes import RememberingHosts
from tests.world import World, account, said

OLIVIA = account("olivia")
SIDE_BY_SIDE = ASIDE[NoticeKind.LINKS]


@pytest.fixture
def asked(world: World) -> World:
    """Olivia's first question is owed, and nothing else."""
    world.found()
    world.deliver()
    world.command("olivia", "start churn")
    return world


def test_a_question_is_sent_once_and_edited_when_it_is_answered(asked: World) -> None:
    asked.deliver()
    interview = asked.interview("olivia")
    asked.press("olivia", "answer", f"{interview.id}|data-pipeline-stability|2")
    asked.pass_all("olivia", interview.id)
    asked.deliver()
    first, second = asked.messenger.said_to(OLIVIA)
    assert "question 1 of 10" in first
    assert "question 2 of 10" in second
    assert [text.splitlines()[0] for _, text in asked.messenger.edits] == [
        "Churn · Data Pipeline Stability · Level 2: Documented, tried once at expected load [Change]"
    ]


def test_what_was_answered_before_it_was_sent_is_sent_as_answered(asked: World) -> None:
    interview = asked.interview("olivia")
    asked.press("olivia", "answer", f"{interview.id}|data-pipeline-stability|1")
    asked.pass_all("olivia", interview.id)
    asked.deliver()
    first, second = asked.messenger.said_to(OLIVIA)
    assert first.startswith("Churn · Data Pipeline Stability · Level 1")
    assert "question 2 of 10" in second


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (RateLimited(timedelta(seconds=30)), timedelta(seconds=30)),
        (NotTaken("connection"), timedelta(seconds=2)),
        (TokenDead("token_revoked"), timedelta(minutes=5)),
    ],
    ids=["429 waits as told", "not taken backs off", "a dead token waits for a new one"],
)
def test_what_was_surely_not_taken_comes_later_and_once(asked: World, fault: SendFault, wait: timedelta) -> None:
    asked.messenger.faults = [fault]
    asked.deliver()
    told = "no longer accepts my token (token_revoked)" in said(asked.command("olivia", "status churn"))
    assert told == isinstance(fault, TokenDead)
    asked.clock.at += wait - timedelta(milliseconds=1)
    asked.deliver()
    assert asked.messenger.said_to(OLIVIA) == []
    asked.clock.at += timedelta(milliseconds=1)
    asked.deliver()
    assert len(asked.messenger.said_to(OLIVIA)) == 1


@pytest.mark.parametrize("taken", [True, False])
def test_what_may_have_been_taken_is_looked_for_before_it_is_sent_again(asked: World, taken: bool) -> None:
    asked.messenger.faults, asked.messenger.taken_anyway = [MaybeTaken("timeout")], taken
    asked.deliver()
    asked.clock.later(seconds=61)
    asked.deliver()
    assert len(asked.messenger.looked_for) == 1
    assert len(asked.messenger.said_to(OLIVIA)) == 1
    asked.press("olivia", "answer", f"{asked.interview('olivia').id}|data-pipeline-stability|1")
    asked.deliver()
    assert asked.messenger.edits[0][0] == "ref1"


@pytest.mark.parametrize("trouble", [RateLimited(timedelta(seconds=5)), NotTaken("connection")])
def test_what_cannot_be_looked_for_stays_uncertain_and_is_not_sent_again(asked: World, trouble: SendFault) -> None:
    asked.messenger.faults, asked.messenger.taken_anyway = [MaybeTaken("timeout")], True
    asked.deliver()
    asked.messenger.find_faults = [trouble]
    for _ in range(2):
        asked.clock.later(seconds=61)
        asked.deliver()
    assert len(asked.messenger.said_to(OLIVIA)) == 1


def test_a_channel_that_cannot_be_reached_is_told_to_the_owner_and_loses_nothing(asked: World) -> None:
    asked.messenger.unreachable = {"C1": "not_in_channel"}
    asked.answer_all("olivia", 1)
    asked.deliver()
    told = asked.messenger.said_to(OLIVIA)[-1]
    assert "I am not a member there" in told
    assert "wait" in said(asked.command("olivia", "status churn"))
    place = asked.read(lambda tx: tx.places.of_channel("C1"))
    asked.messenger.unreachable = {}
    assert "is on its way" in said(asked.press("olivia", "release", place.id))
    asked.deliver()
    assert len(asked.messenger.said_to("C1")) == 1


def test_a_home_is_published_again_after_a_change_for_those_who_opened_theirs(asked: World) -> None:
    asked.open_home("olivia")
    asked.answer_all("olivia", 2)
    asked.deliver()
    assert [user for user, _ in asked.messenger.homes] == [OLIVIA] * len(asked.messenger.homes)
    assert "stage 2" in asked.messenger.homes[-1][1]


def test_a_persons_name_and_zone_come_from_the_platform(asked: World) -> None:
    asked.deliver()
    person = asked.read(lambda tx: tx.people.of_account(OLIVIA))
    assert (person.name, person.timezone) == ("Olivia", "Europe/Berlin")


def test_a_fault_of_ours_stops_no_other_message_and_is_tried_again(asked: World) -> None:
    asked.messenger.broken = {OLIVIA}
    asked.open_home("olivia")
    asked.command("mei", "status churn")
    asked.deliver()
    assert asked.messenger.said_to(OLIVIA) == []
    asked.messenger.broken = set()
    asked.clock.later(seconds=61)
    asked.deliver()
    assert len(asked.messenger.said_to(OLIVIA)) == 1


def test_what_is_alike_is_read_at_once_and_breaks_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    owners = ["ann", "ben", "cat"]
    for owner in owners:
        world.found(owner, key=f"of-{owner}")
    world.deliver()
    for owner in owners:
        world.command(owner, f"start of-{owner}")
    load, opened, broken = notices.load, list[str](), {account("ben")}

    def loaded(context: Context, notice: Notice) -> object | None:
        if context.actor.account in broken:
            raise ZeroDivisionError("a fault of ours")
        return load(context, notice)

    def reading(tenant_id: str, *, at: str = "") -> AbstractContextManager[Transaction]:
        opened.append(at)
        return Store.reading_tenant(world.store, tenant_id, at=at)

    monkeypatch.setattr(notices, "load", loaded)
    monkeypatch.setattr(world.store, "reading_tenant", reading)
    world.deliver()
    assert [len(world.messenger.said_to(account(owner))) for owner in owners] == [1, 0, 1]
    assert len(opened) == 1 + len(owners), "together, and where that breaks each on its own"
    broken.clear()
    opened.clear()
    world.clock.later(seconds=61)
    world.deliver()
    assert [len(world.messenger.said_to(account(owner))) for owner in owners] == [1, 1, 1]
    assert len(opened) == 1


def test_what_fails_again_and_again_is_held_and_never_dropped(asked: World) -> None:
    asked.messenger.broken = {OLIVIA}
    for _ in range(25):
        asked.deliver()
        asked.clock.later(minutes=20)
    asked.messenger.broken = set()
    asked.deliver()
    assert asked.messenger.said_to(OLIVIA) == []
    states = asked.outbox_states()
    assert states["question"] == {("held", "fault")}


@pytest.fixture
def watched(world: World) -> World:
    """One project more than looks fit aside, each with an owner of its own; their links are to be looked at."""
    world.conversation = replace(world.conversation, library=process_library(("wiki.example",)))
    world.links = RememberingHosts()
    for number in range(SIDE_BY_SIDE + 1):
        owner = f"owner{number}"
        world.found(owner, key=f"p{number}", exposure="2")
        world.command(owner, f"start p{number}")
        world.answer_all(owner, 1)
    world.deliver()
    world.messenger.posts.clear()
    world.tick()
    return world


def looked_at(world: World) -> int:
    assert isinstance(world.links, RememberingHosts)
    return len(world.links.looks)


async def begun(world: World) -> None:
    """As many looks as run at once have begun."""
    while looked_at(world) < SIDE_BY_SIDE:
        await asyncio.sleep(0)


def test_a_slow_look_at_links_delays_no_message_and_few_run_at_once(watched: World) -> None:
    async def delivering() -> None:
        assert isinstance(watched.links, RememberingHosts)
        watched.links.is_open, dispatcher = asyncio.Event(), watched.dispatcher()
        await dispatcher.drain()
        await begun(watched)
        assert not dispatcher.aside.has_room(NoticeKind.LINKS)
        assert dispatcher.aside.has_room(NoticeKind.SIMULATION)
        watched.command("owner0", "start p0")
        await dispatcher.drain()
        assert len(watched.messenger.said_to(account("owner0"))) == 1
        watched.links.is_open.set()
        await dispatcher.aside.finish()
        watched.clock.at += ASIDE_RETRY
        await dispatcher.drain()
        await dispatcher.aside.finish()

    asyncio.run(delivering())
    assert looked_at(watched) == SIDE_BY_SIDE + 1
    assert watched.outbox_states()["links"] == {("sent", None)}


def test_a_look_that_is_cut_off_is_taken_up_again(watched: World) -> None:
    async def stopping() -> None:
        assert isinstance(watched.links, RememberingHosts)
        watched.links.is_open, dispatcher = asyncio.Event(), watched.dispatcher()
        await dispatcher.drain()
        await begun(watched)
        await dispatcher.aside.stop()
        watched.links.is_open = None

    asyncio.run(stopping())
    assert looked_at(watched) == SIDE_BY_SIDE
    for _ in range(2):
        watched.clock.at += LEASE
        watched.deliver()
    assert watched.outbox_states()["links"] == {("sent", None)}


def test_who_is_told_to_stop_settles_what_was_claimed_and_takes_up_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, look = asyncio.Event(), world.messenger.profile

    async def stopping(user: str) -> Profile:
        stop.set()
        return await look(user)

    monkeypatch.setattr(world.messenger, "profile", stopping)
    for number in range(3 * BATCH):
        world.open_home(f"p{number}")
    assert asyncio.run(world.dispatcher().drain(stop)) == BATCH
    assert world.outbox_states() == {"profile": {("sent", None), ("pending", None)}}
