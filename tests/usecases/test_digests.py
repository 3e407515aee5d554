"""Weekly digests: what they say, when they come, when they stay silent, and how they are set."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.offline import copies_of
from bot.readiness.administration import OrganizationSettings
from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.digests import Subscription
from bot.readiness.ledger import SUPERSEDED
from bot.readiness.notices import NoticeKind
from bot.readiness.simulation import End
from bot.readiness.waivers import Waiver, WaiverState
from bot.simulation import Simulator
from bot.usecases.sending import NotTaken
from tests.world import World, account, said

WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Nine o'clock in Berlin, where everybody of this world lives."""
WEEK = timedelta(days=7)


@pytest.fixture
def bound(world: World) -> World:
    """Churn, bound to a channel on a Wednesday; its people are known to live in Berlin."""
    world.clock.at = WEDNESDAY
    world.command("olivia", "help")
    world.open_home("olivia")
    world.deliver()
    world.found()
    world.deliver()
    world.clock.later(hours=1)
    world.messenger.posts.clear()
    return world


def subscription(world: World) -> Subscription:
    found = world.read(lambda tx: tx.subscriptions.of_project(world.project().id))
    assert found is not None
    return found


def appointment(world: World) -> Appointment | None:
    found: Appointment | None = world.read(
        lambda tx: tx.appointments.of(AppointmentKind.DIGEST, subscription(world).id)
    )
    return found


def at(world: World, moment: datetime, channel: str = "C1") -> list[str]:
    """What a channel hears at a moment."""
    world.clock.at = moment
    world.messenger.posts.clear()
    world.tick()
    world.deliver()
    return [text for text in world.messenger.said_to(channel) if "since" in text]


def test_a_bound_project_has_one_on_monday_morning_of_its_owner(bound: World) -> None:
    planned = appointment(bound)
    assert planned is not None
    assert planned.at == MONDAY
    assert (subscription(bound).zone, subscription(bound).weekday) == ("Europe/Berlin", 0)


def test_it_tells_what_happened_and_what_is_open_once(bound: World) -> None:
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", [2, 1, 0, 1, 1, 1, 1, 1, 1, 1])
    (digest,) = at(bound, MONDAY)
    assert digest.startswith("## Churn: since Wed 25 Nov")
    assert "First result: stage 1" in digest
    assert "New in the way:" in digest
    assert "Short as well, and in nobody’s way yet:" in digest
    assert "Next assessment:" in digest
    assert at(bound, MONDAY + timedelta(hours=1)) == []
    assert at(bound, MONDAY + WEEK) == []


def test_it_is_quiet_when_nothing_happened_and_nothing_waits(bound: World) -> None:
    assert at(bound, MONDAY) == []
    planned = appointment(bound)
    assert planned is not None
    assert planned.at == MONDAY + WEEK


def test_it_names_who_still_owes_answers(bound: World) -> None:
    bound.clock.at = MONDAY - timedelta(days=3)
    bound.command("olivia", "start churn")
    bound.deliver()
    (digest,) = at(bound, MONDAY)
    assert "Answers I wait for, until Fri 4 Dec:" in digest
    assert "Olivia: 10 questions" in digest


def test_a_late_one_tells_its_own_week_and_the_next_goes_on_from_there(bound: World) -> None:
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 1)
    bound.deliver()
    bound.messenger.faults = [NotTaken("no_connection")]
    assert at(bound, MONDAY) == []
    bound.clock.later(days=1)
    bound.messenger.posts.clear()
    bound.deliver()
    assert "First result" in bound.messenger.said_to("C1")[0]
    assert at(bound, MONDAY + WEEK) == []


def test_after_a_long_sleep_there_is_one_for_the_whole_time(bound: World) -> None:
    bound.command("olivia", "schedule churn quarterly")
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 2)
    (digest,) = at(bound, MONDAY + 4 * WEEK + timedelta(hours=3))
    assert digest.startswith("## Churn: since Wed 25 Nov")
    planned = appointment(bound)
    assert planned is not None
    assert planned.at == MONDAY + 5 * WEEK


def test_the_owner_changes_and_ends_it_and_others_may_not(bound: World) -> None:
    shown = said(bound.command("olivia", "digest churn"))
    assert (
        "It comes to the project’s channel on Monday at 9:00 (Europe/Berlin) and tells what happened and what is open."
        in shown
    )
    value = subscription(bound).id
    assert bound.send("olivia", "digest", value, {"weekday": "3", "at": "never", "content": "changes"}).errors
    reply = bound.send("olivia", "digest", value, {"weekday": "3", "at": "14:30", "content": "changes"})
    assert "on Thursday at 14:30 (Europe/Berlin) and tells only what has changed." in said(reply)
    planned = appointment(bound)
    assert planned is not None
    assert planned.at == datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
    assert "owner" in said(bound.command("mei", "digest churn off"))
    assert "does not come to the project’s channel any more" in said(bound.command("olivia", "digest churn off"))
    assert appointment(bound) is None
    assert "comes to the project’s channel" in said(bound.command("olivia", "digest churn on"))
    assert "There are: on, off." in said(bound.command("olivia", "digest churn sometimes"))


def test_it_follows_the_channel_and_ends_with_the_project(bound: World) -> None:
    bound.command("olivia", "here churn", channel="C2")
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 1)
    bound.deliver()
    assert len(at(bound, MONDAY, "C2")) == 1
    bound.press("olivia", "archive", bound.project().id)
    assert appointment(bound) is None


def test_a_holiday_moves_it_to_the_day_after(bound: World) -> None:
    with bound.store.writing(bound.who("olivia")["actor"]) as tx:
        tx.settings.save(OrganizationSettings(closed={MONDAY.date(): "Founders’ day"}))
    bound.command("olivia", "digest churn on")
    planned = appointment(bound)
    assert planned is not None
    assert planned.at == MONDAY + timedelta(days=1)


def test_managers_have_the_portfolio_in_a_channel_or_to_themselves(bound: World) -> None:
    bound.command("ada", f"roles <@{account('marta')}> manager")
    assert "manager" in said(bound.command("mei", "digest me", name="portfolio"))
    assert "No digest here" in said(bound.command("marta", "digest", name="portfolio"))
    assert "our direct messages" in said(bound.command("marta", "digest me", name="portfolio"))
    assert "your digest of the portfolio" in said(bound.command("marta", "schedule"))
    assert "comes to C9" in said(bound.command("marta", "digest here", channel="C9", name="portfolio"))
    bound.clock.later(hours=1)
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 1)
    bound.deliver()
    (digest,) = at(bound, MONDAY + timedelta(hours=1), "C9")
    assert "Churn: first result, stage 1" in digest
    assert any("The portfolio since" in text for text in bound.messenger.said_to(account("marta")))
    assert "any more" in said(bound.command("marta", "digest off", channel="C9", name="portfolio"))


def test_the_portfolio_channel_of_the_settings_has_one(bound: World) -> None:
    def of_channel(tx: Any) -> tuple[bool, bool]:
        found = tx.subscriptions.of_place(tx.places.of_channel("C8").id)
        return found.is_on, tx.appointments.of(AppointmentKind.DIGEST, found.id) is not None

    bound.send("ada", "settings", "", {"working_days": "5", "portfolio_channel": "C8"})
    assert bound.read(of_channel) == (True, True)
    bound.send("ada", "settings", "", {"working_days": "5", "portfolio_channel": ""})
    assert bound.read(of_channel) == (False, False)
    bound.send("ada", "settings", "", {"working_days": "5", "portfolio_channel": "C8"})
    assert bound.read(of_channel) == (True, True)


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe"])
def test_who_sets_it_moves_and_it_comes_at_the_same_hour_of_the_new_zone(bound: World, zone: str) -> None:
    def comes() -> tuple[int, int, int]:
        planned = appointment(bound)
        assert planned is not None
        local = planned.at.astimezone(ZoneInfo(zone))
        return local.weekday(), local.hour, local.minute

    reply = bound.send("olivia", "schedule", "", {"timezone": zone})
    assert not reply.errors, reply.errors
    assert comes() == (0, 9, 0)


def test_it_goes_by_the_clock_of_a_new_owner(bound: World) -> None:
    bound.command("mei", "help")
    bound.open_home("mei")
    bound.send("mei", "schedule", "", {"timezone": "America/New_York"})
    project = bound.project()
    fields = {"name": "Churn", "key": "churn", "exposure": "2", "owner": account("mei"), "channel": "C1"}
    assert not bound.submit("olivia", project.id, **fields).errors
    assert subscription(bound).zone == "America/New_York"


def test_a_project_without_a_channel_has_none_and_a_new_channel_hears_nothing_of_the_time_between(
    bound: World,
) -> None:
    fields = {"name": "Churn", "key": "churn", "exposure": "2", "owner": account("olivia")}
    project = bound.project()
    assert not bound.submit("olivia", project.id, **fields).errors
    assert appointment(bound) is None
    bound.command("olivia", "digest churn on")
    assert appointment(bound) is None
    bound.clock.later(days=30)
    bound.command("olivia", "here churn", channel="C2")
    assert subscription(bound).since == bound.clock.at


def test_who_is_no_manager_any_more_gets_none(bound: World) -> None:
    bound.command("ada", f"roles <@{account('marta')}> manager")
    bound.command("marta", "digest me", name="portfolio")
    bound.command("ada", f"roles <@{account('marta')}> none")
    bound.deliver()
    bound.clock.at = MONDAY + WEEK
    bound.messenger.posts.clear()
    bound.tick()
    bound.deliver()
    assert not any("The portfolio since" in text for text in bound.messenger.said_to(account("marta")))


def test_a_day_that_was_closed_in_the_meantime_moves_it(bound: World) -> None:
    bound.command("olivia", "start churn")
    with bound.store.writing(bound.who("olivia")["actor"]) as tx:
        tx.settings.save(OrganizationSettings(closed={MONDAY.date(): "Founders’ day"}))
    assert at(bound, MONDAY) == []
    assert len(at(bound, MONDAY + timedelta(days=1))) == 1


def test_after_a_standstill_it_waits_for_the_morning(bound: World) -> None:
    bound.command("olivia", "start churn")
    bound.deliver()
    assert at(bound, MONDAY + timedelta(hours=13)) == []
    assert len(at(bound, MONDAY + timedelta(days=1))) == 1


def test_a_closed_channel_gets_one_for_the_whole_time_once_it_opens(bound: World) -> None:
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 1)
    bound.deliver()
    bound.messenger.unreachable["C1"] = "not_in_channel"
    assert at(bound, MONDAY) == []
    bound.command("olivia", "start churn")
    assert at(bound, MONDAY + WEEK) == []
    states = bound.outbox_states()["digest"]
    assert ("dropped", "superseded") in states
    bound.messenger.unreachable.clear()
    bound.messenger.posts.clear()
    bound.command("olivia", "here churn", channel="C1")
    bound.deliver()
    (digest,) = [text for text in bound.messenger.said_to("C1") if "since" in text]
    assert digest.startswith("## Churn: since Wed 25 Nov")
    assert "First result" in digest


def test_who_comes_back_after_weeks_has_one_for_the_whole_time(bound: World) -> None:
    marta = account("marta")
    bound.command("ada", f"roles <@{marta}> manager")
    bound.command("marta", "digest me", name="portfolio")
    bound.command("marta", "away until 2026-12-18")
    bound.clock.later(hours=1)
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", 1)
    bound.deliver()
    simulator = Simulator(copies_of(bound.engines), bound.conversation.library, bound.conversation.admins)
    foreseen = asyncio.run(simulator.simulate(bound.read(lambda tx: tx.tenant_id), bound.clock.now(), 26))
    heard = [at(bound, MONDAY + week * WEEK + timedelta(hours=1), marta) for week in range(3)]
    assert heard == [[], [], []]
    (digest,) = at(bound, MONDAY + 3 * WEEK, marta)
    assert digest.startswith("## The portfolio since Wed 25 Nov")
    assert "Churn: first result, stage 1" in digest
    hers = [each for each in foreseen.messages if each.person and each.person.account == marta]
    ends = [(each.at.day, each.end, each.reason) for each in hers if each.kind is NoticeKind.DIGEST]
    assert ends == [*((day, End.DROPPED, SUPERSEDED) for day in (7, 14, 21)), (21, End.SENT, "")]


def test_what_is_waived_is_not_new_in_the_way(bound: World) -> None:
    bound.command("ada", f"roles <@{account('marta')}> manager")
    bound.command("olivia", "start churn")
    bound.answer_all("olivia", [2, 2, 2, 0, 2, 2, 2, 2, 2, 2])
    project = bound.project()
    blockers = bound.read(lambda tx: tx.blockers.open_of(project.id))
    assert blockers
    manager = bound.read(lambda tx: tx.people.of_account(account("marta"))).id
    until = bound.clock.at + timedelta(days=60)
    with bound.store.writing(bound.who("olivia")["actor"]) as tx:
        for each in blockers:
            names = (each.id, project.id, each.dimension_id, project.owner_id, manager)
            asked = Waiver(*names, bound.clock.at, until, 2, "")
            tx.waivers.add(replace(asked, state=WaiverState.APPROVED, approved_at=bound.clock.at))
    (digest,) = at(bound, MONDAY)
    assert "New in the way" not in digest
    assert "open" not in digest


def test_a_change_is_on_the_trail_with_what_it_was(bound: World) -> None:
    value = subscription(bound).id
    bound.send("olivia", "digest", value, {"weekday": "3", "at": "14:30", "content": "changes"})
    (entry,) = bound.read(lambda tx: [e for e in tx.trail.newest(5) if e.action == "digest.on"])
    assert entry.facts == {
        "project": bound.project().id,
        "weekday": ["0", "3"],
        "at": ["09:00", "14:30"],
        "content": ["everything", "changes"],
    }
