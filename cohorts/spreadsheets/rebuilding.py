"""A fresh archive for the reader, made of checked parts only.

The reader's own view of an archive could differ from ours (two directories, two members of one name), and it
believes what attributes promise (a table of texts that claims four thousand million entries ends the process).
So it gets an archive of our making, with the cells and the texts and nothing around them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from cohorts.spreadsheets.markup import Part

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
RELATIONS = f'<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="sheet" sheetId="1" r:id="s"/></sheets></workbook>'
)
FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
    "_rels/.rels": RELATIONS % (RELATION % ("a", "officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": RELATIONS
    % (
        RELATION % ("s", "worksheet", "worksheets/sheet1.xml")
        + RELATION % ("y", "styles", "styles.xml")
        + RELATION % ("t", "sharedStrings", "sharedStrings.xml")
    ),
}
CELLS_START = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sheetData\b")
CELLS_END = b"sheetData"
TEXTS_START = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?si[\s/>]")
TEXTS_END = b"si>"
STORED_UP_TO = 8 * 1024 * 1024  # larger parts are packed again, so that memory holds no second copy
PIECE = 1 << 20


def rebuilt(sheet: Part, *, shared: Part, styles: Part, date_system: int) -> io.BytesIO:
    """An XLSX archive of one sheet, from its own part, the shared texts and the styles, all checked before."""
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w") as archive:
        for name, text in FRAME.items():
            archive.writestr(name, text)
        archive.writestr("xl/workbook.xml", WORKBOOK % (date_system == 1904))
        if styles:
            _write(archive, "xl/styles.xml", (styles,))
        if texts := _inner(shared, TEXTS_START, TEXTS_END):
            _write(archive, "xl/sharedStrings.xml", (b'<sst xmlns="%s">' % MAIN.encode(), texts, b"</sst>"))
        cells = _inner(sheet, CELLS_START, CELLS_END) or b"<sheetData/>"
        _write(
            archive,
            "xl/worksheets/sheet1.xml",
            (b'<worksheet xmlns="%s">' % MAIN.encode(), cells, b"</worksheet>"),
        )
    fresh.seek(0)
    return fresh


def _inner(part: Part, start: re.Pattern[bytes], end: bytes) -> memoryview | None:
    """From the first tag of a kind to the last, without copying; None where there is none."""
    first = start.search(part)
    if first is None:
        return None
    last = part.find(b">", part.rfind(end)) + 1
    return memoryview(part)[first.start() : last or len(part)]


def _write(archive: zipfile.ZipFile, name: str, pieces: Sequence[Part | memoryview]) -> None:
    member = zipfile.ZipInfo(name)
    size = sum(map(len, pieces))
    member.compress_type = zipfile.ZIP_STORED if size <= STORED_UP_TO else zipfile.ZIP_DEFLATED
    with archive.open(member, "w") as stream:
        for piece in pieces:
            view = memoryview(piece)
            for offset in range(0, len(view), PIECE):
                stream.write(view[offset : offset + PIECE])
