"""The run chart with the rules of Anhøj.

Anhøj, J. & Olesen, A. V. (2014), "Run charts revisited: a simulation study of run chart rules for detection of
non-random variation in health care processes", *PLOS ONE* 9(11): e113825. A point on the median says nothing and is
left out; of the n others, "useful", the longest run on one side and the number of times that the line crosses the
median are compared with what chance makes. There is no rule about trends: it finds slow drift no better than these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import comb, log2

import numpy as np
import numpy.typing as npt

from projects.spc.phases import Baseline, Phase, Rebase, cut
from projects.spc.series import Values, rounding, series_of
from projects.spc.signals import Direction, Good, Meaning, Rule, Signal, meaning_of

ENOUGH_USEFUL = 10


@dataclass(frozen=True, kw_only=True)
class RunPhase(Phase):
    """A phase with the median of its baseline, in the unit of the values, and what was counted around it.

    `longest_limit` and `least_crossings` are None while fewer than ten points are useful; no rule is asked then.
    """

    median: float
    useful: int
    longest_run: int
    crossings: int
    longest_limit: int | None
    least_crossings: int | None

    @property
    def is_enough(self) -> bool:
        """Whether there are points enough to tell chance from change."""
        return self.longest_limit is not None


@dataclass(frozen=True)
class RunChart:
    """A chart of n points, its phases in order, and its signals: of each phase the long runs, then the crossings."""

    days: tuple[date, ...]
    values: tuple[float, ...]
    good: Good
    phases: tuple[RunPhase, ...]
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class Sides:
    """Which of n points are useful (`beside` the median), which of those lie above it, and their runs.

    Shapes: `beside` (n,), `above` (useful,), `starts` and `lengths` (runs,), which count among the useful points.
    """

    beside: npt.NDArray[np.bool_]
    above: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.intp]
    lengths: npt.NDArray[np.intp]

    @property
    def useful(self) -> int:
        return len(self.above)


def longest_limit(useful: int) -> int:
    """How long the longest run of so many useful points may be: a longer one is a signal."""
    return round(log2(useful) + 3)


@lru_cache(maxsize=1024)
def least_crossings(useful: int) -> int:
    """How often at least the line should cross the median: fewer crossings are a signal.

    The 5% quantile of Binomial(n - 1, 1/2), which is the least k with P(X <= k) >= 1/20, in whole numbers: from the
    middle, whose tail is known, down to it.
    """
    trials = useful - 1
    k = trials // 2
    term = comb(trials, k)
    # 2^trials times P(X <= k), by symmetry
    tail = (2**trials + (term if trials % 2 == 0 else 0)) // 2
    while k > 0 and 20 * (tail - term) >= 2**trials:
        tail -= term
        term = term * k // (trials - k + 1)
        k -= 1
    return k


def run_chart(
    points: Iterable[tuple[date, object]],
    *,
    baseline: Baseline = None,
    rebases: Iterable[Rebase] = (),
    good: Good = Good.NEUTRAL,
) -> RunChart:
    """The chart of points (day, value) in the order of time; `baseline` is that of the first phase.

    The median is that of the baseline, the counts are of all points of the phase. Raises a refusal of
    `projects.spc.refusals`.
    """
    series = series_of(points)
    phases: list[RunPhase] = []
    signals: list[Signal] = []
    for phase in cut(series.days, baseline, rebases):
        values = series.values[phase.points]
        median = float(np.median(series.values[phase.baseline]))
        sides = sides_of(values, median, rounding(values))
        counted = _counted(phase, median, sides)
        phases.append(counted)
        signals += _signals(counted, sides, good)
    return RunChart(series.days, tuple(series.values.tolist()), good, tuple(phases), tuple(signals))


def sides_of(values: Values, median: float, rounding: float) -> Sides:
    """The useful points of values (shape n), and the runs that they form."""
    above = values > median + rounding
    beside = above | (values < median - rounding)
    if not beside.all():
        above = above[beside]
    changes = np.ones(len(above) + 1, dtype=np.bool_)  # a run begins with the first point, and ends with the last
    np.not_equal(above[1:], above[:-1], out=changes[1:-1])
    edges = np.flatnonzero(changes)
    return Sides(beside, above, edges[:-1], edges[1:] - edges[:-1])


def _counted(phase: Phase, median: float, sides: Sides) -> RunPhase:
    useful = sides.useful
    is_enough = useful >= ENOUGH_USEFUL
    return RunPhase(
        **vars(phase),
        median=median,
        useful=useful,
        longest_run=int(sides.lengths.max(initial=0)),
        crossings=max(len(sides.lengths) - 1, 0),
        longest_limit=longest_limit(useful) if is_enough else None,
        least_crossings=least_crossings(useful) if is_enough else None,
    )


def _signals(phase: RunPhase, sides: Sides, good: Good) -> Iterable[Signal]:
    """Each run longer than the limit, and too few crossings, which are about the phase as a whole."""
    if phase.longest_limit is None or phase.least_crossings is None:
        return
    points = np.flatnonzero(sides.beside) + phase.first
    for run in np.flatnonzero(sides.lengths > phase.longest_limit).tolist():
        start, length = int(sides.starts[run]), int(sides.lengths[run])
        marked = tuple(points[start : start + length].tolist())
        direction = Direction.UP if sides.above[start] else Direction.DOWN
        yield Signal(
            rule=Rule.LONGEST_RUN,
            direction=direction,
            meaning=meaning_of(direction, good),
            first=marked[0],
            last=marked[-1],
            fires=marked[phase.longest_limit],
            marked=marked,
        )
    if phase.crossings < phase.least_crossings:
        yield Signal(Rule.CROSSINGS, None, Meaning.NEITHER, phase.first, phase.last, phase.last, ())
