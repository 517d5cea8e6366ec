"""The Mann-Whitney test between different people, exact also where answers are tied.

Mann, H. B. & Whitney, D. R. (1947), *Annals of Mathematical Statistics* 18:50-60. All divisions of the answers into two
groups of these sizes are equally likely; how many give each sum of doubled ranks is counted, answer by answer of the
scale (a hypergeometric convolution).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb, sqrt

from scipy.special import ndtr

EXACT_UP_TO = 60  # people in both groups together
EXACT = "exact, over all divisions"
NORMAL = "normal approximation, corrected for ties and continuity"


@dataclass(frozen=True)
class RankSum:
    """Mann and Whitney's U of both groups, and the two-sided p. None where a group is empty."""

    u: float
    other_u: float
    p: float | None
    method: str


def rank_sum(one: Mapping[float, int], other: Mapping[float, int]) -> RankSum:
    """The test of two groups, each given as how many people gave each answer."""
    answers = sorted({answer for answer, people in (*one.items(), *other.items()) if people})
    counts = [(one.get(answer, 0), one.get(answer, 0) + other.get(answer, 0)) for answer in answers]
    n, whole = sum(ours for ours, _ in counts), sum(people for _, people in counts)
    doubled, passed = [], 0
    for _, people in counts:
        doubled.append(2 * passed + people + 1)
        passed += people
    ranks = sum(ours * rank for (ours, _), rank in zip(counts, doubled, strict=True))
    u = (ranks - n * (n + 1)) / 2
    apart = abs(ranks - n * (whole + 1))
    sizes = [people for _, people in counts]
    if not 0 < n < whole:
        return RankSum(u, n * (whole - n) - u, None, "one of the groups is empty")
    if whole <= EXACT_UP_TO:
        return RankSum(u, n * (whole - n) - u, _exact_p(sizes, doubled, n, apart), EXACT)
    return RankSum(u, n * (whole - n) - u, _normal_p(sizes, n, whole, apart / 2), NORMAL)


def _exact_p(sizes: list[int], doubled: list[int], n: int, apart: int) -> float:
    """The share of divisions whose doubled sum lies at least so far from the middle."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for people, rank in zip(sizes, doubled, strict=True):
        further: dict[tuple[int, int], int] = {}
        for (taken, total), count in ways.items():
            for ours in range(min(people, n - taken) + 1):
                key = taken + ours, total + ours * rank
                further[key] = further.get(key, 0) + count * comb(people, ours)
        ways = further
    middle = n * (sum(sizes) + 1)
    far = sum(count for (taken, total), count in ways.items() if taken == n and abs(total - middle) >= apart)
    return far / comb(sum(sizes), n)


def _normal_p(sizes: list[int], n: int, whole: int, apart: float) -> float | None:
    ties = sum(people**3 - people for people in sizes) / (whole * (whole - 1))
    variance = n * (whole - n) / 12 * (whole + 1 - ties)
    return min(1.0, 2 * float(ndtr(-max(apart - 0.5, 0) / sqrt(variance)))) if variance else 1.0
