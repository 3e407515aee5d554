"""The next step: what it says, and that it lifts exactly as promised."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import shipped_framework
from bot.readiness.assessment import Answer, Evidence, EvidenceStrength
from bot.readiness.events import Asks, Attach, ChooseLevel, Edit, GiveLink, PassFollowUp, Record, Wanted
from bot.readiness.framework import Framework
from bot.readiness.interview import Interview, Phase, begin, step
from bot.readiness.scoring import Rating, rate_all, score
from bot.readiness.steps import NextStep, Raise, next_step, taken
from tests.readiness.strategies import RATINGS, asserted, linked, projects, verified

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


NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHIPPED = shipped_framework()


@st.composite
def shipped_projects(draw: st.DrawFn) -> tuple[Framework, int, int | None, dict[str, Rating]]:
    """The framework as it is shipped, with any answers."""
    ratings = {dimension.id: draw(RATINGS) for dimension in SHIPPED.dimensions}
    return SHIPPED, draw(st.integers(1, 5)), draw(st.one_of(st.none(), st.integers(1, 5))), ratings


def answered(framework: Framework, ratings: dict[str, Rating], raises: tuple[Raise, ...]) -> list[Answer]:
    """What counts after these raises went through an interview: each bar chosen, and linked where that carries it.

    What only another person can give, a verification, is put on the answer afterwards, as they would.
    """
    answers = {
        dimension_id: Answer(
            f"a-{dimension_id}", "p", "as", "i", dimension_id, "mei", rating.kind, NOW,
            level=rating.level, evidence=Evidence(rating.strength), approved_by="boss",
        )
        for dimension_id, rating in ratings.items()
    }  # fmt: skip
    questions = tuple(dimension.id for dimension in framework.dimensions)
    interview, _ = begin(Interview("i", "p", "as", "mei", questions, NOW))
    for raised in raises:
        dimension_id, before = raised.dimension_id, answers.get(raised.dimension_id)
        level = max(raised.to_level, (before.level if before else None) or 0)
        interview, _ = step(interview, Edit(dimension_id))
        interview, outcome = step(interview, ChooseLevel(dimension_id, level, (Wanted("evidence", Asks.EVIDENCE),)))
        assert interview.phase is Phase.PROVING
        proof = GiveLink(dimension_id, "https://wiki.example/1")
        bare = raised.strength is EvidenceStrength.ASSERTED
        interview, more = step(interview, PassFollowUp(dimension_id, "evidence") if bare else proof)
        for effect in (*outcome, *more):
            match effect:
                case Record():
                    kept = before.evidence if before and before.level is not None else Evidence()
                    answers[dimension_id] = Answer(
                        f"n-{dimension_id}", "p", "as", "i", dimension_id, "mei", effect.kind, NOW,
                        level=effect.level, evidence=kept,
                    )  # fmt: skip
                case Attach() if answers[dimension_id].evidence.strength is EvidenceStrength.ASSERTED:
                    linked_now = Evidence(EvidenceStrength.LINKED, effect.link)
                    answers[dimension_id] = replace(answers[dimension_id], evidence=linked_now)
        if raised.strength is EvidenceStrength.VERIFIED:
            seen = Evidence(EvidenceStrength.VERIFIED, "https://wiki.example/1")
            answers[dimension_id] = replace(answers[dimension_id], evidence=seen)
    return list(answers.values())


@given(st.one_of(projects(), shipped_projects()))
def test_a_proposed_set_of_steps_lifts_readiness_and_with_the_declared_move_the_stage(
    project: tuple[Framework, int, int | None, dict[str, Rating]],
) -> None:
    framework, exposure, target, ratings = project
    settled = {each: replace(rating, contested=()) for each, rating in ratings.items()}
    card = score(framework, exposure, target, settled)
    proposed = next_step(framework, card, settled)
    if proposed.is_empty:
        return
    after = rate_all(framework, answered(framework, settled, proposed.raises), {})
    lifted = score(framework, exposure, target, after)
    if proposed.raises:
        assert lifted.readiness >= (proposed.aim or 0) > card.readiness
    if not proposed.declare_move:
        assert lifted.stage > card.stage
        return
    assert lifted.stage == card.stage
    moved = score(framework, exposure + 1, target and max(target, exposure + 1), after)
    assert moved.stage == proposed.aim == card.stage + 1
