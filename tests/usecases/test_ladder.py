"""Who does not answer: the next one up is told, each once, until an answer comes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.readiness.appointments import AppointmentKind
from bot.readiness.preferences import Absence
from bot.usecases.going_up import GATHERED
from bot.usecases.ports import Profile
from tests.begun import begun
from tests.world import World, account, said

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
WEDNESDAY, THURSDAY, FRIDAY = (datetime(2026, 11, day, 8, tzinfo=UTC) for day in (25, 26, 27))
NEXT_MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""In Berlin, where everybody of this world lives, it is nine."""
PEOPLE = ("mei", "dan", "olivia", "marta")


@pytest.fixture
@begun
def asked(world: World) -> World:
    """Mei is asked one question about Churn on a Monday, Dan stands in for her, Marta is a manager."""
    world.clock.at = MONDAY
    world.found(role_risk=account("mei"))
    world.command("ada", f"roles <@{account('marta')}> manager")
    backup(world, "dan")
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    world.messenger.posts.clear()
    return world


def backup(world: World, handle: str) -> None:
    """Let somebody stand in for Mei."""
    world.open_home(handle)
    world.prefer("mei", backup_id=world.read(lambda tx: tx.people.of_account(account(handle))).id)


def at(world: World, moment: datetime) -> dict[str, list[str]]:
    """Who gets what at a moment."""
    world.clock.at = moment
    world.tick()
    world.deliver()
    got = {handle: [text for to, text, _ in world.messenger.posts if to == account(handle)] for handle in PEOPLE}
    world.messenger.posts.clear()
    return {handle: texts for handle, texts in got.items() if texts}


def climbed(world: World) -> list[tuple[str, str]]:
    """What the trail says, oldest first: which rung, and whom it told or why nobody."""
    names = {person.id: person.name for person in world.read(lambda tx: tx.people.all())}
    entries = [e for e in world.read(lambda tx: tx.trail.newest(50)) if e.action.startswith("ladder.")]
    told: list[tuple[str, str]] = []
    for entry in reversed(entries):
        facts: dict[str, Any] = dict(entry.facts)
        who = facts.get("why") or ", ".join(names[each] for each in facts["told"])
        told.append((str(facts["rung"]), str(who)))
    return told


def away(world: World, handle: str, first: date, last: date) -> None:
    with world.store.writing(world.who("ada")["actor"]) as tx:
        found = tx.people.of_account(account(handle))
        assert found is not None
        tx.absences.add(Absence(f"{handle}{first}", found.id, first, last, found.id))


def test_each_rung_is_told_once_on_its_morning_and_stands_on_the_trail(asked: World) -> None:
    got = at(asked, WEDNESDAY)
    assert "Churn: 1 question, until Mon 30 Nov" in got.pop("mei")[0]
    assert not got
    got = at(asked, THURSDAY)
    assert got.keys() == {"dan"}
    assert "Mei: 1 answer; nothing has come since Mon 23 Nov [Take the questions over]" in got["dan"][0]
    got = at(asked, FRIDAY)
    assert got.keys() == {"olivia"}
    assert "waits until Mon 30 Nov for:\n- Mei: 1 answer; nothing has come since Mon 23 Nov" in got["olivia"][0]
    assert "[Nudge] [Close it now] [Status]" in got["olivia"][0]
    assert at(asked, NEXT_MONDAY).keys() == {"mei"}  # the weekly reminder
    got = at(asked, NEXT_MONDAY + GATHERED)
    assert got.keys() == {"marta"}  # the last rung
    assert "[Status]" in got["marta"][0]
    for hours in (2, 4):
        assert at(asked, NEXT_MONDAY + timedelta(hours=hours)) == {}
    rungs = [("respondent", "Mei"), ("backup", "Dan"), ("owner", "Olivia"), ("managers", "Marta")]
    assert climbed(asked) == rungs


def test_an_answer_ends_it_and_what_waits_to_be_said_is_left_unsaid(asked: World) -> None:
    at(asked, WEDNESDAY)
    asked.clock.at = THURSDAY
    asked.tick()
    asked.answer_all("mei", 2)
    assert not at(asked, THURSDAY).get("dan")
    assert at(asked, FRIDAY + timedelta(days=30)).keys().isdisjoint({"dan", "marta"})
    assert asked.read(lambda tx: tx.appointments.of_kind(AppointmentKind.LADDER)) == []


def test_an_answer_to_one_of_several_lets_the_count_begin_again(world: World) -> None:
    world.clock.at = MONDAY
    world.found(role_risk=account("mei"), role_operations=account("mei"))
    backup(world, "dan")
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.clock.at = WEDNESDAY
    at(world, WEDNESDAY)
    interview = world.interview("mei")
    world.press("mei", "unknown", f"{interview.id}|{interview.current}")
    world.deliver()
    world.messenger.posts.clear()
    assert at(world, THURSDAY) == {}
    # Three working days are left: three fifths of them and four are both on the second.
    got = at(world, FRIDAY)
    assert got.keys() == {"dan", "olivia"}
    assert "nothing has come since Wed 25 Nov" in got["dan"][0]


def test_who_is_away_is_passed_over_and_whoever_stands_in_hears_at_once(asked: World) -> None:
    away(asked, "mei", date(2026, 11, 24), date(2026, 12, 4))
    got = at(asked, WEDNESDAY)
    assert got.keys() == {"dan"}
    assert "Mei is away until Fri 4 Dec; Dan stands in." in got["dan"][0]
    assert at(asked, THURSDAY) == {}
    assert at(asked, FRIDAY).keys() == {"olivia"}
    assert climbed(asked)[:2] == [("respondent", "away"), ("backup", "Dan")]


@pytest.mark.parametrize("nobody", ["none", "away"])
def test_without_anybody_to_stand_in_that_rung_is_passed_over(asked: World, nobody: str) -> None:
    if nobody == "none":
        asked.prefer("mei")
    else:
        away(asked, "dan", date(2026, 11, 24), date(2026, 12, 4))
    at(asked, WEDNESDAY)
    assert at(asked, THURSDAY) == {}
    assert at(asked, FRIDAY).keys() == {"olivia"}
    assert climbed(asked)[1] == ("backup", "no_backup" if nobody == "none" else "away")


def test_who_asked_not_to_be_reminded_is_not(asked: World) -> None:
    dan = asked.read(lambda tx: tx.people.of_account(account("dan"))).id
    asked.prefer("mei", backup_id=dan, reminds=False)
    assert at(asked, WEDNESDAY) == {}
    got = at(asked, THURSDAY)
    assert "Mei asked not to be reminded." in got["dan"][0]
    assert climbed(asked)[0] == ("respondent", "not_reminded")


def test_who_skips_the_week_is_not_reminded_and_the_owner_reads_why_but_not_whoever_stands_in(asked: World) -> None:
    asked.send("mei", "skip_week", "", {"reason": "The audit comes first."})
    assert at(asked, WEDNESDAY) == {}
    assert "audit" not in at(asked, THURSDAY)["dan"][0]
    assert "Mei skips this week: “The audit comes first.”" in at(asked, FRIDAY)["olivia"][0]
    assert climbed(asked)[0] == ("respondent", "skipped_week")


def test_an_owner_who_is_asked_is_told_once(world: World) -> None:
    world.clock.at = MONDAY
    world.found()
    world.deliver()
    world.command("olivia", "start churn")
    for day in range(2, 8):
        at(world, MONDAY.replace(hour=8, minute=0) + timedelta(days=day))
    assert climbed(world) == [
        ("respondent", "Olivia"),
        ("backup", "no_backup"),
        ("owner", "told"),
        ("managers", "nobody"),
    ]


def test_no_two_reminders_come_on_one_day(world: World) -> None:
    world.clock.at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    world.found(role_risk=account("mei"))
    world.deliver()
    world.command("olivia", "start churn")
    world.deliver()
    world.messenger.posts.clear()
    # Two working days after a Thursday is the Monday of the weekly reminder.
    assert len(at(world, NEXT_MONDAY)["mei"]) == 1
    assert "mei" not in at(world, NEXT_MONDAY + timedelta(hours=1))
    assert "mei" not in at(world, NEXT_MONDAY + timedelta(days=1))


def test_once_the_deadline_has_passed_managers_learn_who_said_nothing(asked: World) -> None:
    asked.clock.at = FRIDAY
    at(asked, FRIDAY)  # after a standstill: the first rung only
    got = at(asked, NEXT_MONDAY + timedelta(hours=12))
    assert "dan" not in got
    assert at(asked, NEXT_MONDAY + timedelta(days=1))["marta"][-1].startswith("## Churn: Mei has not answered")
    assert climbed(asked)[-1] == ("managers", "Marta")


def test_a_manager_hears_of_all_projects_at_once(asked: World) -> None:
    asked.messenger.profiles[account("omar")] = Profile("Omar", "America/New_York", "en")
    for key, handle in (("fraud", "mei"), ("claims", "omar"), ("notes", "omar")):
        asked.found(key=key, name=key.title(), channel=f"C{key}", role_risk=account(handle))
    asked.deliver()
    for key in ("fraud", "claims", "notes"):
        asked.command("olivia", f"start {key}")
        asked.answer_all("olivia", 2)
    for morning in (MONDAY, WEDNESDAY, THURSDAY, FRIDAY):
        at(asked, morning)
        at(asked, morning + timedelta(hours=6))
    # Delivery goes on while the rungs of a morning are kept one by one: the first waits for the others.
    asked.clock.at = NEXT_MONDAY
    asked.tick_while_delivering()
    (told,) = at(asked, NEXT_MONDAY + GATHERED)["marta"]
    assert told == (
        "## 2 projects: Mei has not answered\n"
        "Churn, until Mon 30 Nov: Mei [Status]\nFraud, until Mon 30 Nov: Mei [Status]\n"
        "What is not answered by the end counts as unknown.\n[Overview]"
    )
    # In New York the morning comes later: another message.
    assert "marta" not in at(asked, NEXT_MONDAY + timedelta(hours=6))
    (told,) = at(asked, NEXT_MONDAY + timedelta(hours=7))["marta"]
    assert "Claims, until Mon 30 Nov: Omar [Status]\nNotes, until Mon 30 Nov: Omar [Status]" in told


def test_a_manager_does_not_hear_of_a_project_that_was_answered_while_the_message_waited(asked: World) -> None:
    asked.found(key="fraud", name="Fraud", channel="C2", role_risk=account("omar"))
    asked.deliver()
    asked.command("olivia", "start fraud")
    asked.answer_all("olivia", 2)
    away(asked, "marta", date(2026, 11, 30), date(2026, 11, 30))
    for moment in (WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY):
        at(asked, moment)
    asked.answer_all("omar", 2)
    (told,) = at(asked, NEXT_MONDAY + timedelta(days=1))["marta"]
    assert told.startswith("## Churn: Mei has not answered")


@pytest.mark.parametrize("of", ["archived", "no manager any more", "erased"])
def test_nothing_goes_up_that_nobody_waits_for_or_may_read_when_it_is_sent(asked: World, of: str) -> None:
    for moment in (WEDNESDAY, THURSDAY, FRIDAY, NEXT_MONDAY):
        at(asked, moment)
    match of:
        case "archived":
            asked.command("olivia", "archive churn")
            asked.press("olivia", "archive", asked.project().id)
        case "no manager any more":
            asked.command("ada", f"roles <@{account('marta')}> none")
        case "erased":
            asked.command("ada", f"erase <@{account('mei')}>")
            asked.press("ada", "erase", asked.read(lambda tx: tx.people.of_account(account("mei"))).id)
    assert "marta" not in at(asked, NEXT_MONDAY + GATHERED)
    assert ("dropped", "nothing_to_say") in asked.outbox_states()["escalation"]


def test_whoever_stands_in_takes_the_questions_over(asked: World) -> None:
    interview = asked.interview("mei")
    assert said(asked.press("olivia", "take_over", interview.id)).startswith("Only whoever Mei named to stand in")
    assert said(asked.press("dan", "take_over", interview.id)).startswith("One question of Mei is with you now")
    asked.deliver()
    assert asked.interview("dan").questions == interview.questions
    assert asked.interview("mei", interview.id).is_over
    (step,) = asked.read(lambda tx: tx.handovers.of_assessment(interview.assessment_id))
    mei, dan = (asked.read(lambda tx, h=h: tx.people.of_account(account(h))).id for h in ("mei", "dan"))
    assert (step.from_id, step.to_id, step.returned) == (mei, dan, False)
    entry = next(e for e in asked.read(lambda tx: tx.trail.newest(9)) if e.action == "question.handed")
    assert entry.actor_id == dan
    ladders = asked.read(lambda tx: tx.appointments.of_kind(AppointmentKind.LADDER))
    assert [each.subject for each in ladders] == [asked.interview("dan").id]
    assert said(asked.press("dan", "take_over", interview.id)).startswith("This assessment has ended")


def test_the_owner_hears_of_all_who_are_silent_in_one_message(world: World) -> None:
    world.clock.at = MONDAY
    world.found(team=True)
    for handle in ("dan", "mei", "omar"):
        world.messenger.profiles[account(handle)] = Profile(handle.title(), "Asia/Singapore", "en")
    world.deliver()
    world.command("olivia", "start churn")
    for day in (WEDNESDAY, THURSDAY):
        at(world, day)
    # In Singapore it is Friday morning; Olivia, in Berlin, still sleeps.
    assert at(world, FRIDAY - timedelta(hours=6)) == {}
    world.answer_all("omar", 2)
    got = at(world, FRIDAY)["olivia"]
    assert len(got) == 1
    assert got[0].startswith("## Churn: 6 people have not answered")
    assert "Omar" not in got[0]
    assert sum(rung == "owner" for rung, _ in climbed(world)) == 7


def test_who_was_reminded_of_it_since_is_not_reminded_again(world: World) -> None:
    world.clock.at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    world.found(role_risk=account("mei"))
    world.deliver()
    world.command("olivia", "start churn")
    world.deliver()
    at(world, NEXT_MONDAY)
    assert at(world, NEXT_MONDAY + timedelta(days=1)) == {}
    assert climbed(world)[0] == ("respondent", "reminded")


def test_an_archived_project_has_no_ladder(asked: World) -> None:
    asked.press("olivia", "archive", asked.project().id)
    assert at(asked, THURSDAY) == {}
    assert asked.read(lambda tx: tx.appointments.of_kind(AppointmentKind.LADDER)) == []
