"""Reports, pictures and exports: who gets which, and what becomes of one that cannot be sent."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.document import Document
from bot.usecases.sending import MaybeTaken, RateLimited, Unreachable
from tests.begun import begun
from tests.world import World, account, said


@pytest.fixture
@begun
def assessed(world: World) -> World:
    """Churn is Olivia's and was answered whole by her; Omar holds a role in it; Mei is a manager."""
    world.found(role_operations=account("omar"), role_risk=account("olivia"))
    world.command("olivia", "start churn")
    for handle in ("olivia", "omar"):
        world.say(handle, "a secret note")
        world.answer_all(handle, 1)
    world.command("ada", f"roles <@{account('mei')}> manager")
    world.deliver()
    return world


def files_of(world: World, handle: str) -> tuple[Document, ...]:
    """The files that somebody got last."""
    keys = [key for to, _, key in world.messenger.posts if to == account(handle) and key in world.messenger.sent_files]
    return world.messenger.sent_files[keys[-1]] if keys else ()


def words_of(world: World, handle: str) -> str:
    """What stood above them."""
    sent = world.messenger.sent_files
    return [view for to, view, key in world.messenger.posts if to == account(handle) and key in sent][-1]


def exported(world: World, handle: str, text: str = "export") -> Any:
    world.command(handle, text)
    world.deliver()
    return json.loads(files_of(world, handle)[0].content)


@pytest.mark.parametrize("handle", ["olivia", "omar", "mei", "ada"])
def test_the_people_of_a_project_managers_and_admins_get_its_report(assessed: World, handle: str) -> None:
    assert "on its way to our direct messages" in said(assessed.command(handle, "report churn"))
    assessed.deliver()
    page, text = files_of(assessed, handle)
    assert (page.media_type, text.media_type) == ("text/html", "text/markdown")
    assert page.name == "churn-readiness-2026-11-23.html"
    assert "a secret note" in page.content.decode()
    assert "a secret note" in text.content.decode()


def test_who_only_sees_stages_gets_no_report(assessed: World) -> None:
    assert "Only people of Churn" in said(assessed.command("lukas", "report churn"))
    assessed.deliver()
    assert files_of(assessed, "lukas") == ()


def test_a_report_is_not_delivered_to_somebody_who_lost_the_right_to_read_it(assessed: World) -> None:
    assessed.command("mei", "report churn")
    assessed.command("ada", f"roles <@{account('mei')}> none")
    assessed.deliver()
    assert files_of(assessed, "mei") == ()
    assert assessed.outbox_states()["report"] == {("dropped", "nothing_to_say")}


def test_a_press_of_a_picture_brings_one_to_everybody(assessed: World) -> None:
    assessed.press("lukas", "picture", assessed.project().id)
    assessed.deliver()
    (picture,) = files_of(assessed, "lukas")
    assert picture.media_type == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert picture.alternative.startswith("One milestone, 23 Nov 2026: stage 1")


def test_buttons_with_forged_ids_bring_nothing(assessed: World) -> None:
    for press, value in (("picture", "nowhere"), ("report", "nowhere"), ("compare", "x"), ("compare", "nowhere|1|1")):
        assert "no longer leads anywhere" in said(assessed.press("olivia", press, value))
    own = assessed.project().id
    assert "no milestone 7" in said(assessed.press("olivia", "compare", f"{own}|1|7"))
    assert "Only people of Churn" in said(assessed.press("lukas", "report", own))
    assert assessed.deliver() == 0


@pytest.mark.parametrize("handle", ["olivia", "omar", "mei", "ada"])
def test_an_export_holds_everything_of_what_one_may_read(assessed: World, handle: str) -> None:
    whole = exported(assessed, handle)
    (project,) = whole["projects"]
    assert (whole["format"], whole["version"], project["access"]) == ("bridgehead-export", 1, "answers")
    assert [milestone["number"] for milestone in project["milestones"]] == [1]
    assert project["milestones"][0]["scorecard"]["stage"] == 1
    assert len(project["answers"]) == 10
    assert len(project["interviews"]) == 2
    assert project["assessments"][0]["state"] == "complete"
    assert [(each["dimension"], each["cleared_at"]) for each in project["blockers"]] == [
        ("business-kpi-alignment", None)
    ]
    assert any("a secret note" in answer["note"] for answer in project["answers"])
    assert {answer["evidence"]["strength"] for answer in project["answers"]} == {"linked"}
    named = {person["id"] for person in whole["people"]}
    assert {answer["respondent"] for answer in project["answers"]} <= named


def test_an_export_for_somebody_else_holds_stages_only(assessed: World) -> None:
    (project,) = exported(assessed, "lukas")["projects"]
    assert project["access"] == "stages"
    assert project["standing"]["stage"] == project["milestones"][0]["stage"] == 1
    hidden = {"answers", "interviews", "assessments", "blockers", "roles"}
    assert not hidden & project.keys()
    text = json.dumps(project)
    assert "a secret note" not in text
    assert "scorecard" not in text


def test_an_export_keeps_answers_that_were_replaced_and_archived_projects(assessed: World) -> None:
    interview = assessed.interview("olivia")
    assessed.press("olivia", "edit_answer", f"{interview.id}|{interview.questions[0]}")
    assessed.press("olivia", "answer", f"{interview.id}|{interview.questions[0]}|0")
    assessed.press("olivia", "archive", assessed.project().id)
    (project,) = exported(assessed, "ada")["projects"]
    assert project["archived_at"]
    newest = project["answers"][-1]
    assert newest["replaces"] in {answer["id"] for answer in project["answers"]}
    assert len(project["milestones"]) == 2


def test_an_export_of_one_project_holds_that_one(assessed: World) -> None:
    assessed.found(owner="ravi", name="Notes", key="notes", channel="C2")
    assert [each["key"] for each in exported(assessed, "ada")["projects"]] == ["churn", "notes"]
    assert [each["key"] for each in exported(assessed, "ada", "export notes")["projects"]] == ["notes"]
    assert [each["access"] for each in exported(assessed, "ravi")["projects"]] == ["stages", "answers"]


def test_the_table_of_standings_runs_nothing_in_a_spreadsheet(assessed: World) -> None:
    assessed.found(
        owner="ravi", name='=HYPERLINK("http://evil")', key="notes", business_function="@SUM(A1)", channel="C2"
    )
    exported(assessed, "lukas")
    text = files_of(assessed, "lukas")[1].content.decode("utf-8-sig")
    churn, notes = csv.DictReader(io.StringIO(text))
    assert (churn["key"], churn["stage"], churn["owner"]) == ("churn", "1", "Olivia")
    assert (notes["name"], notes["business_function"], notes["stage"]) == (
        '\'=HYPERLINK("http://evil")',
        "'@SUM(A1)",
        "",
    )


@pytest.mark.parametrize("taken", [True, False])
def test_files_that_may_have_arrived_are_looked_for_before_they_are_sent_again(assessed: World, taken: bool) -> None:
    assessed.command("olivia", "report churn")
    assessed.messenger.faults, assessed.messenger.taken_anyway = [MaybeTaken("timeout")], taken
    assessed.deliver()
    assessed.clock.later(seconds=61)
    assessed.deliver()
    assert len(assessed.messenger.looked_for) == 1
    assert sum("report of Churn" in text for text in assessed.messenger.said_to(account("olivia"))) == 1


def test_files_wait_as_long_as_the_platform_says(assessed: World) -> None:
    assessed.command("olivia", "report churn")
    assessed.messenger.faults = [RateLimited(timedelta(seconds=30))]
    assessed.deliver()
    assert files_of(assessed, "olivia") == ()
    assessed.clock.later(seconds=30)
    assessed.deliver()
    assert len(files_of(assessed, "olivia")) == 2


def test_who_may_get_no_files_is_told_what_to_do_and_loses_nothing(assessed: World) -> None:
    assessed.command("olivia", "report churn")
    assessed.messenger.faults = [Unreachable("missing_scope")]
    assessed.deliver()
    told = assessed.messenger.said_to(account("olivia"))[-1]
    assert "it is kept, and nothing is lost" in told
    assert "files:write" in told
    assert said(assessed.press("mei", "send_files", "")) == "No file waits for you."
    assert said(assessed.press("olivia", "send_files", "")) == "1 file is on its way."
    assessed.deliver()
    assert len(files_of(assessed, "olivia")) == 2


def test_each_file_that_is_held_is_told_of(assessed: World) -> None:
    for reason in ("missing_scope", "storage_limit_reached"):
        assessed.command("olivia", "export churn")
        assessed.messenger.faults = [Unreachable(reason)]
        assessed.deliver()
    told = [text for text in assessed.messenger.said_to(account("olivia")) if "A file for you is waiting" in text]
    assert len(told) == 2
    assert "storage_limit_reached" in told[1]
    assert said(assessed.press("olivia", "send_files", "")) == "2 files are on their way."


def test_a_project_whose_name_or_key_is_a_number_is_still_found(assessed: World) -> None:
    assessed.found(owner="olivia", name="Model 2", key="2024", channel="C2")
    for text in ("history Model 2", "history 2024"):
        assert "Model 2 has no result yet" in said(assessed.command("olivia", text))
    assert "milestone 1 and 1" in said(assessed.command("olivia", "history churn 1"))
    assert "no milestone 5" in said(assessed.command("olivia", "history churn 1..5"))
    assert "milestone 1 and 1" in said(assessed.command("omar", "history 1 1", channel="C1"))
