"""Commitments: who takes a gap on, gives it on, dates it and lets it go."""

from datetime import date
from typing import Any

import pytest

from bot.chat.plain import plain
from bot.readiness.refusals import FieldsRefused, Refusal, Refused
from bot.usecases import commitments
from bot.usecases.people import acting_person
from bot.usecases.ports import Context
from tests.usecases.gaps import D1, D5, IN_A_MONTH, answer, assessed, buttons, held
from tests.world import World, account, said


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


def test_a_forged_button_changes_nothing(world: World) -> None:
    project = assessed(world, {D1: 1})
    values = ["", "nobody", "nobody|model-monitoring", f"{project}|no-such-dimension", project]
    for press in ("take", "in_progress", "give_back", "withdraw_waiver", "set_date", "resolved", "ask_waiver"):
        for value in values:
            assert "no longer leads anywhere" in said(world.press("olivia", press, value)), (press, value)
            assert held(world, project) == {}, (press, value)


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
