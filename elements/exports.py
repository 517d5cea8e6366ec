"""Lists that leave the house: CSV and XLSX whose every cell is text and nothing but text."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

from elements.contract import Column

LEAD_IN = re.compile(r"(?:^|[\r\n])[\s\u00a0\u200b\ufeff]*[=+\-@\t\r\n＝＋－＠]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_CELL = 32_767  # characters that a cell of a workbook holds
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_text(value: Any) -> str:
    """A value as the words of a cell that no spreadsheet takes for a formula.

    A quotation mark goes before anything that could begin one, looking past spaces and into each line; a plain
    number stays as it is. Source: the OWASP page on CSV injection.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(each) for each in value)
    text = CONTROL.sub("", str(value))
    if LEAD_IN.search(text) and not PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


class _Echo:
    """What csv.writer writes to, so that each row is given on at once."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file with byte order mark, one at a time: memory does not grow with the rows."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([as_text(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([as_text(value) for value in row])


def csv_response(*, file_name: str, columns: Sequence[Column], rows) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        csv_lines([column.heading for column in columns], rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return response


def write_workbook(target, *, title: str, row_meaning: str, columns: Sequence[Column], rows) -> None:
    """Write the list and a sheet that explains it to a binary file; memory does not grow with the rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                text = as_text(value)
                if text:
                    sheet.write_string(number, place, text[:LONGEST_CELL])
        about = book.add_worksheet("About this list")
        about.set_column(0, 0, 32)
        about.set_column(1, 1, 80)
        about.write_string(0, 0, "A row is", bold)
        about.write_string(0, 1, row_meaning)
        for number, column in enumerate(columns, start=2):
            about.write_string(number, 0, column.heading, bold)
            about.write_string(number, 1, column.meaning)


def workbook_response(*, file_name: str, title: str, row_meaning: str, columns, rows) -> FileResponse:
    # The response closes the file when it has been sent.
    target = tempfile.TemporaryFile()  # noqa: SIM115
    write_workbook(target, title=title, row_meaning=row_meaning, columns=columns, rows=rows)
    target.seek(0, io.SEEK_SET)
    return FileResponse(target, as_attachment=True, filename=f"{file_name}.xlsx", content_type=XLSX)
