"""Trios, after the solve: somebody left over joins a pair and shares the partner from the other side."""

from dataclasses import dataclass

import numpy as np

from pairs.matching.solving import optimise
from pairs.matching.stages import Level


@dataclass(frozen=True)
class TrioProposal:
    """``newcomer`` (key) joins the pair ``a``, ``b``; T and S are those of the weaker of the two links.

    The links are the pair itself and the newcomer with the member of the other side. The lead confirms each.
    """

    newcomer: str
    a: str
    b: str
    total: int
    score: int
    words: str


def trios(table, solution):
    """The best TrioProposals: most people placed, then the greatest sum of the weaker links' T.

    A pair takes at most one newcomer, and no rule but *opposite sides* is broken between any two of the
    three, so a pair that is itself locked against a rule takes nobody.
    """
    newcomers = solution.left_over
    pairs = [cell for pair in solution.pairs if table.allowed[cell := table.cell(*pair)]]
    if not newcomers or not pairs:
        return ()
    links = np.zeros((len(newcomers), len(pairs)), dtype=np.int16)
    possible = np.zeros(links.shape, dtype=bool)
    own = np.array([table.totals[cell] for cell in pairs])
    rows, columns = np.array(pairs).T
    for n, key in enumerate(newcomers):
        side, place = table.place(key)
        cells = (place, columns) if side == "a" else (rows, place)
        links[n] = np.minimum(own, table.totals[cells])
        possible[n] = table.allowed[cells]
    _rule_out(table, newcomers, pairs, possible)
    size = max(links.shape)
    wanted = (Level("placed", possible, 1), Level("total", links * possible, 100 * table.weight_sum))
    chosen, _ = optimise(wanted, size, proven=False)
    return tuple(
        _proposal(table, key, pairs[chosen[n]], int(links[n, chosen[n]]))
        for n, key in enumerate(newcomers)
        if chosen[n] < len(pairs) and possible[n, chosen[n]]
    )


def _rule_out(table, newcomers, pairs, possible):
    """A bar between a newcomer and the member of the same side; weeks follow from the other two links."""
    row_of = {key: n for n, key in enumerate(newcomers)}
    column_of = {key: m for m, (i, j) in enumerate(pairs) for key in (table.a[i].key, table.b[j].key)}
    for bar in table.problem.bars:
        for one, other in ((bar.a, bar.b), (bar.b, bar.a)):
            if one in row_of and other in column_of:
                possible[row_of[one], column_of[other]] = False


def _proposal(table, key, cell, total):
    a, b = table.a[cell[0]].key, table.b[cell[1]].key
    score = table.score(total)
    words = (
        f"{table.names[key]} could join {table.names[a]} and {table.names[b]}; "
        f"the weaker of the two links scores {score} of 100."
    )
    return TrioProposal(key, a, b, total, score, words)
