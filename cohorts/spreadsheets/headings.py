"""Guess what each column is: by its heading first, by the shape of its values second."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from cohorts.spreadsheets.folding import fold, fold_loosely
from cohorts.spreadsheets.sheet import Cell, Row
from cohorts.spreadsheets.sides import SIDE_WORDS
from cohorts.spreadsheets.synonyms import SYNONYMS, TELLING

EXACT = {heading: code for code, headings in SYNONYMS.items() for heading in headings.split("|")}
PHRASES = tuple((re.compile(rf"\b(?:{words})(?:\b|s\b)"), code) for words, code in TELLING)
BRACKETS = re.compile(r"\([^)]*\)|\*|\[[^]]*\]")
ADDRESS = re.compile(r"\S+@\S+\.\S+")
NUMBER = re.compile(r"(?:\+44|0044|0)?\s?7[\d\s]{8,12}")
PERSON = re.compile(r"[^\W\d_][^\d@]*[\s,][^\d@]*[^\W\d_]\.?")
ADDRESSES = frozenset(("email", "second_email", "manager_email"))
SURE, TOLD, SHAPED = 3, 2, 1
LOOKED_AT = 200
SHAPE_SEEN = 100  # characters of a value; the shape of a person takes the square of it to tell
LONGEST_HEADING = 300


@lru_cache(maxsize=4096)
def meaning(heading: str) -> tuple[str, int] | None:
    """(field, how sure) that a heading alone suggests."""
    if len(heading) > LONGEST_HEADING:
        return None
    words = fold_loosely(heading)
    bare = fold_loosely(BRACKETS.sub(" ", heading))
    for candidate in (words, bare):
        if candidate in EXACT:
            return EXACT[candidate], SURE
    for pattern, code in PHRASES:
        if pattern.search(words):
            return code, TOLD
    return None


def recognised(row: Iterable[object]) -> int:
    """How many different fields the cells of a row name: the row of headings has most."""
    return len({found[0] for cell in row if isinstance(cell, str) and (found := meaning(cell.strip()))})


def guess_columns(header: Sequence[str], rows: Sequence[Row]) -> dict[int, str]:
    """Column index to field code; each field once, the surest and leftmost column first.

    A second address beside the line manager's name is the manager's. A heading that speaks of addresses or
    sides over values of another shape is not believed.
    """
    samples = [_sample(rows, index) for index in range(len(header))]
    claims = [claim for index in range(len(header)) for claim in _claims(index, header, samples[index])]
    guessed: dict[int, str] = {}
    for _, index, code in sorted(claims, key=lambda claim: (-claim[0], claim[1])):
        if index not in guessed and code not in guessed.values():
            guessed[index] = code
    if "name" in guessed.values():
        guessed = {index: code for index, code in guessed.items() if code not in ("first_name", "last_name")}
    return dict(sorted(guessed.items()))


def _claims(index: int, header: Sequence[str], sample: list[str]) -> Iterable[tuple[int, int, str]]:
    found = meaning(header[index])
    if found:
        code, sure = found
        beside = meaning(header[index - 1]) if index else None
        if code == "email" and beside and beside[0] == "manager_name":
            yield sure, index, "manager_email"
            sure = SHAPED
        elif code == "manager_name" and sample and _share(sample, ADDRESS.fullmatch) > 0.5:
            code = "manager_email"
        elif code == "side" and sample and _share(sample, _is_side) < 0.3:
            code = "role_title"
        elif code in ("role_title", "staff_group") and sample and _share(sample, _is_side) > 0.8:
            yield TOLD, index, "side"
            sure = SHAPED
        if code not in ADDRESSES or not sample or _share(sample, ADDRESS.search) >= 0.3:
            yield sure, index, code
    elif sample:
        for code, looks in SHAPES.items():
            if _share(sample, looks) >= 0.8 and (code != "name" or not header[index]):
                yield SHAPED, index, code


def _sample(rows: Sequence[Row], index: int) -> list[str]:
    cells: Iterable[Cell] = (row.cells[index] for row in rows[:LOOKED_AT])
    return [cell if isinstance(cell, str) else "" for cell in cells if isinstance(cell, str | datetime.date)]


def _share(sample: list[str], looks: Callable[[str], object]) -> float:
    return sum(bool(looks(cell[:SHAPE_SEEN].strip())) for cell in sample) / len(sample) if sample else 0.0


def _is_side(cell: str) -> bool:
    return fold(cell) in SIDE_WORDS


SHAPES: dict[str, Callable[[str], object]] = {
    "email": ADDRESS.fullmatch,
    "side": _is_side,
    "phone": NUMBER.fullmatch,
    "name": PERSON.fullmatch,
}
