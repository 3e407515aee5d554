"""Commitments, claims, waivers and the organization's findings on both databases: who may, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.chat.plain import plain
from bot.chat.view import Button, Buttons, Reply
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.usecases import commitments
from bot.usecases.people import acting_person
from bot.usecases.ports import Context
from tests.world import World, account, said

D1, D3, D5, D8 = "data-pipeline-stability", "model-monitoring", "infrastructure-scalability", "team-ownership"
IN_A_MONTH = "2026-12-23"


def assessed(world: World, levels: int | dict[str, int] = 2, key: str = "churn", **fields: Any) -> str:
    """A project whose owner answered everything, level 2 with a link but for `levels`; gives its id."""
    wanted = {"name": key.title(), "key": key, "exposure": "3", "target": "3", "channel": f"C{key}"} | fields
    project = world.found(**wanted)
    answer(world, levels, key)
    return project.id


def answer(world: World, levels: int | dict[str, int], key: str = "churn") -> None:
    world.command("olivia", f"start {key}")
    by_id = levels if isinstance(levels, dict) else {}
    usual = levels if isinstance(levels, int) else 2
    dimensions = world.conversation.library.shipped.dimensions
    world.answer_all("olivia", [by_id.get(dimension.id, usual) for dimension in dimensions])


def buttons(reply: Reply) -> list[tuple[str, str]]:
    assert reply.view
    rows = [part for part in reply.view.parts if isinstance(part, Buttons)]
    return [(button.press, button.value) for row in rows for button in row.buttons if isinstance(button, Button)]


def held(world: World, project_id: str) -> dict[str, Any]:
    return dict(world.read(lambda tx: tx.commitments.open_of(project_id)))


def make_manager(world: World, handle: str) -> None:
    world.open_home(handle)
    assert "manager now" in said(world.command("ada", f"roles <@{account(handle)}> manager"))


def ask(world: World, value: str, handle: str = "olivia", **fields: str) -> Reply:
    wanted = {"reason": "The vendor delivers in January.", "until": IN_A_MONTH, "approver": account("mei")} | fields
    return world.fill(handle, "waiver", value, **wanted)


def waiver_of(world: World, project_id: str) -> Any:
    return world.read(lambda tx: tx.waivers.of_project(project_id))[-1]


# -- commitments ---------------------------------------------------------------------------------------------------


def test_whoever_reads_the_answers_takes_a_gap_on_and_dates_it(world: World) -> None:
    project = assessed(world, {D1: 1})
    value = f"{project}|{D1}"
    assert "You have taken on" in said(world.press("olivia", "take", value))
    assert "with you already" in said(world.press("olivia", "take", value))
    assert world.press("olivia", "set_date", value).form is not None
    reply = world.fill("olivia", "commitment", value, due=IN_A_MONTH, person=account("olivia"))
    assert "due 23 Dec 2026" in said(reply)
    assert "due 23 Dec 2026" in said(world.command("olivia", "blockers churn"))
    assert held(world, project)[D1].due == date(2026, 12, 23)


def test_the_home_says_what_its_person_has_taken_on_and_how_late_it_is(world: World) -> None:
    project = assessed(world, {D1: 1})
    world.fill("olivia", "commitment", f"{project}|{D1}", due="2026-11-24")
    world.clock.later(days=3)
    home = world.open_home("olivia").home
    assert home is not None
    assert "Churn: Data Pipeline Stability, due 24 Nov 2026 Overdue by 2 days." in plain(home)


def test_a_viewer_takes_nothing_on(world: World) -> None:
    project = assessed(world, {D1: 1})
    assert "Only people of Churn" in said(world.press("ravi", "take", f"{project}|{D1}"))
    assert [press for press, _ in buttons(world.command("ravi", "blockers churn"))] == ["status", "why"]
    assert held(world, project) == {}


def test_only_the_owner_gives_a_gap_to_somebody_else_who_learns_of_it(world: World) -> None:
    project = assessed(world, {D1: 1}, role_operations=account("omar"))
    answer_omar(world)
    value = f"{project}|{D1}"
    world.open_home("mei")
    world.press("omar", "take", value)
    assert "Only the owner" in said(world.fill("omar", "commitment", value, due=IN_A_MONTH, person=account("mei")))
    assert "Only people of Churn" in said(world.press("mei", "take", value))
    assert "is with mei now" in said(world.fill("olivia", "commitment", value, due=IN_A_MONTH, person=account("mei")))
    world.deliver()
    assert "Olivia has asked you to close the gap" in world.messenger.said_to(account("mei"))[-1]
    assert "to somebody else" in world.messenger.said_to(account("omar"))[-1]


def answer_omar(world: World) -> None:
    """Operations answers its own two questions."""
    world.answer_all("omar", 2)


def test_a_day_that_has_passed_is_refused_beside_its_field(world: World) -> None:
    project = assessed(world, {D1: 1})
    for day, fault in (("2026-11-22", "passed"), ("", "fill this in"), ("soon", "give a date")):
        reply = world.fill("olivia", "commitment", f"{project}|{D1}", due=day)
        assert fault in reply.errors["due"]
    assert held(world, project) == {}


def test_a_commitment_is_begun_given_back_and_ends_when_the_bar_is_met(world: World) -> None:
    project = assessed(world, {D1: 1, D5: 1})
    for dimension in (D1, D5):
        world.press("olivia", "take", f"{project}|{dimension}")
    assert "in progress" in said(world.press("olivia", "in_progress", f"{project}|{D1}"))
    assert "is free again" in said(world.press("olivia", "give_back", f"{project}|{D5}"))
    assert held(world, project).keys() == {D1}
    answer(world, 2)
    assert held(world, project) == {}


def test_an_interview_promises_by_the_same_word(world: World) -> None:
    project = assessed(world, {D1: 1})

    def promise(handle: str, person: str, due: date | None) -> Any:
        with world.store.writing(world.who(handle)["actor"]) as tx:
            actor = acting_person(tx, world.who(handle)["actor"], frozenset())
            person_id = tx.people.of_account(account(person)).id
            context = Context(tx, actor, world.conversation.library, world.clock.now())
            return commitments.promise(context, tx.projects.get(project), D1, person_id, due)

    made = promise("olivia", "olivia", date(2026, 12, 1))
    assert (made.due, made.stage) == (date(2026, 12, 1), 3)
    assert promise("olivia", "olivia", date(2026, 12, 2)).id == made.id
    with pytest.raises(FieldsRefused):
        promise("olivia", "olivia", date(2026, 11, 1))
    with pytest.raises(Refused) as refused:
        promise("mei", "olivia", None)
    assert refused.value.refusal is Refusal.ROLE_NEEDED
    assert held(world, project)[D1].due == date(2026, 12, 2)


@pytest.mark.parametrize(
    "press", ["take", "in_progress", "give_back", "withdraw_waiver", "set_date", "resolved", "ask_waiver"]
)
@pytest.mark.parametrize("value", ["", "nobody", "nobody|model-monitoring", "{project}|no-such-dimension", "{project}"])
def test_a_forged_button_changes_nothing(world: World, press: str, value: str) -> None:
    project = assessed(world, {D1: 1})
    reply = world.press("olivia", press, value.format(project=project))
    assert "no longer leads anywhere" in said(reply)
    assert held(world, project) == {}


def test_nothing_is_taken_on_where_nothing_is_short(world: World) -> None:
    project = assessed(world, {D1: 1})
    assert "Nothing is short there" in said(world.press("olivia", "take", f"{project}|{D5}"))


def test_an_archived_project_changes_no_more(world: World) -> None:
    project = assessed(world, {D1: 1})
    world.press("olivia", "archive", project)
    assert "is archived" in said(world.press("olivia", "take", f"{project}|{D1}"))


def test_every_step_of_the_smallest_set_has_its_tag_and_can_be_taken_on(world: World) -> None:
    project = assessed(world, {D1: 1, D5: 1})
    status = said(world.command("olivia", "status churn"))
    assert status.count("[Take it on]") == 2
    assert "(Design for scale)" in status
    world.press("olivia", "take", f"{project}|{D1}")
    status = said(world.command("olivia", "status churn"))
    assert status.count("[Take it on]") == 1
    assert "olivia has taken it on." in status
    assert "[Take it on]" not in said(world.command("ravi", "status churn"))


# -- claims --------------------------------------------------------------------------------------------------------

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


# -- waivers -------------------------------------------------------------------------------------------------------


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


# -- one notch up, and the organization ----------------------------------------------------------------------------


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
