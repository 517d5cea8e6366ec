"""Tests of counts of people in tables.

McNemar, Q. (1947), *Psychometrika* 12:153-157, in its exact form, for the same people asked twice; Fisher's exact test
and Pearson's chi-square without correction for different people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, chdtrc, gammaln

from evaluation.statistics.refusals import NotAShare


@dataclass(frozen=True)
class ChiSquare:
    """Pearson's statistic with its degrees of freedom and p. None where a row or column is empty."""

    statistic: float | None
    freedom: int
    p: float | None


def mcnemar(first: int, second: int) -> float:
    """p, two-sided, of the people who said yes only the first or only the second time. Raises NotAShare."""
    if min(first, second) < 0:
        raise NotAShare("A count of people is negative.")
    return min(1.0, 2 * float(bdtr(min(first, second), first + second, 0.5))) if first + second else 1.0


def fisher(table: Sequence[Sequence[int]]) -> float:
    """p, two-sided, of a 2 x 2 table: all tables of its margins that are no likelier. Raises NotAShare."""
    (a, b), (c, d) = _counts(table).tolist()
    row, column, whole = a + b, a + c, a + b + c + d
    cells = np.arange(max(0, row + column - whole), min(row, column) + 1)
    logs = _log_ways(row, cells) + _log_ways(whole - row, column - cells)
    likely = np.exp(logs - logs.max())
    # A table that is as likely as ours counts although its last digits differ.
    return min(1.0, float(likely[likely <= likely[a - cells[0]] * (1 + 1e-7)].sum() / likely.sum()))


def chi_square(table: Sequence[Sequence[int]]) -> ChiSquare:
    """Pearson's test of groups (rows) by answers (columns), without correction. Raises NotAShare."""
    seen = _counts(table)
    rows, columns, freedom = seen.sum(axis=1), seen.sum(axis=0), (seen.shape[0] - 1) * (seen.shape[1] - 1)
    if not rows.all() or not columns.all() or not freedom:
        return ChiSquare(None, freedom, None)
    due = np.outer(rows, columns) / seen.sum()
    statistic = float(((seen - due) ** 2 / due).sum())
    return ChiSquare(statistic, freedom, float(chdtrc(freedom, statistic)))


def _counts(table: Sequence[Sequence[int]]) -> np.ndarray:
    seen = np.array(table, dtype=np.int64)
    if seen.ndim != 2 or (seen < 0).any():
        raise NotAShare("A table has rows of equal length, and no count in it is negative.")
    return seen


def _log_ways(people: int, chosen: np.ndarray) -> np.ndarray:
    """The logarithm of the number of ways to choose."""
    return np.asarray(gammaln(people + 1) - gammaln(chosen + 1) - gammaln(people - chosen + 1))
