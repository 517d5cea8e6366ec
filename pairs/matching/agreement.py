"""How well two people agree on one criterion: an integer g from 0 to 100 for each pair.

People with the same answer agree the same, so g is computed once for each pair of *distinct* answers
(a small table) and then spread over the people by index. All fractions are kept exact and rounded once, at
the end, halves up: g = floor((2 * numerator + denominator) / (2 * denominator)). The numerators and
denominators are small integers held in float64, whose quotient of integers below 2**40 has the right floor:
a quotient up to 100 that is not whole lies at least 1/denominator below the next integer, far more than one
unit in the last place.
"""

from dataclasses import dataclass

import numpy as np

MISSING = 50


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
    places = {}
    index = [places.setdefault(answer(person), len(places)) for person in people]
    return np.array(index, dtype=np.intp), list(places)


def _chosen(values):
    return tuple(sorted(set(values)))


def _membership(answers, vocabulary):
    """float32 of shape (answers, vocabulary), 1 where the answer names the word."""
    matrix = np.zeros((len(answers), len(vocabulary)), dtype=np.float32)
    for row, answer in enumerate(answers):
        matrix[row, [vocabulary[value] for value in answer]] = 1
    return matrix


def _common(a, b):
    """(number of values in common, float64 (a, b); sizes of a; sizes of b)."""
    vocabulary = {}
    for answer in (*a, *b):
        for value in answer:
            vocabulary.setdefault(value, len(vocabulary))
    counts = _membership(a, vocabulary) @ _membership(b, vocabulary).T
    return counts.astype(np.float64), _sizes(a)[:, None], _sizes(b)[None, :]


def _sizes(answers):
    return np.array([len(answer) for answer in answers], dtype=np.float64)


def _half_up(numerator, denominator):
    """floor(numerator / denominator + 1/2) for float arrays of integers, as int16."""
    numerator = 2 * numerator
    numerator += denominator
    numerator /= 2 * denominator
    return np.floor(numerator, out=numerator).astype(np.int16)


def _settled(grid, sizes_a, sizes_b):
    """Where either side gave no answer, g is MISSING."""
    missing = (sizes_a == 0) | (sizes_b == 0)
    grid[missing] = MISSING
    return grid, missing


def _shared_any(a, b):
    common, sizes_a, sizes_b = _common(a, b)
    return _settled(np.where(common > 0, 100, 0).astype(np.int16), sizes_a, sizes_b)


def _share_of_smaller(a, b):
    common, sizes_a, sizes_b = _common(a, b)
    return _settled(_half_up(100 * common, np.maximum(np.minimum(sizes_a, sizes_b), 1)), sizes_a, sizes_b)


def _share_of_union(a, b):
    common, sizes_a, sizes_b = _common(a, b)
    return _settled(_half_up(100 * common, np.maximum(sizes_a + sizes_b - common, 1)), sizes_a, sizes_b)


def _wishes(a, b):
    """Mean of two directions met / wished; a direction with a missing list is one half. Rounded once.

    g = (met_a / wished_a + met_b / wished_b) * 50 = 50 (met_a wished_b + met_b wished_a) / (wished_a wished_b).
    """
    offers_a, wants_a = zip(*a, strict=True) if a else ((), ())
    offers_b, wants_b = zip(*b, strict=True) if b else ((), ())
    met_a, wished_a, offered_b = _common(wants_a, offers_b)
    met_b, offered_a, wished_b = _common(offers_a, wants_b)
    missing = (wished_a == 0) | (offered_b == 0) | (offered_a == 0) | (wished_b == 0)
    met_a = _half_where_missing(met_a, wished_a, offered_b)
    met_b = _half_where_missing(met_b, wished_b, offered_a)
    wished_a, wished_b = np.maximum(wished_a, 1), np.maximum(wished_b, 1)
    met_a *= wished_b
    met_b *= wished_a
    met_a += met_b
    met_a *= 50
    return _half_up(met_a, wished_a * wished_b), missing


def _half_where_missing(met, wished, offered):
    half = np.broadcast_to(np.maximum(wished, 1) / 2, met.shape)
    return np.where((wished == 0) | (offered == 0), half, met)


def _closeness(a, b):
    levels_a = np.array([level or 0 for level in a])[:, None]
    levels_b = np.array([level or 0 for level in b])[None, :]
    return _settled((100 - 25 * np.abs(levels_a - levels_b)).astype(np.int16), levels_a, levels_b)


_CRITERIA = {
    "directorate": (lambda person: _chosen(person.directorates), _shared_any),
    "site": (lambda person: _chosen(person.sites), _shared_any),
    "days": (lambda person: _chosen(person.days), _share_of_smaller),
    "wishes": (lambda person: (_chosen(person.offers), _chosen(person.wants)), _wishes),
    "interests": (lambda person: _chosen(person.interests), _share_of_union),
    "theme": (lambda person: _chosen(person.themes), _shared_any),
    "seniority": (lambda person: person.level, _closeness),
}
