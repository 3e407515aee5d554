"""The organization's stage: each condition has a portfolio that just fails it, and one that just meets it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.organization import Behind, Condition, Member, counted_by_half, is_founded, organization_stage
from bot.readiness.scoring import Rating, score


def portfolio(*pairs: tuple[int, int]) -> list[Member]:
    """Projects of (exposure, readiness), each of its own team and function."""
    return [
        Member(min(exposure, readiness), exposure, founded=readiness >= 2, team=f"t{n}", business_function=f"f{n}")
        for n, (exposure, readiness) in enumerate(pairs)
    ]


def one_team(*pairs: tuple[int, int]) -> list[Member]:
    return [
        Member(min(exposure, readiness), exposure, founded=True, team="same", business_function="same")
        for exposure, readiness in pairs
    ]


def other(name: str, stage: int) -> Member:
    """A project in step, of its own team and function."""
    return Member(stage, stage, founded=True, team=name, business_function=name)


NEAR_FOUR = Behind(below=4, nearest=True)
NEAR_FIVE = Behind(below=5, nearest=True)


@pytest.mark.parametrize(
    ("members", "stage", "condition", "have", "need", "behind"),
    [
        ([], 1, Condition.ONE_AT_TWO, 0, 1, Behind(below=2, nearest=True)),
        (portfolio((1, 1), (2, 1)), 1, Condition.ONE_AT_TWO, 0, 1, Behind(below=2, nearest=True)),
        (portfolio((2, 2), (2, 1), (3, 1)), 1, Condition.HALF_FOUNDED, 1, 2, Behind(exposed=2, unfounded=True)),
        (portfolio((2, 2), (2, 1)), 2, Condition.ONE_AT_THREE, 0, 1, Behind(below=3, nearest=True)),
        (portfolio((3, 3)), 3, Condition.TWO_TEAMS_AT_FOUR, 0, 2, NEAR_FOUR),
        (one_team((4, 4), (4, 4)), 3, Condition.TWO_TEAMS_AT_FOUR, 1, 2, replace(NEAR_FOUR, other_teams=("same",))),
        (portfolio((4, 4), (3, 3)), 3, Condition.TWO_TEAMS_AT_FOUR, 1, 2, replace(NEAR_FOUR, other_teams=("t0",))),
        (portfolio((4, 4), (4, 4), (3, 2)), 3, Condition.MOST_IN_STEP, 2, 3, Behind(exposed=3, ahead=True)),
        (portfolio((4, 4), (4, 4), (3, 3)), 3, Condition.NO_OLD_CRITICAL, -2, 0, Behind(old_critical=True)),
        (portfolio((4, 4), (4, 4), *[(3, 3)] * 3), 4, Condition.HALF_AT_FOUR, 2, 3, Behind(exposed=3, below=4)),
        (portfolio((4, 4), (4, 4)), 4, Condition.THREE_FUNCTIONS_AT_FIVE, 0, 3, NEAR_FIVE),
        (
            [*one_team((5, 5), (4, 4)), other("q", 5), other("r", 3)],
            4,
            Condition.THREE_FUNCTIONS_AT_FIVE,
            2,
            3,
            replace(NEAR_FIVE, other_functions=("q", "same")),
        ),
        (portfolio((5, 5), (5, 5), (5, 5), (2, 1)), 4, Condition.ALL_IN_STEP, -1, 0, Behind(ahead=True)),
        (portfolio((5, 5), (5, 5), (5, 5)), 4, Condition.SPONSOR_STATEMENT, 0, 1, None),
    ],
)
def test_the_first_condition_that_fails_is_named_with_those_behind_it(
    members: Sequence[Member], stage: int, condition: Condition, have: int, need: int, behind: Behind | None
) -> None:
    found = organization_stage(members, old_critical=2 if condition is Condition.NO_OLD_CRITICAL else 0)
    assert found.failed is not None
    failed = found.failed
    assert (found.stage, failed.condition, failed.have, failed.need, failed.behind) == (
        stage,
        condition,
        have,
        need,
        behind,
    )


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=8), st.integers(1, 4))
def test_members_that_are_alike_count_as_one_with_their_number(pairs: list[tuple[int, int]], times: int) -> None:
    once = [replace(member, team="", business_function="") for member in portfolio(*pairs)]
    assert organization_stage(once * times) == organization_stage([replace(each, count=times) for each in once])


def test_the_worked_portfolio_stands_at_three_neither_at_its_mean_nor_at_its_best() -> None:
    found = organization_stage(portfolio((4, 4), (4, 2), (3, 3), (2, 2), (2, 1), (1, 1)))
    assert found.stage == 3
    assert found.failed is not None
    assert (found.failed.stage, found.failed.condition, found.failed.have) == (4, Condition.TWO_TEAMS_AT_FOUR, 1)


def test_with_every_condition_met_nothing_is_left_to_name() -> None:
    found = organization_stage(portfolio((5, 5), (5, 5), (5, 5)), sponsor_statement=True)
    assert (found.stage, found.failed) == (5, None)


PAIRS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=8)


@given(PAIRS)
def test_the_stage_never_exceeds_that_of_the_best_project(pairs: list[tuple[int, int]]) -> None:
    best = max((min(pair) for pair in pairs), default=1)
    assert organization_stage(portfolio(*pairs), sponsor_statement=True).stage <= max(1, best)


@given(PAIRS.filter(bool), st.data())
def test_a_project_that_becomes_readier_never_lowers_the_organization(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(pairs) - 1))
    raised = [(e, min(5, r + (n == chosen))) for n, (e, r) in enumerate(pairs)]
    before = organization_stage(portfolio(*pairs), sponsor_statement=True).stage
    assert organization_stage(portfolio(*raised), sponsor_statement=True).stage >= before


@given(PAIRS, st.randoms())
def test_the_order_of_projects_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    members = portfolio(*pairs)
    shuffled = sorted(members, key=lambda _: random.random())  # type: ignore[attr-defined]
    stage = organization_stage(members).stage
    assert organization_stage(shuffled).stage == stage


@pytest.mark.parametrize(
    ("exposure", "d8", "d9", "founded"),
    [
        (2, 1, 2, True),
        (2, 0, 2, False),
        (2, 1, 1, False),
        (4, 1, 2, True),
        (4, 4, 0, False),
        (3, None, 2, False),
    ],
)
def test_a_project_is_founded_when_it_holds_the_bars_of_the_second_gate(
    framework: Framework, exposure: int, d8: int | None, d9: int, founded: bool
) -> None:
    said = {"D8": d8, "D9": d9}
    ratings = {
        dimension: Rating(AnswerKind.LEVEL, level, EvidenceStrength.ASSERTED)
        for dimension, level in said.items()
        if level is not None
    }
    assert is_founded(framework, score(framework, exposure, None, ratings)) is founded


@pytest.mark.parametrize(
    ("counts", "total", "shared"),
    [
        ({}, 0, ()),
        ({"D1": 1}, 1, ()),
        ({"D1": 2, "D2": 1}, 2, ("D1",)),
        ({"D1": 2, "D2": 3}, 3, ("D2", "D1")),
        ({"D1": 2}, 5, ()),
    ],
)
def test_what_blocks_half_of_the_advancing_projects_is_a_finding_about_the_organization(
    counts: dict[str, int], total: int, shared: tuple[str, ...]
) -> None:
    assert counted_by_half(counts, total) == shared
