"""Lists that leave: any text comes back as it was, and no cell is a formula."""

import csv
import io
import tempfile
import tracemalloc
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from elements import exports
from elements.contract import Column

SIGNS = "=+-@\t＝＋－＠"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
COLUMNS = (Column("Name", "Full name"), Column("=2+3", "A heading like a formula"))


def stored(text: str) -> str:
    """What a cell can hold of a text: line ends as one kind, no controls."""
    return exports.UNWRITABLE.sub("", exports.LINE_ENDS.sub("\n", text))


def bare(cell: str) -> str:
    return cell.removeprefix("'")


def through_csv(rows) -> list[list[str]]:
    text = "".join(exports.csv_lines([column.heading for column in COLUMNS], rows))
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline="")))[1:]


def through_xlsx(rows):
    target = io.BytesIO()
    exports.write_workbook(target, title="People", row_meaning="One person", columns=COLUMNS, rows=rows)
    return openpyxl.load_workbook(target)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
@example([("_x000D_", "a_x0041_b"), (" \n=1", "'=1"), ("x\r\n=cmd()", "\u200b=1")])
def test_any_text_comes_back_from_both_kinds(rows):
    expected = [[stored(cell).removeprefix("'") for cell in row] for row in rows]
    assert [[bare(cell) for cell in row] for row in through_csv(rows)] == expected
    sheet = through_xlsx(rows).worksheets[0]
    # ST_Xstring: "_x000D_" in a cell stands for a character; openpyxl leaves undoing that to its caller.
    back = [[bare(unescape(cell.value or "")) for cell in row] for row in sheet.iter_rows(min_row=2, max_col=2)]
    back += [["", ""]] * (len(rows) - len(back))  # rows of nothing are not written
    assert back == expected
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", "\u00a0", "\u200b", "\ufeff ", "\u3000", "first line\n", "first\r\n  ", "\n"]
)
def test_no_cell_begins_a_formula(before, sign):
    assert exports.as_text(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@given(TEXT, st.sampled_from(SIGNS), st.sampled_from(["", " ", "\u00a0", "\n", "\n  ", "\r"]))
def test_a_guarded_cell_is_read_as_text_by_every_rule(text, sign, gap):
    cell = exports.as_text(gap + sign + text)
    assert cell.startswith("'") or exports.NUMBER.match(cell)


@pytest.mark.parametrize("number", ["0", "-5", "+44", "12.50", "-0.5"])
def test_plain_numbers_stay_as_they_are(number):
    assert exports.as_text(number) == number


@pytest.mark.parametrize("text", ["-5+cmd()", "-", "+44 7700", "-5\n", "=1"])
def test_what_only_begins_like_a_number_does_not(text):
    assert exports.as_text(text).startswith("'")


@pytest.mark.parametrize("name", ["D'Arcy St. John-Smythe", "Nguyễn Thị Mai", "Łukasz Wójcik", "محمد", "O", "李小龙"])
def test_names_are_left_alone(name):
    assert exports.as_text(name) == name


def test_values_are_written_as_people_write_them():
    assert exports.as_text(None) == ""
    assert exports.as_text(date(2027, 7, 31)) == "31/07/2027"
    assert exports.as_text(datetime(2027, 7, 1, 11, 0, tzinfo=UTC)) == "01/07/2027 12:00"
    assert exports.as_text(["ward", "clinic"]) == "ward; clinic"
    assert exports.as_text(["=ward"]) == "'=ward"
    assert exports.as_text(True) == "yes"
    assert exports.as_text(9) == "9"


def test_a_cell_that_is_too_long_for_excel_is_cut_and_says_so():
    cell = exports.as_text("=" + "x" * 40_000)
    assert len(cell) <= exports.CELL_LIMIT
    assert cell.endswith("…")


def test_the_workbook_says_what_its_rows_and_columns_mean():
    book = through_xlsx([("a", "b")])
    assert book.sheetnames == ["People", "About this list"]
    assert book["People"].freeze_panes == "A2"
    said = [tuple(cell.value for cell in row) for row in book["About this list"].iter_rows()]
    assert ("A row is", "One person") in said
    assert ("'=2+3", "A heading like a formula") in said


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(kind):
    def peak(number: int) -> int:
        rows = ((f"name {n}", "x" * 20) for n in range(number))
        tracemalloc.start()
        if kind == "csv":
            for _ in exports.csv_lines(["a", "b"], rows):
                pass
        else:
            with tempfile.TemporaryFile() as target:
                exports.write_workbook(target, title="P", row_meaning="m", columns=COLUMNS, rows=rows)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(20_000) < peak(2_000) + 1_500_000
