"""Which of several columns of numbers holds the values of a measure: told by its heading, by its signs, or asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHORTEST = 3  # letters of a heading that may be a part of a measure's name
VALUE = ("value", "values")
SHOWN = 3  # values that tell a person which column it is


@dataclass(frozen=True)
class Wanted:
    """What is known of the values: the measure's name and unit, and the column that somebody chose."""

    name: str = ""
    unit: str = ""
    column: int | None = None


NOTHING_KNOWN = Wanted()


@dataclass(frozen=True)
class Column:
    """A column of numbers, counted from 0, with its heading if it has one and its first values as they are written."""

    place: int
    heading: str
    values: tuple[str, ...]

    def __str__(self):
        return f"{self.heading or f'Column {self.place + 1}'}: {', '.join(self.values[:SHOWN])}"


class WhichColumn(ValueError):
    """More than one column may be meant; nobody but the person knows."""

    def __init__(self, columns: Sequence[Column]):
        super().__init__("Several columns hold numbers. Choose the one that holds the values")
        self.columns = tuple(columns)


def meant(columns: Sequence[Column], wanted: Wanted) -> Column | None:
    """The one column that fits; the first thing that any of them fits by decides. None where it has to be asked."""
    name, unit = _words(wanted.name), _words(wanted.unit)
    asked = (
        lambda words, _: words in filter(None, (name, unit)),
        lambda words, _: any(_is_part(each, words) for each in (name, unit)),
        lambda words, _: len(words) >= SHORTEST and _is_part(words, name),
        lambda words, _: words in VALUE,  # as in the files that leave this house
        lambda _, values: wanted.unit.startswith("%") and any("%" in value for value in values),
    )
    for fits in asked:
        found = [column for column in columns if fits(_words(column.heading), column.values)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w%£]+", " ", text.casefold()).split())


def _is_part(words: str, of: str) -> bool:
    """Whether these words, whole, are among those."""
    return bool(words) and f" {words} " in f" {of} "
