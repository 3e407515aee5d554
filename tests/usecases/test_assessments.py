"""An assessment's life: who is asked, when it is complete, what follows."""

from bot.chat.incoming import Press
from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.usecases.ports import Profile
from tests.world import World, account, said


def test_a_project_without_roles_is_answered_whole_by_whoever_starts_it(world: World) -> None:
    world.found()
    assert "all 10 questions" in said(world.command("olivia", "start churn"))
    assert len(world.interview("olivia").questions) == 10


def test_each_dimension_goes_to_the_person_of_its_role(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    asked = {handle: len(world.interview(handle).questions) for handle in ("dan", "mei", "omar", "emma")}
    assert asked == {"dan": 1, "mei": 2, "omar": 2, "emma": 2}


def test_an_invited_person_is_asked_beside_the_others(world: World) -> None:
    world.found(team=True)
    world.command("olivia", f"start churn <@{account('ada')}>")
    assert len(world.interview("ada").questions) == 10


def test_the_result_comes_when_the_last_interview_is_over_and_not_before(world: World) -> None:
    world.found(team=True)
    world.command("olivia", "start churn")
    for handle in ("dan", "mei", "omar", "emma", "ravi", "sofia"):
        world.answer_all(handle, 2)
    assert world.project().summary is None
    world.answer_all("lukas", 2)
    summary = world.project().summary
    assert summary is not None
    assert (summary.readiness, summary.stage, summary.standing) == (3, 2, "ready_to_advance")


def test_the_channel_learns_the_first_result_and_every_change_and_nothing_else(world: World) -> None:
    world.found()
    for level, title in ((2, "first result, stage 2"), (0, "back from stage 2 to 1"), (2, "stage 1 → 2")):
        world.command("olivia", "start churn")
        world.answer_all("olivia", level)
        world.deliver()
        assert title in world.messenger.said_to("C1")[-1]
        world.clock.later(days=30)
    count = len(world.messenger.said_to("C1"))
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    assert len(world.messenger.said_to("C1")) == count


def test_a_second_assessment_waits_until_the_first_is_over(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    assert "is open already" in said(world.command("olivia", "start churn"))


def test_only_the_owner_or_an_admin_starts(world: World) -> None:
    world.found()
    assert "Only the owner" in said(world.command("mei", "start churn"))
    assert "assessment started" in said(world.command("ada", "start churn"))


def test_closing_counts_what_was_not_answered_as_unknown(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.press("olivia", "answer", f"{world.interview('olivia').id}|data-pipeline-stability|2")
    assessment = world.interview("olivia").assessment_id
    assert "is closed" in said(world.press("olivia", "close_assessment", assessment))
    summary = world.project().summary
    assert summary is not None
    assert (summary.readiness, summary.optimistic) == (1, 3)


def test_a_later_edit_scores_again_and_keeps_the_old_answer(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|business-kpi-alignment")
    world.press("olivia", "answer", f"{interview.id}|business-kpi-alignment|0")
    milestones = world.read(lambda tx: tx.milestones.of_project(world.project().id))
    assert [(m.cause, m.scorecard.stage) for m in milestones] == [("edited", 1), ("completed", 2)]
    current = world.read(lambda tx: tx.answers.current(interview.assessment_id))
    edited = next(answer for answer in current if answer.dimension_id == "business-kpi-alignment")
    old = world.read(lambda tx: tx.answers.get(edited.supersedes_id))
    assert (old.level, edited.level) == (2, 0)
    assert world.read(lambda tx: tx.milestones.verify_chain(world.project().id)) is None


def test_a_link_typed_before_the_level_backs_the_answer(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.say("olivia", "we rehearsed it, see https://wiki.example/load")
    world.say("olivia", "3")
    interview = world.interview("olivia")
    given = world.read(lambda tx: tx.answers.current(interview.assessment_id))[0]
    assert (given.kind, given.level, given.evidence.strength) == (AnswerKind.LEVEL, 3, EvidenceStrength.LINKED)
    assert given.evidence.link == "https://wiki.example/load"
    assert [wanted.id for wanted in interview.wanted] == ["data-contract"]


def test_unchanged_repeats_last_times_answer_with_its_evidence(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.clock.later(days=45)
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    for dimension_id in interview.questions:
        world.press("olivia", "unchanged", f"{interview.id}|{dimension_id}")
    current = world.read(lambda tx: tx.answers.current(interview.assessment_id))
    assert {(a.level, a.evidence.strength, a.unchanged) for a in current} == {(2, EvidenceStrength.LINKED, True)}
    assert len(world.read(lambda tx: tx.milestones.of_project(world.project().id))) == 2


def test_a_second_arrival_of_the_same_press_is_one_answer(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    pressed = Press(**world.who("olivia"), press="answer", value=f"{interview.id}|data-pipeline-stability|2")
    first, second = world.conversation.converse(pressed), world.conversation.converse(pressed)
    assert (said(first), said(second)) == ("", "")
    assert len(world.read(lambda tx: tx.answers.current(interview.assessment_id))) == 1


def test_archiving_closes_what_is_open_and_writes_no_result(world: World) -> None:
    project = world.found()
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    world.press("olivia", "archive", project.id)
    assert world.interview("olivia", interview.id).phase.value == "closed"
    assert world.project().summary is None
    answered = world.press("olivia", "answer", f"{interview.id}|data-pipeline-stability|2")
    assert "has ended" in said(answered)


def test_an_archived_project_takes_no_answer_and_tells_no_channel(world: World) -> None:
    project = world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    interview, told = world.interview("olivia"), len(world.messenger.said_to("C1"))
    world.press("olivia", "archive", project.id)
    assert "has ended" in said(world.press("olivia", "answer", f"{interview.id}|rollback-capability|0"))
    world.deliver()
    assert len(world.messenger.said_to("C1")) == told


def test_going_back_and_on_after_the_end_changes_nothing(world: World) -> None:
    project = world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    here = f"{interview.id}|{interview.questions[-1]}"
    world.press("olivia", "back", here)
    world.press("olivia", "skip", here)
    assert len(world.read(lambda tx: tx.milestones.of_project(project.id))) == 1


def test_an_edit_of_an_older_assessment_does_not_overwrite_the_newer_result(world: World) -> None:
    project = world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    old = world.interview("olivia")
    world.clock.later(days=30)
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.press("olivia", "answer", f"{old.id}|business-kpi-alignment|0")
    assert len(world.read(lambda tx: tx.milestones.of_project(project.id))) == 2
    assert world.project().summary.stage == 2


def test_an_edit_that_asks_for_a_link_counts_at_once(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|rollback-capability")
    world.press("olivia", "answer", f"{interview.id}|rollback-capability|1")
    assert world.project().summary.stage == 2


def test_skip_pressed_twice_leaves_one_question(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    here = f"{interview.id}|{interview.questions[0]}"
    world.press("olivia", "skip", here)
    world.press("olivia", "skip", here)
    assert world.interview("olivia").current == interview.questions[1]


def test_not_applicable_counts_once_somebody_else_agrees(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    here = f"{interview.id}|feature-store-readiness"
    world.press("olivia", "edit_answer", here)
    world.press("olivia", "not_applicable", here)
    assert "no longer leads anywhere" in said(world.press("olivia", "reason", f"{here}|rubbish"))
    world.press("olivia", "reason", f"{here}|no-engineered-features")
    claim = next(
        answer
        for answer in world.read(lambda tx: tx.answers.current(interview.assessment_id))
        if answer.dimension_id == "feature-store-readiness"
    )
    assert world.project().summary.exclusions == 0
    assert "Nobody can confirm their own claim" in said(world.press("olivia", "agree", claim.id))
    assert "[Agree: Feature Store Readiness does not apply]" in said(world.command("ada", "why churn"))
    assert "Agreed and recorded" in said(world.press("ada", "agree", claim.id))
    assert world.project().summary.exclusions == 1
    assert "done already" in said(world.press("ada", "agree", claim.id))


def test_the_alert_names_the_authoritative_answer_as_the_cause(world: World) -> None:
    world.found(team=True)
    for level in (1, 2):
        world.command("olivia", f"start churn <@{account('ada')}>")
        for handle in ("dan", "mei", "omar", "emma", "ravi", "sofia", "lukas"):
            world.answer_all(handle, level)
        world.answer_all("ada", 0)
        world.clock.later(days=30)
    world.deliver()
    assert "Business KPI Alignment: level 1 → level 2" in world.messenger.said_to("C1")[-1]


def test_only_the_settings_name_admins_when_they_do(world: World) -> None:
    world.messenger.profiles = {account("eve"): Profile("Eve", "UTC", "en", is_admin=True)}
    world.command("eve", "resume")
    world.deliver()
    world.open_home("ada")
    stored = world.read(lambda tx: [person.name for person in tx.people.all() if person.is_admin])
    assert stored == []
    assert "Admins: ada" in said(world.command("ada", "roles"))


def test_commands_typed_during_an_interview_are_not_taken_for_notes(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    assert "stage" in said(world.say("olivia", "status churn"))
    assert "What you can ask me" in said(world.say("olivia", "help"))
    assert "form for a new project" in said(world.say("olivia", "new"))
    assert "Noted" in said(world.say("olivia", "start of the year we rehearsed"))
    assert "Noted" in said(world.say("olivia", "portfolio is full of risk"))
    assert "Levels go from 0 to 4" in said(world.say("olivia", "5"))
    assert world.interview("olivia").notes == {
        "data-pipeline-stability": "start of the year we rehearsed\nportfolio is full of risk"
    }
