"""Grades of doctors and bands of Agenda for Change, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from cohorts.spreadsheets.findings import Parsed, quoted, warning
from cohorts.spreadsheets.folding import fold

PRELUDE = re.compile(
    r"^(?:nhs\s+)?(?:a\.?f\.?c\.?\s+|agenda for change\s+)?(?:pay\s+)?"
    r"(?:(?:band|grade|bd)(?:\b|(?=\d))[\s:.-]*|b(?=\s?\d))"
)
BAND = re.compile(r"([1-9])\s*([a-d]?)")
TRAINING = re.compile(r"([a-z]{1,5})\s*-?\s*([1-9])")
BRACKETS = re.compile(r"\s*\([^)]*\)\s*")
RANGE = re.compile(r"\s*(?:/|-|–|—|\bto\b|\bor\b|\band\b|&|,)\s*")
STEM = re.compile(r"[a-z]+(?=[\s-]?\d)")


class Grade(NamedTuple):
    """A grade or band: as written; its code and rank where the cohort's list has it; whether it is a range.

    A range such as "Band 6/7" has the code and rank of its lowest.
    """

    text: str
    code: str | None = None
    rank: float | None = None
    is_range: bool = False


@lru_cache(maxsize=4096)
def grade_key(text: str) -> str:
    """One spelling for each grade: "Band 8a", "8A" and "b8a" are "8a"; "ST 4" is "st4"."""
    words = PRELUDE.sub("", fold(text)).strip(" .:-")
    if match := BAND.fullmatch(words):
        return match[1] + match[2]
    if match := TRAINING.fullmatch(words):
        return match[1] + match[2]
    return words


def parse_grade(text: str, grades: Mapping[str, tuple[str, float]]) -> Parsed:
    """A `Grade`, doubted where the list is given and does not have it."""
    found = _found(text, grades)
    if found:
        return Grade(text, *found), None
    parts = _parts(fold(text))
    known = [found for part in parts if (found := _found(part, grades))]
    if len(parts) > 1 and len(known) == len(parts):
        return Grade(text, *min(known, key=lambda item: item[1]), is_range=True), None
    if not grades:
        return Grade(text, is_range=len(parts) > 1), None
    return Grade(text), warning(
        "unknown_grade",
        f"{quoted(text)} is not in the list of grades and bands: correct it, or accept it as written.",
    )


def _found(text: str, grades: Mapping[str, tuple[str, float]]) -> tuple[str, float] | None:
    folded = fold(text)
    for candidate in (folded, grade_key(text), BRACKETS.sub(" ", folded).strip()):
        if candidate in grades:
            return grades[candidate]
    return None


def _parts(words: str) -> list[str]:
    """The two or more grades of a range; a later one may leave out what stands before its number."""
    parts = [part for part in RANGE.split(words) if part]
    if len(parts) > 1 and (stem := STEM.match(parts[0])):
        parts = [parts[0], *(f"{stem[0]}{part}" if part[0].isdigit() else part for part in parts[1:])]
    band = re.search(r"\d", parts[0]) if len(parts) > 1 else None
    if band:  # "8a/b" leaves out the number
        parts = [parts[0], *(f"{band[0]}{part}" if re.fullmatch("[a-d]", part) else part for part in parts[1:])]
    return parts
