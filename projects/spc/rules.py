"""The four rules of "Making Data Count" (NHS England), on arrays: for each point and both directions at once.

All comparisons are strict. `rounding` is what two figures may differ by that are equal in decimals.
"""

from dataclasses import dataclass

from projects.spc.limits import Limits
from projects.spc.series import Values
from projects.spc.stretches import Flags, all_of, both, in_a_row, spread

IN_A_ROW = 7


@dataclass(frozen=True)
class Flagged:
    """What the rules find in n points, each upwards (above, rising) and downwards (below, falling).

    - `outside`: points beyond a limit.
    - `trend`: *steps* (n - 1 of them, from point i to i + 1) of seven points or more that all rise, or all fall. An
      equal value breaks a trend.
    - `two_of_three`: points beyond a near limit, in three successive points on one side of the mean of which at least
      two are beyond it. `threes` are all points of such threes.
    - `one_side`: points of a run of seven or more on one side of the mean. A point on the mean breaks a run.
    """

    outside: Flags
    trend: Flags
    two_of_three: Flags
    threes: Flags
    one_side: Flags


def flagged(values: Values, mean: float, limits: Limits, rounding: float) -> Flagged:
    """All four rules on the values (shape n >= 1) of one phase."""
    side = _beyond(values, mean, mean, rounding)
    near = _beyond(values, limits.near_lower, limits.near_upper, rounding)
    threes = spread(_two_near(near) & all_of(side, 3), 3, len(values))
    return Flagged(
        outside=_beyond(values, limits.lower, limits.upper, rounding),
        trend=in_a_row(_steps(values), IN_A_ROW - 1),
        two_of_three=threes & near,
        threes=threes,
        one_side=in_a_row(side, IN_A_ROW),
    )


def _beyond(values: Values, lower: float, upper: float, rounding: float) -> Flags:
    return both(values > upper + rounding, values < lower - rounding)


def _steps(values: Values) -> Flags:
    """Which of the n - 1 steps from a point to the next rise, and which fall."""
    before, after = values[:-1], values[1:]
    return both(after > before, after < before)


def _two_near(near: Flags) -> Flags:
    """For each of the n - 2 threes, whether at least two of its flags are set."""
    first, second, third = near[:-2], near[1:-1], near[2:]
    return (second & (first | third)) | (first & third)
