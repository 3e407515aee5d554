"""Answers that differ: opened when all are heard, settled by agreement or a document, never twice."""

from typing import Any

import pytest

from bot.readiness.assessment import Answer
from bot.readiness.contested import Contest, Settled
from tests.world import World, account, said

ROLLBACK = "rollback-capability"
LINK = "https://wiki.example/rehearsal"


@pytest.fixture
def apart(world: World) -> World:
    """Omar, who answers for it, says level 1 with a note; Mei says 3 with a link; everybody else is still asked."""
    world.found(exposure="3", role_operations=account("omar"))
    world.command("olivia", f"start churn <@{account('mei')}>")
    world.say("omar", "nobody ever went back")
    for handle, level in (("omar", 1), ("mei", 3)):
        interview_id = world.interview(handle).id
        world.press(handle, "edit_answer", f"{interview_id}|{ROLLBACK}")
        if handle == "mei":
            world.say("mei", LINK)
        world.press(handle, "answer", f"{interview_id}|{ROLLBACK}|{level}")
        world.pass_all(handle, interview_id)
    return world


def contests(world: World) -> list[Contest]:
    assessment_id = world.interview("omar").assessment_id
    return list(world.read(lambda tx: tx.contests.of_assessment(assessment_id)))


def answer_of(world: World, handle: str) -> Answer:
    """What somebody says about rollback now."""

    def look(tx: Any) -> Answer:
        person = tx.people.of_account(account(handle))
        found = tx.answers.current(world.interview(handle).assessment_id)
        return next(a for a in found if a.respondent_id == person.id and a.dimension_id == ROLLBACK)

    return world.read(look)


def agree(world: World, handle: str, other: str) -> str:
    return said(world.press(handle, "agree_with", f"{contests(world)[0].id}|{answer_of(world, other).id}"))


def test_it_opens_once_both_have_answered_and_opens_once_only(apart: World) -> None:
    assert [contest.dimension_id for contest in contests(apart)] == [ROLLBACK]
    apart.answer_all("olivia", 2)
    assert len(contests(apart)) == 1


def test_who_agrees_takes_the_level_with_what_backs_it_and_nothing_of_their_own(apart: World) -> None:
    agree(apart, "omar", "mei")
    taken = answer_of(apart, "omar")
    assert (taken.level, taken.evidence.link, taken.note) == (3, LINK, "")
    assert contests(apart)[0].how is Settled.AGREED


def test_they_can_agree_after_the_assessment_was_closed(apart: World) -> None:
    apart.press("olivia", "close_assessment", apart.interview("omar").assessment_id)
    assert agree(apart, "omar", "mei")
    assert answer_of(apart, "omar").level == 3
    latest = apart.read(lambda tx: tx.milestones.latest(apart.project().id))
    assert latest.cause == "edited", "the posted result follows"


def test_nobody_else_agrees_and_a_settled_one_stays_so(apart: World) -> None:
    agree(apart, "olivia", "mei")
    assert contests(apart)[0].settled_at is None
    agree(apart, "omar", "omar")
    assert contests(apart)[0].settled_at is None
    agree(apart, "mei", "omar")
    settled = contests(apart)[0]
    assert (settled.how, answer_of(apart, "mei").level) == (Settled.AGREED, 1)
    agree(apart, "omar", "mei")
    assert contests(apart) == [settled]


def test_an_answer_of_another_dimension_cannot_be_agreed_with(apart: World) -> None:
    apart.answer_all("olivia", 2)
    other = next(
        a
        for a in apart.read(lambda tx: tx.answers.current(apart.interview("omar").assessment_id))
        if a.dimension_id != ROLLBACK
    )
    apart.press("omar", "agree_with", f"{contests(apart)[0].id}|{other.id}")
    apart.press("omar", "agree_with", f"nothing|{other.id}")
    assert answer_of(apart, "omar").level == 1


def test_a_document_settles_it_and_its_words_are_the_checkers(apart: World) -> None:
    contest = contests(apart)[0]
    fields = {"side": answer_of(apart, "mei").id, "link": LINK, "words": "Back in four minutes"}
    assert list(apart.send("mei", "verify_contested", contest.id, fields).errors) == ["side"]
    assert not apart.send("olivia", "verify_contested", contest.id, fields).errors
    assert contests(apart)[0].how is Settled.VERIFIED
    assert answer_of(apart, "mei").note == ""
    assert [remark.words for remark in apart.read(lambda tx: tx.remarks.about([contest.id]))] == [
        "Back in four minutes"
    ]


def test_evidence_that_is_checked_on_its_own_page_settles_it_as_well(apart: World) -> None:
    apart.press("olivia", "verify", answer_of(apart, "mei").id)
    assert contests(apart)[0].how is Settled.VERIFIED
