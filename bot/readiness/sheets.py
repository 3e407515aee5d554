"""A table as text: written so that no spreadsheet runs what stands in it, read with the place of every fault. Pure.

A cell that a spreadsheet would take for a formula carries an apostrophe in front (owasp.org, "CSV Injection"); one
that begins so by itself gets one more, so that reading gives back what was written.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that would be run; the wide signs count as well."""
DELIMITERS = ",;\t"
"""What may stand between cells; spreadsheets of some countries write semicolons."""
MARK = "'"

Cell = str | int | None


class SheetMistake(StrEnum):
    """What is wrong with a place of a table; each has a block `fault_NAME` in the template `imports`."""

    BROKEN = "broken"
    EMPTY = "empty"
    TOO_MANY_ROWS = "too_many_rows"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMN_UNKNOWN = "column_unknown"
    CELLS = "cells"
    MISSING = "missing"
    TOO_LONG = "too_long"
    KEY_FORM = "key_form"
    KEY_TWICE = "key_twice"
    UNKNOWN_CHOICE = "unknown_choice"
    TARGET_BELOW_EXPOSURE = "target_below_exposure"
    DATE_FORM = "date_form"
    CHANNEL_FORM = "channel_form"
    RULE_FORM = "rule_form"
    UNKNOWN_PERSON = "unknown_person"
    SEVERAL_PEOPLE = "several_people"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One fault: its line (counted from 1), its column ("" where it is the whole line's), the word, what is allowed."""

    mistake: SheetMistake
    line: int
    column: str = ""
    word: str = ""
    allowed: tuple[str, ...] = ()


class SheetFaults(ValueError):
    """A table that cannot be taken in; `faults` are all of them, in the order of the lines."""

    def __init__(self, faults: Iterable[SheetFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line on which it begins, and its cells by column, without the blanks around them."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that holds together: the line and the columns of its head, and its rows."""

    head: int
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def marked(text: str) -> str:
    """The text of a cell, so that no spreadsheet runs it."""
    return f"{MARK}{text}" if _is_formula(text) else text


def unmarked(text: str) -> str:
    """What `marked` was given."""
    return text[1:] if text.startswith(MARK) and _is_formula(text) else text


def line(cells: Iterable[Cell]) -> str:
    """One row as CSV, with its line end."""
    written = io.StringIO(newline="")
    csv.writer(written).writerow([_cell(value) for value in cells])
    return written.getvalue()


def read_sheet(text: str, most_rows: int) -> Sheet:
    """The table in a text. Raises SheetFaults with everything that is wrong with its shape.

    Its first line names the columns: in any order, in either case, blanks for underscores. Empty lines are passed.
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    faults: list[SheetFault] = []
    begins = 1
    try:
        for cells in reader:
            if any(unmarked(cell).strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        faults.append(SheetFault(SheetMistake.BROKEN, begins))
    if not found:
        raise SheetFaults(faults or [SheetFault(SheetMistake.EMPTY, 1)])
    (head, titles), *rest = found
    columns = tuple(title.strip().lower().replace(" ", "_") for title in titles)
    faults += [
        SheetFault(SheetMistake.COLUMN_TWICE, head, column)
        for column, count in Counter(column for column in columns if column).items()
        if count > 1
    ]
    if not rest and not faults:
        faults.append(SheetFault(SheetMistake.EMPTY, head))
    if len(rest) > most_rows:
        line, _ = rest[most_rows]
        faults.append(SheetFault(SheetMistake.TOO_MANY_ROWS, line, word=str(len(rest)), allowed=(str(most_rows),)))
    for line, cells in rest:
        if len(cells) != len(columns):
            said = str(len(cells))
            faults.append(SheetFault(SheetMistake.CELLS, line, word=said, allowed=(str(len(columns)),)))
    if faults:
        raise SheetFaults(faults)
    return Sheet(head, columns, tuple(SheetRow(line, _by_column(columns, cells)) for line, cells in rest))


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    return {column: unmarked(cell).strip() for column, cell in zip(columns, cells, strict=True)}


def _is_formula(text: str) -> bool:
    return text.lstrip(f"{MARK} ").startswith(FORMULA)


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    return marked(value) if isinstance(value, str) else value
