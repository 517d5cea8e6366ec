"""Any small sheet, whatever it is about: its filled rows of plain cells, without looking for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cohorts.spreadsheets.decoding import decode
from cohorts.spreadsheets.delimited import FORMULA_TEXT, SEPARATOR_LINE
from cohorts.spreadsheets.kinds import XLSX, kind_of
from cohorts.spreadsheets.layout import plain
from cohorts.spreadsheets.limits import LIMITS, SheetRefused
from cohorts.spreadsheets.sheet import Cell, Row
from cohorts.spreadsheets.workbook import Grid, Workbook

MOST_ROWS = 50_000  # of a text file that are read; of a workbook LIMITS.last_row
SEPARATORS = ("\t", ";", ",", "|")  # a number may have a comma in it, and then the others tell more
SAMPLE_ROWS = 60

TOO_BIG = (
    f"This file is larger than {LIMITS.file_bytes // 1024**2} MB: "
    "copy the rows that you need into a new file and upload that."
)
NOTHING = "This file is empty: check that it was saved, and upload it again."
NO_SHEET = "This workbook has no visible sheet with anything in it: unhide it, save, and upload the file again."
LONG_CELL = (
    "Row {} holds a cell of more than 130,000 characters, most likely a quotation mark that is opened "
    "and never closed: close it and upload the file again."
)
TOO_MANY_ROWS = f"This file has more than {MOST_ROWS:,} rows: upload a part of it."


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, each with its number in the file; cells from the first column on.

    `date_system` is 1900 or 1904, as of a Sheet.
    """

    rows: tuple[Row, ...]
    date_system: int = 1900


def read_table(content: bytes, name: str) -> Table:
    """The first sheet of an uploaded file that holds anything. Raises `SheetRefused`, and nothing else."""
    if len(content) > LIMITS.file_bytes:
        raise SheetRefused(TOO_BIG)
    if not content.strip():
        raise SheetRefused(NOTHING)
    if kind_of(content, name) == XLSX:
        return _of_workbook(content)
    text, _, _ = decode(content)
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise SheetRefused(NOTHING)
    return Table(tuple(_of_text(text)))


def _of_text(text: str) -> Iterable[Row]:
    separator = ""
    if named := SEPARATOR_LINE.match(text):
        text, separator = text[named.end() :], named[1]
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or separator_of(io.StringIO(text)))
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise SheetRefused(TOO_MANY_ROWS)
            if any(cell.strip() for cell in cells):
                yield Row(number, tuple(_text(cell) for cell in cells[: LIMITS.columns]))
    except csv.Error as error:
        raise SheetRefused(LONG_CELL.format(number + 1)) from error


def _text(cell: str) -> str | None:
    kept = FORMULA_TEXT.match(cell)
    return (kept[1] if kept else cell).strip() or None


def separator_of(lines: Iterable[str]) -> str:
    """What stands between the cells of these lines: the first that cuts most of them, or else the one that cuts more
    than the others do. A title above the rows, or a note in one of them, may hold another.
    """
    sample = list(islice(filter(str.strip, lines), SAMPLE_ROWS))
    cut = {separator: sum(separator in line for line in sample) for separator in SEPARATORS}
    most = (separator for separator, number in cut.items() if number * 2 > len(sample))
    return next(most, max(cut, key=cut.__getitem__))


def _of_workbook(content: bytes) -> Table:
    book = Workbook(content)
    for grid in book.grids():
        if rows := _filled(grid):
            return Table(rows, book.date_system)
    raise SheetRefused(NO_SHEET)


def _filled(grid: Grid) -> tuple[Row, ...]:
    broken: dict[int, list[int]] = {}
    for row, column in grid.broken:
        broken.setdefault(row, []).append(column)
    found = []
    for index in range(max([len(grid.values), *(row + 1 for row in broken)])):
        cells = _cells(grid.values[index] if index < len(grid.values) else ())
        for column in broken.get(index, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = grid.broken[index, column]
        if any(cell is not None for cell in cells):
            found.append(Row(index + 1, tuple(cells)))
    return tuple(found)


def _cells(values: Sequence[Any]) -> list[Cell]:
    cells = [plain(value) for value in values[: LIMITS.columns]]
    return [cell.strip() or None if isinstance(cell, str) else cell for cell in cells]
