"""A project over time: stage, exposure and index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.charts.canvas import BLUE, COLOURS, GRID, ORANGE, PAPER, STAGES, Form, bytes_of, figure_of
from bot.chat.picture import Moment, Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_DATES = 5


def trend(drawn: Trend, form: Form) -> bytes:
    """Stage as steps with exposure over it; the index below, as it is no part of the stage. Needs one moment."""
    figure, axes = figure_of(3.9, rows=2, heights=(3, 2))
    _stages(axes[0], drawn)
    _index(axes[1], drawn)
    _dates(axes, drawn.moments)
    figure.legend(
        handles=[*axes[0].get_lines()[:2], *axes[1].get_lines()[:1]],
        loc="outside lower center",
        ncols=3,
        frameon=False,
        handlelength=2.2,
        columnspacing=1.2,
    )
    return bytes_of(figure, form, "trend")


def _stages(axes: "Axes", drawn: Trend) -> None:
    at = [_day(moment) for moment in drawn.moments]
    stages = [moment.stage for moment in drawn.moments]
    exposures = [moment.exposure for moment in drawn.moments]
    axes.step(at, stages, where="post", lw=4, color=BLUE, marker="o", markersize=6, label=drawn.stage)
    axes.step(
        at,
        exposures,
        where="post",
        lw=1.8,
        ls=(0, (4, 2)),
        color=ORANGE,
        marker="s",
        markersize=5,
        markerfacecolor=PAPER,
        label=drawn.exposure,
    )
    axes.set_ylim(0.6, STAGES + 0.4)
    axes.set_yticks(range(1, STAGES + 1))
    axes.grid(axis="y", color=GRID, lw=0.8)


def _index(axes: "Axes", drawn: Trend) -> None:
    at, index = [_day(moment) for moment in drawn.moments], [moment.index for moment in drawn.moments]
    axes.plot(at, index, lw=1.8, color=COLOURS["index"][0], marker="^", markersize=6, label=drawn.index)
    axes.set_ylim(-4, 104)
    axes.set_yticks((0, 50, 100))
    axes.grid(axis="y", color=GRID, lw=0.8)


def _dates(axes: Sequence["Axes"], moments: Sequence[Moment]) -> None:
    """As many dates below as there is room for, the last one always."""
    span = _day(moments[-1]) - _day(moments[0]) or 1.0
    shown: list[Moment] = []
    for moment in reversed(moments):
        apart = (_day(shown[-1]) - _day(moment)) / span if shown else 1.0
        if apart >= 1 / MOST_DATES and moment.date not in {each.date for each in shown}:
            shown.append(moment)
    for each in axes:
        each.set_xticks([_day(moment) for moment in shown], ["" for _ in shown])
        each.margins(x=0.04)
    axes[-1].set_xticks([_day(moment) for moment in shown], [moment.date for moment in shown])


def _day(moment: Moment) -> float:
    return moment.at.timestamp() / 86_400
