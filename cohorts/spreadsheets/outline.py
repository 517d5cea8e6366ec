"""How far a worksheet reaches, and which of its cells hold no usable value."""

from __future__ import annotations

import re

from cohorts.spreadsheets.limits import FAR_BELOW, LIMITS, SheetRefused
from cohorts.spreadsheets.markup import TOO_COMPLICATED, Part, walk
from cohorts.spreadsheets.sheet import Broken, column_letters

NO_STORED_VALUE = Broken("a formula without a stored value")
ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}\Z")
UNUSUAL_ROW = re.compile(rb'<row(?=[\s/>])(?! r="[1-9][0-9]{0,6}"[\s/>])')
CELL_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")
# A plain cell is written <c r="B7" ...>, within column AX and row 9999; this finds one that is not.
UNUSUAL_CELL = re.compile(rb'<c r="(?!(?:A[A-X]|[A-Z])[1-9][0-9]{0,3}")')
PREFIXED = re.compile(rb":(?:c|f|si)[\s/>]")
FORMULA = re.compile(rb"<f[\s/>]")
ERROR = re.compile(rb"\st\s*=\s*[\"']\s*e")
# Cells with a formula as every program writes them: address, other attributes, value (or None).
FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"([^<>]*)><f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)(?:<v>([^<]*)</v>|<v\s*/>)?</c>'
)
ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"[^<>]* t="e"[^<>]*>(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?<v>([^<]*)</v></c>'
)
SHARED_INDEX = re.compile(rb">\s*([0-9]{1,7})\s*<")
SHARED_ITEM = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?si[\s/>]")

Breaks = dict[tuple[int, int], Broken]


def broken_cells(part: Part) -> Breaks:
    """Cells of a worksheet, by row and column from 0, that hold an error or a formula without a value.

    Refuses a sheet whose filled cells reach beyond the limits, whatever its declared dimension says. Most
    sheets are settled by counting in the raw bytes; the others are walked tag by tag.
    """
    cells = sum(part.count(b"<c" + after) for after in (b" ", b">", b"/", b"\t", b"\n", b"\r"))
    if cells == part.count(b'<c r="') and not any(
        unusual.search(part) for unusual in (UNUSUAL_CELL, UNUSUAL_ROW, PREFIXED)
    ):
        breaks = _plain_breaks(part)
        if breaks is not None:
            return breaks
    return _walked(part)


def _plain_breaks(part: Part) -> Breaks | None:
    """Broken cells of a sheet of plain cells; None where one of them is not written as programs write it."""
    breaks: Breaks = {}
    errors = ERROR_CELL.findall(part)
    if len(errors) != sum(1 for _ in ERROR.finditer(part)):
        return None
    formulas = sum(1 for _ in FORMULA.finditer(part))
    for match in FORMULA_CELL.finditer(part):
        formulas -= 1
        if not match[3] and b't="str"' not in match[2]:
            breaks[_position(match[1].decode())] = NO_STORED_VALUE
    if formulas:
        return None
    for address, value in errors:
        breaks[_position(address.decode())] = Broken(value.decode("utf-8", "replace").strip()[:20] or "an error")
    return breaks


def _walked(part: Part) -> Breaks:
    breaks: Breaks = {}
    row = column = lowest = -1  # `lowest` is the row as its own tag says, in case its cells say otherwise
    formula = filled = False
    kind = text = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, lowest, formula, filled, kind, text
        if name == "c":
            formula = filled = False
            text = ""
            kind = attributes.get("t", "")
            address = attributes.get("r")
            if address is None:
                column += 1
            else:
                row, column = _position(address)
        elif name == "row":
            number = attributes.get("r")
            if number is not None and ROW_NUMBER.match(number) is None:
                raise SheetRefused(TOO_COMPLICATED)
            row = lowest = max(row, lowest) + 1 if number is None else int(number) - 1
            column = -1
        elif name in ("v", "is"):
            filled = True
        elif name == "f":
            formula, filled = True, False

    def end(name: str) -> None:
        if name != "c" or not (filled or formula):
            return
        if column >= LIMITS.columns:
            raise SheetRefused(
                f"Cell {column_letters(column)}{row + 1} is filled, and a sheet may have {LIMITS.columns} "
                "columns at most: remove what stands further to the right and upload it again."
            )
        if max(row, lowest) >= LIMITS.last_row:
            raise SheetRefused(FAR_BELOW.format(max(row, lowest) + 1))
        if kind == "e":
            breaks[row, column] = Broken(text.strip()[:20] or "an error")
        elif formula and not text and not (filled and kind == "str"):
            breaks[row, column] = NO_STORED_VALUE

    def words(piece: str) -> None:
        nonlocal text
        if filled and len(text) < 20:
            text += piece

    walk(part, start, end, words, most=LIMITS.sheet_tags)
    return breaks


def _position(address: str) -> tuple[int, int]:
    match = CELL_ADDRESS.match(address)
    if match is None:
        raise SheetRefused(TOO_COMPLICATED)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def refuse_repeated_texts(part: Part, shared: Part) -> None:
    """Refuse a sheet whose cells repeat shared texts until they fill the memory.

    `shared` is the table of shared texts. The bound is from above: any number in the sheet counts as if it
    pointed into the table.
    """
    starts = [match.start() for match in SHARED_ITEM.finditer(shared)]
    if not starts:
        return
    sizes = [after - before for before, after in zip(starts, [*starts[1:], len(shared)], strict=True)]
    longest = max(sizes)
    pointers = part.count(b"<") // 2
    if longest * pointers <= LIMITS.text_bytes:
        return
    total = 0
    if b"<![CDATA[" not in part and b"&#" not in part:
        for match in SHARED_INDEX.finditer(part):
            index = int(match[1])
            total += sizes[index] if index < len(sizes) else 0
            if total > LIMITS.text_bytes + len(shared):
                break
        else:
            return
    raise SheetRefused(TOO_COMPLICATED)
