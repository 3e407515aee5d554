"""Projects by dimensions: darker is further, and what blocks stands out.

Laid out by hand, as letters keep their size whatever the number of rows and columns: on a phone 390 points wide a
digit is read without zooming.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.charts.canvas import FAINT, GRID, INK, ON_STEPS, ORANGE, PAPER, STEPS, WIDTH, Form, bytes_of, sheet_of
from bot.charts.legible import fitting, legible, lines_of, width_of
from bot.chat.picture import Cell, HeatMap, HeatRow, Weight

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW = 0.235
"""Inches, as everything here but the sizes of letters."""
SIDE = 0.08
NAMES = 1.62
NUMBERS = 0.22
LEAST_COLUMN = 0.237
HEAD = 1.38
FOOT = 0.62
GAP = 0.018
FRAME = 0.028
NOTCH = 0.075
DOTTED = 1.4
"""Points: the frame of what is waived."""
NAME_SIZE = 8.5
SMALL_SIZE = 7.5
SAMPLE = "1 3"
"""How stage and exposure look of a project that is ahead of its readiness."""
MANY_ROWS = 18
"""From here on the columns are named below as well."""


@dataclass(frozen=True, slots=True)
class _Square:
    """A cell and where its upper left corner stands."""

    cell: Cell
    left: float
    top: float
    width: float


def heat_map(drawn: HeatMap, form: Form) -> bytes:
    """A row per project with its stage and exposure, a cell per dimension with the level that counts."""
    left = SIDE + NAMES + 2 * NUMBERS
    width = max(WIDTH, left + len(drawn.columns) * LEAST_COLUMN + SIDE)
    column = (width - SIDE - left) / max(len(drawn.columns), 1)
    below = HEAD + len(drawn.rows) * ROW
    has_foot = len(drawn.rows) >= MANY_ROWS
    legend = below + (HEAD if has_foot else 0.12)
    figure, axes = sheet_of(width, legend + FOOT)
    middles = [left - 1.5 * NUMBERS, left - 0.5 * NUMBERS]
    middles += [left + (number + 0.5) * column for number in range(len(drawn.columns))]
    for middle, head in zip(middles, (drawn.stage, drawn.exposure, *drawn.columns), strict=True):
        _head(axes, middle, HEAD - 0.06, head, "bottom")
        if has_foot:
            _head(axes, middle, below + 0.06, head, "top")
    squares = list(_legend(axes, drawn, legend, width))
    for number, row in enumerate(drawn.rows):
        top = HEAD + number * ROW
        _project(axes, row, top, left, width)
        squares += [_Square(cell, left + place * column, top, column) for place, cell in enumerate(row.cells)]
    _fill(axes, squares)
    return bytes_of(figure, form, "heat-map")


def _head(axes: "Axes", middle: float, at: float, text: str, beginning: str) -> None:
    name = lines_of(legible(text, ""), HEAD - 0.12, SMALL_SIZE)
    axes.text(middle, at, name, rotation=90, ha="center", va=beginning, fontsize=SMALL_SIZE, linespacing=0.95)


def _project(axes: "Axes", row: HeatRow, top: float, left: float, width: float) -> None:
    """Its name, stage and exposure; what stands across where there are no cells."""
    middle = top + ROW / 2
    name = fitting(legible(row.name, row.key), NAMES - 0.08, NAME_SIZE)
    axes.text(SIDE, middle, name, va="center_baseline", fontsize=NAME_SIZE)
    style: dict[str, Any] = {"weight": "bold", "color": ORANGE} if row.is_ahead else {}
    for place, number in ((1.5, row.stage), (0.5, row.exposure)):
        text = "–" if number is None else f"{number}"
        at = left - place * NUMBERS
        axes.text(at, middle, text, ha="center", va="center_baseline", fontsize=NAME_SIZE, **style)
    if row.word:
        word = fitting(row.word, width - left - SIDE, NAME_SIZE)
        axes.text(left + GAP, middle, word, va="center_baseline", fontsize=NAME_SIZE, style="italic", color=FAINT)


def _fill(axes: "Axes", squares: Iterable[_Square]) -> None:
    """The grounds, patterns and frames, each kind as one; then the digits."""
    from matplotlib.collections import PolyCollection  # noqa: PLC0415 - loaded when something is drawn

    squares = list(squares)
    grounds = [_corners(each, GAP) for each in squares]
    axes.add_collection(PolyCollection(grounds, facecolors=[_colours(each.cell)[0] for each in squares], lw=0))
    unknown = [_corners(each, GAP) for each in squares if not each.cell.is_known and not each.cell.weight]
    axes.add_collection(PolyCollection(unknown, facecolors="none", hatch="/////", hatchcolors=GRID, lw=0))
    framed = [_corners(each, GAP + FRAME / 2) for each in squares if each.cell.weight is Weight.HIGH]
    axes.add_collection(PolyCollection(framed, facecolors="none", edgecolors=ORANGE, lw=FRAME * 72))
    waived = [_corners(each, GAP + FRAME / 2) for each in squares if each.cell.is_waived]
    axes.add_collection(PolyCollection(waived, facecolors="none", edgecolors=ORANGE, lw=DOTTED, ls=(0, (1.4, 1.4))))
    notched = [_notch(each) for each in squares if each.cell.weight is Weight.CRITICAL]
    axes.add_collection(PolyCollection(notched, facecolors=PAPER, lw=0))
    for each in squares:
        cell = each.cell
        axes.text(
            each.left + each.width / 2,
            each.top + ROW / 2,
            cell.sign if cell.level is None else f"{cell.level}",
            ha="center",
            va="center_baseline",
            fontsize=NAME_SIZE,
            color=_colours(cell)[1],
            weight="bold" if cell.weight else "normal",
        )


def _corners(square: _Square, inset: float) -> list[tuple[float, float]]:
    left, right = square.left + inset, square.left + square.width - inset
    top, bottom = square.top + inset, square.top + ROW - inset
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _notch(square: _Square) -> list[tuple[float, float]]:
    """The mark of what is critical, where colours are not seen."""
    right, top = square.left + square.width - GAP, square.top + GAP
    return [(right, top), (right - NOTCH, top), (right, top + NOTCH)]


def _colours(cell: Cell) -> tuple[str, str]:
    """The ground of a cell, and the ink on it."""
    if cell.weight is Weight.CRITICAL:
        return ORANGE, PAPER
    return (PAPER, INK) if cell.level is None else (STEPS[cell.level], ON_STEPS[cell.level])


def _legend(axes: "Axes", drawn: HeatMap, top: float, width: float) -> Iterator[_Square]:
    """What the steps and marks mean, in two rows."""
    box = LEAST_COLUMN
    at = SIDE
    for level in range(len(STEPS)):
        yield _Square(Cell(level), at, top, box)
        at += box
    at = _beside(axes, at, top, drawn.levels, width)
    if any(cell.is_waived for row in drawn.rows for cell in row.cells):
        yield _Square(Cell(None, is_waived=True), at, top, box)
        _beside(axes, at + box, top, drawn.waived, width)
    at, top = SIDE, top + ROW + 0.05
    shown = (
        (Cell(None, Weight.CRITICAL), drawn.critical),
        (Cell(None, Weight.HIGH), drawn.high),
        (Cell(None, sign="?", is_known=False), drawn.unknown),
    )
    for cell, word in shown:
        yield _Square(cell, at, top, box)
        at = _beside(axes, at + box, top, word, width)
    axes.text(at, top + ROW / 2, SAMPLE, va="center_baseline", fontsize=NAME_SIZE, weight="bold", color=ORANGE)
    _beside(axes, at + width_of(SAMPLE, NAME_SIZE), top, drawn.ahead, width)


def _beside(axes: "Axes", at: float, top: float, word: str, width: float) -> float:
    """What a sign means, and where the next one stands."""
    word = fitting(word, width - at - 0.06, SMALL_SIZE)
    axes.text(at + 0.06, top + ROW / 2, word, va="center_baseline", fontsize=SMALL_SIZE)
    return at + 0.06 + width_of(word, SMALL_SIZE) + 0.12
