"""The next step: what it says, and that it lifts exactly as promised."""

import pytest
from hypothesis import given

from bot.readiness.assessment import EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.scoring import Rating, score
from bot.readiness.steps import NextStep, Raise, next_step, taken
from tests.readiness.strategies import asserted, linked, projects, verified

LINKED = EvidenceStrength.LINKED


def step_of(framework: Framework, exposure: int, target: int | None, ratings: dict[str, Rating]) -> NextStep:
    return next_step(framework, score(framework, exposure, target, ratings), ratings)


def test_people_ahead_of_readiness_get_the_raises_that_lift_the_stage(framework: Framework) -> None:
    ratings = {d.id: linked(3) for d in framework.dimensions} | {"D4": linked(0, 2, 0), "D7": asserted(3)}
    actions = framework.dimension("D4").actions[:2]
    assert step_of(framework, 3, None, ratings) == NextStep(
        aim=3,
        raises=(
            Raise("D4", 0, 0, 2, LINKED, actions, contested=True),
            Raise("D7", 3, 1, 2, LINKED, ()),
        ),
        lifts="stage",
    )


def test_an_unknown_is_raised_from_nothing(framework: Framework) -> None:
    ratings = {d.id: linked(3) for d in framework.dimensions if d.id != "D1"}
    (step,) = step_of(framework, 3, None, ratings).raises
    assert step == Raise("D1", None, 0, 1, EvidenceStrength.ASSERTED, framework.dimension("D1").actions[:1])
    assert not step.only_proof


def test_in_step_the_raises_lead_to_the_next_stage_and_then_the_move_is_declared(framework: Framework) -> None:
    ratings = {d.id: linked(3) for d in framework.dimensions} | {"D5": linked(2)}
    step = step_of(framework, 3, 4, ratings)
    assert (step.aim, [each.dimension_id for each in step.raises]) == (4, ["D5"])
    assert (step.declare_move, step.lifts) == (True, "readiness")


def test_when_readiness_is_ahead_only_the_move_is_missing(framework: Framework) -> None:
    ratings = {d.id: linked(3) for d in framework.dimensions}
    assert step_of(framework, 2, None, ratings) == NextStep(aim=3, declare_move=True)


@pytest.mark.parametrize(("exposure", "level"), [(4, 3), (5, 4)])
def test_in_step_without_a_next_stage_nothing_is_next(framework: Framework, exposure: int, level: int) -> None:
    step = step_of(framework, exposure, None, {d.id: verified(level) for d in framework.dimensions})
    assert step == NextStep()
    assert step.is_empty


@given(projects())
def test_the_raises_lift_exactly_as_promised_and_none_can_be_dropped(
    project: tuple[Framework, int, int | None, dict[str, Rating]],
) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    step = next_step(framework, card, ratings)
    if not step.raises:
        assert step.is_empty or step.declare_move
        return
    after = score(framework, exposure, target, taken(ratings, step.raises))
    assert after.readiness >= (step.aim or 0) > card.readiness
    if step.lifts == "stage":
        assert after.stage > card.stage
    for dropped in step.raises:
        rest = tuple(each for each in step.raises if each != dropped)
        assert score(framework, exposure, target, taken(ratings, rest)).readiness == card.readiness
