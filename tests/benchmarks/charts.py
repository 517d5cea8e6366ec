"""Run charts and XmR charts of 10,000 points against what is bare of them: numpy's mean, and its moving ranges.

Both read one array, as a chart has it once its points are checked: in the first rows ours is the mean, the limits and
all four rules in both directions, or the median, the runs and their limits. The last rows have no goal: there ours is
a whole chart, from a list of days and values, each of them checked, to its signals, and the reference reads a list too.
"""

from datetime import date, timedelta

import numpy as np

from projects import spc
from projects.spc.limits import limits_of, mean_range
from projects.spc.rules import flagged
from projects.spc.runs import least_crossings, longest_limit, sides_of
from projects.spc.series import rounding
from tests.benchmarks.turns import against, cpu

SIZE = 10_000
ROUNDS = 40
TIMES = 100  # of one turn: a single one is too short for the clock
GOAL = 5
FIRST = date(1997, 1, 1)


def bare(values):
    """The mean, and the mean moving range."""
    return np.mean(values), np.mean(np.abs(np.diff(values)))


def all_rules(values):
    """The mean, the limits, and the points that each rule of an XmR chart flags."""
    mean = float(values.sum()) / len(values)
    return flagged(values, mean, limits_of(mean, mean_range(values)), rounding(values))


def runs(values):
    """The median, the runs and crossings, and their limits."""
    sides = sides_of(values, float(np.median(values)), rounding(values))
    return sides, longest_limit(sides.useful), least_crossings(sides.useful)


def rows():
    """One dict {name, ours, reference, ratio, goal} for each figure, seconds of CPU."""
    steady = np.random.default_rng(1).normal(20, 4, SIZE).round(1)
    drifting = steady + np.arange(SIZE) // 1000
    found = []
    for kind, values in {"steady": steady, "drifting": drifting}.items():
        points = [(FIRST + timedelta(days=number), value) for number, value in enumerate(values.tolist())]
        plain = [value for _, value in points]
        for name, ours, goal in (
            ("XmR, all rules", lambda values=values: all_rules(values), GOAL),
            ("run chart, all rules", lambda values=values: runs(values), GOAL),
        ):
            found.append(_row(f"{name}, {kind}, n={SIZE:,}", ours, lambda values=values: bare(values), goal))
        for name, chart in {"XmR": spc.xmr_chart, "run chart": spc.run_chart}.items():
            found.append(
                _row(
                    f"{name} whole, from a list, {kind}, n={SIZE:,}",
                    lambda chart=chart, points=points: chart(points),
                    lambda plain=plain: bare(np.array(plain)),
                    None,
                )
            )
    return found


def _row(name, ours, reference, goal):
    """Ours and the reference in turn, the least of ROUNDS each, since noise only ever adds."""
    times = TIMES if goal else 3
    turns = [(_cpu(ours, times), _cpu(reference, times)) for _ in range(ROUNDS if goal else 5)]
    return against(name, *(min(column) for column in zip(*turns, strict=True)), goal)


def _cpu(work, times):
    return cpu(lambda: [work() for _ in range(times)]) / times
