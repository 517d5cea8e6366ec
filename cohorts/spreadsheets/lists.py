"""Several answers in one cell."""

from __future__ import annotations

import re

from cohorts.spreadsheets.addresses import ADDRESS, fold_email
from cohorts.spreadsheets.folding import fold
from cohorts.spreadsheets.names import UNSETTLED, tidy_name

BULLET = re.compile(r"\A(?:(?:[-–•*·▪●‣]|\d{1,2}[.)])\s+|[•·▪●‣])")
NOTHING = frozenset(("none", "n/a", "na", "nil", "-", "--", "tbc", "not applicable"))


def split_list(text: str, separators: str) -> tuple[str, ...]:
    """The entries between separators, in order, each once; separators in brackets do not count."""
    entries: dict[str, str] = {}
    for piece in _pieces(text, separators):
        entry = " ".join(BULLET.sub("", piece.strip(), count=1).split()) if piece else ""
        folded = fold(entry)
        if entry and folded not in NOTHING:
            entries.setdefault(folded, entry)
    return tuple(entries.values())


def _pieces(text: str, separators: str) -> list[str]:
    if "(" not in text:
        for separator in separators[1:]:
            text = text.replace(separator, separators[0])
        return text.split(separators[0])
    pieces, depth, begin = [], 0, 0
    balanced = text.count("(") == text.count(")")
    for index, letter in enumerate(text):
        if letter == "(" and balanced:
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif letter in separators and not depth:
            pieces.append(text[begin:index])
            begin = index + 1
    return [*pieces, text[begin:]]


def split_people(text: str) -> tuple[str, ...]:
    """Names and addresses, each tidied; a comma separates people only where it cannot be part of a name."""
    people: dict[str, str] = {}
    for piece in split_list(text, ";\n"):
        parts = [part.strip() for part in piece.split(",") if part.strip()]
        apart = any("@" in part for part in parts) or (len(parts) > 1 and all(" " in part for part in parts))
        for part in parts if apart else [piece]:
            address = fold_email(part)
            person = address if ADDRESS.fullmatch(address) else tidy_name(part)
            if fold(person) not in UNSETTLED:
                people.setdefault(fold(person), person)
    return tuple(people.values())
