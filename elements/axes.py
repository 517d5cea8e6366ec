"""Where the marks of an axis stand, how they are written, and how much room words take: arithmetic, no drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

WIDE_LETTER: Final = 0.56  # of its size: a digit of Arial; words of small letters take less
GAP: Final = 12  # between two labels of an axis
MILLIONS, BILLIONS, SMALL = 1e7, 1e9, 1e-5  # from here on a number is written with an M, or with a power of ten
DAY_STEPS, MONTH_STEPS, YEAR_STEPS = (1, 2, 7, 14, 28), (1, 2, 3, 6), (1, 2, 5, 10, 20, 50, 100, 1000)
LONGEST_IN_DAYS = 120
WIDEST = {"%-d %b": "28 Mar", "%b %Y": "Mar 2027", "%Y": "2027"}


@dataclass(frozen=True)
class Scale:
    """From `low` to `high` with its marks, and the format of d3 that writes them."""

    low: float
    high: float
    marks: tuple[float, ...]
    written: str

    def along(self, value: float, length: float) -> float:
        """How far from the low end, of so many pixels, a value stands."""
        return (value - self.low) / (self.high - self.low) * length

    def texts(self) -> list[str]:
        """About how the marks are written, for the room that they take."""
        if self.written.startswith(","):
            return [f"{mark:{self.written}}" for mark in self.marks]
        return ["000.00" for _ in self.marks]


@dataclass(frozen=True)
class Days:
    """The marks of an axis of days, and the format of d3 that writes them: "%-d %b", "%b %Y" or "%Y"."""

    marks: tuple[date, ...]
    written: str


def room_for(text: str, size: float) -> float:
    """About how many pixels wide a line of text of this size is, rather too many than too few."""
    return len(text) * size * WIDE_LETTER


def numbers(values: Sequence[float], *, most: int = 6) -> Scale:
    """A scale on which all these values stand clear of both ends; it begins at zero rather than just below it.

    Where all are the same it goes to zero, since nothing tells how far apart such values lie.
    """
    low, high = min(values), max(values)
    if math.isclose(low, high):  # a mean of the same values may be another one in its last figure
        low, high = min(low, 0.0), max(high, 0.0)
    margin = (high - low) * 0.08 or 1.0
    bottom = 0.0 if 0 <= low < 2 * margin else low - margin
    top = high + margin
    step = _round_step((top - bottom) / most)
    first, last = math.ceil(bottom / step), math.floor(top / step)
    marks = tuple(round(number * step, 12) if step > SMALL else number * step for number in range(first, last + 1))
    return Scale(bottom, top, marks, _number_format(step, max(abs(bottom), abs(top))))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least this."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 2.5, 5, 10) if times * power >= least * 0.999999)


def _number_format(step: float, largest: float) -> str:
    if largest >= BILLIONS or largest < SMALL:
        return ".2~e"
    if largest >= MILLIONS:
        return ".3~s"
    decimals = max(0, -math.floor(math.log10(step)))
    return f",.{decimals + (f'{step:e}'.startswith('2.5') and step < 10)}f"


def days(first: date, last: date, *, room: float, size: float) -> Days:
    """Marks from the first to the last day, as many as have room beside each other."""
    each = room / max(1, (last - first).days)
    for found in (*_in_days(first, last), *_in_months(first, last), *_in_years(first, last)):
        needed = room_for(WIDEST[found.written], size) + GAP
        if all((after - before).days * each >= needed for before, after in pairwise(found.marks)):
            return found
    return Days(found.marks[:1], found.written)


def _in_days(first: date, last: date):
    span = (last - first).days
    for step in DAY_STEPS if span <= LONGEST_IN_DAYS else ():
        yield Days(tuple(first + timedelta(days=each) for each in range(0, span + 1, step)), "%-d %b")


def _in_months(first: date, last: date):
    begun = first.year * 12 + first.month - 1 + (first.day > 1)
    for step in MONTH_STEPS:
        numbered = range(math.ceil(begun / step) * step, last.year * 12 + last.month, step)
        marks = tuple(date(number // 12, number % 12 + 1, 1) for number in numbered)
        if len(marks) > 1:
            yield Days(marks, "%b %Y")


def _in_years(first: date, last: date):
    for step in YEAR_STEPS:
        begun = math.ceil((first.year + (first > date(first.year, 1, 1))) / step) * step
        marks = tuple(date(year, 1, 1) for year in range(begun, last.year + 1, step))
        yield Days(marks or (first,), "%Y" if marks else "%b %Y")


def apart(places: Sequence[float], *, least: float, end: float) -> list[float]:
    """The places, in the order given, moved as little as need be so that between any two is at least this much.

    From 0 to `end`; where there is no room for all, the last go over the beginning.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for before, each in pairwise(order):
        moved[each] = max(moved[each], moved[before] + least)
    limit = end
    for each in reversed(order):
        moved[each] = min(moved[each], limit)
        limit = moved[each] - least
    return moved


def lines_of(text: str, *, room: float, size: float, most: int = 3) -> list[str]:
    """The text folded into lines of this width; what is more than `most` lines is cut with an ellipsis."""
    letters = max(4, math.floor(room / (size * WIDE_LETTER) * 1.1))  # a sentence is narrower than its widest letters
    lines = [""]
    for word in text.split():
        while len(word) > letters:
            lines.append(word[:letters])
            word = word[letters:]
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line for line in lines if line]
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][: letters - 1]}…"]
