"""Blockers and their dates: what nobody knows goes up; what stays, and what is late, is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.readiness.appointments import AppointmentKind
from bot.readiness.blockers import Happening
from bot.readiness.preferences import Absence
from tests.begun import begun
from tests.usecases.gaps import D1, D3, D5, answer, ask, assessed, buttons, make_manager, waiver_of
from tests.world import MONDAY, World, account, said

UP = datetime(2026, 11, 25, 16, tzinfo=UTC)
"""The end of Wednesday in Berlin: two working days after Monday."""
MORNING = datetime(2026, 11, 26, 8, tzinfo=UTC)
MONTH = datetime(2026, 12, 24, 8, tzinfo=UTC)
"""The working morning after thirty days."""


@pytest.fixture
@begun
def met(world: World) -> World:
    """Marta is a manager; both have been met, so that their zone is known."""
    make_manager(world, "marta")
    world.open_home("olivia")
    world.deliver()
    return world


def at(world: World, moment: datetime) -> None:
    world.clock.at = moment
    world.tick()
    world.deliver()


def got(world: World, whom: str, kind: str) -> list[str]:
    """What somebody, or a channel, has read of one kind since the last look."""
    mine = [post for post in world.messenger.posts if post[0] == whom and post[2].split(":")[0] == kind]
    world.messenger.posts[:] = [post for post in world.messenger.posts if post not in mine]
    return [text for _, text, _ in mine]


@begun
def unknown(world: World, *dimensions: str, **fields: Any) -> str:
    """A project of exposure 3 whose owner does not know these; everything else holds."""
    world.found(**{"exposure": "3", "target": "3", "channel": "Cchurn", "cadence": "quarterly"} | fields)
    world.command("olivia", f"start {fields.get('key', 'churn')}")
    interview = world.interview("olivia")
    while (current := world.interview("olivia", interview.id).current) is not None:
        here = f"{interview.id}|{current}"
        if current in dimensions:
            world.press("olivia", "unknown", here)
        else:
            world.say("olivia", f"https://wiki.example/{current}")
            world.press("olivia", "answer", f"{here}|2")
        world.pass_all("olivia", interview.id)
    world.deliver()
    return world.project().id


def say(world: World, dimension: str, level: int) -> None:
    """The owner answers after the end."""
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|{dimension}")
    world.say("olivia", f"https://wiki.example/{dimension}")
    world.press("olivia", "answer", f"{interview.id}|{dimension}|{level}")
    world.pass_all("olivia", interview.id)
    world.deliver()


def happenings(world: World, dimension: str = D3) -> list[Happening]:
    blockers = world.read(lambda tx: tx.blockers.of_project(world.project().id))
    ids = [each.id for each in blockers if each.dimension_id == dimension]
    return [event.happening for event in world.read(lambda tx: tx.blocker_events.of_blockers(ids))]


def planned(world: World, kind: AppointmentKind) -> list[datetime]:
    return [each.at for each in world.read(lambda tx: tx.appointments.of_kind(kind))]


# -- what nobody knows ---------------------------------------------------------------------------------------------
def test_what_nobody_knows_is_told_to_the_owner_at_once_and_to_others_after_two_working_days(met: World) -> None:
    unknown(met, D3)
    (result,) = got(met, account("olivia"), "result")
    assert "high · Model Monitoring (Operational gaps): unknown, up to critical; stage 3 needs level 2" in result
    (alert,) = got(met, "Cchurn", "alert")
    assert "first result, stage 2" in alert
    assert "Model Monitoring" not in alert
    assert planned(met, AppointmentKind.UNKNOWN) == [UP]
    at(met, UP - timedelta(seconds=1))
    assert happenings(met) == [Happening.UNKNOWN]
    at(met, UP)
    assert happenings(met) == [Happening.UNKNOWN, Happening.ESCALATED]
    assert got(met, "Cchurn", "unknown") == []
    at(met, MORNING)
    for whom in ("Cchurn", account("marta")):
        (told,) = got(met, whom, "unknown")
        assert "nobody knows the answer to one question" in told
        assert "Model Monitoring (Operational gaps): unknown, up to critical" in told
    assert "told channel and managers" in said(met.command("ada", "audit churn"))
    assert "25 Nov told to channel and managers" in said(met.command("olivia", "blockers churn"))
    assert planned(met, AppointmentKind.UNKNOWN) == []


def test_several_that_nobody_knows_are_one_message(met: World) -> None:
    unknown(met, D3, "rollback-capability")
    at(met, UP)
    at(met, MORNING)
    (told,) = got(met, "Cchurn", "unknown")
    assert "2 questions" in told
    assert "Rollback Capability" in told


def test_a_manager_hears_of_what_nobody_knows_in_several_projects_at_once(met: World) -> None:
    unknown(met, D3)
    unknown(met, "rollback-capability", key="fraud", name="Fraud", channel="Cfraud")
    at(met, UP)
    at(met, MORNING)
    for channel, name in (("Cchurn", "Churn"), ("Cfraud", "Fraud")):
        (told,) = got(met, channel, "unknown")
        assert told.startswith(f"## {name}: nobody knows the answer to one question")
    (told,) = got(met, account("marta"), "unknown")
    assert told == (
        "## 2 projects: nobody knows the answer to 2 questions\n"
        "Two working days have passed, and it is still not known. Until somebody answers, it counts as level 0; "
        "it cannot be waived.\n"
        "Churn (Olivia): Model Monitoring [Blockers]\n"
        "Fraud (Olivia): Rollback Capability [Blockers]\n"
        "Do you know who could answer? Tell the project’s owner, who stands beside its name.\n[Overview]"
    )


def test_an_answer_in_time_keeps_it_from_going_up(met: World) -> None:
    unknown(met, D3)
    got(met, "Cchurn", "alert")
    say(met, D3, 2)
    assert got(met, "Cchurn", "alert") != []  # the stage rose
    assert planned(met, AppointmentKind.UNKNOWN) == []
    at(met, MORNING)
    assert got(met, "Cchurn", "unknown") == []
    assert happenings(met) == [Happening.UNKNOWN, Happening.CLEARED]


def test_what_the_channel_never_knew_of_is_not_told_to_be_cleared(met: World) -> None:
    unknown(met, D3, "rollback-capability")
    got(met, "Cchurn", "alert")
    say(met, D3, 2)
    assert met.project().summary.stage == 2  # type: ignore[union-attr]
    assert got(met, "Cchurn", "alert") == []
    at(met, UP)
    at(met, MORNING)
    say(met, "rollback-capability", 2)
    (alert,) = got(met, "Cchurn", "alert")
    assert "Rollback Capability" in alert.split("Cleared")[1]
    assert "Model Monitoring (Operational" not in alert


def test_once_it_is_known_to_be_short_the_channel_hears_it_at_once(met: World) -> None:
    unknown(met, D3)
    got(met, "Cchurn", "alert")
    say(met, D3, 0)
    (alert,) = got(met, "Cchurn", "alert")
    assert "New blockers" in alert
    assert "critical · Model Monitoring" in alert
    assert happenings(met) == [Happening.UNKNOWN, Happening.FOUND]
    assert planned(met, AppointmentKind.UNKNOWN) == []


def test_what_was_known_and_is_no_longer_has_two_days_as_well(met: World) -> None:
    unknown(met)
    say(met, D3, 0)
    interview = met.interview("olivia")
    met.press("olivia", "edit_answer", f"{interview.id}|{D3}")
    met.press("olivia", "unknown", f"{interview.id}|{D3}")
    assert planned(met, AppointmentKind.UNKNOWN) == [UP]


def test_the_two_days_are_the_owners(met: World) -> None:
    """She is away until Thursday night."""
    with met.store.writing(met.who("ada")["actor"]) as tx:
        olivia = tx.people.of_account(account("olivia"))
        assert olivia is not None
        first = MONDAY.date()
        tx.absences.add(Absence("x", olivia.id, first + timedelta(days=1), first + timedelta(days=3), olivia.id))
    unknown(met, D3)
    assert planned(met, AppointmentKind.UNKNOWN) == [datetime(2026, 11, 30, 16, tzinfo=UTC)]


def test_a_medium_unknown_goes_nowhere(met: World) -> None:
    unknown(met, D1)
    assert planned(met, AppointmentKind.UNKNOWN) == []
    found = met.read(lambda tx: tx.milestones.latest(met.project().id)).scorecard.findings
    assert [(each.dimension_id, each.severity.name) for each in found] == [(D1, "MEDIUM")]


def test_what_nobody_knows_cannot_be_waived(met: World) -> None:
    project = unknown(met, D3)
    assert ("ask_waiver", f"{project}|{D3}") not in buttons(met.command("olivia", "blockers churn"))


# -- what weighs more -----------------------------------------------------------------------------------------------
def test_a_blocker_that_becomes_critical_is_an_alert_of_its_own(met: World) -> None:
    assessed(met, {D3: 1}, exposure="2", target="3", cadence="quarterly", target_date="2026-12-10")
    met.deliver()
    blocker = met.read(lambda tx: tx.blockers.open_of(met.project().id))
    assert [(each.dimension_id, each.severity.name) for each in blocker] == [(D3, "HIGH")]
    met.messenger.posts.clear()
    met.press("olivia", "move", f"{met.project().id}|3")
    met.deliver()
    (alert,) = got(met, "Cchurn", "alert")
    assert "Now critical" in alert
    assert "critical · Model Monitoring" in alert
    assert happenings(met) == [Happening.FOUND, Happening.SEVERITY]


# -- what stays -----------------------------------------------------------------------------------------------------
def test_every_thirty_days_an_open_blocker_is_told_again(met: World) -> None:
    assessed(met, {D1: 1, D3: 1}, cadence="quarterly")
    met.press("olivia", "take", f"{met.project().id}|{D1}")
    met.deliver()
    assert set(planned(met, AppointmentKind.OLD_BLOCKER)) == {MONTH}
    at(met, MONTH)
    for whom in ("Cchurn", account("olivia")):
        (told,) = got(met, whom, "old_blockers")
        assert "2 blockers have been open for 30 days or longer" in told
        assert "Data Pipeline Stability (Data challenges), for 30 days" in told
        assert "Olivia has taken it on" in told
        assert "Nobody has taken it on yet" in told
    assert set(planned(met, AppointmentKind.OLD_BLOCKER)) == {datetime(2027, 1, 25, 8, tzinfo=UTC)}
    at(met, datetime(2027, 1, 25, 8, tzinfo=UTC))
    assert "for 62 days" in got(met, "Cchurn", "old_blockers")[0]


def test_one_that_was_cleared_is_not_told_and_one_found_again_begins_anew(met: World) -> None:
    assessed(met, {D1: 1}, cadence="quarterly")
    met.clock.later(days=10)
    say(met, D1, 2)
    assert planned(met, AppointmentKind.OLD_BLOCKER) == []
    met.clock.later(days=10)
    say(met, D1, 1)
    assert planned(met, AppointmentKind.OLD_BLOCKER) == [datetime(2027, 1, 13, 8, tzinfo=UTC)]


def test_a_waived_one_is_passed_over_until_it_counts_again(met: World) -> None:
    project = assessed(met, {D1: 1}, cadence="quarterly")
    ask(met, f"{project}|{D1}", approver=account("marta"), until="2026-12-30")
    met.press("marta", "approve_waiver", waiver_of(met, project).id)
    at(met, MONTH)
    assert got(met, "Cchurn", "old_blockers") == got(met, account("olivia"), "old_blockers") == []
    at(met, datetime(2027, 1, 25, 8, tzinfo=UTC))
    assert len(got(met, "Cchurn", "old_blockers")) == 1


def test_after_a_standstill_it_is_told_once(met: World) -> None:
    assessed(met, {D1: 1}, cadence="quarterly")
    at(met, datetime(2027, 3, 2, 9, tzinfo=UTC))
    (told,) = got(met, "Cchurn", "old_blockers")
    assert "for 99 days" in told


def test_what_half_of_the_projects_share_is_told_to_owners_and_not_to_channels(met: World) -> None:
    for key in ("one", "two"):
        assessed(met, {D5: 0}, key, exposure="2", target="3", cadence="quarterly")
    assert met.read(lambda tx: set(tx.shared_findings.open())) >= {D5}
    at(met, MONTH)
    assert got(met, "Cone", "old_blockers") == got(met, "Ctwo", "old_blockers") == []
    assert len(got(met, account("olivia"), "old_blockers")) == 2


# -- what is late ---------------------------------------------------------------------------------------------------
@begun
def taken(world: World, handle: str = "mei", due: str = "2026-11-30") -> str:
    """Mei holds the gap in the pipeline, due on a Monday."""
    world.open_home(handle)
    world.deliver()
    project = assessed(world, {D1: 1}, cadence="quarterly")
    value = f"{project}|{D1}"
    world.fill("olivia", "commitment", value, due=due, person=account(handle))
    world.deliver()
    world.messenger.posts.clear()
    return value


def test_a_day_that_has_passed_is_told_to_the_holder_and_three_working_days_later_to_the_owner(met: World) -> None:
    taken(met)
    assert planned(met, AppointmentKind.OVERDUE) == [datetime(2026, 11, 30, 23, tzinfo=UTC)]
    at(met, datetime(2026, 11, 30, 23, tzinfo=UTC))
    at(met, datetime(2026, 12, 1, 8, tzinfo=UTC))
    (told,) = got(met, account("mei"), "overdue")
    assert "a day late with Data Pipeline Stability" in told
    assert "You wanted to clear this blocker by 30 Nov 2026" in told
    assert "[Resolved]" in told
    assert got(met, account("olivia"), "overdue") == []
    at(met, datetime(2026, 12, 4, 16, tzinfo=UTC))
    at(met, datetime(2026, 12, 7, 8, tzinfo=UTC))
    (told,) = got(met, account("olivia"), "overdue")
    assert "7 days late" in told
    assert "Mei wanted to clear this blocker" in told
    assert (got(met, account("mei"), "overdue"), planned(met, AppointmentKind.OVERDUE)) == ([], [])


@pytest.mark.parametrize("what", ["dated", "given back", "resolved", "met", "waived", "archived"])
def test_nothing_is_late_that_is_not(met: World, what: str) -> None:
    value = taken(met)
    project = met.project().id
    if what == "dated":
        met.fill("mei", "commitment", value, due="2026-12-20")
    elif what == "given back":
        met.press("mei", "give_back", value)
    elif what == "resolved":
        met.fill("mei", "resolved", value, link="https://wiki.example/done", words="It is done.")
    elif what == "met":
        say(met, D1, 2)
    elif what == "waived":
        ask(met, value, approver=account("marta"))
        met.press("marta", "approve_waiver", waiver_of(met, project).id)
    else:
        met.press("olivia", "archive", project)
    for day in (1, 2, 4, 7):
        at(met, datetime(2026, 12, day, 8, tzinfo=UTC))
    assert got(met, account("mei"), "overdue") == got(met, account("olivia"), "overdue") == []


def test_an_owner_who_holds_it_is_told_once(met: World) -> None:
    taken(met, "olivia")
    for day in (1, 4, 7, 8):
        at(met, datetime(2026, 12, day, 8, tzinfo=UTC))
    assert len(got(met, account("olivia"), "overdue")) == 1


def test_a_claim_that_falls_leaves_the_day_late(met: World) -> None:
    value = taken(met)
    met.fill("mei", "resolved", value, link="https://wiki.example/done", words="It is done.")
    at(met, datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert got(met, account("mei"), "overdue") == []
    answer(met, {D1: 1})
    at(met, datetime(2026, 12, 7, 8, tzinfo=UTC))
    assert len(got(met, account("mei"), "overdue")) == 1
