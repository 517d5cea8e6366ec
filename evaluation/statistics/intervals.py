"""An estimate with its interval, and the intervals of shares.

Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", *JASA* 22:209-212.
Newcombe, R. G. (1998), "Improved confidence intervals for the difference between binomial proportions based on paired
data", *Statistics in Medicine* 17:2635-2650, method 10: Wilson limits of both shares, combined with the square root of
a sum of squares that allows for their correlation, which is estimated with a continuity correction.
"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

from evaluation.statistics.refusals import NotAShare

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, in the unit of what is estimated."""

    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """`part` of `whole` people, as a share between 0 and 1 with its Wilson interval; no figures where nobody is."""

    part: int
    whole: int
    value: float | None
    interval: Interval | None


def normal_quantile(level: float) -> float:
    """How many standard deviations hold `level` of a normal distribution, to both sides."""
    return float(ndtri((1 + level) / 2))


def share(part: int, whole: int, *, level: float = LEVEL) -> Share:
    """A share of people with Wilson's interval. Raises NotAShare."""
    if not 0 <= part <= whole:
        raise NotAShare(f"{part} of {whole} is no share.")
    if whole == 0:
        return Share(part, whole, None, None)
    return Share(part, whole, part / whole, wilson(part, whole, level=level))


def wilson(part: int, whole: int, *, level: float = LEVEL) -> Interval:
    """The interval of a share of at least one person. Raises NotAShare."""
    if not 0 <= part <= whole or whole == 0:
        raise NotAShare(f"{part} of {whole} is no share.")
    z = normal_quantile(level)
    middle = (part + z * z / 2) / (whole + z * z)
    reach = z * sqrt(part * (whole - part) / whole + z * z / 4) / (whole + z * z)
    # Rounding must not put the limit of none beside 0, nor that of all beside 1.
    return Interval(0.0 if part == 0 else middle - reach, 1.0 if part == whole else middle + reach)


@dataclass(frozen=True)
class PairedShares:
    """What the same people said to two questions of yes or no: yes to both, to one of them, to neither."""

    both: int
    first: int
    second: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.first, self.second, self.neither) < 0 or self.whole == 0:
            raise NotAShare("A table of pairs counts people, at least one of them.")

    @property
    def whole(self) -> int:
        return self.both + self.first + self.second + self.neither

    @property
    def difference(self) -> float:
        """The first share less the second."""
        return (self.first - self.second) / self.whole

    @property
    def correlation(self) -> float:
        """Newcombe's estimate of phi: drawn to 0 by half the people where it is positive; 0 where a margin is empty."""
        margins = (self.both + self.first) * (self.second + self.neither)
        margins *= (self.both + self.second) * (self.first + self.neither)
        if margins == 0:
            return 0.0
        product = self.both * self.neither - self.first * self.second
        drawn = max(product - self.whole / 2, 0) if product > 0 else product
        return float(drawn / sqrt(margins))


def newcombe(table: PairedShares, *, level: float = LEVEL) -> Interval:
    """The interval of the difference of two shares of the same people, by method 10."""
    one, other = table.both + table.first, table.both + table.second
    ours, theirs = wilson(one, table.whole, level=level), wilson(other, table.whole, level=level)
    down, up = one / table.whole - ours.low, ours.high - one / table.whole
    their_down, their_up = other / table.whole - theirs.low, theirs.high - other / table.whole
    phi = table.correlation
    below = sqrt(max(down**2 - 2 * phi * down * their_up + their_up**2, 0))
    above = sqrt(max(up**2 - 2 * phi * up * their_down + their_down**2, 0))
    return Interval(table.difference - below, table.difference + above)
