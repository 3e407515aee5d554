"""What holds a project is kept with each result; what the end of an assessment foresees, until the next judges it."""

from collections.abc import Mapping

from bot.readiness.forecasts import ENDS_A_CYCLE, Forecast, judge
from bot.readiness.framework import Dimension
from bot.readiness.framework_versions import pin_of
from bot.readiness.holds import Hold, hold_of
from bot.readiness.leverage_cards import ShownForecast
from bot.readiness.milestone import Milestone
from bot.usecases.ports import Context


def settle(context: Context, milestone: Milestone, carries: Mapping[str, int]) -> None:
    """A milestone was taken in which each dimension carries so many stages: keep what holds the project now.

    Where it ends an assessment, it judges the forecast of the one before, and makes one itself.
    """
    hold = hold_now(context, milestone, carries)
    if milestone.cause not in ENDS_A_CYCLE:
        return
    made = context.tx.forecasts.open_of(milestone.project_id)
    if made is not None:
        comparable = pin_of(context.tx.milestones.get(made.milestone_id)) == pin_of(milestone)
        context.tx.forecasts.judge(made, judge(made, carries, milestone, comparable=comparable))
    if hold is not None:
        context.tx.forecasts.add(Forecast(milestone.id, milestone.project_id, milestone.taken_at, hold))


def hold_now(context: Context, milestone: Milestone, carries: Mapping[str, int]) -> Hold | None:
    """What holds the project by its latest milestone, kept for the portfolio."""
    hold = hold_of(context.framework_of(milestone), milestone.scorecard, carries)
    context.tx.holds.save(milestone.project_id, hold)
    return hold


def shown(context: Context, project_id: str, rows: int) -> tuple[ShownForecast, ...]:
    """A project's forecasts, newest first, in the words of the frameworks that made and judged them."""
    return tuple(_shown(context, each) for each in context.tx.forecasts.of_project(project_id, rows))


def judged_by(context: Context, milestone: Milestone) -> ShownForecast | None:
    """The forecast that this milestone judged: one of the project's last two, while it is the latest of its cycle."""
    made = context.tx.forecasts.of_project(milestone.project_id, 2)
    judged = (each for each in made if each.verdict is not None and each.verdict.milestone_id == milestone.id)
    found = next(judged, None)
    return _shown(context, found) if found else None


def _shown(context: Context, made: Forecast) -> ShownForecast:
    foreseen = context.library.of_milestone(context.tx, made.milestone_id)
    missing: tuple[Dimension, ...] = ()
    if made.verdict is not None and made.verdict.missing:
        judging = context.library.of_milestone(context.tx, made.verdict.milestone_id)
        missing = tuple(judging.dimension(each) for each in made.verdict.missing)
    return ShownForecast(made, tuple(foreseen.dimension(each) for each in made.hold.dimensions), missing)
