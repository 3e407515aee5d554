"""The barriers as they are ranked: how many projects each holds."""

from typing import Any

from bot.charts.canvas import GRID, ORANGE, PAPER, Form, bytes_of, figure_of
from bot.charts.legible import lines_of
from bot.chat.picture import BarrierRanking

LABEL = 1.25
"""Inches for the name of a barrier."""
LEAST = 4
"""One project alone fills no picture."""


def barriers(drawn: BarrierRanking, form: Form) -> bytes:
    """A bar per barrier, the first on top: full where a blocker is critical, striped where none is."""
    from matplotlib.patches import Patch  # noqa: PLC0415 - loaded when something is drawn
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    figure, (axes,) = figure_of(1.15 + 0.52 * len(drawn.barriers))
    full: dict[str, Any] = {"facecolor": ORANGE, "edgecolor": ORANGE}
    striped: dict[str, Any] = {"facecolor": PAPER, "edgecolor": ORANGE, "hatch": "////", "hatchcolor": ORANGE}
    for place, each in enumerate(drawn.barriers):
        axes.barh(place, each.projects, 0.46, **(full if each.is_critical else striped))
        axes.text(0, place - 0.4, each.said, va="center", fontsize=9)
    axes.set_yticks(range(len(drawn.barriers)), [lines_of(each.name, LABEL, 10, most=3) for each in drawn.barriers])
    axes.set_ylim(len(drawn.barriers) - 0.6, -0.75)
    axes.set_xlim(0, max(LEAST, *(each.projects for each in drawn.barriers)) * 1.04)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(drawn.projects)
    axes.grid(axis="x", color=GRID, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    figure.legend(
        handles=[Patch(**full, label=drawn.critical), Patch(**striped, label=drawn.high)],
        loc="outside lower center",
        ncols=2,
        frameon=False,
        handlelength=1.6,
    )
    return bytes_of(figure, form, "barriers")
