"""The one writer of lists that leave the house: CSV and XLSX, in constant memory and safe to open.

A cell that a spreadsheet program could take for a formula gets an apostrophe in front, wherever in the cell the sign
stands at the beginning of a line, past spaces too; a plain number does not. The import takes the apostrophe away.
Source of the signs: OWASP, CSV injection; full-width forms are read as the plain ones by some programs.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.http import FileResponse, StreamingHttpResponse

from elements.clock import local
from elements.contract import Column

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CELL_LIMIT = 32_767  # characters, Excel's own
BOM = "\ufeff"
AT_ONCE = 500  # rows in a piece of a CSV
HELD = 1_000_000  # bytes of a workbook that are held in memory
# What is skipped before a sign: every space and every mark that no eye sees.
SKIPPED = r"[^\S\t\r\n]|[\u00ad\u180e\u200b-\u200f\u2060\ufeff]"
LIVE = re.compile(rf"(?:^|\n)(?:{SKIPPED})*(?:[=+\-@\t＝＋－＠]|\n(?=\Z))|\A(?:{SKIPPED})*\n")
SIGNS = frozenset("=+-@＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z", re.ASCII)
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Characters that XML 1.0 cannot hold: NUL and other controls, lone surrogates.
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def as_text(value: Any) -> str:
    """A value as text: days as 31/07/2027, moments in London time, lists separated by semicolons, no formula."""
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{local(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        return guarded("; ".join(str(one) for one in value))
    return guarded(str(value))


def guarded(text: str) -> str:
    """The text as it may stand in a cell: writable, not too long, and no formula."""
    if text.isprintable():  # one line, and no space but the plain one: only its first sign can make it live
        if text.lstrip(" ")[:1] not in SIGNS and len(text) < CELL_LIMIT:
            return text
    else:
        text = UNWRITABLE.sub("", LINE_ENDS.sub("\n", text))
    if len(text) >= CELL_LIMIT:
        text = text[: CELL_LIMIT - 2] + "…"
    if LIVE.search(text) and not NUMBER.match(text):
        return f"'{text}"
    return text


class _Line:
    """What a csv writer writes into: keeps nothing, gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Iterable[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Pieces of a CSV: UTF-8 with its mark, so that Excel reads names right; memory does not grow with the rows."""
    writer = csv.writer(_Line())
    piece = [BOM + writer.writerow([as_text(heading) for heading in headings])]
    for row in rows:
        piece.append(writer.writerow([as_text(value) for value in row]))
        if len(piece) >= AT_ONCE:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


def csv_response(*, file_name: str, columns: Sequence[Column], rows) -> StreamingHttpResponse:
    """The list as a download, written while it is read."""
    answer = StreamingHttpResponse(csv_lines([column.heading for column in columns], rows), content_type=KINDS["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return answer


def workbook_response(*, file_name: str, title: str, row_meaning: str, columns, rows) -> FileResponse:
    """The list as an Excel download; a small file is held in memory, a larger one on disk until it is sent."""
    target: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 -- a large one is closed by the response when it has been sent
    write_workbook(target, title=title, row_meaning=row_meaning, columns=columns, rows=rows)
    size = target.tell()
    target.seek(0)
    if size <= HELD:
        with target:
            target = io.BytesIO(target.read())
    return FileResponse(target, as_attachment=True, filename=f"{file_name}.xlsx", content_type=KINDS["xlsx"])


def write_workbook(target: BinaryIO, *, title: str, row_meaning: str, columns: Sequence[Column], rows) -> None:
    """Write the list, and a sheet that says what its rows and columns mean; memory does not grow with the rows."""
    import xlsxwriter  # here, because only an export needs it and it takes long to load

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"constant_memory": True, **plain}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, as_text(column.heading), bold)
        write = sheet.write_string
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if text := as_text(value):
                    write(number, place, text)
        about = book.add_worksheet("About this list")
        about.set_column(0, 0, 32)
        about.set_column(1, 1, 90)
        meanings = [("A row is", row_meaning), ("", ""), *((column.heading, column.meaning) for column in columns)]
        for number, (what, meaning) in enumerate(meanings):
            about.write_string(number, 0, as_text(what), bold)
            about.write_string(number, 1, as_text(meaning), wrapped)


def _sheet_name(title: str) -> str:
    """At most 31 characters without those that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "List"
