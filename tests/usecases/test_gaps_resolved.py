"""Claims: what is said to be resolved stands until an answer judges it."""

import pytest

from tests.usecases.gaps import D1, D5, answer, assessed, buttons
from tests.world import World, account, said

PROOF = {"link": "https://wiki.example/load", "words": "Load test passed."}


def test_a_claim_stands_until_the_answer_says_so_too(world: World) -> None:
    project = assessed(world, {D1: 1})
    value = f"{project}|{D1}"
    assert world.press("olivia", "resolved", value).form is not None
    assert "said to be resolved" in said(world.fill("olivia", "resolved", value, **PROOF))
    assert "already said" in said(world.fill("olivia", "resolved", value, **PROOF))
    assert "olivia says it is resolved" in said(world.command("ravi", "blockers churn"))
    world.deliver()
    asked = world.messenger.said_to(account("olivia"))[-1]
    assert "Is Data Pipeline Stability of Churn resolved?" in asked
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|{D1}")
    world.press("olivia", "answer", f"{interview.id}|{D1}|2")
    world.deliver()
    assert "no open blockers" in said(world.command("olivia", "blockers churn"))
    cleared = next(text for text in reversed(world.messenger.said_to("Cchurn")) if "Cleared" in text)
    assert "“Load test passed.”" in cleared


def test_a_claim_that_the_answer_does_not_bear_out_falls_and_the_blocker_says_so(world: World) -> None:
    project = assessed(world, {D1: 1})
    world.fill("olivia", "resolved", f"{project}|{D1}", **PROOF)
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|{D1}")
    world.press("olivia", "answer", f"{interview.id}|{D1}|1")
    world.deliver()
    assert "Said to be resolved, but the answer still falls short" in world.messenger.said_to("Cchurn")[-1]
    page = said(world.command("olivia", "blockers churn"))
    assert "the answer since then still falls short" in page
    assert "not resolved after all" in page
    assert ("resolved", f"{project}|{D1}") in buttons(world.command("olivia", "blockers churn"))


def test_another_answer_does_not_judge_a_claim(world: World) -> None:
    project = assessed(world, {D1: 1})
    world.clock.later(days=1)
    world.fill("olivia", "resolved", f"{project}|{D1}", **PROOF)
    interview = world.interview("olivia")
    world.clock.later(days=1)
    world.press("olivia", "edit_answer", f"{interview.id}|{D5}")
    world.press("olivia", "answer", f"{interview.id}|{D5}|3")
    assert len(world.read(lambda tx: tx.claims.standing(project))) == 1


def test_a_blocker_found_again_is_the_same_one_with_its_history(world: World) -> None:
    project = assessed(world, {D1: 1})
    first = world.read(lambda tx: tx.blockers.open_of(project))[0]
    for levels in (2, {D1: 1}):
        world.clock.later(days=10)
        answer(world, levels)
    again = world.read(lambda tx: tx.blockers.of_project(project))
    assert [(each.id, each.reopenings) for each in again] == [(first.id, 1)]
    page = said(world.command("olivia", "blockers churn"))
    assert "since today" in page
    assert "found (high) · Thu 3 Dec cleared · Sun 13 Dec open again (high)" in page
    world.deliver()
    assert "Cleared before, and short again" in world.messenger.said_to("Cchurn")[-1]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"link": "", "words": "done"}, "link"),
        ({"link": "ftp://x", "words": "done"}, "link"),
        ({"link": "https://a b", "words": "done"}, "link"),
        ({"link": "https://a", "words": " "}, "words"),
        ({"link": "https://a", "words": "x" * 1001}, "words"),
    ],
)
def test_a_claim_needs_a_link_and_words(world: World, fields: dict[str, str], fault: str) -> None:
    project = assessed(world, {D1: 1})
    assert world.fill("olivia", "resolved", f"{project}|{D1}", **fields).errors.keys() == {fault}


def test_only_whoever_took_it_on_or_steers_the_project_says_it_is_resolved(world: World) -> None:
    project = assessed(world, {D1: 1})
    reply = world.fill("ravi", "resolved", f"{project}|{D1}", **PROOF)
    assert "Only whoever took this on" in said(reply)
    assert world.read(lambda tx: tx.claims.standing(project)) == {}
