"""The parts of a small workbook, and ways to spoil its archive."""

from __future__ import annotations

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADINGS = ("Name", "E-mail", "Doctor or manager")
PERSON = ("Aisha Hassan", "aisha.hassan@trust.example", "doctor")
TEXT = "Name;E-mail;Doctor or manager\nAisha Hassan;aisha.hassan@trust.example;doctor\n"
MEGABYTE = 1024 * 1024


def row(number: int, values: tuple[str, ...] = PERSON) -> str:
    cells = "".join(
        f'<c r="{chr(65 + index)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for index, value in enumerate(values)
    )
    return f'<row r="{number}">{cells}</row>'


PEOPLE = row(1, HEADINGS) + row(2)


def worksheet(rows: str = PEOPLE, *, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def workbook_xml(sheets: str = '<sheet name="People" sheetId="1" r:id="rId1"/>', properties: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{properties}/><sheets>{sheets}</sheets></workbook>'


def parts(sheet: str | bytes | None = None, **others: str | bytes | None) -> dict[str, str | bytes]:
    """The members of a small workbook; `others` replaces, adds or, with None, leaves out by short name."""
    made: dict[str, str | bytes | None] = {
        "types": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "root": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "workbook": workbook_xml(),
        "relations": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "sheet": worksheet() if sheet is None else sheet,
    } | others
    return {PATHS.get(name, name): part for name, part in made.items() if part is not None}


PATHS = {
    "types": "[Content_Types].xml",
    "root": "_rels/.rels",
    "workbook": "xl/workbook.xml",
    "relations": "xl/_rels/workbook.xml.rels",
    "sheet": "xl/worksheets/sheet1.xml",
    "styles": "xl/styles.xml",
    "shared": "xl/sharedStrings.xml",
}


def pack(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def book(sheet: str | bytes | None = None, **others: str | bytes | None) -> bytes:
    return pack(parts(sheet, **others))


def directory_says(content: bytes, member: str, size: int) -> bytes:
    """The archive with another unpacked size in its directory and in the member's own head."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        head = archive.getinfo(member).header_offset
    name = member.encode()
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    changed = bytearray(content)
    struct.pack_into("<I", changed, entry + 24, size)
    struct.pack_into("<I", changed, head + 22, size)
    return bytes(changed)


def flagged(content: bytes, bit: int) -> bytes:
    """The archive with a flag set for each member."""
    changed = bytearray(content)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= bit
        at = content.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def method(content: bytes, number: int) -> bytes:
    """The archive whose members claim another way of packing."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = content.find(mark)
        while at >= 0:
            struct.pack_into("<H", changed, at + offset, number)
            at = content.find(mark, at + 1)
    return bytes(changed)
