"""A waiver's dates: two warnings, its end on record, and what counts again then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.readiness.appointments import AppointmentKind
from bot.readiness.blockers import Happening
from tests.usecases.gaps import D1, answer, ask, assessed, buttons, make_manager, waiver_of
from tests.world import World, account, said

FIRST = datetime(2026, 12, 9, 23, tzinfo=UTC)
SECOND = datetime(2026, 12, 20, 23, tzinfo=UTC)
END = datetime(2026, 12, 23, 23, tzinfo=UTC)
"""The end of the last day in Berlin; the warnings fourteen and three days before it."""
MORNING = timedelta(hours=9)


@pytest.fixture
def waived(world: World) -> World:
    """One HIGH blocker, waived by Mei until the end of 23 December."""
    world.open_home("olivia")
    world.deliver()
    project = assessed(world, {D1: 1}, cadence="quarterly")
    make_manager(world, "mei")
    world.clock.later(hours=1)
    ask(world, f"{project}|{D1}")
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    world.deliver()
    world.messenger.posts.clear()
    return world


def at(world: World, moment: datetime) -> None:
    world.clock.at = moment
    world.tick()
    world.deliver()


def got(world: World, whom: str) -> list[str]:
    """What somebody, or the channel, has read about the waiver since the last look."""
    mine = [text for to, text, key in world.messenger.posts if to == whom and key.startswith("waiver")]
    world.messenger.posts[:] = [post for post in world.messenger.posts if post[0] != whom]
    return mine


def planned(world: World) -> tuple[datetime, int] | None:
    waiver = waiver_of(world, world.project().id)
    found = world.read(lambda tx: tx.appointments.of(AppointmentKind.WAIVER, waiver.id))
    return (found.at, found.step) if found else None


def test_its_people_are_warned_twice_and_then_it_ends(waived: World) -> None:
    project = waived.project()
    assert planned(waived) == (FIRST, 0)
    for moment, following in ((FIRST, (SECOND, 1)), (SECOND, (END, 2))):
        at(waived, moment)
        assert planned(waived) == following
        assert got(waived, account("mei")) == []  # it is midnight in Berlin
        at(waived, moment + MORNING)
        for handle in ("olivia", "mei"):
            (warning,) = got(waived, account(handle))
            assert "the waiver for Data Pipeline Stability ends on 23 Dec 2026" in warning
            assert "It covers what stage 3 needs there: level 2" in warning
            assert "Olivia or an admin can ask for another" in warning
    assert got(waived, "Cchurn") == []
    at(waived, END)
    ended = waiver_of(waived, project.id)
    assert (ended.state.value, ended.ended_at) == ("lapsed", END)
    assert planned(waived) is None
    assert got(waived, "Cchurn") == []
    at(waived, END + MORNING)
    (alert,) = got(waived, "Cchurn")
    assert "the waiver for Data Pipeline Stability has ended" in alert
    assert "high · Data Pipeline Stability" in alert
    assert "“The vendor delivers in January.”" in alert
    (owners,) = got(waived, account("olivia"))
    assert "[Ask for a waiver]" in owners
    assert got(waived, account("mei")) == []
    assert "saw a waiver run out" in said(waived.command("ada", "audit churn"))
    found = waived.read(lambda tx: tx.blocker_events.of_blockers([tx.blockers.open_of(project.id)[0].id]))
    assert [event.happening for event in found] == [Happening.FOUND, Happening.WAIVED, Happening.UNCOVERED]
    assert "1 waiver" not in said(waived.command("olivia", "status churn"))
    assert waived.read(lambda tx: tx.milestones.latest(project.id)).sequence == 1


def test_the_next_assessment_comes_earlier_once_what_was_waived_blocks_again(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    due = _due(world)
    ask(world, f"{project}|{D1}", until="2026-11-26")
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    assert _due(world) == due + timedelta(days=15)
    at(world, datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert waiver_of(world, project).state.value == "lapsed"
    assert _due(world) == due


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-12-23", (FIRST, 0)),
        # Twelve days: only the second warning makes sense.
        ("2026-12-04", (datetime(2026, 12, 1, 23, tzinfo=UTC), 1)),
        # The first one would come in the same night.
        ("2026-12-07", (datetime(2026, 12, 4, 23, tzinfo=UTC), 1)),
        ("2026-12-08", (datetime(2026, 11, 24, 23, tzinfo=UTC), 0)),
        # Three days: none does.
        ("2026-11-26", (datetime(2026, 11, 26, 23, tzinfo=UTC), 2)),
        ("2026-11-23", (datetime(2026, 11, 23, 23, tzinfo=UTC), 2)),
    ],
)
def test_a_short_waiver_gets_the_warnings_that_make_sense(
    world: World, until: str, expected: tuple[datetime, int]
) -> None:
    world.open_home("olivia")
    world.deliver()
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}", until=until)
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    assert planned(world) == expected


def test_after_a_standstill_one_warning_comes_or_none(waived: World) -> None:
    at(waived, SECOND + timedelta(days=1) + MORNING)
    assert len(got(waived, account("mei"))) == 1
    assert planned(waived) == (END, 2)
    at(waived, END + timedelta(days=20) + MORNING)
    assert got(waived, account("mei")) == []
    assert waiver_of(waived, waived.project().id).ended_at == END


def test_a_warning_that_waited_past_the_end_is_not_sent(waived: World) -> None:
    waived.clock.at = SECOND
    waived.tick()
    at(waived, END + MORNING)
    assert [text for text in got(waived, account("mei")) if "ends on" in text] == []


def test_what_nobody_decided_is_over_and_its_asker_learns_it(world: World) -> None:
    world.open_home("olivia")
    world.deliver()
    project = assessed(world, {D1: 1}, cadence="quarterly")
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    world.deliver()
    world.messenger.posts.clear()
    at(world, FIRST + MORNING)
    assert got(world, account("mei")) == []
    at(world, END + timedelta(days=1, hours=10))
    assert waiver_of(world, project).state.value == "lapsed"
    (told,) = got(world, account("olivia"))
    assert "is over since 23 Dec 2026" in told
    assert got(world, "Cchurn") == []


@pytest.mark.parametrize("how", ["withdrawn", "refused", "met", "void"])
def test_what_has_ended_otherwise_has_no_date(world: World, how: str) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    waiver = waiver_of(world, project)
    if how == "refused":
        world.fill("mei", "waiver_refusal", waiver.id, refusal="Too long.")
    else:
        world.press("mei", "approve_waiver", waiver.id)
    if how == "withdrawn":
        world.press("olivia", "withdraw_waiver", f"{project}|{D1}")
    elif how == "met":
        answer(world, 2)
    elif how == "void":
        interview = world.interview("olivia")
        world.press("olivia", "edit_answer", f"{interview.id}|{D1}")
        world.press("olivia", "unknown", f"{interview.id}|{D1}")
    assert waiver_of(world, project).state.value == how
    assert planned(world) is None


def test_a_result_after_its_date_ends_it_with_the_same_words(waived: World) -> None:
    """Somebody answers before the clock gets to it."""
    waived.clock.at = END + MORNING
    answer(waived, {D1: 1})
    assert waiver_of(waived, waived.project().id).state.value == "lapsed"
    waived.tick()
    waived.deliver()
    assert len([text for text in got(waived, "Cchurn") if "has ended" in text]) == 1


def test_asked_anew_after_its_date_the_old_one_is_told_to_be_over(waived: World) -> None:
    waived.clock.at = END + MORNING
    value = f"{waived.project().id}|{D1}"
    assert ("ask_waiver", value) in buttons(waived.command("olivia", "blockers churn"))
    assert "Mei now decides" in said(ask(waived, value, until="2027-01-20"))
    states: list[Any] = [
        each.state.value for each in waived.read(lambda tx: tx.waivers.of_project(waived.project().id))
    ]
    assert states == ["lapsed", "asked"]


def test_an_archived_projects_waiver_ends_in_silence(waived: World) -> None:
    waived.press("olivia", "archive", waived.project().id)
    waived.deliver()
    waived.messenger.posts.clear()
    at(waived, FIRST + MORNING)
    at(waived, END + MORNING)
    assert waived.messenger.posts == []
    assert waiver_of(waived, waived.project().id).state.value == "lapsed"


def _due(world: World) -> datetime:
    found = world.read(lambda tx: tx.appointments.of(AppointmentKind.REASSESSMENT, world.project().id))
    assert found is not None
    return found.at
