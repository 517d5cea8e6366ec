"""The aims as integer costs: lexicographic levels, packed into as few linear assignments as stay exact.

An aim is a list of *levels*, each to be maximised among the best of the levels before it. Sums over a level
lie in a range shorter than its radix R = n * greatest + 1, so that several levels become one integer cost,
like the digits of a number in mixed radix: a better sum of an earlier level outweighs everything after it.
Levels join one *stage* as long as n**2 * greatest |cost| < 2**53, which bounds the sum of |cost| over all
cells: every sum that a solver in double precision can form is then an exact integer. What does not fit starts
a new stage, which may use only the *tight* cells of the stage before (u_i + v_j = c_ij): by complementary
slackness the assignments inside the tight cells are exactly the best ones of that stage.

Fairest: with the number of pairs equal, maximising the sorted vector of bands from the worst upwards is the
same as making the number of pairs in band 0 least, then in band 1, and so on, since the first difference of
two sorted vectors is where the counts first differ. Locked pairs add the same bands to both, and change
nothing. (Lexicographic bottleneck assignment: Burkard and Rendl 1991; leximin: Sen 1970.)

The matrix is square, n = max(rows, columns), by dummies that stand for "nobody". A forbidden cell, like a
dummy's, means that both are left over; it gains 0 on each level. Each matching extends to a permutation by
such cells, so no big number is needed to keep them out: they are never worse than what they stand for.
Every level of an allowed cell together gains more than 0, so the best permutation never hides a pair.
"""

from dataclasses import dataclass

import numpy as np

from pairs.matching.table import score

EXACT = 2**53
BEST_BAND = 10
BLOCK = 64


@dataclass(frozen=True, eq=False)
class Field:
    """What is left to solve when the locked people are out.

    ``rows`` and ``columns`` are indices into the drawn order; ``totals`` (int16) and ``allowed`` (bool) have
    shape (rows, columns); ``greatest`` is the largest T that can occur; ``weight_sum`` as in Table.
    """

    rows: np.ndarray
    columns: np.ndarray
    totals: np.ndarray
    allowed: np.ndarray
    weight_sum: int

    @property
    def size(self):
        """n, the side of the padded square."""
        return max(len(self.rows), len(self.columns))


@dataclass(frozen=True, eq=False)
class Level:
    """One thing to maximise: its gains over the real cells, 0 where forbidden, and a bound on their size."""

    name: str
    gains: np.ndarray
    greatest: int


def free_field(table, locked):
    """The Field of a table without the rows and columns of the locked cells."""
    rows = np.setdiff1d(np.arange(len(table.a)), [cell.i for cell in locked])
    columns = np.setdiff1d(np.arange(len(table.b)), [cell.j for cell in locked])
    totals, allowed = table.totals, table.allowed
    if locked:
        totals, allowed = totals[np.ix_(rows, columns)], allowed[np.ix_(rows, columns)]
    return Field(rows, columns, totals, allowed, table.weight_sum)


def levels(aim, field):
    """The levels of an aim ("everyone", "total" or "fairest"), most important first."""
    pairs = Level("pairs", field.allowed, 1)
    total = Level("total", field.totals * field.allowed, 100 * field.weight_sum)
    if aim == "everyone":
        return (pairs, total)
    if aim == "total":
        return (total, pairs)
    bands = np.where(field.allowed, score(field.totals, field.weight_sum) // 10, -1).astype(np.int8)
    found = [band for band in range(BEST_BAND + 1) if (bands == band).any()]
    return (pairs, *(Level(f"band {band}", -(bands == band).astype(np.int8), 1) for band in found), total)


def grouped(wanted, size):
    """The levels as stages: a tuple of tuples, each within the exact range of doubles."""
    stages: list[tuple[Level, ...]] = []
    stage: tuple[Level, ...] = ()
    for level in wanted:
        if stage and not _exact((*stage, level), size):
            stages.append(stage)
            stage = ()
        stage = (*stage, level)
    stages.append(stage)
    if not all(_exact(stage, size) for stage in stages):
        raise OverflowError(f"{size} people a side are too many for exact costs.")
    return tuple(stages)


def stage_cost(stage, size, *, dtype=np.float64):
    """The integer costs of one stage, to be minimised: array of shape (size, size)."""
    cost = np.zeros((size, size), dtype=dtype)
    for start in range(0, size, BLOCK):
        factor = 1
        for level in reversed(stage):
            gains = level.gains[start : start + BLOCK]
            rows, columns = gains.shape
            cost[start : start + rows, :columns] -= np.multiply(gains, factor, dtype=dtype)
            factor *= size * level.greatest + 1
    return cost


def _exact(stage, size):
    bound, factor = 0, 1
    for level in reversed(stage):
        bound += factor * level.greatest
        factor *= size * level.greatest + 1
    return size * size * bound < EXACT
