"""A workbook's XML, examined before the reader sees it.

The reader (calamine) lays a sheet out as a full rectangle, repeats shared texts for each cell and says nothing
about formulas and errors. So the rectangle, the repetition and the broken cells are found here first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from cohorts.spreadsheets.archive import DAMAGED
from cohorts.spreadsheets.limits import LIMITS, SheetRefused

DEFINITIONS = (
    "This workbook holds XML definitions that no spreadsheet program writes: "
    "copy the rows that you need into a new workbook and upload that."
)
TOO_COMPLICATED = (
    "This workbook is built in a way that is too complicated to read safely: "
    "copy the rows that you need, as values, into a new workbook and upload that."
)
DECLARED_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})")
PIECE = 1 << 16


Part = bytes | bytearray


def checked(part: Part) -> Part:
    """The part itself, if it is UTF-8, free of definitions and of endless runs; otherwise `SheetRefused`."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise SheetRefused(DEFINITIONS)
    head = bytes(part[:400])
    encoding = DECLARED_ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if head[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\0" in head:
        raise SheetRefused(TOO_COMPLICATED)
    if encoding and encoding[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise SheetRefused(TOO_COMPLICATED)
    tag = 0
    while len(part) - tag > LIMITS.run_bytes:
        tag = part.rfind(b"<", tag + 1, tag + LIMITS.run_bytes)
        if tag < 0:
            raise SheetRefused(TOO_COMPLICATED)
    return part


def walk(
    part: Part,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
    *,
    most: int = LIMITS.other_tags,
) -> None:
    """Call `start` and `end` for each tag of a part, by local name, and `words` for text.

    Refuses more than `most` tags, and deep nesting.
    """
    left = most
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal left, depth
        left -= 1
        depth += 1
        if left < 0 or depth > LIMITS.markup_depth:
            raise SheetRefused(TOO_COMPLICATED)
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    def defined(*_: object) -> None:
        raise SheetRefused(DEFINITIONS)

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if words is not None:
        parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = defined
    parser.EntityDeclHandler = defined
    try:
        for offset in range(0, len(part), PIECE):
            parser.Parse(part[offset : offset + PIECE], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, SheetRefused):
            raise
        raise SheetRefused(DAMAGED) from error
