"""Two projects side by side, dimension by dimension."""

from collections.abc import Iterable

from bot.charts.canvas import BLUE, FAINT, GRID, LEVELS, ORANGE, Form, bytes_of, figure_of
from bot.charts.legible import fitting, legible, lines_of
from bot.chat.picture import Cell, Duel

LABEL = 1.5
NAME = 1.6
"""Inches for the name of a dimension, and of a project in the legend."""
UNKNOWN = -0.55
"""Where it stands that something is not known."""


def duel(drawn: Duel, form: Form) -> bytes:
    """A full disc for one, an open square around it for the other, and a line for how far they are apart."""
    figure, (axes,) = figure_of(1.0 + 0.4 * len(drawn.lines))
    for place, each in enumerate(drawn.lines):
        if each.one.level is not None and each.other.level is not None:
            apart = [each.one.level, each.other.level]
            axes.plot(apart, [place, place], color=FAINT, lw=2.4, zorder=1, solid_capstyle="butt")
    one = axes.scatter(*_places(each.one for each in drawn.lines), 52, color=BLUE, marker="o", zorder=3, lw=0)
    other = axes.scatter(
        *_places(each.other for each in drawn.lines),
        130,
        facecolor="none",
        edgecolor=ORANGE,
        marker="s",
        zorder=2,
        lw=2.2,
    )
    axes.axvspan(UNKNOWN - 0.45, UNKNOWN + 0.3, color=GRID, alpha=0.45, lw=0)
    axes.set_yticks(range(len(drawn.lines)), [lines_of(each.name, LABEL, 10) for each in drawn.lines])
    axes.set_ylim(len(drawn.lines) - 0.4, -0.6)
    axes.set_xlim(UNKNOWN - 0.45, LEVELS + 0.3)
    axes.set_xticks([UNKNOWN, *range(LEVELS + 1)], ["?", *(f"{level}" for level in range(LEVELS + 1))])
    axes.set_xlabel(drawn.level)
    axes.grid(axis="both", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    figure.legend(
        handles=[one, other],
        labels=[fitting(legible(*name), NAME, 10) for name in (drawn.one, drawn.other)],
        loc="outside lower center",
        ncols=2,
        frameon=False,
        handletextpad=0.3,
    )
    return bytes_of(figure, form, "duel")


def _places(cells: Iterable[Cell]) -> tuple[list[float], list[int]]:
    """Where the marks of one project stand; what does not apply to it has none."""
    marked = [(place, cell.level) for place, cell in enumerate(cells) if cell.level is not None or not cell.is_known]
    return [UNKNOWN if level is None else level for _, level in marked], [place for place, _ in marked]
