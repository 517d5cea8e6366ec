"""Solving: the best pairs under an aim, with the proof that no others are better.

``scipy.optimize.linear_sum_assignment`` (shortest augmenting paths, Crouse 2016) solves each stage; the stages,
and why their costs are exact, are explained in ``stages``. ``import scipy`` loads its optimize
package only when it is first asked for, so that starting the web application does not wait for it.
"""

from importlib.metadata import version

import numpy as np
import scipy

from pairs.matching.locks import locked_cells
from pairs.matching.potentials import potentials
from pairs.matching.problem import AIMS
from pairs.matching.refusals import ProblemRefused
from pairs.matching.solution import Proof, Solution, Stage, chosen_cells, left_over, objective, pairings
from pairs.matching.stages import Level, free_field, grouped, levels, stage_cost

VERSIONS = (("matching", "1"), ("numpy", version("numpy")), ("scipy", version("scipy")))


def solve(table, aim, *, proven=True):
    """The best pairs under one of AIMS, the lead's locks held, with a proof for each stage.

    With ``proven=False`` the proof holds no stages, which saves the time of the last potentials.
    Raises LockBreaksRule, LockedTwice, ProblemRefused.
    """
    if aim not in AIMS:
        raise ProblemRefused("Choose one of the aims: " + ", ".join(AIMS) + ".")
    locked = locked_cells(table, table.problem.locks)
    field = free_field(table, locked)
    assignment, proofs = optimise(levels(aim, field), field.size, proven=proven)
    found = pairings(table, locked, chosen_cells(field, assignment))
    return Solution(
        aim=aim,
        seed=table.problem.seed,
        pairings=found,
        left_over=left_over(table, found),
        objective=objective(found),
        proof=Proof(
            rows=tuple(table.a[i].key for i in field.rows.tolist()),
            columns=tuple(table.b[j].key for j in field.columns.tolist()),
            assignment=tuple(assignment.tolist()),
            stages=proofs,
        ),
        versions=VERSIONS,
    )


def resolve(table, aim, *, locked, keep=(), placed=None):
    """The Pairings of another solve, without proof: with these Locked cells, or with somebody surely placed.

    Among equally good answers the one that keeps most of the cells ``keep`` (pairs (i, j)) is taken, so that
    nobody is said to change who need not. ``placed`` is (side, index) of somebody who must not be left over.
    """
    field = free_field(table, locked)
    kept = np.zeros((len(table.a), len(table.b)), dtype=bool)
    for i, j in keep:
        kept[i, j] = True
    kept = kept[np.ix_(field.rows, field.columns)] & field.allowed
    cells = None if placed is None else _surely_placed(field, placed)
    wanted = (*levels(aim, field), Level("kept", kept, 1))
    assignment, _ = optimise(wanted, field.size, cells=cells, proven=False)
    return pairings(table, locked, chosen_cells(field, assignment))


def optimise(wanted, size, *, cells=None, proven=True):
    """(columns of the rows, Stages) of the best assignment, level by level; see ``stages``.

    ``cells`` is a bool array (size, size) of usable cells, None for all; it must hold a permutation. With
    ``proven=False`` the potentials of the last stage are not computed and no Stages are given.
    """
    stages = grouped(wanted, size)
    proofs = []
    for number, stage in enumerate(stages, start=1):
        cost = stage_cost(stage, size)
        if cells is not None:
            cost[~cells] = np.inf
        columns = assign(cost)
        if not proven and number == len(stages):
            break
        u, v = potentials(cost, columns)
        if number < len(stages):
            cells = cost - u[:, None] == v
        if proven:
            proofs.append(
                Stage(
                    levels=tuple(level.name for level in stage),
                    cost=int(cost[np.arange(size), columns].sum()),
                    u=tuple(map(int, u.tolist())),
                    v=tuple(map(int, v.tolist())),
                )
            )
    return columns, tuple(proofs)


def assign(cost):
    """The column of each row in an assignment of least cost; float64 (n, n), inf where unusable."""
    return scipy.optimize.linear_sum_assignment(cost)[1]


def _surely_placed(field, placed):
    """Usable cells when (side, index) must be paired: his or her line is cut to the allowed partners."""
    side, index = placed
    cells = np.ones((field.size, field.size), dtype=bool)
    if side == "a":
        row = int(np.searchsorted(field.rows, index))
        cells[row] = False
        cells[row, : len(field.columns)] = field.allowed[row]
    else:
        column = int(np.searchsorted(field.columns, index))
        cells[:, column] = False
        cells[: len(field.rows), column] = field.allowed[:, column]
    return cells
