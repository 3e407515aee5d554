"""Tables: as such up to three columns, and as a list of their rows beyond: a card may be as narrow as a phone.

Both come in pieces of a few rows, so that a card breaks between rows; what stands in one card is joined again.
"""

from bot.chat.view import Table
from bot.platforms.teams import limits
from bot.platforms.teams.elements import text_block
from bot.platforms.teams.markdown import escaped
from bot.platforms.text import NOTHING, Json, shorten

GOES_ON = "goes on"
"""Marks a piece that continues the one before it."""
_NARROWEST, _WIDEST = 4, 24
_TOGETHER = "\u00a0"
"""Keeps what a column is called on one line with what stands in it."""
Cells = tuple[str, ...]


def tables(table: Table) -> list[Json]:
    """The pieces of a table; each could stand alone."""
    if not table.columns:
        return []
    titles = _even(table.columns, len(table.columns))
    rows = [_even(cells, len(table.columns)) for cells in table.rows]
    step = limits.PIECE_ROWS
    steps = [rows[start : start + step] for start in range(0, len(rows), step)] or [[]]
    if len(titles) > limits.TABLE_COLUMNS:
        pieces = [_list(titles, each) for each in steps]
    else:
        # A share of the width: short columns keep their words whole, long texts wrap.
        widths = [min(_WIDEST, max(_NARROWEST, *map(len, column))) for column in zip(titles, *rows, strict=True)]
        pieces = [_table(titles, each, widths) for each in steps]
    return [pieces[0], *(piece | {GOES_ON: True} for piece in pieces[1:])]


def joined(body: list[Json]) -> list[Json]:
    """The elements of one card, with the pieces of a table put together."""
    made: list[Json] = []
    for element in body:
        piece = {name: value for name, value in element.items() if name != GOES_ON}
        if GOES_ON not in element or not made:
            made.append(piece)
        elif piece["type"] == "Table":
            made[-1] = made[-1] | {"rows": [*made[-1]["rows"], *piece["rows"][1:]]}
        else:
            made[-1] = made[-1] | {"facts": [*made[-1]["facts"], *piece["facts"]]}
    return made


def lines_in(element: Json) -> int:
    """How many lines of its view an element of a card shows: the rows of a table, and one of anything else."""
    return len(element["rows"]) - 1 if element["type"] == "Table" else len(element.get("facts", " "))


def _table(titles: Cells, rows: list[Cells], widths: list[int]) -> Json:
    return {
        "type": "Table",
        "firstRowAsHeader": True,
        "showGridLines": False,
        "columns": [{"width": width} for width in widths],
        "rows": [_row(cells, is_title=number == 0) for number, cells in enumerate([titles, *rows])],
    }


def _row(cells: Cells, *, is_title: bool) -> Json:
    style = {"weight": "Bolder"} if is_title else {}
    made = [{"type": "TableCell", "items": [text_block(_cell(text), **style)]} for text in cells]
    return {"type": "TableRow", "cells": made}


def _list(titles: Cells, rows: list[Cells]) -> Json:
    """Each row under its first cell, the others after their column's title."""
    return {"type": "FactSet", "facts": [_fact(titles, cells) for cells in rows or [titles]]}


def _fact(titles: Cells, cells: Cells) -> Json:
    told = (
        f"{_cell(title)}{_TOGETHER}**{_cell(text)}**"
        for title, text in zip(titles[1:], cells[1:], strict=True)
        if text.strip() not in ("", NOTHING)
    )
    return {"title": _cell(cells[0]), "value": " · ".join(told) or NOTHING}


def _even(cells: Cells, columns: int) -> Cells:
    """As many cells as there are columns, at most twelve."""
    return (*cells, *[""] * columns)[: min(columns, limits.LIST_COLUMNS)]


def _cell(text: str) -> str:
    return escaped(shorten(text, limits.CELL_UNITS)) or NOTHING
