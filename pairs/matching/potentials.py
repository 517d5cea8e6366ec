"""Dual potentials of an optimal assignment, recovered from the assignment alone.

With the columns in the order of their rows, the residual graph has an arc i -> j of length
c[i, p(j)] - c[i, p(i)]; the assignment is optimal exactly when this graph has no negative cycle (Kuhn 1955;
Munkres 1957; for the solver see Crouse 2016). Then the shortest distances y from a virtual source give
v[p(j)] = y[j] and u[i] = c[i, p(i)] - y[i] with u[i] + v[j] <= c[i, j] everywhere and equality on the
assignment, so that the sum of all potentials is the cost. Distances are found by label correcting (Bellman
1958; Ford 1956): only rows whose own distance fell are looked at again, smallest first.
"""

import numpy as np


def potentials(cost, columns):
    """(u, v) as float64 arrays of integers, of an optimal assignment.

    ``cost`` is float64 (n, n) of integers, inf where a cell may not be used; ``columns[i]`` is the column of
    row i. Memory n**2. Raises ArithmeticError when the assignment is not optimal.
    """
    size = len(columns)
    own = cost[np.arange(size), columns]
    arcs = cost[:, columns]
    arcs -= own[:, None]
    distance = np.zeros(size)
    waiting = np.ones(size, dtype=bool)
    reached, shorter = np.empty(size), np.empty(size, dtype=bool)
    for _ in range(size + 1):
        rows = np.flatnonzero(waiting)
        if not len(rows):
            break
        for row in rows[np.argsort(distance[rows], kind="stable")]:
            if waiting[row]:
                waiting[row] = False
                np.add(arcs[row], distance[row], out=reached)
                np.less(reached, distance, out=shorter)
                if shorter.any():
                    waiting |= shorter
                    np.minimum(distance, reached, out=distance)
    else:
        if waiting.any():
            raise ArithmeticError("The assignment is not optimal: it has no potentials.")
    v = np.empty(size)
    v[columns] = distance
    return own - distance, v
