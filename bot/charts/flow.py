"""How many projects stand at each stage, month by month or week by week."""

from math import ceil
from typing import TYPE_CHECKING, Any

from bot.charts.canvas import FAINT, GRID, INK, ON_STEPS, PAPER, STEPS, Form, bytes_of, figure_of
from bot.charts.legible import width_of
from bot.chat.picture import Flow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer

HEIGHT = 3.9
BAR = 0.8
LEAST_SHARE = 0.055
"""Of the highest bar: what is thinner has no room for its number."""
PLOT = 3.9
"""Inches that the bars share."""
NAME_SIZE = 9
FEW_BARS = 14
"""Up to so many bars have room for numbers."""
LEAST_PLACES = 6
"""A single bar is no wider than one of so many."""


def flow(drawn: Flow, form: Form) -> bytes:
    """A bar per period, the lowest stage at the bottom; what is not assessed yet on top, with a pattern."""
    figure, (axes,) = figure_of(HEIGHT)
    tallest = max(sum(each.stages) + each.unassessed for each in drawn.periods) or 1
    bottoms = [0] * len(drawn.periods)
    handles = []
    for number, name in enumerate(drawn.stages):
        heights = [each.stages[number] for each in drawn.periods]
        handles.append(_bars(axes, heights, bottoms, label=name, color=STEPS[number]))
        _numbers(axes, heights, bottoms, tallest, ON_STEPS[number])
        bottoms = [below + height for below, height in zip(bottoms, heights, strict=True)]
    heights = [each.unassessed for each in drawn.periods]
    if any(heights):
        striped = {"color": PAPER, "hatch": "/////", "hatchcolor": GRID}
        handles.append(_bars(axes, heights, bottoms, label=drawn.unassessed, **striped))
        _numbers(axes, heights, bottoms, tallest, INK)
    _axes(axes, drawn, tallest)
    figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=9,
        handlelength=1.4,
        columnspacing=1.4,
    )
    return bytes_of(figure, form, "flow")


def _bars(axes: "Axes", heights: list[int], bottoms: list[int], **style: Any) -> "BarContainer":
    return axes.bar(range(len(heights)), heights, BAR, bottoms, edgecolor=FAINT, linewidth=0.6, **style)


def _numbers(axes: "Axes", heights: list[int], bottoms: list[int], tallest: int, ink: str) -> None:
    if len(heights) > FEW_BARS:
        return
    for place, (height, below) in enumerate(zip(heights, bottoms, strict=True)):
        if height >= LEAST_SHARE * tallest and height:
            axes.text(place, below + height / 2, f"{height}", ha="center", va="center_baseline", fontsize=8, color=ink)


def _axes(axes: "Axes", drawn: Flow, tallest: int) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - loaded when something is drawn

    count = len(drawn.periods)
    widest = max(width_of(each.name, NAME_SIZE) for each in drawn.periods) + 0.08
    step = max(1, ceil(widest * max(count, LEAST_PLACES) / PLOT))
    named = [place for place in range(count) if (count - 1 - place) % step == 0]
    axes.set_xticks(named, [drawn.periods[place].name for place in named], fontsize=NAME_SIZE)
    missing = max(0, LEAST_PLACES - count)
    axes.set_xlim(-0.5 - missing / 2, count - 0.5 + missing / 2)
    axes.set_ylim(0, tallest * 1.04)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_ylabel(drawn.projects)
    axes.grid(axis="y", color=GRID, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
