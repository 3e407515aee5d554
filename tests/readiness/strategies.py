"""Random ratings, random small frameworks and random projects, for the properties."""

from typing import Any

from hypothesis import strategies as st

from bot.readiness.assessment import AnswerKind, EvidenceStrength
from bot.readiness.framework import Framework
from bot.readiness.portfolio import levels_of
from bot.readiness.scoring import STRENGTHS, Rating, Scorecard
from tests.readiness.conftest import FRAMEWORK, bare_dimension, bare_framework

LEVELS = st.integers(0, 4)
CONTESTED = st.one_of(st.just(()), st.just((3, 1)))
LEVEL_RATINGS = st.builds(Rating, st.just(AnswerKind.LEVEL), LEVELS, st.sampled_from(STRENGTHS), CONTESTED)
RATINGS = st.one_of(LEVEL_RATINGS, LEVEL_RATINGS, st.just(Rating()), st.just(Rating(AnswerKind.NOT_APPLICABLE)))


@st.composite
def small_frameworks(draw: st.DrawFn) -> Framework:
    """One to four dimensions with any rising bars, any gates, any evidence caps that do not fall."""
    codes = [f"D{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    caps = sorted(draw(st.lists(LEVELS, min_size=3, max_size=3)))
    dimensions = tuple(
        bare_dimension(
            code,
            dict(zip(range(2, 6), sorted(draw(st.lists(LEVELS, min_size=4, max_size=4))), strict=True)),
            draw(st.sampled_from(("B1", "B2"))),
            draw(st.sampled_from((None, "B3"))),
        )
        for code in codes
    )
    gates = {stage: frozenset(draw(st.sets(st.sampled_from(codes)))) for stage in range(2, 6)}
    more: dict[str, Any] = {
        "strict_asserted_cap": caps[0],
        "asserted_cap": caps[1],
        "linked_cap": caps[2],
        "strict_from": draw(st.integers(1, 5)),
    }
    return bare_framework(dimensions, gates, **more)


FRAMEWORKS = st.one_of(st.just(FRAMEWORK), small_frameworks())


@st.composite
def projects(draw: st.DrawFn) -> tuple[Framework, int, int | None, dict[str, Rating]]:
    """A framework, exposure, target and a rating for every dimension."""
    framework = draw(FRAMEWORKS)
    ratings = {dimension.id: draw(RATINGS) for dimension in framework.dimensions}
    return framework, draw(st.integers(1, 5)), draw(st.one_of(st.none(), st.integers(1, 5))), ratings


def linked(level: int, *contested: int) -> Rating:
    return Rating(AnswerKind.LEVEL, level, EvidenceStrength.LINKED, contested)


def asserted(level: int) -> Rating:
    return Rating(AnswerKind.LEVEL, level, EvidenceStrength.ASSERTED)


def verified(level: int) -> Rating:
    return Rating(AnswerKind.LEVEL, level, EvidenceStrength.VERIFIED)


def carried(framework: Framework, card: Scorecard, ratings: dict[str, Rating]) -> dict[str, int]:
    """The highest stage that each dimension of a card allows."""
    return {level.dimension_id: level.carries for level in levels_of(framework, card, ratings)}
