"""A sheet as it was read: plain values, each with the address it had in the file."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds no value anybody could have meant; `reason` says why, for a person to read."""

    reason: str


Cell = str | datetime.date | Broken | None


class Row(NamedTuple):
    """One row: its number in the file, counted from 1, and one cell for each column of the sheet."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read from a file.

    `columns` holds the spreadsheet's letters for each heading; columns without heading and without any
    value are left out, so letters may skip. `date_system` is 1900 or 1904: the day from which the workbook
    counts its dates, needed where a date arrives as a bare number.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    date_system: int = 1900

    def address(self, row: int, column: int) -> str:
        """The cell's address as a spreadsheet shows it, from a row's number and a column's index."""
        return f"{self.columns[column]}{row}"


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_to_json(sheet: Sheet) -> str:
    """The sheet as text to keep between upload and confirmation; `sheet_from_json` gives an equal sheet back."""
    return json.dumps(
        {
            "name": sheet.name,
            "header": sheet.header,
            "header_row": sheet.header_row,
            "columns": sheet.columns,
            "notes": sheet.notes,
            "date_system": sheet.date_system,
            "rows": [[row.number, *row.cells] for row in sheet.rows],
        },
        default=_plain,
        ensure_ascii=True,
        separators=(",", ":"),
    )


def sheet_from_json(text: str) -> Sheet:
    """The inverse of `sheet_to_json`."""
    kept = json.loads(text)
    return Sheet(
        name=kept["name"],
        header=tuple(kept["header"]),
        header_row=kept["header_row"],
        rows=tuple(Row(number, tuple(map(_cell, cells))) for number, *cells in kept["rows"]),
        notes=tuple(kept["notes"]),
        columns=tuple(kept["columns"]),
        date_system=kept["date_system"],
    )


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, Broken):
        return {"broken": value.reason}
    raise TypeError(f"{type(value).__name__} is not the value of a cell")


def _cell(value: str | dict[str, str] | None) -> Cell:
    if isinstance(value, dict):
        if "day" in value:
            return datetime.date.fromisoformat(value["day"])
        return Broken(value["broken"])
    return value
