"""What a control chart is drawn from: plain figures, as whoever worked them out hands them over."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

Finding = Literal["none", "better", "worse", "neither", "unasked"]  # the last where points are too few for rules
Centre = Literal["mean", "median"]


LONGEST = 4  # decimals of what was measured


class NothingToDraw(ValueError):
    """There is no point."""


@dataclass(frozen=True)
class Point:
    """One measurement; `rule` says in words why it is unusual."""

    day: date
    value: float
    found: Finding = "none"
    rule: str = ""


@dataclass(frozen=True)
class Phase:
    """From one day to another, both included: the centre line, and the limits of an XmR chart."""

    first: date
    last: date
    centre: float
    lower: float | None = None
    upper: float | None = None
    reason: str = ""  # why the centre was worked out anew from here


@dataclass(frozen=True)
class Note:
    """What happened on a day."""

    day: date
    words: str


@dataclass(frozen=True)
class Measured:
    """What a control chart shows: points and phases in order of time, and what is said of them.

    `key` is unique on its page. `sentence` says what was found and `method` how, in the words of whoever worked it
    out. A note outside the points' days is told below the picture and not drawn.
    """

    key: str
    title: str
    sentence: str
    measure: str
    unit: str
    centre: Centre
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    target: float | None = None
    notes: tuple[Note, ...] = ()
    method: str = ""

    def label(self) -> str:
        return f"{self.measure} ({self.unit})" if self.unit else self.measure

    def phase_of(self, day: date) -> Phase | None:
        return next((phase for phase in self.phases if phase.first <= day <= phase.last), None)

    def has_limits(self) -> bool:
        return any(phase.upper is not None or phase.lower is not None for phase in self.phases)

    @cached_property
    def decimals(self) -> int:
        """As many as the measurements have, at most four."""
        return max(len(f"{point.value:.{LONGEST}f}".rstrip("0").partition(".")[2]) for point in self.points)
