"""The checker: verifies a kept solution from the problem alone, without any solver.

Everything is computed again: people in drawn order, E, T, bands, costs. Weak duality does the rest: when
u_i + v_j <= c_ij in every usable cell, each assignment costs at least sum u + sum v; one that costs exactly
that is the best (Kuhn 1955). With several stages the second may use only the tight cells of the first, which
hold all the best assignments of the first, and so on.
"""

from dataclasses import dataclass

import numpy as np

from pairs.matching.locks import locked_cells
from pairs.matching.problem import AIMS
from pairs.matching.refusals import ProofRefused
from pairs.matching.solution import chosen_cells, left_over, objective, pairings
from pairs.matching.stages import EXACT, free_field, grouped, levels, stage_cost
from pairs.matching.table import prepare

_PROVED = {
    "everyone": "no other way of pairing leaves fewer people without a partner, "
    "and none with as many pairs has a higher total",
    "total": "no other way of pairing has a higher total, and none with the same total has more pairs",
    "fairest": "no other way of pairing leaves fewer people without a partner; none with as many pairs treats "
    "the worst-off pairs better, band of ten points by band; and none that equals it so far has a higher total",
}


@dataclass(frozen=True)
class Verified:
    """A solution that was checked: under which aim, in how many stages, and what that means in words."""

    aim: str
    stages: int
    words: str


def check(problem, solution):
    """Verify a Solution against its Problem. Raises ProofRefused, or the problem's own MatchingError."""
    if solution.aim not in AIMS or solution.seed != problem.seed:
        raise ProofRefused("The solution belongs to another aim or another draw.")
    table = prepare(problem)
    locked = locked_cells(table, problem.locks)
    field = free_field(table, locked)
    columns = _permutation(table, field, solution.proof)
    found = pairings(table, locked, chosen_cells(field, columns))
    if found != solution.pairings or left_over(table, found) != solution.left_over:
        raise ProofRefused("The pairs and their scores are not those of the assignment.")
    if objective(found) != solution.objective:
        raise ProofRefused("The figures are not those of the pairs.")
    _check_stages(grouped(levels(solution.aim, field), field.size), field.size, columns, solution.proof.stages)
    return Verified(solution.aim, len(solution.proof.stages), _words(solution, locked))


def _permutation(table, field, proof):
    rows = tuple(table.a[i].key for i in field.rows.tolist())
    columns = tuple(table.b[j].key for j in field.columns.tolist())
    if (proof.rows, proof.columns) != (rows, columns):
        raise ProofRefused("The proof is about other people, or about another drawn order.")
    if sorted(_integers(proof.assignment, field.size).tolist()) != list(range(field.size)):
        raise ProofRefused("The assignment gives somebody two partners.")
    return np.array(proof.assignment, dtype=np.intp)


def _check_stages(expected, size, columns, stages):
    if tuple(tuple(level.name for level in stage) for stage in expected) != tuple(s.levels for s in stages):
        raise ProofRefused("The proof has other stages than the aim.")
    usable = np.ones((size, size), dtype=bool)
    rows = np.arange(size)
    for number, (levels_, stage) in enumerate(zip(expected, stages, strict=True), start=1):
        cost = stage_cost(levels_, size, dtype=np.int64)
        slack = cost - _integers(stage.u, size)[:, None] - _integers(stage.v, size)[None, :]
        if (slack[usable] < 0).any():
            raise ProofRefused(f"Stage {number}: two potentials together exceed a cost.")
        paid = int(cost[rows, columns].sum())
        if type(stage.cost) is not int or paid != stage.cost:
            raise ProofRefused(f"Stage {number}: the stored cost is not that of the assignment.")
        if sum(stage.u) + sum(stage.v) != paid:
            raise ProofRefused(f"Stage {number}: the potentials do not add up to the cost.")
        # The assignment itself stays usable: no slack below 0 on it, and none in sum, is no slack at all.
        usable &= slack == 0


def _integers(values, size):
    if (
        not isinstance(values, tuple)
        or len(values) != size
        or not all(type(value) is int and abs(value) < EXACT for value in values)
    ):
        raise ProofRefused("The proof must hold one whole number for each row and each column.")
    return np.array(values, dtype=np.int64)


def _words(solution, locked):
    held = f", with {len(locked)} locked as you asked" if locked else ""
    return (
        f"It was proved that {_PROVED[solution.aim]}{held}. The check recomputed every score from the "
        "applications and did not use the program that found the pairs."
    )
