"""Bytes of a text file turned into text, with every doubt said."""

from __future__ import annotations

import codecs

from cohorts.spreadsheets.limits import SheetRefused

NOT_TEXT = (
    "This file does not hold readable text: open it in your spreadsheet program, "
    "choose Save As, CSV UTF-8, and upload the new file."
)
SAMPLE = 4096
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# The five bytes that Windows-1252 leaves open are kept as a sign for a lost letter.
REPLACED = "\ufffd"


def decode(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """(text, name of the encoding, doubts to show). Raises `SheetRefused` where it is no text at all."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise SheetRefused(NOT_TEXT)
    for mark, codec, name in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _named(content[len(mark) :], codec, name)
    if wide := _wide(content):
        return _named(content, wide, "UTF-16")
    text, name, doubts = _narrow(content)
    controls = sum(map(text[:SAMPLE].count, map(chr, (*range(9), *range(14, 32)))))
    if controls * 50 > min(len(text), SAMPLE):
        raise SheetRefused(NOT_TEXT)
    return text, name, doubts


def _named(content: bytes, codec: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    text = content.decode(codec, "replace")
    lost = text.count(REPLACED)
    if lost * 10 > len(text):
        raise SheetRefused(NOT_TEXT)
    return text, name, (_lost(lost, name),) if lost else ()


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in every other byte of plain letters."""
    sample = content[:SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second * 2 > half and first * 10 < half:
        return "utf-16-le"
    if first * 2 > half and second * 10 < half:
        return "utf-16-be"
    return None


def _narrow(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    try:
        return content.decode("utf-8"), "UTF-8", ()
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    lost = text.count(REPLACED)
    whole = sum(not letter.isascii() for letter in text) - lost
    if whole > lost:  # one damaged byte does not make a UTF-8 file a Windows one
        return text, "UTF-8", (_lost(lost, "UTF-8"),)
    text = content.decode("cp1252", "replace")
    lost = text.count(REPLACED)
    doubts = ["The file does not name its encoding: look at the names with accents before you confirm."]
    if lost:
        doubts.append(_lost(lost, "Windows-1252"))
    return text, "Windows-1252", tuple(doubts)


def _lost(lost: int, name: str) -> str:
    letters = "1 letter" if lost == 1 else f"{lost} letters"
    return f"{letters} could not be read as {name} and show as {REPLACED}: look at them before you confirm."
