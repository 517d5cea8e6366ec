"""What changed between two answers of the same people to one item.

Everything follows from how many people gave each pair of answers, so that a database can count and nobody's row is
read. Missing answers are no part of it: who did not answer both times is not linked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtrit

from evaluation.statistics.intervals import Interval, PairedShares, newcombe
from evaluation.statistics.refusals import NotAShare
from evaluation.statistics.wilcoxon import SignedRank, signed_rank


@dataclass(frozen=True)
class Spread:
    """One wave of one item: n answers with their mean, median and quartiles, in the unit of the answers.

    Quartiles lie between answers where they must, in proportion (type 7 of Hyndman & Fan 1996). None without answers.
    """

    n: int
    mean: float | None
    median: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Change:
    """The change of n linked people from `before` to `after`, up being more.

    `net` is the share that went up less the share that went down. `mean` is the mean change with a t interval, which is
    approximate for answers on a scale; `standardised` is the mean change in standard deviations of the changes. What
    cannot be computed, as from one person, is None.
    """

    n: int
    before: Spread
    after: Spread
    up: int
    same: int
    down: int
    net: float | None
    net_interval: Interval | None
    mean: float | None
    mean_interval: Interval | None
    standardised: float | None
    test: SignedRank


def spread(counts: Mapping[float, int]) -> Spread:
    """Where the answers of one wave lie, given as how many people gave each. Raises NotAShare."""
    held = sorted((answer, people) for answer, people in counts.items() if people)
    if any(people < 0 for _, people in held):
        raise NotAShare("A count of people is negative.")
    n = sum(people for _, people in held)
    if n == 0:
        return Spread(0, None, None, None, None)
    mean = sum(answer * people for answer, people in held) / n
    return Spread(n, mean, *(_quantile(held, n, part) for part in (0.5, 0.25, 0.75)))


def _quantile(held: list[tuple[float, int]], n: int, part: float) -> float:
    place = (n - 1) * part
    low, reach = int(place), place - int(place)
    one, other = _at(held, low), _at(held, min(low + 1, n - 1))
    return float(one + reach * (other - one))


def _at(held: list[tuple[float, int]], place: int) -> float:
    """The answer at a place, counted from 0, of all answers in order."""
    passed = 0
    for answer, people in held:
        passed += people
        if place < passed:
            return answer
    raise AssertionError("the place lies behind the last answer")


def change(pairs: Mapping[tuple[float, float], int]) -> Change:
    """The change of linked people, given as how many gave each pair (before, after). Raises NotAShare."""
    before, after, moved = Counter[float](), Counter[float](), Counter[float]()
    for (first, second), people in pairs.items():
        if people < 0:
            raise NotAShare("A count of people is negative.")
        before[first] += people
        after[second] += people
        moved[second - first] += people
    n = moved.total()
    up = sum(people for by, people in moved.items() if by > 0)
    down = sum(people for by, people in moved.items() if by < 0)
    table = PairedShares(both=0, first=up, second=down, neither=n - up - down) if n else None
    mean, deviation = _moments(moved, n)
    return Change(
        n=n,
        before=spread(before),
        after=spread(after),
        up=up,
        same=n - up - down,
        down=down,
        net=table.difference if table else None,
        net_interval=newcombe(table) if table else None,
        mean=mean,
        mean_interval=_t_interval(mean, deviation, n),
        standardised=mean / deviation if mean is not None and deviation else None,
        test=signed_rank(moved),
    )


def _moments(counts: Mapping[float, int], n: int) -> tuple[float | None, float | None]:
    """The mean, and the standard deviation of a sample, which takes two."""
    if n == 0:
        return None, None
    mean = sum(value * people for value, people in counts.items()) / n
    squares = sum(people * (value - mean) ** 2 for value, people in counts.items())
    return mean, sqrt(squares / (n - 1)) if n > 1 else None


def _t_interval(mean: float | None, deviation: float | None, n: int) -> Interval | None:
    """Student's interval of 95%. None where all changed alike, for then nothing is known of the spread."""
    if mean is None or not deviation:
        return None
    reach = float(stdtrit(n - 1, 0.975)) * deviation / sqrt(n)
    return Interval(mean - reach, mean + reach)


def linked(pairs: Iterable[tuple[float | None, float | None]]) -> Counter[tuple[float, float]]:
    """How many people gave each pair of answers; who did not answer both times is left out."""
    return Counter((one, other) for one, other in pairs if one is not None and other is not None)
