"""How much room a control chart's picture has, and where what stands in it.

Places of words are worked out here rather than left to the library, so that they do not lie over each other and the
picture is exactly as wide as its screen.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from elements import axes, charts
from projects.charts.measured import Measured
from projects.charts.words import WORDS, figure, marks, recalculated, short

LINES: Final[dict[str, dict[str, Any]]] = {
    "centre": {"color": charts.INK, "strokeWidth": 2.5},
    "limits": {"color": charts.SOFT, "strokeWidth": 2, "strokeDash": [9, 5]},
    "target": {"color": charts.TARGET, "strokeWidth": 3, "strokeDash": [2, 4]},
}
NAMES: Final = {"limits": "Expected range", "target": "Target"}
FIRST_DAY = date(1970, 1, 1)
A_DAY = 86_400_000  # milliseconds
EDGE = 14  # between the axis and the first point
ONE_SIGN: Final = "Usual variation, or too few points for the rules"
SIGN, LANES = 26, 4  # room of a sign above the picture, and how many lie over each other at most
SENTENCE, MARKS = 8, 12  # lines of a sentence, and signs that are explained, in a picture that stands by itself
LINE = 1.3  # of the size of its letters
LEGEND = 38  # room of a sign and the space after its words


@dataclass(frozen=True)
class Sheet:
    """How large a picture is; `named` is whether lines are named at their ends, `alone` whether it stands by itself."""

    width: int
    plot: int
    letters: int
    symbol: int
    named: bool = True
    alone: bool = False


WIDE = Sheet(width=800, plot=340, letters=17, symbol=70)
NARROW = Sheet(width=343, plot=260, letters=16, symbol=50, named=False)  # a phone of 375, without its margins
FILE = Sheet(width=800, plot=340, letters=17, symbol=70, alone=True)


def milliseconds(day: date) -> int:
    return (day - FIRST_DAY).days * A_DAY


@dataclass(frozen=True)
class Layout:
    """A control chart on one sheet; there is at least one point. Pixels from the upper left corner of the plot."""

    shown: Measured
    sheet: Sheet

    @cached_property
    def scale(self) -> axes.Scale:
        lines = [value for phase in self.shown.phases for value in (phase.centre, phase.lower, phase.upper)]
        values = [point.value for point in self.shown.points] + [*lines, self.shown.target]
        return axes.numbers([value for value in values if value is not None])

    @cached_property
    def left(self) -> int:
        longest = max(self.scale.texts(), key=len)
        return round(axes.room_for(longest, self.sheet.letters)) + 12

    @cached_property
    def right(self) -> int:
        longest = max((text for text, _, _ in self.ends), key=len, default="")
        return max(32, round(axes.room_for(longest, self.sheet.letters)) + 12)

    @cached_property
    def width(self) -> int:
        return self.sheet.width - self.left - self.right

    @cached_property
    def span(self) -> tuple[float, float]:
        """The moments at both ends of the axis of days."""
        first, last = (milliseconds(self.shown.points[place].day) for place in (0, -1))
        beside = (last - first) * EDGE / (self.width - 2 * EDGE) or A_DAY
        return first - beside, last + beside

    @cached_property
    def ends(self) -> list[tuple[str, float, str]]:
        """What stands at the right end of each line: words, value, colour."""
        found: list[tuple[str, float | None, str]] = []
        if self.shown.phases:
            last = self.shown.phases[-1]
            found += [("Upper limit", last.upper, "limits"), (self.shown.centre.capitalize(), last.centre, "centre")]
            found += [("Lower limit", last.lower, "limits")]
        found += [("Target", self.shown.target, "target")]
        return [
            (f"{name if self.sheet.named else ''} {self._written(value, line)}".strip(), value, LINES[line]["color"])
            for name, value, line in found
            if value is not None
        ]

    def _written(self, value: float, line: str) -> str:
        places = self.shown.decimals
        return short(value, places) if line == "target" else figure(value, places + 1)

    def across(self, day: date) -> float:
        first, last = self.span
        return round((milliseconds(day) - first) / (last - first) * self.width, 2)

    def down(self, value: float) -> float:
        return round(self.sheet.plot - self.scale.along(value, self.sheet.plot), 2)

    @cached_property
    def row(self) -> float:
        return self.sheet.letters * LINE

    @cached_property
    def signs(self) -> list[tuple[float, int, str]]:
        """Letters of new phases and numbers of notes that lie in the picture: place, lane, sign."""
        first, last = self.shown.points[0].day, self.shown.points[-1].day
        found = [(place, letter) for (letter, _), place in zip(recalculated(self.shown), self.breaks, strict=True)]
        numbered = enumerate(self.shown.notes, start=1)
        found += [(self.across(note.day), str(number)) for number, note in numbered if first <= note.day <= last]
        ends = [float("-inf")] * LANES
        placed = []
        for place, sign in sorted(found):
            lane = next((lane for lane, end in enumerate(ends) if end + SIGN <= place), LANES - 1)
            ends[lane] = place
            placed.append((place, lane, sign))
        return placed

    @cached_property
    def breaks(self) -> list[float]:
        """Where one phase ends and the next begins: midway between their points."""
        pairs = pairwise(self.shown.phases)
        return [(self.across(before.last) + self.across(after.first)) / 2 for before, after in pairs]

    @cached_property
    def above(self) -> tuple[float, float, float, float, float]:
        """How high above the plot signs, the measure's name, the sentence and the title begin, and where all ends."""
        signs = 8 + (self.row if len(self.shown.phases) > 1 else 0)
        label = signs + SIGN * (1 + max((lane for _, lane, _ in self.signs), default=-1)) + 4
        sentence = label + self.row * len(self.folded(self.shown.label())) + 6
        title = sentence + (self.row * len(self.said) + 6 if self.said else 0)
        end = title + (self.row * len(self.folded(self.shown.title)) if self.sheet.alone else 0)
        return signs, label, sentence, title, end + 2

    @cached_property
    def below(self) -> float:
        end = self.keys + self.row * len(self.told)
        return end + 8 if self.told else end

    @cached_property
    def keys(self) -> float:
        """Where what the signs stand for begins, under the legend."""
        return self.foot + self.row * (1 + max(row for row, *_ in self.entries)) + 8

    @cached_property
    def said(self) -> list[str]:
        """The sentence, where no page says it beside the picture."""
        return self.folded(self.shown.sentence, most=SENTENCE) if self.sheet.alone else []

    @cached_property
    def told(self) -> list[str]:
        """What the letters and numbers stand for and how all was worked out, where no page says it."""
        if not self.sheet.alone:
            return []
        found = marks(self.shown)
        more = f"and {len(found) - MARKS} more, which stand on the page of the measure" if len(found) > MARKS else ""
        words = [*(f"({mark.sign}) {mark.words}" for mark in found[:MARKS]), more, self.shown.method]
        return [line for each in words if each for line in self.folded(each, most=SENTENCE)]

    @cached_property
    def foot(self) -> float:
        """Where the legend begins, under the days and their year."""
        return self.row * (2 if self.year() else 1) + 18

    def folded(self, text: str, *, most: int = 3) -> list[str]:
        return axes.lines_of(text, room=self.sheet.width - 8, size=self.sheet.letters, most=most)

    @cached_property
    def days(self) -> axes.Days:
        points, room = self.shown.points, self.width
        return axes.days(points[0].day, points[-1].day, room=room, size=self.sheet.letters)

    def year(self) -> str:
        """The year or years, under days that are written without one."""
        first, last = self.shown.points[0].day.year, self.shown.points[-1].day.year
        return "" if "%Y" in self.days.written else f"{first}" if first == last else f"{first} to {last}"

    @cached_property
    def entries(self) -> list[tuple[int, float, str, str]]:
        """The legend: row, place in it, what is shown ("none", "better", …, or the name of a line), words."""
        kinds = {point.found for point in self.shown.points}
        said = [(found, words) for found, words in WORDS.items() if found in kinds]
        if {"none", "unasked"} <= kinds:  # one sign for both
            said = [("none", ONE_SIGN), *(each for each in said if each[0] not in {"none", "unasked"})]
        said += [("centre", self.shown.centre.capitalize())] * bool(self.shown.phases)
        said += [("limits", NAMES["limits"])] * self.shown.has_limits()
        said += [("target", NAMES["target"])] * (self.shown.target is not None)
        placed, row, x = [], 0, 0.0
        for kind, text in said:
            room = LEGEND + axes.room_for(text, self.sheet.letters) * 0.92
            if x and x + room > self.sheet.width:
                row, x = row + 1, 0.0
            placed.append((row, x - self.left + 4, kind, text))
            x += room + 16
        return placed
