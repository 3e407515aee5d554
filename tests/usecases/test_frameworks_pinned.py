"""Assessments and results keep the framework they were made by, whatever is imported since."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event

from bot.chat.view import Reply
from bot.readiness.framework_versions import FrameworkKey, FrameworkMissing
from tests.frameworks import documented, relabelled, shipped, without
from tests.usecases.frameworks import hand_in
from tests.world import World, account, said


def test_an_open_assessment_ends_by_its_version_and_the_next_is_asked_by_the_new_one(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    told = hand_in(world, shipped("1.1", without("feature-store-readiness")))
    assert "These open assessments end by the version they were started with: churn." in told
    world.answer_all("olivia", 2)
    first = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (first.framework_id, first.framework_version) == ("poc-to-production", "1.0")
    world.deliver()

    status = said(world.command("olivia", "status churn"))
    assert "Assessed by version 1.0; 1.1 is current. Start a new assessment to compare." in status
    assert "Assessed by version 1.0; 1.1 is current." in said(world.command("olivia", "why churn"))
    assert "Feature Store Readiness" in said(world.command("olivia", "why churn"))
    assert "Assessed by version 1.0; 1.1 is current." in said(world.command("olivia", "history churn"))

    world.command("olivia", "start churn")
    assert "The open assessment is asked by the current one." in said(world.command("olivia", "status churn"))
    assert len(world.interview("olivia").questions) == 9
    world.answer_all("olivia", 1)
    second = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert second.framework_version == "1.1"
    world.deliver()
    assert any("Not like for like" in each for each in world.messenger.said_to(account("olivia"))[-3:])
    history = said(world.command("olivia", "history churn"))
    assert "Not like for like: the earlier result was made by version 1.0, this one by version 1.1." in history
    assert "is current" not in said(world.command("olivia", "status churn"))
    listed = said(world.command("ada", "framework"))
    assert "Results of 1 project stand by it: churn" in listed


def test_an_assessment_that_nobody_answered_ends_by_its_version_too(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    hand_in(world, shipped("1.1", without("feature-store-readiness")))
    open_one = world.read(lambda tx: tx.assessments.open_of(world.project().id))
    world.press("olivia", "close_assessment", open_one.id)
    milestone = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (milestone.framework_id, milestone.framework_version) == ("poc-to-production", "1.0")


def test_an_older_result_is_edited_and_scored_again_by_its_own_version(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    interview = world.interview("olivia")
    hand_in(world, shipped("1.1", without("feature-store-readiness")))
    world.press("olivia", "edit_answer", f"{interview.id}|feature-store-readiness")
    world.press("olivia", "answer", f"{interview.id}|feature-store-readiness|0")
    latest = world.read(lambda tx: tx.milestones.latest(world.project().id))
    assert (latest.cause, latest.framework_version) == ("edited", "1.0")
    project = world.project()
    world.press("olivia", "move", f"{project.id}|3")
    latest = world.read(lambda tx: tx.milestones.latest(project.id))
    assert (latest.cause, latest.framework_version) == ("moved", "1.0")
    assert any(finding.dimension_id == "feature-store-readiness" for finding in latest.scorecard.findings)
    world.deliver()


PAGES: dict[str, Callable[[World], Reply]] = {
    **{
        word: partial(lambda word, world: world.command("olivia", f"{word} churn"), word)
        for word in ("status", "why", "blockers", "history", "move", "edit", "archive")
    },
    "portfolio": lambda world: world.command("olivia", "", name="portfolio"),
    "home": lambda world: world.open_home("olivia"),
    "framework": lambda world: world.command("ada", "framework"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_dimension_that_is_gone_breaks_no_page(world: World, page: str) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    hand_in(world, documented())
    reply = PAGES[page](world)
    assert "Something broke" not in said(reply)
    assert reply.view or reply.form or reply.home
    world.command("olivia", "start churn")
    reply = PAGES[page](world)
    assert "Something broke" not in said(reply)
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    assert "Something broke" not in said(PAGES[page](world))
    assert {state for states in world.outbox_states().values() for state, _ in states} <= {"sent", "dropped"}


def test_the_portfolio_says_which_projects_another_framework_rated_and_what_it_cannot_place(world: World) -> None:
    for key in ("churn", "notes"):
        world.found(name=key.title(), key=key, exposure="3")
        world.command("olivia", f"start {key}")
        world.answer_all("olivia", 0, linked=False)
    assert "Rated by" not in said(world.command("olivia", "", name="portfolio"))
    hand_in(world, shipped("1.1", without("feature-store-readiness")))
    world.command("olivia", "start notes")
    world.answer_all("olivia", 0, linked=False)
    overview = said(world.command("olivia", "", name="portfolio"))
    assert "- Rated by version 1.0: 1 project\n" in overview
    assert "Stages and barriers are named by the current framework (version 1.1)" in overview
    hand_in(world, documented())
    overview = said(world.command("olivia", "", name="portfolio"))
    assert "- Rated by “From proof of concept to production”, version 1.0: 1 project\n" in overview
    assert "- Rated by “From proof of concept to production”, version 1.1: 1 project\n" in overview
    assert "(“Claims automation”, version 1.0)" in overview


def test_what_another_framework_no_longer_asks_was_not_resolved(world: World) -> None:
    world.found(exposure="3")
    world.command("olivia", "start churn")
    world.answer_all("olivia", 0, linked=False)
    world.deliver()
    hand_in(world, documented())
    world.command("olivia", "start churn")
    world.answer_all("olivia", 3)
    world.deliver()
    channel = world.messenger.said_to("C1")[-1]
    assert "Not like for like" in channel
    assert "Data Pipeline Stability" not in channel


def test_last_times_answer_is_offered_only_where_the_levels_read_the_same(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    hand_in(world, shipped("1.1", relabelled("data-pipeline-stability")))
    world.command("olivia", "start churn")
    interview = world.interview("olivia")
    assert interview.questions[0] == "data-pipeline-stability"
    refused = world.press("olivia", "unchanged", f"{interview.id}|data-pipeline-stability")
    assert "There is no earlier answer" in said(refused)
    world.press("olivia", "answer", f"{interview.id}|data-pipeline-stability|1")
    same = interview.questions[1]
    assert "There is no earlier answer" not in said(world.press("olivia", "unchanged", f"{interview.id}|{same}"))


def test_roles_of_the_other_framework_are_kept_when_the_project_is_edited(world: World) -> None:
    world.found(team=True)
    hand_in(world, documented())
    before = world.project().roles
    world.submit("olivia", world.project().id, name="Churn", key="churn", exposure="2", owner=account("olivia"))
    assert world.project().roles == before


def test_a_page_costs_no_query_more_while_the_current_framework_is_the_pinned_one(world: World) -> None:
    world.found()
    world.command("olivia", "start churn")
    world.answer_all("olivia", 2)
    world.deliver()
    counted: list[int] = []
    statements: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(world.engines.reading, "before_cursor_execute", count)
    for word in ("status", "blockers", "history", "why"):
        world.command("olivia", f"{word} churn")
    for imported in (False, True):
        if imported:
            hand_in(world, shipped("1.1"))
            world.command("ada", "framework use poc-to-production 1.0")
            world.command("olivia", "status churn")
        statements.clear()
        for word in ("status", "blockers", "history", "why"):
            world.command("olivia", f"{word} churn")
        counted.append(len([each for each in statements if "FROM" in each]))
    event.remove(world.engines.reading, "before_cursor_execute", count)
    assert counted[0] == counted[1]


def test_a_framework_that_is_neither_stored_nor_shipped_is_a_clear_fault_of_ours(world: World) -> None:
    world.found()
    library = world.conversation.library

    def look(tx: Any) -> None:
        with pytest.raises(FrameworkMissing, match=r"framework lost 9: expected it in the table"):
            library.of(tx, FrameworkKey("lost", "9"))

    world.read(look)
