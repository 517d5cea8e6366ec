"""What a spreadsheet may weigh, and how one is turned away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold before anything is parsed, and again while reading."""

    file_bytes: int = 5 * 1024 * 1024
    unpacked_bytes: int = 50 * 1024 * 1024
    members: int = 200
    people: int = 5_000
    columns: int = 50
    # Not part of the promise to users, but what keeps time and memory small behind it.
    last_row: int = 9_999  # blank rows between people are allowed for
    title_rows: int = 40  # how far down the headings may stand
    text_bytes: int = 24 * 1024 * 1024  # all cells of a sheet, once shared texts are repeated
    sheet_tags: int = 800_000  # of a worksheet, where it has to be walked tag by tag
    other_tags: int = 20_000  # of any other part
    run_bytes: int = 1024 * 1024  # between two tags
    markup_depth: int = 64
    sheets_tried: int = 10


LIMITS = Limits()


FAR_BELOW = (
    f"Row {{}} is filled, and only the first {LIMITS.last_row:,} rows are read: "
    "remove what stands below the rows that you need, or split the sheet, and upload it again."
)


class SheetRefused(ValueError):
    """The file cannot be read; `args[0]` is one plain sentence: what is wrong and what to do."""
