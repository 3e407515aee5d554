"""Questions handed over: on, back, to whom it came from, and what the chain says in the end."""

import pytest

from tests.world import World, account, said

ROLLBACK, MONITORING = "rollback-capability", "model-monitoring"


@pytest.fixture
def asked(world: World) -> World:
    """Omar is asked for operations, Mei for the model, Olivia the rest."""
    world.found(**{"role_operations": account("omar"), "role_ml-engineering": account("mei")})
    world.command("olivia", "start churn")
    return world


def hand(world: World, handle: str, to: str, dimension_id: str = ROLLBACK, words: str = "") -> dict[str, str]:
    """Fill the form of *Not mine*; returns its faults."""
    value = f"{world.interview(handle).id}|{dimension_id}"
    fields = {"colleague": account(to), "words": words}
    return dict(world.send(handle, "hand_over", value, fields).errors)


def give_back(world: World, handle: str, dimension_id: str = ROLLBACK) -> str:
    return said(world.press(handle, "return_question", f"{world.interview(handle).id}|{dimension_id}"))


def returns(world: World) -> list[bool]:
    """Whether each step of the questions so far was a return."""
    assessment_id = world.interview("omar").assessment_id
    return [step.returned for step in world.read(lambda tx: tx.handovers.of_assessment(assessment_id))]


def test_what_came_back_and_goes_back_on_to_where_it_came_from_is_a_return_as_well(asked: World) -> None:
    assert not hand(asked, "omar", "dan")
    assert not hand(asked, "dan", "emma")
    give_back(asked, "emma")
    assert asked.interview("dan").current == ROLLBACK
    assert not hand(asked, "dan", "omar")
    assert returns(asked) == [False, False, True, True]
    assert asked.interview("omar").open_questions().count(ROLLBACK) == 1


def test_nobody_hands_over_what_is_answered_or_not_theirs(asked: World) -> None:
    omar = asked.interview("omar").id
    asked.press("omar", "answer", f"{omar}|{ROLLBACK}|1")
    asked.press("omar", "hand_over", f"{omar}|{ROLLBACK}")
    for handle, value in (
        ("omar", f"{omar}|{ROLLBACK}"),
        ("mei", f"{omar}|{ROLLBACK}"),
        ("omar", f"{omar}|{MONITORING}"),
    ):
        asked.send(handle, "hand_over", value, {"colleague": account("dan")})
    asked.press("omar", "return_question", f"{omar}|infrastructure-scalability")
    assert returns(asked) == []


def test_a_colleague_who_has_answered_it_takes_it_off_the_list(asked: World) -> None:
    hand(asked, "omar", "dan")
    dan = asked.interview("dan").id
    asked.press("dan", "answer", f"{dan}|{ROLLBACK}|2")
    asked.press("omar", "edit_answer", f"{asked.interview('omar').id}|{ROLLBACK}")
    assert not hand(asked, "omar", "dan")
    assert returns(asked) == [False]
    assert ROLLBACK in asked.interview("omar").handed


def test_the_assessment_waits_for_the_colleague(asked: World) -> None:
    asked.answer_all("olivia", 2)
    asked.answer_all("mei", 2)
    hand(asked, "omar", "dan", "infrastructure-scalability")
    hand(asked, "omar", "dan")
    assert asked.read(lambda tx: tx.milestones.latest(asked.project().id)) is None
    asked.answer_all("dan", 2)
    assert asked.read(lambda tx: tx.milestones.latest(asked.project().id)) is not None


def test_the_form_asks_for_somebody(asked: World) -> None:
    value = f"{asked.interview('omar').id}|{ROLLBACK}"
    assert list(asked.send("omar", "hand_over", value, {}).errors) == ["colleague"]
    assert list(hand(asked, "omar", "omar")) == ["colleague"]
