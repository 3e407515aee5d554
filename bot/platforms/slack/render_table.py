"""Tables: a block where Slack allows one, lines of equal width elsewhere."""

from bot.chat.view import Table
from bot.platforms.slack import limits
from bot.platforms.text import NOTHING, Json, cut, shorten, units

_LINE_CELL = 40


def table_block(table: Table) -> tuple[Json, int]:
    """The block, its column titles as the first row, and how many rows were left out."""
    rows: list[list[Json]] = []
    left = limits.TABLE_TEXT_UNITS
    for cells in (table.columns, *table.rows):
        made = [_cell(text) for text in _even(cells, len(table.columns))]
        left -= sum(units(cell["text"]) for cell in made)
        if left < 0 or len(rows) == limits.TABLE_ROWS:
            break
        rows.append(made)
    return {"type": "table", "rows": rows}, len(table.rows) + 1 - len(rows)


def as_lines(table: Table, room: int) -> tuple[str, int]:
    """The table as text in at most `room` units, and how many rows were left out."""
    columns = len(table.columns)
    grid = [[_flat(text) for text in _even(cells, columns)] for cells in (table.columns, *table.rows)]
    widths = [max(len(row[column]) for row in grid) for column in range(len(grid[0]))]
    lines: list[str] = []
    for row in grid:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        room -= units(line) + 1
        if room < 0:
            break
        lines.append(line)
    if not lines:
        return cut(NOTHING, 1), len(grid)
    return "\n".join(lines), len(grid) - len(lines)


def _even(cells: tuple[str, ...], columns: int) -> list[str]:
    """As many cells as there are columns, at most 20."""
    wide = [*cells, *[""] * columns][:columns]
    return wide[: limits.TABLE_COLUMNS]


def _cell(text: str) -> Json:
    short = shorten(text, limits.CELL_UNITS)
    return {"type": "raw_text", "text": short if short.strip() else NOTHING}


def _flat(text: str) -> str:
    short = " ".join(shorten(text, _LINE_CELL).split())
    return short or NOTHING
