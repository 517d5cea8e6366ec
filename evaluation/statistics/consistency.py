"""How far items of one scale, or two coders of one text, agree.

Cronbach, L. J. (1951), *Psychometrika* 16:297-334; its interval: Feldt, L. S. (1965), *Psychometrika* 30:357-370.
Cohen, J. (1960), "A coefficient of agreement for nominal scales", *Educational and Psychological Measurement* 20:37-46.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from evaluation.statistics.intervals import Interval
from evaluation.statistics.refusals import StatisticsError

LEAST = 30  # people who answered every item of the scale


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of n people who answered all items; no figure under 30 of them, or where nobody differs."""

    n: int
    value: float | None
    interval: Interval | None


def alpha(answers: Sequence[Sequence[float | None]]) -> Alpha:
    """The consistency of a scale: a row for each person, an answer for each item, reversed ones turned already.

    Shape (people, items), at least two items; rows with a missing answer are left out. Raises StatisticsError.
    """
    if len({len(row) for row in answers}) > 1 or (answers and len(answers[0]) < 2):
        raise StatisticsError("A scale has at least two items, and a row has an answer or a gap for each.")
    whole = [row for row in answers if None not in row]
    n = len(whole)
    if n < LEAST:
        return Alpha(n, None, None)
    given = np.array(whole, dtype=np.float64)
    items = given.shape[1]
    total = float(given.sum(axis=1).var(ddof=1))
    if total == 0:
        return Alpha(n, None, None)
    value = items / (items - 1) * (1 - float(given.var(axis=0, ddof=1).sum()) / total)
    free, freer = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - value) * float(fdtri(free, freer, part)) for part in (0.975, 0.025))
    return Alpha(n, value, Interval(low, high))


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of n things coded by two: agreement beyond chance. None where chance alone would agree wholly."""

    n: int
    agreed: int
    value: float | None


def kappa(codes: Iterable[tuple[Hashable, Hashable]]) -> Kappa:
    """The agreement of two coders, given the code that each chose for each thing."""
    pairs = Counter(codes)
    n, agreed = pairs.total(), sum(count for (one, other), count in pairs.items() if one == other)
    ones, others = Counter[Hashable](), Counter[Hashable]()
    for (one, other), count in pairs.items():
        ones[one] += count
        others[other] += count
    by_chance = sum(count * others[code] for code, count in ones.items())
    return Kappa(n, agreed, (n * agreed - by_chance) / (n * n - by_chance) if n * n > by_chance else None)
