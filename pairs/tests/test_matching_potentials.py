"""Dual potentials: feasible everywhere, tight on the assignment, and only for an assignment that is the best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.matching.potentials import potentials
from pairs.matching.solving import assign


@st.composite
def costs(draw):
    """Square integer costs, some unusable, with at least one assignment."""
    size = draw(st.integers(1, 8))
    numbers = st.one_of(st.integers(-3, 3), st.integers(-(10**6), 10**6))
    rows = st.lists(numbers, min_size=size, max_size=size)
    cost = np.array(draw(st.lists(rows, min_size=size, max_size=size)), dtype=np.float64)
    flags = st.lists(st.booleans(), min_size=size, max_size=size)
    unusable = np.array(draw(st.lists(flags, min_size=size, max_size=size)))
    unusable[np.arange(size), draw(st.permutations(range(size)))] = False
    cost[unusable] = np.inf
    return cost


@given(costs())
def test_potentials_prove_the_assignment(cost):
    columns = assign(cost)
    u, v = potentials(cost, columns)
    assert (u[:, None] + v <= cost).all()
    assert u.sum() + v.sum() == cost[np.arange(len(cost)), columns].sum()
    assert (u == np.round(u)).all()
    assert (v == np.round(v)).all()


def test_an_assignment_that_is_not_the_best_has_none():
    cost = np.array([[0.0, 1, 5], [1, 0, 5], [5, 5, 0]])
    with pytest.raises(ArithmeticError, match="not optimal"):
        potentials(cost, np.array([1, 0, 2]))
