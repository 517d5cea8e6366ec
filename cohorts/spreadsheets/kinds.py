"""What a file is: its content and its extension must agree."""

from __future__ import annotations

import re

from cohorts.spreadsheets.archive import LOCKED
from cohorts.spreadsheets.limits import SheetRefused

XLSX = "xlsx"
TEXT = "text"
EXTENSIONS = {"xlsx": XLSX, "csv": TEXT, "tsv": TEXT, "txt": TEXT, "tab": TEXT}
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_STARTS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"{\\rtf": "a word-processor document",
    b"\x1f\x8b": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
    b"Rar!": "a packed archive",
    b"BZh": "a packed archive",
    b"\xfd7zXZ": "a packed archive",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"SQLite format 3": "a database",
    b"ID;PWXL": "an old spreadsheet exchange file",
}
WEB_PAGE = re.compile(rb"<(?:!doctype|html|head|body|table|script|meta|\?xml|svg|!--)", re.IGNORECASE)
AS_XLSX = "choose Save As, Excel Workbook (.xlsx), in your spreadsheet program and upload the new file."
REMEDIES = {
    "xls": f"This is the old Excel format (.xls): {AS_XLSX}",
    "xlsm": f"This is a workbook with macros (.xlsm): {AS_XLSX}",
    "xltm": f"This is a template with macros (.xltm): {AS_XLSX}",
    "xltx": f"This is a template (.xltx): {AS_XLSX}",
    "xlsb": f"This is Excel's binary format (.xlsb): {AS_XLSX}",
    "ods": f"This is an OpenDocument sheet (.ods): {AS_XLSX}",
    "numbers": f"This is a Numbers document: {AS_XLSX}",
}


def kind_of(content: bytes, name: str) -> str:
    """`XLSX` or `TEXT`. Raises `SheetRefused` for every other kind, and where name and content disagree."""
    extension = name.rpartition(".")[2].strip().lower() if "." in name else ""
    found = _by_content(content)
    if extension in REMEDIES:
        raise SheetRefused(REMEDIES[extension])
    if extension not in EXTENSIONS:
        raise SheetRefused(
            "Only Excel workbooks (.xlsx), CSV and TSV files can be read: save the sheet as one of these and upload it."
        )
    if EXTENSIONS[extension] != found:
        inside = "an Excel workbook" if found == XLSX else "plain text"
        raise SheetRefused(
            f"This file is called .{extension} but holds {inside}: open it in your spreadsheet program, "
            "save it again in the format you want and upload the new file."
        )
    return found


def _by_content(content: bytes) -> str:
    if content.startswith(ZIP_STARTS):
        return XLSX
    if content.startswith(OLE_START):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise SheetRefused(LOCKED)
        raise SheetRefused(REMEDIES["xls"])
    for start, words in OTHER_STARTS.items():
        if content.startswith(start):
            raise SheetRefused(f"This file is {words}, not a sheet: {AS_XLSX}")
    if WEB_PAGE.match(content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()):
        raise SheetRefused(f"This file is a web page or XML, not a sheet: open it and {AS_XLSX}")
    return TEXT
