"""CSV and TSV as programs really save them: any usual separator, line end and quoting."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice

from cohorts.spreadsheets.headings import recognised
from cohorts.spreadsheets.limits import FAR_BELOW, LIMITS, SheetRefused

SEPARATORS = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "upright bars"}
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
SAMPLE_ROWS = 60
FORMULA_TEXT = re.compile(r'="([^"]*)"\Z')  # ="07700 900123" keeps a telephone's zero
LONG_CELL = (
    "Row {} holds a cell of more than 130,000 characters, most likely a quotation mark that is opened "
    "and never closed: close it and upload the file again."
)
OPEN_QUOTE = (
    "A quotation mark is opened near row {} and never closed: "
    "close it, or save the sheet as an Excel Workbook (.xlsx), and upload the file again."
)


def read_delimited(text: str) -> tuple[list[list[str]], str]:
    """(all rows, the separator in words). Rows count as a spreadsheet counts them; `sep=` is not one."""
    named = SEPARATOR_LINE.match(text)
    if named:
        text = text[named.end() :]
        separator = named[1]
    else:
        separator = _separator(text)
    rows: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for number, row in enumerate(reader, 1):
            if any(row):
                if number > LIMITS.last_row:
                    raise SheetRefused(FAR_BELOW.format(number))
                rows.extend([] for _ in range(number - 1 - len(rows)))
                rows.append(row)
    except csv.Error as error:
        raise SheetRefused(LONG_CELL.format(len(rows) + 1)) from error
    _refuse_open_quote(rows, text, separator)
    for row in rows:
        for index, cell in enumerate(row):
            if cell[:2] == '="' and (kept := FORMULA_TEXT.match(cell)):
                row[index] = kept[1]
    return rows, SEPARATORS.get(separator, f"“{separator}”")


def _separator(text: str) -> str:
    """The separator under which the headings are recognised best, then the one that makes most columns."""

    def worth(separator: str) -> tuple[int, int]:
        try:
            sample = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), SAMPLE_ROWS))
        except csv.Error:
            return -1, 0
        return (
            max((recognised(row[: LIMITS.columns]) for row in sample), default=0),
            sum(len(row) - 1 for row in sample),
        )

    return max(SEPARATORS, key=worth)


def _refuse_open_quote(rows: list[list[str]], text: str, separator: str) -> None:
    """A quotation mark that is never closed swallows every row below it into one cell."""
    last = next((cell for row in reversed(rows) for cell in reversed(row) if cell), "")
    swallowed = last.count("\n") + last.count("\r")
    if swallowed >= 2 and last.count(separator) >= 2 * swallowed and text.count('"') % 2:
        raise SheetRefused(OPEN_QUOTE.format(len(rows)))
