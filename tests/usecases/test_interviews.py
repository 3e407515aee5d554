"""Answering: follow-ups, promises, second thoughts, order, the whole form, one's own answers."""

import pytest
from sqlalchemy import text

from bot.chat.view import Choices
from bot.readiness.assessment import Answer
from bot.usecases.questionnaire import level_field, words_field
from tests.begun import begun
from tests.world import World, account, said

DATA, OWNERSHIP, KPI = "data-pipeline-stability", "team-ownership", "business-kpi-alignment"
MONITORING, ROLLBACK = "model-monitoring", "rollback-capability"


@pytest.fixture
@begun
def asked(world: World) -> World:
    """Olivia is asked about a project with users; Mei answers for monitoring, Emma for ownership."""
    world.found(exposure="3", **{"role_ml-engineering": account("mei"), "role_engineering-manager": account("emma")})
    world.command("olivia", "start churn")
    return world


def given(world: World, handle: str) -> dict[str, Answer]:
    """What somebody said in their newest interview, by dimension."""
    interview = world.interview(handle)
    found = world.read(lambda tx: tx.answers.current(interview.assessment_id))
    return {answer.dimension_id: answer for answer in found if answer.respondent_id == interview.respondent_id}


def choose(world: World, handle: str, dimension_id: str, level: int) -> None:
    assert not said(world.press(handle, "answer", f"{world.interview(handle).id}|{dimension_id}|{level}"))


def wanted(world: World, handle: str) -> list[str]:
    return [each.id for each in world.interview(handle).wanted]


def test_follow_ups_are_asked_in_one_message_and_the_next_question_follows(asked: World) -> None:
    choose(asked, "olivia", KPI, 3)
    assert wanted(asked, "olivia") == ["evidence", "business-case", "measured-beyond-the-model"]
    asked.say("olivia", "https://wiki.example/case")
    asked.send("olivia", "details", f"{asked.interview('olivia').id}|{KPI}|business-case|", {"measure": "churn rate"})
    assert given(asked, "olivia")[KPI].facts == {"measure": "churn rate"}
    assert asked.interview("olivia").current == DATA
    asked.deliver()
    assert len(asked.messenger.said_to(account("olivia"))) == 2, "two questions, and nothing for the follow-ups"


def test_a_typed_answer_says_below_it_what_the_question_above_asks_now(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    assert world.interview("olivia").current == OWNERSHIP
    for words, told in [
        ("3", "Saved. One more thing in the question above: Where can others see this? Paste a link."),
        ("no link", "One more thing in the question above: Who owns what, and who runs it after launch? Type now: "),
        ("Dan, all of it", "Saved. Next in the question above: "),
        ("we wrote to the board", "Saved. Next in the question above: "),
        ("3", "Saved. Next in the question above: "),
        ("resume", ""),
        ("not now", ""),
    ]:
        shown = said(world.say("olivia", words))
        assert shown.startswith(told) if told else not shown, (words, shown)
    world.press("olivia", "edit_answer", f"{world.interview('olivia').id}|feature-store-readiness")
    assert said(world.say("olivia", "n/a")) == (
        "Why does it not apply? Choose a reason in the question above, or type your own."
    )
    assert not said(world.say("olivia", "prompts only"))


def test_a_pressed_answer_says_it_in_its_own_message_only(asked: World) -> None:
    value = f"{asked.interview('olivia').id}|{KPI}"
    assert not said(asked.press("olivia", "answer", f"{value}|3"))
    assert not said(asked.press("olivia", "not_now", f"{value}|evidence"))
    assert wanted(asked, "olivia")[0] == "business-case"


def test_facts_typed_one_by_one_fill_the_fields_in_order(asked: World) -> None:
    choose(asked, "olivia", KPI, 3)
    for words in ("no link", "they leave", "F1"):
        asked.say("olivia", words)
    assert wanted(asked, "olivia")[0] == "business-case"
    asked.say("olivia", "not now")
    assert wanted(asked, "olivia") == ["measured-beyond-the-model"], "F1 grades the model, and nothing else"
    asked.say("olivia", "2")
    assert (given(asked, "olivia")[KPI].level, given(asked, "olivia")[KPI].facts["measure"]) == (2, "F1")


def test_a_form_of_facts_that_was_cleared_forgets_them(asked: World) -> None:
    choose(asked, "olivia", KPI, 2)
    value = f"{asked.interview('olivia').id}|{KPI}|business-case|"
    asked.send("olivia", "details", value, {"measure": "churn rate", "target": "3 %"})
    asked.send("olivia", "details", value, {"measure": "churn rate"})
    assert given(asked, "olivia")[KPI].facts == {"measure": "churn rate"}


def test_a_gap_is_promised_by_form_with_its_faults_told(asked: World) -> None:
    choose(asked, "olivia", KPI, 1)
    value = f"{asked.interview('olivia').id}|{KPI}|owner-and-date|"
    for fields, faulty in (
        ({}, ".day"),
        ({".day": "2020-01-01", ".closer": account("mei")}, ".day"),
        ({".day": "soon", ".closer": account("mei")}, ".day"),
        ({".day": "2027-01-31"}, ".closer"),
    ):
        assert list(asked.send("olivia", "details", value, fields).errors) == [faulty]
    assert not asked.send("olivia", "details", value, {".day": "2027-01-31", ".closer": account("mei")}).errors
    mei = asked.read(lambda tx: tx.people.of_account(account("mei")).id)
    facts = given(asked, "olivia")[KPI].facts
    assert (facts["owner-and-date.person"], facts["owner-and-date.due"]) == (mei, "2027-01-31")


def test_monitoring_without_a_receiver_asks_whoever_answered_for_ownership_again_and_once(asked: World) -> None:
    asked.answer_all("emma", 2)
    choose(asked, "mei", MONITORING, 3)
    asked.pass_all("mei", asked.interview("mei").id)
    emma = asked.interview("emma")
    assert (emma.current, emma.doubted) == (OWNERSHIP, {"alert-receiver-named"})
    asked.say("emma", "skip")
    asked.press("mei", "answer", f"{asked.interview('mei').id}|{MONITORING}|4")
    assert asked.interview("emma").is_over


def test_one_person_who_answers_both_is_asked_again_next(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    interview_id = world.interview("olivia").id
    choose(world, "olivia", OWNERSHIP, 2)
    world.pass_all("olivia", interview_id)
    world.press("olivia", "edit_answer", f"{interview_id}|{MONITORING}")
    choose(world, "olivia", MONITORING, 3)
    world.pass_all("olivia", interview_id)
    assert (world.interview("olivia").current, world.interview("olivia").again) == (OWNERSHIP, {OWNERSHIP})
    world.deliver()
    assert "nobody is named who receives them" in world.messenger.said_to(account("olivia"))[-1]


def test_the_next_question_is_chosen_with_the_answer_that_is_being_given(asked: World) -> None:
    assert asked.interview("olivia").questions[:2] == (KPI, DATA)
    choose(asked, "olivia", KPI, 0)
    asked.pass_all("olivia", asked.interview("olivia").id)
    assert asked.interview("olivia").current == ROLLBACK, "readiness is settled; the gravest finding comes next"


def test_to_stop_is_refused_while_something_matters_and_always_in_a_first_assessment(world: World) -> None:
    world.found(exposure="2", target="2")
    world.command("olivia", "start churn")
    interview_id = world.interview("olivia").id
    fields = {level_field(each): "1" for each in (DATA, OWNERSHIP, "infrastructure-scalability")}
    fields |= {
        level_field("integration-completeness"): "1",
        level_field(KPI): "2",
        words_field(KPI): "https://x.example",
    }
    world.send("olivia", "questionnaire", interview_id, fields)
    assert "not possible at this point" in said(world.press("olivia", "stop", interview_id))
    world.answer_all("olivia", 0)
    world.clock.later(days=30)
    world.command("olivia", "start churn")
    second = world.interview("olivia").id
    assert "not possible at this point" in said(world.press("olivia", "stop", second))
    world.send("olivia", "questionnaire", second, fields)
    assert not said(world.press("olivia", "stop", second))
    assert (world.interview("olivia").is_over, world.project().summary.stage) == (True, 2)


def test_a_whole_form_is_one_transaction_and_tells_every_fault_at_its_field(asked: World) -> None:
    interview_id = asked.interview("olivia").id
    wrong = {level_field(DATA): "2", level_field(KPI): "9", words_field(DATA): "https://x.example/" + "y" * 2000}
    errors = asked.send("olivia", "questionnaire", interview_id, wrong).errors
    assert set(errors) == {level_field(KPI), words_field(DATA)}
    assert given(asked, "olivia") == {}
    right = {level_field(DATA): "3", words_field(DATA): "see https://x.example/runs", words_field(KPI): "ask Emma"}
    assert not asked.send("olivia", "questionnaire", interview_id, right).errors
    answers = given(asked, "olivia")
    assert (set(answers), answers[DATA].evidence.link, answers[DATA].note) == (
        {DATA},
        "https://x.example/runs",
        "see https://x.example/runs",
    )
    assert asked.interview("olivia").notes == {KPI: "ask Emma"}
    asked.deliver()
    told = asked.messenger.said_to(account("olivia"))
    assert [("still call for" in each, "question 1 of" in each) for each in told] == [(False, True), (True, False)]


def test_only_what_was_changed_in_the_form_is_recorded(asked: World) -> None:
    interview_id = asked.interview("olivia").id
    fields = {level_field(DATA): "1", level_field(KPI): "unknown", words_field(DATA): "by hand"}
    asked.send("olivia", "questionnaire", interview_id, fields)
    before = given(asked, "olivia")
    asked.send("olivia", "questionnaire", interview_id, {**fields, level_field(ROLLBACK): "open"})
    assert given(asked, "olivia") == before
    asked.send("olivia", "questionnaire", interview_id, {**fields, level_field(DATA): "2"})
    after = given(asked, "olivia")
    assert (after[DATA].level, after[DATA].note, after[KPI]) == (2, "by hand", before[KPI])


def test_last_times_answers_left_in_the_form_are_unchanged_with_their_facts(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    choose(world, "olivia", DATA, 2)
    world.send("olivia", "details", f"{world.interview('olivia').id}|{DATA}|data-contract|", {"schema": "ours"})
    world.answer_all("olivia", 2)
    world.clock.later(days=30)
    world.command("olivia", "start churn")
    links = {words_field(each): f"https://wiki.example/{each}" for each in (KPI, OWNERSHIP)}
    fields = {level_field(each): "2" for each in (DATA, KPI, OWNERSHIP)} | links | {words_field(KPI): ""}
    world.send("olivia", "questionnaire", world.interview("olivia").id, fields)
    answers = given(world, "olivia")
    assert {each: answer.unchanged for each, answer in answers.items()} == {DATA: True, OWNERSHIP: True, KPI: False}
    assert answers[DATA].facts == {"schema": "ours"}
    assert (answers[OWNERSHIP].evidence.link, answers[KPI].evidence.link) == (links[words_field(OWNERSHIP)], None)


def test_a_list_of_follow_ups_shrinks_as_they_are_told(asked: World) -> None:
    interview_id = asked.interview("olivia").id
    asked.send("olivia", "questionnaire", interview_id, {level_field(DATA): "1"})
    asked.deliver()
    assert "Data Pipeline Stability · Level 1. Who closes this gap" in asked.messenger.said_to(account("olivia"))[-1]
    value = f"{interview_id}|{DATA}|owner-and-date|{listed(asked)}"
    asked.send("olivia", "details", value, {".day": "2027-01-31", ".closer": account("olivia")})
    asked.deliver()
    assert "call for nothing more" in asked.messenger.edits[-1][1]


def listed(world: World) -> str:
    """The name of the one list that was sent."""
    with world.engines.reading.connect() as connection:
        keys = [key for (key,) in connection.execute(text("SELECT key FROM outbox WHERE kind = 'follow_ups'"))]
    return str(keys[0]).rpartition(":")[2]


def test_ones_own_answers_are_shown_with_a_way_to_change_each(asked: World) -> None:
    choose(asked, "olivia", KPI, 1)
    view = asked.command("olivia", "answers churn").view
    assert view is not None
    rows = [part for part in view.parts if isinstance(part, Choices)]
    assert len(rows) == len(asked.interview("olivia").questions)
    assert {row.press for row in rows} == {"edit_answer"}
    assert "was put to somebody else" in said(asked.press("mei", "own_answers", asked.interview("olivia").id))
    assert "No interview waits" in said(asked.command("ada", "answers churn"))
