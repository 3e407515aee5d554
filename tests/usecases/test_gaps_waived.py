"""Waivers: who asks, who decides, what they change and how they end."""

import pytest

from tests.usecases.gaps import D1, D3, D8, answer, ask, assessed, buttons, make_manager, waiver_of
from tests.world import World, account, said


def test_a_waiver_is_asked_for_refused_asked_again_and_approved(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    value = f"{project}|{D1}"
    assert world.press("olivia", "ask_waiver", value).form is not None
    assert "mei now decides" in said(ask(world, value))
    world.deliver()
    assert "Olivia asks for a waiver" in world.messenger.said_to(account("mei"))[-1]
    first = waiver_of(world, project)
    assert "is asked for or valid there already" in said(ask(world, value))
    assert world.press("mei", "refuse_waiver", first.id).form is not None
    assert "has refused" in said(world.fill("mei", "waiver_refusal", first.id, refusal="Too long."))
    world.deliver()
    assert "“Too long.”" in world.messenger.said_to(account("olivia"))[-1]
    assert "has been decided" in said(world.press("mei", "approve_waiver", first.id))
    world.clock.later(hours=1)
    ask(world, value)
    second = waiver_of(world, project)
    assert "is waived until 23 Dec 2026" in said(world.press("mei", "approve_waiver", second.id))
    assert "1 waiver" in said(world.command("ravi", "status churn"))


def test_a_waiver_is_a_debt_everywhere_and_changes_no_figure(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    before = world.project().summary
    world.clock.later(hours=1)
    ask(world, f"{project}|{D1}")
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    assert world.project().summary == before
    status = said(world.command("olivia", "status churn"))
    assert "stage 2, Formalized POC, 1 waiver" in status
    assert "(waived until 23 Dec 2026)" in status
    portfolio = said(world.command("olivia", "", name="portfolio"))
    assert "churn | 2, 1 waiver | 3 | 0 |" in portfolio
    assert "No open blockers." in portfolio
    home = world.open_home("olivia").home
    assert home is not None
    world.clock.later(days=1)
    answer(world, {D1: 1})
    history = said(world.command("olivia", "history churn"))
    assert "| 2, 1 waiver |" in history
    assert "| 2 |" in history
    world.deliver()
    assert "1 waiver" in [text for text in world.messenger.said_to(account("olivia")) if "Still stage 2" in text][-1]
    world.clock.later(days=60)
    assert "1 waiver" not in said(world.command("olivia", "status churn"))
    assert "churn | 2 | 3 | 1 |" in said(world.command("olivia", "", name="portfolio"))


def test_a_waived_finding_alerts_nobody_and_lets_the_move_through(world: World) -> None:
    project = assessed(world, {D1: 1}, exposure="2", target="3")
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    assert "nothing stands against the move to stage 3" in said(world.command("olivia", "status churn"))
    world.deliver()
    count = len(world.messenger.said_to("Cchurn"))
    answer(world, {D1: 1})
    world.deliver()
    assert len(world.messenger.said_to("Cchurn")) == count


@pytest.mark.parametrize(
    ("dimension", "levels", "why"),
    [
        (D3, {D3: 1}, "critical"),
        (D8, {D8: 1}, "never be waived"),
        (D1, 2, "Nothing is short"),
    ],
)
def test_what_cannot_be_waived_is_refused(world: World, dimension: str, levels: int | dict[str, int], why: str) -> None:
    project = assessed(world, levels)
    make_manager(world, "mei")
    for reply in (world.press("olivia", "ask_waiver", f"{project}|{dimension}"), ask(world, f"{project}|{dimension}")):
        assert why in said(reply)
    assert world.read(lambda tx: tx.waivers.of_project(project)) == []


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"approver": account("olivia")}, "approver", "Whoever asks"),
        ({"approver": account("ravi")}, "approver", "Only managers"),
        ({"approver": ""}, "approver", "fill this in"),
        ({"until": "2026-11-22"}, "until", "passed"),
        ({"until": "2027-02-22"}, "until", "at most 90 days"),
        ({"until": ""}, "until", "fill this in"),
        ({"reason": ""}, "reason", "fill this in"),
    ],
)
def test_a_waiver_needs_a_reason_a_near_day_and_another_approver(
    world: World, fields: dict[str, str], field: str, words: str
) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    reply = ask(world, f"{project}|{D1}", **fields)
    assert words in reply.errors[field]
    assert world.read(lambda tx: tx.waivers.of_project(project)) == []


def test_an_admin_may_ask_but_the_owner_may_not_decide(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "olivia")
    reply = ask(world, f"{project}|{D1}", "ada", approver=account("olivia"))
    assert "owner of the project cannot decide" in reply.errors["approver"]


@pytest.mark.parametrize("handle", ["olivia", "ada", "ravi"])
def test_only_the_named_approver_decides(world: World, handle: str) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    waiver = waiver_of(world, project)
    for reply in (
        world.press(handle, "approve_waiver", waiver.id),
        world.press(handle, "refuse_waiver", waiver.id),
        world.fill(handle, "waiver_refusal", waiver.id, refusal="No."),
    ):
        assert "Only mei was asked" in said(reply)
    assert waiver_of(world, project) == waiver


def test_who_is_no_manager_any_more_approves_nothing(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    world.command("ada", f"roles <@{account('mei')}> none")
    waiver = waiver_of(world, project)
    assert "must be a manager or admin" in said(world.press("mei", "approve_waiver", waiver.id))
    assert waiver_of(world, project).approved_at is None


@pytest.mark.parametrize("press", ["approve_waiver", "refuse_waiver"])
def test_a_forged_waiver_decides_nothing(world: World, press: str) -> None:
    assessed(world, {D1: 1})
    make_manager(world, "mei")
    assert "no longer leads anywhere" in said(world.press("mei", press, "nobody"))


def test_the_owner_withdraws_a_waiver_and_the_finding_counts_again(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    value = f"{project}|{D1}"
    ask(world, value)
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    assert "Only the owner" in said(world.press("mei", "withdraw_waiver", value))
    assert "is withdrawn" in said(world.press("olivia", "withdraw_waiver", value))
    assert "1 waiver" not in said(world.command("olivia", "status churn"))
    assert "is over" in said(world.press("olivia", "withdraw_waiver", value))
    world.deliver()
    assert ("ask_waiver", value) in buttons(world.command("olivia", "blockers churn"))


def test_a_result_that_makes_a_waiver_impossible_ends_it_and_says_so(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    world.press("mei", "approve_waiver", waiver_of(world, project).id)
    interview = world.interview("olivia")
    world.press("olivia", "edit_answer", f"{interview.id}|{D1}")
    world.press("olivia", "unknown", f"{interview.id}|{D1}")
    assert waiver_of(world, project).state.value == "void"
    answer(world, 2)
    assert waiver_of(world, project).state.value == "void"


def test_a_lapsed_waiver_makes_room_for_another(world: World) -> None:
    project = assessed(world, {D1: 1})
    make_manager(world, "mei")
    ask(world, f"{project}|{D1}")
    world.clock.later(days=40)
    assert "is over" in said(world.press("mei", "approve_waiver", waiver_of(world, project).id))
    assert "mei now decides" in said(ask(world, f"{project}|{D1}", until="2027-01-20"))
    states = [each.state.value for each in world.read(lambda tx: tx.waivers.of_project(project))]
    assert states == ["lapsed", "asked"]
