"""Where a chart is calculated anew: phases, and the baseline that the centre of each rests on.

Recalculation ("rebase", "step change") is a judgement, not a calculation: whoever calls the bench keeps the written
reason. Nothing is compared across it: no moving range, no run, no trend.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from projects.spc.refusals import (
    BaselineCrossesRebase,
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


@dataclass(frozen=True)
class Between:
    """The points of a phase from one day to another, both included."""

    first: date
    last: date


Baseline = FirstPoints | Between | None  # None: all points of the phase


@dataclass(frozen=True)
class Rebase:
    """A new phase begins with the first point on this day or later, and has a baseline of its own."""

    day: date
    baseline: Baseline = None


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

    Raises RebasesOutOfOrder, RebaseOutside or PhaseWithoutPoints with the index of the rebase, BaselineTooShort or
    BaselineCrossesRebase with that of the phase's rebase (None for the first phase).
    """
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
    baselines = (baseline, *(rebase.baseline for rebase in rebases))
    bounds = pairwise((*starts, len(days)))
    phases = []
    for number, ((first, end), each) in enumerate(zip(bounds, baselines, strict=True)):
        low, high = _baseline(days, first, end, each, number - 1 if number else None)
        phases.append(Phase(first=first, last=end - 1, baseline_first=low, baseline_last=high - 1))
    return tuple(phases) if days else ()


def _baseline(days: tuple[date, ...], first: int, end: int, asked: Baseline, index: int | None) -> tuple[int, int]:
    """The points of a baseline: the first of them, and the one after the last."""
    if asked is None:
        return first, end
    if isinstance(asked, FirstPoints):
        if asked.number < LEAST_POINTS:
            raise BaselineTooShort(f"A baseline needs at least {LEAST_POINTS} points, not {asked.number}.", index)
        return first, min(first + asked.number, end)
    low, high = bisect_left(days, asked.first), bisect_right(days, asked.last)
    if high - low < LEAST_POINTS:
        had = max(high - low, 0)
        raise BaselineTooShort(f"A baseline needs at least {LEAST_POINTS} points, and this one has {had}.", index)
    if low < first or high > end:
        raise BaselineCrossesRebase("The baseline reaches over a recalculation.", index)
    return low, high
