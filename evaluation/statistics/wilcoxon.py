"""Wilcoxon's signed-rank test, exact also where ranks are tied.

Wilcoxon, F. (1945), "Individual comparisons by ranking methods", *Biometrics Bulletin* 1:80-83. Differences of zero are
dropped and counted; ties get the middle of their ranks. Given the sizes of the differences, each sign is a toss: the
differences of one size, k of them with middle rank r, add r times a binomial number of k tosses to the sum, so that the
distribution is a convolution of as many binomials as there are sizes, on the lattice of doubled ranks. Answers on a
scale have few sizes, which makes it cheap for any number of people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtr

EXACT_UP_TO = 200  # differences that are not zero; above, the normal approximation is named
LEAST = 6  # all six of one sign give 0.03125, the first p below 0.05 that is possible at all

EXACT = "exact, over all signs"
NORMAL = "normal approximation, corrected for ties and continuity"
TOO_FEW = f"fewer than {LEAST} people changed their answer"


@dataclass(frozen=True)
class SignedRank:
    """The two-sided test of n differences, of which `zeros` were dropped.

    `rises` and `falls` are the sums of ranks of both signs. `p` is None, and `method` says why, where fewer than six
    differences are left. `rank_biserial` is the matched-pairs rank-biserial correlation (Kerby 2014), from -1 to 1, and
    None where nothing differs.
    """

    n: int
    zeros: int
    rises: float
    falls: float
    p: float | None
    method: str
    rank_biserial: float | None


def signed_rank(differences: Mapping[float, int]) -> SignedRank:
    """The test of differences after less before, given as how many people have each."""
    sizes = sorted({abs(difference) for difference, people in differences.items() if difference and people})
    ups = np.array([differences.get(size, 0) for size in sizes], dtype=np.int64)
    downs = np.array([differences.get(-size, 0) for size in sizes], dtype=np.int64)
    counts = ups + downs
    n, zeros = int(counts.sum()), int(differences.get(0, 0))
    doubled = 2 * np.cumsum(counts) - counts + 1  # twice the middle of the ranks of each size
    rises, falls = int(doubled @ ups), int(doubled @ downs)
    whole = n * (n + 1)
    return SignedRank(
        n=n + zeros,
        zeros=zeros,
        rises=rises / 2,
        falls=falls / 2,
        p=None if n < LEAST else _p(counts, doubled, max(rises, falls)),
        method=TOO_FEW if n < LEAST else EXACT if n <= EXACT_UP_TO else NORMAL,
        rank_biserial=(rises - falls) / whole if n else None,
    )


def _p(counts: npt.NDArray[np.int64], doubled: npt.NDArray[np.int64], larger: int) -> float:
    if counts.sum() > EXACT_UP_TO:
        return _normal_p(counts, larger / 2)
    # Above half of all ranks lies the larger sum; where both are equal the two tails overlap in the middle.
    return min(1.0, 2 * float(sum_distribution(counts, doubled)[larger:].sum()))


def sum_distribution(counts: npt.NDArray[np.int64], doubled: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """How likely each doubled sum of ranks is, from 0 to the sum of all: shape (n * (n + 1) + 1,)."""
    found = np.ones(1)
    for people, rank in zip(counts.tolist(), doubled.tolist(), strict=True):
        tossed = _tosses(people)
        wider = np.zeros(len(found) + people * rank)
        for heads in range(people + 1):
            wider[heads * rank : heads * rank + len(found)] += tossed[heads] * found
        found = wider
    return found


def _tosses(people: int) -> npt.NDArray[np.float64]:
    """The binomial distribution of fair tosses: shape (people + 1,)."""
    heads = np.arange(people + 1)
    if people <= 50:  # exact as long as the numbers fit
        ways = np.ones(people + 1)
        for each in range(1, people + 1):
            ways[each] = ways[each - 1] * (people - each + 1) / each
        return ways / 2.0**people
    logs = gammaln(people + 1) - gammaln(heads + 1) - gammaln(people - heads + 1) - people * np.log(2)
    return np.asarray(np.exp(logs), dtype=np.float64)


def _normal_p(counts: npt.NDArray[np.int64], larger: float) -> float:
    n = int(counts.sum())
    spread = sqrt(n * (n + 1) * (2 * n + 1) / 24 - float((counts.astype(float) ** 3 - counts).sum()) / 48)
    z = max(larger - n * (n + 1) / 4 - 0.5, 0) / spread
    return min(1.0, 2 * float(ndtr(-z)))
