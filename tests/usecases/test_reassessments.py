"""A project whose date has come is assessed again: what needs it is asked, the rest carried over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.readiness.appointments import Appointment, AppointmentKind
from bot.readiness.assessment import AssessmentState
from bot.readiness.cadence_cards import Because
from bot.readiness.interview import Phase
from bot.usecases import cadence
from bot.usecases.ports import Context
from tests.world import World, account, said

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
"""Nine o'clock in Berlin, where everybody of this world lives."""
MONITORING, ROLLBACK, OWNERSHIP = "model-monitoring", "rollback-capability", "team-ownership"
LEVELS = [2, 2, 1, 2, 2, 2, 2, 2, 2, 2]
"""Monitoring is below the bar of the next stage; everything else holds it with its link."""


@pytest.fixture
def assessed(world: World) -> World:
    """Churn at exposure 2, answered by Mei for monitoring and features, by Olivia for the rest, all with links."""
    world.clock.at = MONDAY
    world.found(**{"role_ml-engineering": account("mei")})
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("mei", LEVELS)
    world.answer_all("olivia", LEVELS)
    world.deliver()
    world.messenger.posts.clear()
    return world


def appointment(world: World) -> Appointment | None:
    def look(tx: Any) -> Appointment | None:
        found: Appointment | None = tx.appointments.of(AppointmentKind.REASSESSMENT, world.project().id)
        return found

    return world.read(look)


def due(world: World) -> datetime:
    found = appointment(world)
    assert found is not None
    return found.at


def because(world: World) -> Because:
    with world.store.reading(world.who("ada")["actor"]) as tx:
        olivia = tx.people.of_account(account("olivia"))
        assert olivia is not None
        return cadence.because(Context(tx, olivia, world.conversation.library, world.clock.now()), world.project())


def go_to(world: World, moment: datetime) -> None:
    world.clock.at = moment
    world.tick()
    world.deliver()


def latest(world: World) -> Any:
    return world.read(lambda tx: tx.assessments.latest_of(world.project().id))


def current(world: World) -> Any:
    return world.read(lambda tx: tx.answers.current(latest(world).id))


def test_the_date_is_set_when_the_first_assessment_ends(assessed: World) -> None:
    assert due(assessed).date().isoformat() == "2027-01-14"
    assert because(assessed) is Because.EXPOSURE


def test_only_what_needs_it_is_asked_and_the_rest_is_carried(assessed: World) -> None:
    before = {answer.dimension_id: answer for answer in current(assessed)}
    go_to(assessed, due(assessed))
    again = latest(assessed)
    assert (again.state, again.opened_at) == (AssessmentState.OPEN, assessed.clock.now())
    mei, olivia = assessed.interview("mei"), assessed.interview("olivia")
    assert (mei.questions, mei.phase) == ((MONITORING,), Phase.INVITED)
    assert (olivia.questions, olivia.phase) == ((), Phase.FINISHED)
    carried = {answer.dimension_id: answer for answer in current(assessed)}
    assert carried.keys() == before.keys() - {MONITORING}
    for dimension_id, answer in carried.items():
        old = before[dimension_id]
        assert (answer.supersedes_id, answer.answered_at, answer.evidence) == (old.id, old.answered_at, old.evidence)
        assert answer.assessment_id == again.id
    assert appointment(assessed) is None


def test_nothing_is_asked_before_they_begin_and_the_reminder_leads_there(assessed: World) -> None:
    go_to(assessed, due(assessed))
    (reminder,) = assessed.messenger.said_to(account("mei"))
    assert "Churn: 1 question, until" in reminder
    assessed.press("mei", "resume", assessed.interview("mei").id)
    assessed.deliver()
    question = assessed.messenger.said_to(account("mei"))[-1]
    assert "Model Monitoring" in question
    assert "Last time" in question


def test_the_owner_learns_what_is_asked_again_and_why(assessed: World) -> None:
    go_to(assessed, due(assessed))
    (told,) = assessed.messenger.said_to(account("olivia"))
    assert "Churn: it is time again" in told
    assert "Model Monitoring: was below its bar" in told
    assert "9 answers still stand and are taken over." in told


def test_an_answer_completes_it_and_the_next_date_is_set(assessed: World) -> None:
    go_to(assessed, due(assessed))
    mei = assessed.interview("mei")
    assessed.press("mei", "resume", mei.id)
    assessed.say("mei", "https://wiki.example/alerts")
    assessed.press("mei", "answer", f"{mei.id}|{MONITORING}|2")
    assessed.pass_all("mei", mei.id)
    milestone = assessed.read(lambda tx: tx.milestones.latest(assessed.project().id))
    assert (milestone.sequence, milestone.cause, len(milestone.answers)) == (2, "completed", 10)
    assert milestone.scorecard.readiness == 3
    assert due(assessed) > assessed.clock.now() + timedelta(days=40)


def test_without_an_answer_the_deadline_ends_it_and_only_that_one_is_unknown(assessed: World) -> None:
    go_to(assessed, due(assessed))
    go_to(assessed, latest(assessed).deadline)
    milestone = assessed.read(lambda tx: tx.milestones.latest(assessed.project().id))
    assert (milestone.sequence, milestone.cause, len(milestone.answers)) == (2, "closed", 9)
    findings = {finding.dimension_id: finding.kind.value for finding in milestone.scorecard.findings}
    assert findings == {MONITORING: "unknown"}


def test_the_owner_can_ask_for_everything(assessed: World) -> None:
    go_to(assessed, due(assessed))
    opened = latest(assessed)
    assert "9 more questions of Churn are asked now." in said(assessed.press("olivia", "ask_all", opened.id))
    assert len(assessed.interview("olivia").questions) == 8
    assert set(assessed.interview("mei").questions) == {MONITORING, "feature-store-readiness"}
    assert "already" in said(assessed.press("olivia", "ask_all", opened.id))
    assert "owner" in said(assessed.press("mei", "ask_all", opened.id))
    assessed.press("mei", "resume", assessed.interview("mei").id)
    assessed.answer_all("mei", 3)
    assessed.answer_all("olivia", 3)
    milestone = assessed.read(lambda tx: tx.milestones.latest(assessed.project().id))
    assert (milestone.sequence, len(milestone.answers)) == (2, 10)


def test_a_carried_answer_can_be_changed(assessed: World) -> None:
    go_to(assessed, due(assessed))
    olivia = assessed.interview("olivia")
    assert "Rollback Capability" in said(assessed.command("olivia", "answers churn"))
    assessed.press("olivia", "edit_answer", f"{olivia.id}|{ROLLBACK}")
    assert assessed.interview("olivia", olivia.id).current == ROLLBACK
    assessed.press("olivia", "answer", f"{olivia.id}|{ROLLBACK}|0")
    assessed.pass_all("olivia", olivia.id)
    assert {a.level for a in current(assessed) if a.dimension_id == ROLLBACK} == {0}


def test_words_typed_before_they_begin_are_no_answer(assessed: World) -> None:
    go_to(assessed, due(assessed))
    assert "Type “resume” to begin." in said(assessed.say("mei", "2"))
    assert MONITORING not in {answer.dimension_id for answer in current(assessed)}
    assessed.say("mei", "resume")
    assert assessed.interview("mei").current == MONITORING


def test_the_form_works_before_they_begin(assessed: World) -> None:
    go_to(assessed, due(assessed))
    mei = assessed.interview("mei")
    reply = assessed.send("mei", "questionnaire", mei.id, {f"level:{MONITORING}": "2"})
    assert not reply.errors
    assert latest(assessed).state is AssessmentState.COMPLETE


def test_a_blocker_brings_it_forward_and_a_waived_one_does_not(world: World) -> None:
    world.clock.at = MONDAY
    world.found(exposure="3")
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("olivia", LEVELS)
    assert because(world) is Because.BLOCKED
    assert due(world).date().isoformat() == "2026-12-15"


@pytest.mark.parametrize("what", ["target_date", "owner"])
def test_what_happens_in_between_brings_it_forward(assessed: World, what: str) -> None:
    project = assessed.project()
    assessed.clock.later(days=10)
    fields = {"name": "Churn", "key": "churn", "exposure": "2", "owner": account("olivia"), "channel": "C1"}
    changed = {"target_date": "2027-03-01"} if what == "target_date" else {"owner": account("dan")}
    assert not assessed.submit("olivia", project.id, **{**fields, **changed}).errors
    assert because(assessed) is Because.HASTENED
    assert due(assessed).date().isoformat() == "2026-12-11"
    go_to(assessed, due(assessed))
    assert latest(assessed).state is AssessmentState.OPEN
    assert assessed.project().hastened_at is None


def test_it_waits_for_an_owner_who_stays_away_longer_than_was_said(assessed: World) -> None:
    (answer,) = [a for a in current(assessed) if a.dimension_id == ROLLBACK]
    assessed.clock.later(days=10)
    assessed.command("olivia", "away 2026-12-11")
    assessed.send("mei", "doubt_evidence", answer.id, {"words": "It shows another system."})
    back = due(assessed)
    assert back.date().isoformat() == "2026-12-14"
    assessed.clock.at = back - timedelta(hours=2)
    assessed.command("olivia", "away 2026-12-14..2026-12-18")
    # What was due while they were away has passed, and they are away again.
    go_to(assessed, back)
    assert latest(assessed).state is AssessmentState.COMPLETE
    assert due(assessed).date().isoformat() == "2026-12-21"
    go_to(assessed, due(assessed))
    assert latest(assessed).state is AssessmentState.OPEN


def test_a_doubt_brings_it_forward_and_asks_just_that(assessed: World) -> None:
    (answer,) = [a for a in current(assessed) if a.dimension_id == ROLLBACK]
    assessed.clock.later(days=10)
    assessed.send("mei", "doubt_evidence", answer.id, {"words": "It shows another system."})
    go_to(assessed, due(assessed))
    assert assessed.clock.now().date().isoformat() == "2026-12-11"
    assert ROLLBACK in assessed.interview("olivia").questions


def test_an_experiment_is_visited_and_nothing_is_opened(world: World) -> None:
    world.clock.at = MONDAY
    world.found(exposure="1")
    world.deliver()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 1)
    world.deliver()
    world.messenger.posts.clear()
    assert because(world) is Because.EXPERIMENT
    for visit in range(1, 3):
        go_to(world, due(world))
        assert len(world.messenger.said_to(account("olivia"))) == visit
        assert "how is it going?" in world.messenger.said_to(account("olivia"))[-1]
        assert world.tick() == 0
    assert latest(world).state is AssessmentState.COMPLETE


def test_after_a_long_sleep_it_is_opened_once(assessed: World) -> None:
    assessed.clock.at = MONDAY + timedelta(days=400)
    assessed.tick()
    assert latest(assessed).state is AssessmentState.OPEN
    assert assessed.read(lambda tx: len(tx.assessments.of_projects([assessed.project().id]))) == 2


def test_an_archived_project_is_left_alone(assessed: World) -> None:
    assessed.press("olivia", "archive", assessed.project().id)
    assert appointment(assessed) is None
    go_to(assessed, MONDAY + timedelta(days=200))
    assert latest(assessed).state is AssessmentState.COMPLETE


def test_a_whole_assessment_by_hand_asks_everything(assessed: World) -> None:
    assessed.command("olivia", "start churn")
    assert appointment(assessed) is None
    assert len(assessed.interview("olivia").questions) == 8


@pytest.mark.parametrize(
    ("words", "date", "shown"),
    [
        ("weekly", "2026-12-07", "Cadence: weekly."),
        ("Monthly", "2026-12-30", "Cadence: monthly."),
        ("quarterly", "2027-03-01", "Cadence: quarterly."),
        ("auto", "2027-01-14", "Cadence: automatic, every 45 days at present."),
        ('cron "0 9 1 * *" Europe/Berlin', "2027-01-01", "by its own rule, 0 9 1 * * (Europe/Berlin)"),
        ("cron “30 10 * * 1”", "2026-12-07", "by its own rule, 30 10 * * 1 (Europe/Berlin)"),
        ("cron 0 9 1 * * Asia/Tokyo", "2027-01-01", "(Asia/Tokyo)"),
    ],
)
def test_the_owner_sets_a_cadence(assessed: World, words: str, date: str, shown: str) -> None:
    assessed.command("olivia", "schedule churn quarterly" if words != "quarterly" else "schedule churn weekly")
    assert shown in said(assessed.command("olivia", f"schedule churn {words}"))
    assert due(assessed).date().isoformat() == date
    assert shown in said(assessed.command("mei", "schedule churn"))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("fortnightly", "There are: automatic, weekly, monthly, quarterly, cron."),
        ("cron", "It has five parts"),
        ('cron "0 9 1 *"', "It has five parts"),
        ('cron "0 2 * * *"', "Choose an hour from 4 to 22."),
        ('cron "0 9 1 * *" Mars/Olympus', "I don’t know the time zone Mars/Olympus"),
    ],
)
def test_a_mistake_says_what_is_allowed_and_changes_nothing(assessed: World, words: str, answer: str) -> None:
    before = due(assessed)
    assert answer in said(assessed.command("olivia", f"schedule churn {words}"))
    assert due(assessed) == before
    assert "owner" in said(assessed.command("mei", "schedule churn weekly"))


def test_the_form_keeps_a_rule_and_can_replace_it(assessed: World) -> None:
    fields = {"name": "Churn", "key": "churn", "exposure": "2", "owner": account("olivia"), "channel": "C1"}
    refused = assessed.submit("olivia", assessed.project().id, **fields, cadence="cron")
    assert refused.errors
    assessed.command("olivia", 'schedule churn cron "0 9 1 * *" Europe/Berlin')
    assert not assessed.submit("olivia", assessed.project().id, **fields, cadence="cron").errors
    assert assessed.project().cadence_rule == "0 9 1 * *"
    assert not assessed.submit("olivia", assessed.project().id, **fields, cadence="weekly").errors
    assert assessed.project().cadence_rule == ""
