"""Leverage agrees with brute force: every project really scored again with the blocker solved."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness.framework import Framework
from bot.readiness.holds import Lifts, hold_of
from bot.readiness.leverage import Held, Lever, Leverage, LeverKind, Pair, held, leverage
from bot.readiness.scoring import Rating, score
from bot.readiness.steps import next_step
from tests.readiness.rescored import Scored, brute_lever
from tests.readiness.strategies import FRAMEWORKS, RATINGS, asserted, carried, linked, projects

STAGE, READINESS = Lifts.STAGE, Lifts.READINESS


def counted(portfolio: list[Scored]) -> Leverage:
    found = []
    for project in portfolio:
        card = project.card
        hold = hold_of(project.framework, card, carried(project.framework, card, project.ratings))
        found += [held(hold)] if hold else []
    return leverage(found)


@st.composite
def portfolios(draw: st.DrawFn) -> list[Scored]:
    """Up to six projects rated by one framework."""
    framework = draw(FRAMEWORKS)
    return [
        Scored(
            framework,
            draw(st.integers(1, 5)),
            draw(st.one_of(st.none(), st.integers(1, 5))),
            # Most dimensions hold, so that single ones matter.
            {d.id: draw(st.one_of(st.just(linked(3)), st.just(linked(3)), RATINGS)) for d in framework.dimensions},
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


@settings(max_examples=30)
@given(portfolios())
def test_leverage_is_what_scoring_every_project_again_gives(portfolio: list[Scored]) -> None:
    framework, found = portfolio[0].framework, counted(portfolio)
    for dimension in framework.dimensions:
        expected = brute_lever(portfolio, LeverKind.DIMENSION, dimension.id, [dimension.id])
        assert found.lever(LeverKind.DIMENSION, dimension.id) == expected
    for barrier in framework.barriers:
        inside = [each.id for each in framework.dimensions if each.primary == barrier.id]
        assert found.lever(LeverKind.BARRIER, barrier.id) == brute_lever(
            portfolio, LeverKind.BARRIER, barrier.id, inside
        )
    together = {
        pair: [p for p in portfolio if p.lift(pair)[1] and not any(p.lift([each])[1] for each in pair)]
        for pair in combinations(sorted(d.id for d in framework.dimensions), 2)
    }
    totals = {
        Pair(pair, sum(1 for project in portfolio if project.lift(pair)[1]), len(only))
        for pair, only in together.items()
        if only
    }
    best = min(totals, key=lambda pair: (-pair.projects, -pair.together, pair.dimensions), default=None)
    assert found.pair == best


@settings(max_examples=50)
@given(projects())
def test_a_hold_names_the_raises_of_the_next_step(
    project: tuple[Framework, int, int | None, dict[str, Rating]],
) -> None:
    framework, exposure, target, ratings = project
    card = score(framework, exposure, target, ratings)
    hold, step = hold_of(framework, card, carried(framework, card, ratings)), next_step(framework, card, ratings)
    assert tuple(raised.dimension_id for raised in step.raises) == (hold.dimensions if hold else ())
    if hold is not None:
        assert (hold.lifts, hold.before) == (step.lifts, card.readiness)
        assert step.aim is not None
        assert step.aim <= hold.after <= hold.aim


def test_levers_stand_by_projects_then_stages_and_say_what_no_lever_lifts(framework: Framework) -> None:
    good = {dimension.id: linked(3) for dimension in framework.dimensions}
    portfolio = [
        Scored(framework, exposure, target, good | short)
        for exposure, target, short in (
            # D4 alone, two stages below where people are; D4 again, before a move; D7, only proof is missing.
            (4, None, {"D4": linked(0)}),
            (3, None, {"D4": linked(2)}),
            (3, 3, {"D7": asserted(3)}),
            # Two of one barrier, two of different ones, three of different ones.
            (3, 3, {"D3": linked(0), "D4": linked(0)}),
            (3, 3, {"D4": linked(0), "D10": linked(0)}),
            (3, 3, {"D1": linked(0), "D5": linked(0), "D9": linked(0)}),
            # In step with nothing ahead, and only waiting for the move: nothing holds them.
            (4, None, {}),
            (2, None, {}),
        )
    ]
    # D4 at level 0 is enough for stage 2, so the first rises from 2 to 4.
    assert counted(portfolio) == Leverage(
        dimensions=(Lever(LeverKind.DIMENSION, "D4", 1, 2, 1), Lever(LeverKind.DIMENSION, "D7", 1, 1, 0)),
        barriers=(Lever(LeverKind.BARRIER, "B3", 3, 4, 1),),
        pair=Pair(("D10", "D4"), 3, 1),
        held=6,
        unlevered=2,
    )


def test_groups_of_alike_projects_count_as_their_members_do() -> None:
    one = Held(STAGE, ("D4",), "B3", 1, 2, 2)
    many = Held(STAGE, ("D4",), "B3", 3, 6, 6)
    assert leverage([one, one, one]) == leverage([many])
    several = Held(READINESS, ("D1", "D4", "D9"), "", 4, 4, 0)
    assert leverage([several]) == Leverage(held=4, unlevered=4)
    assert leverage([]) == Leverage()
