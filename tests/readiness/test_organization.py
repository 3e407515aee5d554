"""The organization's stage: each condition has a portfolio that just fails it, and one that just meets it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.organization import Condition, Member, is_founded, is_old, organization_stage, shared_by_half
from bot.readiness.scoring import Rating, score

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def portfolio(*pairs: tuple[int, int], **more: bool) -> list[Member]:
    """Projects of (exposure, readiness), each of its own team and function."""
    return [
        Member(f"p{n}", min(exposure, readiness), exposure, founded=readiness >= 2, team=f"t{n}", **more)
        for n, (exposure, readiness) in enumerate(pairs)
    ]


def one_team(*pairs: tuple[int, int]) -> list[Member]:
    return [
        Member(f"p{n}", min(exposure, readiness), exposure, founded=True, team="same", business_function="same")
        for n, (exposure, readiness) in enumerate(pairs)
    ]


def other(name: str, stage: int) -> Member:
    """A project in step, of its own team and function."""
    return Member(name, stage, stage, founded=True, team=name, business_function=name)


@pytest.mark.parametrize(
    ("members", "stage", "condition", "have", "need", "named"),
    [
        ([], 1, Condition.ONE_AT_TWO, 0, 1, ()),
        (portfolio((1, 1), (2, 1)), 1, Condition.ONE_AT_TWO, 0, 1, ("p0", "p1")),
        (portfolio((2, 2), (2, 1), (3, 1)), 1, Condition.HALF_FOUNDED, 1, 2, ("p1", "p2")),
        (portfolio((2, 2), (2, 1)), 2, Condition.ONE_AT_THREE, 0, 1, ("p0",)),
        (portfolio((3, 3)), 3, Condition.TWO_TEAMS_AT_FOUR, 0, 2, ("p0",)),
        (one_team((4, 4), (4, 4)), 3, Condition.TWO_TEAMS_AT_FOUR, 1, 2, ()),
        (portfolio((4, 4), (3, 3), (3, 3), (2, 2)), 3, Condition.TWO_TEAMS_AT_FOUR, 1, 2, ("p1", "p2")),
        ([*one_team((4, 4), (3, 3)), other("q", 2)], 3, Condition.TWO_TEAMS_AT_FOUR, 1, 2, ("q",)),
        (portfolio((4, 4), (4, 4), (3, 2)), 3, Condition.MOST_IN_STEP, 2, 3, ("p2",)),
        (portfolio((4, 4), (4, 4), old_critical=True), 3, Condition.NO_OLD_CRITICAL, -2, 0, ("p0", "p1")),
        (portfolio((4, 4), (4, 4), *[(3, 3)] * 3), 4, Condition.HALF_AT_FOUR, 2, 3, ("p2", "p3", "p4")),
        (portfolio((4, 4), (4, 4)), 4, Condition.THREE_FUNCTIONS_AT_FIVE, 0, 3, ("p0", "p1")),
        (portfolio((5, 5), (5, 5), (4, 4), (3, 3)), 4, Condition.THREE_FUNCTIONS_AT_FIVE, 2, 3, ("p2",)),
        ([*one_team((5, 5), (4, 4)), other("q", 4), other("r", 3)], 4, Condition.THREE_FUNCTIONS_AT_FIVE, 1, 3, ("q",)),
        (portfolio((5, 5), (5, 5), (5, 5), (2, 1)), 4, Condition.ALL_IN_STEP, -1, 0, ("p3",)),
        (portfolio((5, 5), (5, 5), (5, 5)), 4, Condition.SPONSOR_STATEMENT, 0, 1, ()),
    ],
)
def test_the_first_condition_that_fails_is_named_with_its_projects(
    members: Sequence[Member], stage: int, condition: Condition, have: int, need: int, named: tuple[str, ...]
) -> None:
    found = organization_stage(members, sponsor_statement=False)
    assert found.failed is not None
    failed = found.failed
    assert (found.stage, failed.condition, failed.have, failed.need, failed.project_ids) == (
        stage,
        condition,
        have,
        need,
        named,
    )


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=8))
def test_a_stage_that_too_few_have_reached_never_names_who_is_there_already(pairs: list[tuple[int, int]]) -> None:
    failed = organization_stage(portfolio(*pairs), sponsor_statement=True).failed
    too_few = (Condition.TWO_TEAMS_AT_FOUR, Condition.THREE_FUNCTIONS_AT_FIVE)
    if failed and failed.condition in too_few:
        stages = {member.project_id: member.stage for member in portfolio(*pairs)}
        assert all(stages[named] < failed.stage for named in failed.project_ids)


def test_the_worked_portfolio_stands_at_three_neither_at_its_mean_nor_at_its_best() -> None:
    found = organization_stage(portfolio((4, 4), (4, 2), (3, 3), (2, 2), (2, 1), (1, 1)), sponsor_statement=False)
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
    stage = organization_stage(members, sponsor_statement=False).stage
    assert organization_stage(shuffled, sponsor_statement=False).stage == stage


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


def test_a_critical_blocker_is_old_only_after_thirty_days() -> None:
    assert not is_old(NOW - timedelta(days=30), NOW)
    assert is_old(NOW - timedelta(days=30, seconds=1), NOW)


@pytest.mark.parametrize(
    ("held", "shared"),
    [
        ({}, ()),
        ({"a": ["D1"]}, ()),
        ({"a": ["D1"], "b": ["D1", "D2"]}, ("D1",)),
        ({"a": ["D2", "D1"], "b": ["D1", "D2"], "c": ["D2"]}, ("D2", "D1")),
        ({"a": ["D1"], "b": ["D1"], "c": [], "d": [], "e": []}, ()),
    ],
)
def test_what_blocks_half_of_the_advancing_projects_is_a_finding_about_the_organization(
    held: dict[str, list[str]], shared: tuple[str, ...]
) -> None:
    assert shared_by_half(held) == shared
