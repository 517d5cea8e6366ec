"""The rules of both charts once more, point by point and in exact fractions: what the bench is compared with.

Written from the definitions and in another manner than the bench: each point, each stretch of points is looked at by
itself, and nothing is rounded. Results are sets of (direction, points), counted from 0.
"""

from fractions import Fraction
from math import comb


def exact(values):
    return [Fraction(str(value)) for value in values]


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def mean_range(values):
    return mean([abs(values[i] - values[i - 1]) for i in range(1, len(values))])


def median(values):
    order = sorted(values)
    half = len(order) // 2
    return order[half] if len(order) % 2 else (order[half - 1] + order[half]) / 2


def side(value, low, high):
    if value > high:
        return "up"
    return "down" if value < low else None


def groups(labels):
    """(label, indices) of what is next to each other and alike; None is left out."""
    found = []
    for index, label in enumerate(labels):
        if label is None:
            continue
        if found and found[-1][0] == label and found[-1][1][-1] == index - 1:
            found[-1][1].append(index)
        else:
            found.append((label, [index]))
    return {(label, tuple(indices)) for label, indices in found}


def outside(values, centre, away):
    return groups([side(value, centre - away, centre + away) for value in values])


def one_side(values, centre):
    return {group for group in groups([side(value, centre, centre) for value in values]) if len(group[1]) >= 7}


def trend(values):
    found = set()
    for way, sign in (("up", 1), ("down", -1)):
        for first in range(len(values)):
            last = first
            while last + 1 < len(values) and sign * values[last] < sign * values[last + 1]:
                last += 1
            if last - first >= 6:
                found.add((way, tuple(range(first, last + 1))))
    return {(way, it) for way, it in found if not any(w == way and set(it) < set(other) for w, other in found)}


def two_of_three(values, centre, near):
    """{direction: the points marked}."""
    found = {"up": set(), "down": set()}
    for i in range(len(values) - 2):
        for way, sign in (("up", 1), ("down", -1)):
            away = [sign * (value - centre) for value in values[i : i + 3]]
            beyond = [i + place for place in range(3) if away[place] > near]
            if min(away) > 0 and len(beyond) >= 2:
                found[way].update(beyond)
    return found


def quantile(trials):
    """The least k with P(X <= k) >= 5%, X of Binomial(trials, 1/2)."""
    k = 0
    while Fraction(sum(comb(trials, j) for j in range(k + 1)), 2**trials) < Fraction(1, 20):
        k += 1
    return k


def longest_allowed(useful):
    """round(log2(n) + 3) without a logarithm: 2^(m - 1/2) < n is n^2 > 2^(2m - 1)."""
    m = 0
    while useful * useful > 2 ** (2 * m + 1):
        m += 1
    return m + 3


def runs(values, centre):
    """([(direction, points) of each run], crossings) without the points on the centre."""
    found, crossings, before = [], 0, None
    for index, value in enumerate(values):
        way = side(value, centre, centre)
        if way is None:
            continue
        if way == before:
            found[-1][1].append(index)
        else:
            crossings += before is not None
            found.append((way, [index]))
        before = way
    return [(way, tuple(points)) for way, points in found], crossings
