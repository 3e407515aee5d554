"""Tables as text: no spreadsheet runs what stands in one, and what was written is what is read."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.readiness.sheets import (
    FORMULA,
    SheetFault,
    SheetFaults,
    SheetMistake,
    line,
    marked,
    read_sheet,
    unmarked,
)

CELLS = st.text(st.sampled_from("ab =+-@'\t;,\"\nÄ🎉＝"), max_size=8)


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "'=1", "＝1"]
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    assert marked(text) == f"'{text}"
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize("text", ["", "Churn", "a=b", "1-2", "'tis", "O'Brien"])
def test_what_it_would_not_run_stays_as_it_is(text: str) -> None:
    assert marked(text) == text == unmarked(text)


@settings(max_examples=80)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_no_cell_begins_as_a_formula_and_all_are_read_as_they_were(rows: list[list[str]]) -> None:
    text = "".join(map(line, (("a", "b"), *rows)))
    assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(FORMULA)]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    if not kept:
        return
    read = [[row.cells["a"], row.cells["b"]] for row in read_sheet(text, 10).rows]
    assert read == [[cell.strip() for cell in row] for row in kept]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_what_stands_between_cells_is_seen_from_the_first_line(between: str) -> None:
    text = f"Key{between}Business Function\r\nchurn{between}Sales, abroad\r\n".replace(
        "Sales, abroad", '"Sales, abroad"'
    )
    sheet = read_sheet(text, 10)
    assert sheet.columns == ("key", "business_function")
    assert dict(sheet.rows[0].cells) == {"key": "churn", "business_function": "Sales, abroad"}


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    sheet = read_sheet('\nkey,name\n\n"a","two\nlines"\nb,one\n', 10)
    assert sheet.head == 2
    assert [row.line for row in sheet.rows] == [4, 6]


FAULTY = {
    "": (SheetFault(SheetMistake.EMPTY, 1),),
    "key,name\n": (SheetFault(SheetMistake.EMPTY, 1),),
    "key,name,key\na,b,c": (SheetFault(SheetMistake.COLUMN_TWICE, 1, "key"),),
    "key,name\na\nb,c,d": (
        SheetFault(SheetMistake.CELLS, 2, word="1", allowed=("2",)),
        SheetFault(SheetMistake.CELLS, 3, word="3", allowed=("2",)),
    ),
    'key,name\na,"b\nc,d': (SheetFault(SheetMistake.BROKEN, 2), SheetFault(SheetMistake.EMPTY, 1))[:1],
    "key,name\na,b\nc,d\ne,f": (SheetFault(SheetMistake.TOO_MANY_ROWS, 4, word="3", allowed=("2",)),),
}


@pytest.mark.parametrize("text", FAULTY)
def test_every_fault_of_the_shape_has_its_line(text: str) -> None:
    with pytest.raises(SheetFaults) as found:
        read_sheet(text, 2)
    assert found.value.faults == FAULTY[text]
