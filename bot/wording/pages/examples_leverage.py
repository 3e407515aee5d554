"""One card for every page of levers, as full as it gets: for the tests of the limits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

from bot.readiness.forecasts import Forecast, Outcome, TrackRecord, Verdict
from bot.readiness.holds import Hold, Lifts
from bot.readiness.leverage import Lever, Leverage, LeverKind, Pair
from bot.readiness.leverage_cards import LeverCard, LeversCard, ShownForecast, ShownLever
from bot.wording.pages import examples_interviews, examples_projects
from bot.wording.pages.examples_projects import FRAMEWORK, NOW, PROJECT

DIMENSIONS, BARRIERS = FRAMEWORK.dimensions, FRAMEWORK.barriers
KEYS = ("churn", "fraud", "a-key-as-long-as-a-key-can-ever-be-made")
HOLD = Hold(Lifts.STAGE, 1, 3, (DIMENSIONS[0].id, DIMENSIONS[5].id), 2, BARRIERS[0].id, 3)
MOVE = replace(HOLD, lifts=Lifts.READINESS, before=3, aim=4, after=4, barrier_after=4)
OUTCOMES = {Outcome.CAME_TRUE: 11, Outcome.MISSED: 1, Outcome.UNTRIED: 5, Outcome.VOID: 1}
ONE, OTHER = DIMENSIONS[3], DIMENSIONS[4]
SHORT = (DIMENSIONS[0], DIMENSIONS[5])
VERDICTS = (
    None,
    Verdict(Outcome.CAME_TRUE, "m2", NOW, 2, 2, HOLD.dimensions),
    Verdict(Outcome.CAME_TRUE, "m2", NOW, 2, 1, HOLD.dimensions),
    Verdict(Outcome.MISSED, "m2", NOW, 1, 2, HOLD.dimensions, (OTHER.id,)),
    Verdict(Outcome.UNTRIED, "m2", NOW, 1, 0, HOLD.dimensions[:1]),
    Verdict(Outcome.VOID, "m2", NOW, 1),
)
FORECASTS = tuple(
    ShownForecast(
        Forecast("m1", PROJECT.id, NOW - timedelta(days=45), HOLD, verdict),
        SHORT,
        (OTHER,) if verdict and verdict.missing else (),
    )
    for verdict in VERDICTS
)


def examples() -> Mapping[str, object]:
    """Name -> card."""
    dimensions = tuple(
        ShownLever(Lever(LeverKind.DIMENSION, each.id, 9, 12, 3), each.name, BARRIERS[0].name, KEYS)
        for each in DIMENSIONS[:5]
    )
    one = Lever(LeverKind.BARRIER, BARRIERS[0].id, 1, 1, 0)
    barriers = tuple(ShownLever(replace(one, id=each.id), each.name, None, KEYS[:1]) for each in BARRIERS)
    many = replace(dimensions[0].lever, risen=40, stages=50)
    full = LeversCard(
        framework=FRAMEWORK,
        leverage=Leverage(
            dimensions=tuple(each.lever for each in dimensions),
            barriers=tuple(each.lever for each in barriers),
            pair=Pair((ONE.id, OTHER.id), 14, 2),
            held=40,
            unlevered=7,
        ),
        dimensions=dimensions,
        barriers=barriers,
        names={ONE.id: ONE.name, OTHER.id: OTHER.name},
        record=TrackRecord(OUTCOMES, open=12),
    )
    several = replace(full, leverage=Leverage(pair=full.leverage.pair, held=3, unlevered=1), dimensions=(), barriers=())
    projects = (
        (PROJECT, HOLD, FRAMEWORK),
        *((replace(PROJECT, id=f"p{number}", key=f"key-{number}"), MOVE, FRAMEWORK) for number in range(9)),
    )
    return {
        "levers": full,
        "levers_only_several": replace(several, record=TrackRecord(open=1)),
        "levers_none": LeversCard(FRAMEWORK, Leverage()),
        "lever": LeverCard(dimensions[0], projects, 10),
        "lever_more": LeverCard(barriers[0], projects[:1], 10, start=10),
        "lever_middle": LeverCard(replace(dimensions[0], lever=many), projects, 10, start=20),
        "history_forecast": _with(examples_projects, "history", forecasts=FORECASTS),
        "overview_lever": _with(examples_projects, "overview", lever=dimensions[0]),
        "result_forecast": _with(examples_interviews, "result", forecast=FORECASTS[1]),
    }


def _with(examples: ModuleType, name: str, **more: object) -> Any:
    """The example of another page, with what stands there of levers and forecasts."""
    return replace(examples.examples()[name], **more)
