"""The natural process limits of an XmR chart.

Wheeler, D. J., *Understanding Variation* (1993): individual values (X) and moving ranges (mR). The centre is the mean
of the baseline, the limits are 2.66 mean moving ranges from it (3 / d2, with d2 = 1.128 for ranges of two), as NHS
England's "Making Data Count" has them. A moving range is the absolute difference of two successive points.
"""

from dataclasses import dataclass

import numpy as np

from projects.spc.series import Values

TO_LIMIT = 2.66
TO_NEAR_LIMIT = TO_LIMIT * 2 / 3
TO_RANGE_LIMIT = 3.267  # D4 for ranges of two
ENOUGH = 12  # points of a baseline; limits that rest on fewer are called trial limits


@dataclass(frozen=True)
class Limits:
    """In the unit of the values. Near limits lie at two thirds of the way from the mean."""

    lower: float
    near_lower: float
    near_upper: float
    upper: float


def mean_range(values: Values, *, screened: bool = False) -> float:
    """The mean moving range of n >= 2 values.

    Screened, ranges of 3.267 times the mean or more are left out, once. No chart of ours is: it is here to be compared
    with the answers of packages that screen.
    """
    ranges = values[1:] - values[:-1]
    np.abs(ranges, out=ranges)
    mean = float(ranges.sum()) / len(ranges)
    if screened and mean > 0:
        return float(ranges[ranges < TO_RANGE_LIMIT * mean].mean())
    return mean


def limits_of(mean: float, mean_moving_range: float, *, clip_at_zero: bool = False) -> Limits:
    """The limits around a mean; clipped, where nothing can be less than zero, none lies below it."""
    away, near = TO_LIMIT * mean_moving_range, TO_NEAR_LIMIT * mean_moving_range
    found = (mean - away, mean - near, mean + near, mean + away)
    return Limits(*(max(each, 0.0) for each in found)) if clip_at_zero else Limits(*found)
