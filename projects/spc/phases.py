"""Where a chart is calculated anew: phases, and the baseline that the centre of each rests on.

Recalculation ("rebase", "step change") is a judgement, not a calculation: whoever calls the bench keeps the written
reason. Nothing is compared across it: no moving range, no run, no trend.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from projects.spc.refusals import (
    BaselineTooShort,
    PhaseWithoutPoints,
    RebaseOutside,
    RebasesOutOfOrder,
)

LEAST_POINTS = 5  # that a baseline or limits may rest on (Wheeler: useful limits come from five or six)


@dataclass(frozen=True)
class FirstPoints:
    """The first so many points of a phase, or all of them while there are fewer."""

    number: int


Baseline = FirstPoints | None  # None: all points of the phase


@dataclass(frozen=True)
class Rebase:
    """A new phase begins with the first point on this day or later; its centre rests on all its points."""

    day: date


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Points `first` to `last` of a series, and those of its baseline; counted from 0, the last included."""

    first: int
    last: int
    baseline_first: int
    baseline_last: int

    @property
    def points(self) -> slice:
        return slice(self.first, self.last + 1)

    @property
    def baseline(self) -> slice:
        return slice(self.baseline_first, self.baseline_last + 1)

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    @property
    def baseline_length(self) -> int:
        return self.baseline_last - self.baseline_first + 1


def cut(days: tuple[date, ...], baseline: Baseline = None, rebases: Iterable[Rebase] = ()) -> tuple[Phase, ...]:
    """The phases of a series, none for an empty one; `baseline` is that of the first.

    Raises RebasesOutOfOrder, RebaseOutside or PhaseWithoutPoints with the index of the rebase, and BaselineTooShort.
    """
    if baseline and baseline.number < LEAST_POINTS:
        raise BaselineTooShort(f"A baseline needs at least {LEAST_POINTS} points, not {baseline.number}.")
    rebases = tuple(rebases)
    starts = [0]
    for index, (before, rebase) in enumerate(pairwise((None, *rebases))):
        start = bisect_left(days, rebase.day) if rebase else 0
        if rebase and before and rebase.day <= before.day:
            raise RebasesOutOfOrder(f"Recalculation {index + 1} is not later than the one before it.", index)
        if start in (0, len(days)):
            side = "before" if start == 0 else "after"
            raise RebaseOutside(f"Recalculation {index + 1} has no point {side} it.", index)
        if start == starts[-1]:
            raise PhaseWithoutPoints(f"No point lies between recalculations {index} and {index + 1}.", index)
        starts.append(start)
    phases = []
    for first, end in pairwise((*starts, len(days))):
        based = min(first + baseline.number, end) if baseline and not first else end
        phases.append(Phase(first=first, last=end - 1, baseline_first=first, baseline_last=based - 1))
    return tuple(phases) if days else ()
