"""Which question decides most, and when none decides anything any more."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import Answer, AnswerKind, Evidence, EvidenceStrength, Project
from bot.readiness.framework import Framework
from bot.readiness.ordering import GIVABLE, decides, leeways, matters_left, order
from bot.readiness.scoring import Scorecard, rate_all, score
from tests.readiness.conftest import FRAMEWORK
from tests.readiness.strategies import FRAMEWORKS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CODES = [dimension.id for dimension in FRAMEWORK.dimensions]
STRATEGY_STRENGTHS = st.sampled_from(GIVABLE)


def project(exposure: int, target: int | None = None, roles: Mapping[str, str] | None = None) -> Project:
    return Project("p", "p", "P", "olivia", exposure, NOON, target=target, roles=roles or {})


def said(code: str, level: int | None, who: str = "mei", strength: EvidenceStrength = GIVABLE[1]) -> Answer:
    kind = AnswerKind.UNKNOWN if level is None else AnswerKind.LEVEL
    return Answer(f"{who}-{code}", "p", "as", f"i-{who}", code, who, kind, NOON, level, Evidence(strength))


def ordered(exposure: int, *answers: Answer, target: int | None = None) -> list[str]:
    leeway = leeways(FRAMEWORK, project(exposure, target), answers, {})
    answered = {answer.dimension_id for answer in answers}
    return [each for each in order(FRAMEWORK, leeway) if each not in answered]


@pytest.mark.parametrize(
    ("exposure", "first"),
    [
        (1, "D1 D5 D6 D8 D9 D2 D3 D4 D7 D10"),
        (2, "D1 D5 D6 D8 D9 D3 D4 D7 D10 D2"),
        (3, "D8 D9 D1 D5 D6 D3 D4 D7 D10 D2"),
        (4, "D1 D5 D8 D9 D6 D3 D4 D7 D10 D2"),
        (5, "D5 D8 D1 D6 D9 D2 D3 D4 D7 D10"),
    ],
)
def test_the_first_question_is_the_one_that_decides_most(exposure: int, first: str) -> None:
    assert ordered(exposure) == first.split()


def test_once_readiness_is_settled_the_gravest_finding_comes_first() -> None:
    assert ordered(3, said("D8", 0)) == ["D3", "D4", "D7", "D9", "D10", "D1", "D2", "D5", "D6"]


def test_what_a_question_decides_is_bounded_by_what_the_others_allow() -> None:
    leeway = leeways(FRAMEWORK, project(2), [said("D1", 1)], {})
    assert decides(leeway, "D9") == (1, 3), "the data carries to stage 2, so nothing lifts R by more than one"
    assert decides(leeway, "D3")[0] == 0, "stage 2 asks for no monitoring"


def test_without_a_next_stage_only_the_bars_of_today_matter() -> None:
    answers = [said(code, 1) for code in ("D1", "D5", "D6", "D8")]
    leeway = leeways(FRAMEWORK, project(2, target=2), answers, {})
    assert matters_left(leeway, CODES) == ("D9",)
    leeway = leeways(FRAMEWORK, project(2, target=2), [*answers, said("D9", 2)], {})
    assert matters_left(leeway, CODES) == ()


def test_an_answer_beside_the_authority_may_still_contest_it() -> None:
    roles = {"role-D9": "emma"}
    answered = [said(code, 1) for code in ("D1", "D5", "D6", "D8")] + [said("D9", 0, "emma")]
    leeway = leeways(FRAMEWORK, project(2, target=2, roles=roles), answered, {"D9": {"mei"}})
    assert matters_left(leeway, ("D9",)) == ("D9",)
    met = [*answered[:-1], said("D9", 2, "emma")]
    leeway = leeways(FRAMEWORK, project(2, target=2, roles=roles), met, {"D9": {"mei"}})
    assert matters_left(leeway, ("D9",)) == (), "the authority's answer holds the bar, and stays the one that counts"


@st.composite
def interviews(draw: st.DrawFn) -> tuple[Framework, Project, list[Answer], list[Answer]]:
    """A project, what was answered, and what might be answered to the rest."""
    framework = draw(FRAMEWORKS)
    exposure = draw(st.integers(1, 5))
    target = draw(st.one_of(st.none(), st.integers(exposure, 5)))
    levels = st.one_of(st.none(), st.integers(0, 4))
    answers = [said(d.id, draw(levels), strength=draw(STRATEGY_STRENGTHS)) for d in framework.dimensions]
    place = draw(st.integers(0, len(answers)))
    shuffled = draw(st.permutations(answers))
    return framework, project(exposure, target), list(shuffled[:place]), list(shuffled[place:])


def scored(framework: Framework, of: Project, answers: list[Answer]) -> Scorecard:
    return score(framework, of.exposure, of.target, rate_all(framework, answers, of.roles))


@given(interviews())
def test_when_nothing_is_left_that_matters_no_answers_to_the_rest_change_anything(
    drawn: tuple[Framework, Project, list[Answer], list[Answer]],
) -> None:
    framework, of, given_answers, rest = drawn
    leeway = leeways(framework, of, given_answers, {})
    left = [answer.dimension_id for answer in rest]
    matter = matters_left(leeway, left)
    without = scored(framework, of, given_answers)
    with_rest = scored(framework, of, [*given_answers, *(a for a in rest if a.dimension_id not in matter)])
    if not matter:
        assert (with_rest.readiness, with_rest.findings, with_rest.standing) == (
            without.readiness,
            without.findings,
            without.standing,
        )


@given(interviews(), st.randoms(use_true_random=False))
def test_questions_answered_in_any_order_give_the_same_scorecard(
    drawn: tuple[Framework, Project, list[Answer], list[Answer]], dice: object
) -> None:
    framework, of, first, rest = drawn
    answers = [
        replace(answer, answered_at=NOON + timedelta(minutes=place)) for place, answer in enumerate([*first, *rest])
    ]
    shuffled = list(answers)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' random.Random
    assert scored(framework, of, shuffled) == scored(framework, of, answers)


@given(interviews())
def test_a_question_that_matters_has_two_answers_that_differ(
    drawn: tuple[Framework, Project, list[Answer], list[Answer]],
) -> None:
    framework, of, first, rest = drawn
    leeway = leeways(framework, of, first, {})
    others = [replace(a, kind=AnswerKind.LEVEL, level=4, evidence=Evidence(GIVABLE[1])) for a in rest]
    for dimension_id in matters_left(leeway, [answer.dimension_id for answer in rest]):
        beside = [*first, *(a for a in others if a.dimension_id != dimension_id)]
        cards = {
            (card.readiness, card.findings)
            for level in (None, 0, 1, 2, 3, 4)
            for strength in GIVABLE
            for card in [scored(framework, of, [*beside, said(dimension_id, level, strength=strength)])]
        }
        assert len(cards) > 1
