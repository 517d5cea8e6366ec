"""One door for every file a programme lead uploads."""

from __future__ import annotations

from cohorts.spreadsheets.decoding import decode
from cohorts.spreadsheets.delimited import read_delimited
from cohorts.spreadsheets.kinds import XLSX, kind_of
from cohorts.spreadsheets.layout import find_headings, lay_out
from cohorts.spreadsheets.limits import LIMITS, SheetRefused
from cohorts.spreadsheets.sheet import Sheet
from cohorts.spreadsheets.workbook import Grid, Workbook

TOO_BIG = (
    f"This file is larger than {LIMITS.file_bytes // 1024**2} MB: "
    "copy the list of people, without pictures, into a new file and upload that."
)
NOTHING = "This file is empty: check that it was saved, and upload it again."
NO_SHEET = "This workbook has no visible sheet with anything in it: unhide the list of people, save, upload it again."
LIKELY = 3  # so many recognised headings make a sheet the list of people


def read_sheet(content: bytes, name: str) -> Sheet:
    """The list of people in an uploaded file.

    `content` is the whole file, `name` what the browser called it; only its extension is looked at. Raises
    `SheetRefused`, and nothing else, for whatever cannot be read.
    """
    if len(content) > LIMITS.file_bytes:
        raise SheetRefused(TOO_BIG)
    if not content.strip():
        raise SheetRefused(NOTHING)
    if kind_of(content, name) == XLSX:
        return _from_workbook(content)
    text, encoding, doubts = decode(content)
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise SheetRefused(NOTHING)
    rows, separator = read_delimited(text)
    return lay_out(rows, notes=(f"Read as {encoding}, separated by {separator}.", *doubts))


def _from_workbook(content: bytes) -> Sheet:
    book = Workbook(content)
    chosen: Grid | None = None
    most = -1
    for grid in book.grids():
        found = find_headings(grid.values)
        worth = found[1] if found else -1 if any(map(any, grid.values)) else -2
        if worth > most or (chosen is None and worth == -1):
            chosen, most = grid, worth
        if most >= LIKELY:
            break
    if chosen is None:
        raise SheetRefused(NO_SHEET)
    notes = []
    for sheet in book.sheets:
        if sheet.name != chosen.name:
            hidden = "" if sheet.visible else "hidden "
            notes.append(f"The {hidden}sheet “{sheet.name[:100]}” was not read.")
    if len(notes) > LIMITS.sheets_tried:
        notes = [f"{len(notes)} other sheets were not read."]
    return lay_out(chosen.values, name=chosen.name, notes=notes, broken=chosen.broken, date_system=book.date_system)
