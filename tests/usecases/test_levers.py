"""Levers and forecasts in a living portfolio: counted from what milestones leave, judged by the next cycle."""

import re

import pytest
from sqlalchemy import text

from bot.readiness.leverage import LeverKind, leverage
from bot.readiness.scoring import Rating
from bot.usecases.levers import PAGE
from tests.frameworks import shipped
from tests.readiness.rescored import Scored, brute_lever
from tests.usecases.frameworks import hand_in
from tests.usecases.gaps import D1, D3, D5, answer, assessed, buttons
from tests.world import World, said

D4, D6, D7 = "rollback-capability", "integration-completeness", "governance-and-compliance"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def levers(world: World, handle: str = "zoe") -> str:
    return said(world.command(handle, "levers", name="portfolio"))


def history(world: World) -> str:
    return said(world.command("olivia", "history churn"))


def test_levers_are_what_scoring_every_project_again_gives(world: World) -> None:
    # Ahead by two stages, before a move, two of one barrier, two of different ones, nothing short, archived.
    assessed(world, {D4: 0}, "alpha", exposure="4", target="4")
    assessed(world, {D4: 1}, "beta", exposure="2", target="3")
    assessed(world, {D3: 1, D4: 1}, "gamma")
    assessed(world, {D5: 1, D7: 1}, "delta")
    assessed(world, 2, "epsilon")
    assessed(world, {D4: 1}, "zeta")
    world.press("olivia", "archive", world.project("zeta").id)
    framework = world.conversation.library.shipped
    portfolio = [as_answered(world, key) for key in ("alpha", "beta", "gamma", "delta", "epsilon")]
    found = leverage(world.read(lambda tx: tx.holds.counted()))
    for dimension in framework.dimensions:
        expected = brute_lever(portfolio, LeverKind.DIMENSION, dimension.id, [dimension.id])
        assert found.lever(LeverKind.DIMENSION, dimension.id) == expected
    for barrier in framework.barriers:
        inside = [each.id for each in framework.dimensions if each.primary == barrier.id]
        expected = brute_lever(portfolio, LeverKind.BARRIER, barrier.id, inside)
        assert found.lever(LeverKind.BARRIER, barrier.id) == expected
    page = levers(world)
    assert "Something is short in 4 projects; in 1 of them it belongs to several barriers" in page
    assert "Solving Operational gaps lifts 3 projects: 2 rise at once, by" in page
    assert "zeta" not in page


def as_answered(world: World, key: str) -> Scored:
    """A project rated as its latest result was."""
    project = world.project(key)
    latest = world.read(lambda tx: tx.milestones.latest(project.id))
    answers = world.read(lambda tx: tx.answers.many(latest.answers))
    ratings = {each.dimension_id: Rating(each.kind, each.level, each.evidence.strength) for each in answers}
    return Scored(world.conversation.library.shipped, project.exposure, project.target, ratings)


@SQLITE
def test_from_a_lever_one_gets_to_its_projects_page_by_page_and_on_to_a_status(world: World) -> None:
    for number in range(PAGE + 2):
        assessed(world, {D4: 1}, f"k{number:02}", exposure="2", target="3")
    assert "Solving Rollback Capability (Operational gaps) lifts 12 projects: 12 become ready" in levers(world)
    assert " and 9 more." in levers(world)
    overview = said(world.command("zoe", "", name="portfolio"))
    assert "Biggest lever: solving Rollback Capability lifts 12 projects." in overview
    first = world.press("zoe", "lever", f"dimension|{D4}|0")
    assert "ready to move to stage 3" in said(first)
    assert buttons(first) == [("lever", f"dimension|{D4}|10"), ("levers", "")]
    second = world.press("zoe", "lever", f"dimension|{D4}|10")
    pages = [re.findall(r"\((k\d\d)\)", said(page)) for page in (first, second)]
    assert [len(page) for page in pages] == [PAGE, 2]
    assert sorted(pages[0] + pages[1]) == [f"k{number:02}" for number in range(PAGE + 2)]
    assert buttons(second) == [("lever", f"dimension|{D4}|0"), ("levers", "")]
    assert said(world.press("zoe", "lever", f"dimension|{D4}|{10**30}")) == said(first)
    assert "K11" in said(world.press("zoe", "status", world.project("k11").id))


@SQLITE
@pytest.mark.parametrize("value", ["", "dimension", f"person|{D4}|0", f"dimension|{D4}|x", f"dimension|{D4}|-1"])
def test_a_button_that_means_no_lever_says_so(world: World, value: str) -> None:
    assert "no longer leads anywhere" in said(world.press("zoe", "lever", value))
    assert "This lifts no project any more" in said(world.press("zoe", "lever", f"dimension|{D4}|0"))


def test_a_forecast_is_judged_by_the_next_assessment_and_by_nothing_before(world: World) -> None:
    assessed(world, {D3: 1, D4: 1, D7: 1}, exposure="3")
    foreseen = "Model Monitoring, Rollback Capability, Governance and Compliance would lift it from stage 2 to 3."
    assert foreseen in history(world)
    # Whatever changes meanwhile is no next cycle.
    interview = world.interview("olivia").id
    for dimension in (D3, D4):
        world.press("olivia", "edit_answer", f"{interview}|{dimension}")
        world.press("olivia", "answer", f"{interview}|{dimension}|2")
        world.pass_all("olivia", interview)
    assert "The next assessment will show." in history(world)
    assert "1 waits for the next assessment." in levers(world)

    answer(world, {D7: 1})
    assert "It was not tried: 2 of 3 were raised." in history(world)
    answer(world, 2)
    assert "Governance and Compliance would lift it from stage 2 to 3. It came true." in history(world)
    world.deliver()
    assert "It came true." in world.messenger.said_to("U0OLIVIA")[-1]
    assert "Of 1 that was tried, 1 came true (100 %). 1 was not tried." in levers(world)


def test_a_forecast_fails_by_what_fell_meanwhile_and_says_by_what(world: World) -> None:
    assessed(world, {D4: 1}, exposure="3")
    answer(world, {D1: 0})
    assert "Rollback Capability would lift it from stage 2 to 3. It did not come true: Data Pipeline" in history(world)
    assert "Of 1 that was tried, 0 came true (0 %)." in levers(world)


@SQLITE
def test_a_forecast_does_not_compare_by_another_framework_and_waits_for_nothing_once_archived(world: World) -> None:
    assessed(world, {D4: 1}, exposure="3")
    hand_in(world, shipped("1.1"))
    answer(world, 2)
    assert "It cannot be compared, as the framework changed." in history(world)
    answer(world, {D6: 1})
    assert "1 cannot be compared, as the framework changed. 1 waits for the next assessment." in levers(world)
    world.press("olivia", "archive", world.project().id)
    assert "waits" not in levers(world)


@SQLITE
def test_what_holds_a_project_is_filled_in_where_results_came_before_it_was_kept(world: World) -> None:
    assessed(world, {D4: 1}, exposure="3")
    before = levers(world)
    with world.engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM project_hold"))
        connection.execute(text("DELETE FROM forecast"))
        connection.execute(text("DELETE FROM tally WHERE what IN ('hold', 'rise', 'barrier_rise')"))
        connection.execute(
            text(
                "INSERT INTO appointment (tenant_id, kind, subject, project_id, step, attempts, at, due_at) "
                "SELECT tenant_id, 'summary', id, id, 0, 0, created_at, created_at FROM project"
            )
        )
    assert "Rollback" not in levers(world)
    world.tick()
    assert levers(world).split("[Portfolio]")[0] == before.split("Do such forecasts")[0]
