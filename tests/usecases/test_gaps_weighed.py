"""One notch up, and what the organization's projects share."""

from datetime import timedelta

from tests.frameworks import documented
from tests.usecases.frameworks import hand_in
from tests.usecases.gaps import (
    D1,
    D5,
    answer,
    assessed,
    make_manager,
)
from tests.world import World, account, said


def test_a_move_declared_for_soon_makes_what_it_asks_weigh_more(world: World) -> None:
    soon = (world.clock.now() + timedelta(days=20)).date().isoformat()
    assessed(world, 3, exposure="3", target="4", target_date=soon)
    world.command("olivia", "start churn")
    world.answer_all("olivia", [2, *[3] * 9])
    page = said(world.command("olivia", "blockers churn"))
    assert "weighs more: the move is declared for soon" in page
    later = {"target_date": "2027-06-01", "exposure": "3", "target": "4", "name": "Churn", "key": "churn"}
    world.submit("olivia", world.project().id, owner=account("olivia"), channel="Cchurn", **later)
    assert "no open blockers" in said(world.command("olivia", "blockers churn"))


def test_what_weighs_more_is_weighed_by_the_framework_that_asked(world: World) -> None:
    soon = (world.clock.now() + timedelta(days=20)).date().isoformat()
    assessed(world, 3, exposure="3", target="4", target_date=soon)
    world.command("olivia", "start churn")
    hand_in(world, documented())
    world.answer_all("olivia", [2, *[3] * 9])
    assert "weighs more: the move is declared for soon" in said(world.command("olivia", "blockers churn"))


def test_what_half_of_the_advancing_projects_share_is_one_finding_told_to_managers_once(world: World) -> None:
    make_manager(world, "mei")
    levels = {D1: 0, D5: 0}
    for key in ("churn", "fraud", "notes", "price"):
        assessed(world, 2, key, exposure="2", target="3")
    answer(world, levels, "churn")
    world.deliver()
    assert "New blockers" in world.messenger.said_to("Cchurn")[-1]
    assert not [text for text in world.messenger.said_to(account("mei")) if "holds back half" in text]
    fraud = len(world.messenger.said_to("Cfraud"))
    answer(world, {D1: 0}, "fraud")
    answer(world, {D1: 0}, "notes")
    world.deliver()
    assert len([text for text in world.messenger.said_to(account("mei")) if "holds back half" in text]) == 1
    told = world.messenger.said_to("Cfraud")[fraud:]
    assert all("New blockers" not in text and "one finding for the whole organization" in text for text in told)
    for key in ("churn", "fraud", "notes"):
        answer(world, 2, key)
    world.deliver()
    assert len([text for text in world.messenger.said_to(account("mei")) if "no longer holds back" in text]) == 1
    assert world.read(lambda tx: tx.shared_findings.open()) == {}


def test_the_counts_of_shared_findings_are_those_of_the_overview(world: World) -> None:
    for key in ("churn", "fraud", "notes"):
        assessed(world, {D1: 0} if key != "notes" else 2, key, exposure="2", target="3")
    assessed(world, {D1: 0}, "still", exposure="1", target="1")
    framework = world.conversation.library.shipped
    found = world.read(lambda tx: tx.shared_findings.blocked(framework.default_targets, world.clock.now()))
    assert (found[0], dict(found[1])[D1]) == (3, 2)
    assert "blocked on Data Pipeline Stability" in said(world.command("olivia", "", name="portfolio"))
    assert world.project("still").summary is not None
