"""How well two people agree on one criterion: an integer g from 0 to 100 for each pair.

People with the same answer agree the same, so g is computed once for each pair of *distinct* answers
(a small table) and then spread over the people by index. All fractions are kept exact and rounded once, at
the end, halves up: g = floor((2 * numerator + denominator) / (2 * denominator)). The numerators and
denominators are small integers held in floating point, whose quotient has the right floor: a quotient up to 100
that is not whole lies at least 1/denominator below the next integer, far more than one unit in the last place
(float32 up to denominators of 2**14, where all numerators stay below 2**24; float64 beyond).
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

MISSING = 50
WORD = 64
BLOCK = 64


@dataclass(frozen=True)
class Agreement:
    """g of one criterion: ``grid[rows[i], columns[j]]`` for person i of side a and person j of side b.

    ``grid`` is int16 of shape (distinct answers of a, distinct answers of b); ``missing`` is bool alike.
    """

    grid: np.ndarray
    missing: np.ndarray
    rows: np.ndarray
    columns: np.ndarray

    def between(self, i, j):
        """(g, whether an answer was missing) of one pair."""
        cell = self.rows[i], self.columns[j]
        return int(self.grid[cell]), bool(self.missing[cell])

    def spread(self, grid=None):
        """The table over people, int16 of shape (a, b); another grid of the same shape may be given."""
        return spread(self.grid if grid is None else grid, self.rows, self.columns)


def spread(grid, rows, columns):
    """``grid[rows][:, columns]``, columns first so that whole rows are copied."""
    return np.take(np.take(grid, columns, axis=1), rows, axis=0)


def agreement(criterion, a, b):
    """The Agreement of people ``a`` with people ``b`` (tuples of Person) on one of CRITERIA."""
    answer, grid_of = _CRITERIA[criterion]
    rows, answers_a = _distinct(a, answer)
    columns, answers_b = _distinct(b, answer)
    grid, missing = grid_of(answers_a, answers_b)
    return Agreement(grid=grid, missing=missing, rows=rows, columns=columns)


def _distinct(people, answer):
    places: dict[Hashable, int] = {}
    index = [places.setdefault(answer(person), len(places)) for person in people]
    return np.array(index, dtype=np.intp), list(places)


class _Overlap:
    """How many values the answers of ``a`` and ``b`` have in common, a block of rows at a time.

    Each answer becomes a bit mask over the values that both sides know, 64 to a word; the bits that two masks
    share are counted. ``sizes_a`` is a column, ``sizes_b`` a row, both float32.
    """

    def __init__(self, a, b):
        known = {value for answer in b for value in answer}
        bits: dict[Hashable, int] = {}
        for answer in a:
            for value in answer:
                if value in known:
                    bits.setdefault(value, len(bits))
        self.words = list(zip(_masks(a, bits), _masks(b, bits), strict=True))
        self.sizes_a, self.sizes_b = _sizes(a)[:, None], _sizes(b)[None, :]
        self.missing = (self.sizes_a == 0) | (self.sizes_b == 0)

    def common(self, rows):
        """Values in common for a slice of rows, float32."""
        common = np.zeros(self.missing[rows].shape, dtype=np.float32)
        for word_a, word_b in self.words:
            common += np.bitwise_count(word_a[rows, None] & word_b[None, :])
        return common

    def graded(self, rule):
        """(grid, missing): ``rule(common, sizes_a, sizes_b)`` in blocks that stay in the processor's cache."""
        grid = _in_blocks(lambda rows: rule(self.common(rows), self.sizes_a[rows], self.sizes_b), self.missing.shape)
        grid[self.missing] = MISSING
        return grid, self.missing


def _in_blocks(rule, shape):
    grid = np.empty(shape, dtype=np.int16)
    for start in range(0, shape[0], BLOCK):
        rows = slice(start, start + BLOCK)
        grid[rows] = rule(rows)
    return grid


def _masks(answers, bits):
    """Words of uint64, one array of shape (answers,) for each 64 bits."""
    whole = [sum({1 << bits[value] for value in answer if value in bits}) for answer in answers]
    for start in range(0, len(bits), WORD):
        yield np.array([mask >> start & (1 << WORD) - 1 for mask in whole], dtype=np.uint64)


def _sizes(answers):
    return np.array([len(set(answer)) for answer in answers], dtype=np.float32)


def _half_up(numerator, denominator):
    """floor(numerator / denominator + 1/2) for float arrays of integers; spends the numerator."""
    if denominator.max(initial=0) >= 2**13:
        numerator, denominator = numerator.astype(np.float64), denominator.astype(np.float64)
    numerator *= 2
    numerator += denominator
    numerator /= 2 * denominator
    return np.floor(numerator, out=numerator)


def _shared_any(a, b):
    return _Overlap(a, b).graded(lambda common, _a, _b: 100 * (common > 0))


def _share_of_smaller(a, b):
    return _Overlap(a, b).graded(
        lambda common, sizes_a, sizes_b: _half_up(100 * common, np.maximum(np.minimum(sizes_a, sizes_b), 1))
    )


def _share_of_union(a, b):
    return _Overlap(a, b).graded(
        lambda common, sizes_a, sizes_b: _half_up(100 * common, np.maximum(sizes_a + sizes_b - common, 1))
    )


def _wishes(a, b):
    """Mean of two directions met / wished; a direction with a missing list is one half. Rounded once.

    g = (met_a / wished_a + met_b / wished_b) * 50 = 50 (met_a wished_b + met_b wished_a) / (wished_a wished_b).
    """
    offers_a, wants_a = zip(*a, strict=True) if a else ((), ())
    offers_b, wants_b = zip(*b, strict=True) if b else ((), ())
    to_a, to_b = _Overlap(wants_a, offers_b), _Overlap(offers_a, wants_b)
    wished_a, wished_b = np.maximum(to_a.sizes_a, 1), np.maximum(to_b.sizes_b, 1)

    def rule(rows):
        met_a = _or_half(to_a.common(rows), to_a.missing[rows], wished_a[rows])
        met_b = _or_half(to_b.common(rows), to_b.missing[rows], wished_b)
        met_a *= wished_b
        met_b *= wished_a[rows]
        met_a += met_b
        met_a *= 50
        return _half_up(met_a, wished_a[rows] * wished_b)

    return _in_blocks(rule, to_a.missing.shape), to_a.missing | to_b.missing


def _or_half(met, missing, wished):
    np.copyto(met, wished / 2, where=missing)
    return met


def _closeness(a, b):
    levels_a = np.array([level or 0 for level in a])[:, None]
    levels_b = np.array([level or 0 for level in b])[None, :]
    missing = (levels_a == 0) | (levels_b == 0)
    return np.where(missing, MISSING, 100 - 25 * np.abs(levels_a - levels_b)).astype(np.int16), missing


_CRITERIA = {
    "directorate": (lambda person: person.directorates, _shared_any),
    "site": (lambda person: person.sites, _shared_any),
    "days": (lambda person: person.days, _share_of_smaller),
    "wishes": (lambda person: (person.offers, person.wants), _wishes),
    "interests": (lambda person: person.interests, _share_of_union),
    "theme": (lambda person: person.themes, _shared_any),
    "seniority": (lambda person: person.level, _closeness),
}
