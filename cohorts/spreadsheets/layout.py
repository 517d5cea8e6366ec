"""From a grid of values to a sheet: headings found, blank rows and columns left out, limits kept."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from cohorts.spreadsheets.headings import recognised
from cohorts.spreadsheets.limits import LIMITS, SheetRefused
from cohorts.spreadsheets.sheet import Broken, Cell, Row, Sheet, column_letters

NO_HEADINGS = (
    "No row of headings was found: give each column a heading, such as Name, E-mail and Doctor or manager, "
    "and upload the file again."
)
NO_PEOPLE = "There is nobody below the headings in row {}: check that this is the right file and upload it again."
TOO_MANY_PEOPLE = (
    f"This file holds more than {LIMITS.people:,} people: split it into several files and upload them in turn."
)
TOO_MANY_COLUMNS = (
    f"This file has more than {LIMITS.columns} columns: keep those the programme needs and upload it again."
)


def find_headings(grid: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
    """(index of the row of headings, how many of them are recognised), or None where there is none."""
    best, most = None, 1
    fallback = None
    for index, row in enumerate(grid[: LIMITS.title_rows]):
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        if len(words) < 2:
            continue
        count = recognised(words)
        if count > most:
            best, most = index, count
        if fallback is None and not any("@" in cell for cell in words):
            fallback = index
    if best is not None:
        return best, most
    return None if fallback is None else (fallback, 0)


def lay_out(
    grid: Sequence[Sequence[Any]],
    *,
    name: str = "",
    notes: Sequence[str] = (),
    broken: Mapping[tuple[int, int], Broken] | None = None,
    date_system: int = 1900,
) -> Sheet:
    """The sheet in a grid that starts at cell A1. Raises `SheetRefused` without headings, people or within bounds."""
    found = find_headings(grid)
    if found is None:
        raise SheetRefused(NO_HEADINGS)
    top = found[0]
    rows = _filled(grid, top, broken or {})
    if len(rows) > LIMITS.people:
        raise SheetRefused(TOO_MANY_PEOPLE)
    header = [_words(cell) for cell in grid[top]]
    kept = _columns(header, rows)
    header += [""] * (kept[-1] + 1 - len(header))
    if len(kept) > LIMITS.columns:
        raise SheetRefused(TOO_MANY_COLUMNS)
    headings = tuple(header[index] for index in kept)
    people, repeated = _people(rows, kept, headings)
    if not people:
        raise SheetRefused(NO_PEOPLE.format(top + 1))
    if repeated:
        notes = (*notes, f"The headings appear again in row {repeated[0]}; that row was left out.")
    return Sheet(
        name=name,
        header=headings,
        header_row=top + 1,
        rows=people,
        notes=tuple(notes),
        columns=tuple(map(column_letters, kept)),
        date_system=date_system,
    )


def _filled(
    grid: Sequence[Sequence[Any]], top: int, broken: Mapping[tuple[int, int], Broken]
) -> list[tuple[int, list[Cell]]]:
    """Rows below the headings that hold anything, with their numbers in the file."""
    breaks: dict[int, list[int]] = {}
    for row, column in broken:
        breaks.setdefault(row, []).append(column)
    rows = []
    for index in range(top + 1, len(grid)):
        if any(grid[index]) or index in breaks:
            cells = [cell if type(cell) is str else plain(cell) for cell in grid[index]]
            cells = [(None if not cell or cell.isspace() else cell) if type(cell) is str else cell for cell in cells]
            for column in breaks.get(index, ()):
                cells += [None] * (column + 1 - len(cells))
                cells[column] = broken[index, column]
            if any(cell is not None for cell in cells):
                rows.append((index + 1, cells))
    return rows


def plain(cell: Any) -> Cell:
    """A value of the reader as text, day or nothing: 7.0 is "7", True is "TRUE", a midnight is its day."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    return cell if isinstance(cell, datetime.date) else str(cell)


def _columns(header: Sequence[str], rows: Sequence[tuple[int, list[Cell]]]) -> list[int]:
    filled = {index for index, words in enumerate(header) if words}
    width = max(max((len(cells) for _, cells in rows), default=0), len(header))
    if width > LIMITS.columns or len(filled) < width:
        for index in range(width):
            if index not in filled and any(len(cells) > index and cells[index] is not None for _, cells in rows):
                filled.add(index)
                if len(filled) > LIMITS.columns:
                    break
    return sorted(filled)


def _people(
    rows: Sequence[tuple[int, list[Cell]]], kept: Sequence[int], headings: tuple[str, ...]
) -> tuple[tuple[Row, ...], list[int]]:
    width = kept[-1] + 1
    whole = list(kept) == list(range(width))
    people, repeated = [], []
    for number, cells in rows:
        cells += [None] * (width - len(cells))
        values = tuple(cells[:width]) if whole else tuple([cells[index] for index in kept])
        if values[0] == headings[0] and tuple(_words(cell) for cell in values) == headings:
            repeated.append(number)
        else:
            people.append(Row(number, values))
    return tuple(people), repeated


def _words(cell: Any) -> str:
    value = plain(cell)
    return " ".join(str(value).split()) if value is not None and not isinstance(value, Broken) else ""
