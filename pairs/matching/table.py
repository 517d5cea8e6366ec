"""From the problem to integer matrices: T, S and E over the drawn order of both sides."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pairs.matching.agreement import Agreement, agreement
from pairs.matching.drawing import drawn
from pairs.matching.problem import CRITERIA, Person, Problem
from pairs.matching.refusals import UnknownPerson
from pairs.matching.rules import allowed, broken, broken_by_code

UNWEIGHTED = 50


@dataclass(frozen=True, eq=False)
class Table:
    """The prepared problem.

    ``a`` and ``b`` are the people in drawn order; ``names`` calls each key so that no two sound alike;
    ``totals`` is T, int16 of shape (a, b), in weighted points
    0..100*weight_sum; ``allowed`` is E, bool of the same shape; ``agreements`` has g for each criterion.
    """

    problem: Problem
    a: tuple[Person, ...]
    b: tuple[Person, ...]
    places: Mapping[str, tuple[str, int]]
    names: Mapping[str, str]
    agreements: Mapping[str, Agreement]
    totals: np.ndarray
    allowed: np.ndarray
    weight_sum: int

    def person(self, key):
        """The Person of a key; raises UnknownPerson."""
        side, place = self.place(key)
        return (self.a if side == "a" else self.b)[place]

    def place(self, key):
        """(side, index in drawn order) of a key; raises UnknownPerson."""
        if key not in self.places:
            raise UnknownPerson(f"Nobody in this cohort has the key {key}.")
        return self.places[key]

    def cell(self, one, other):
        """(i, j) of two people of opposite sides given in either order; None when both are on one side."""
        (side, place), (other_side, other_place) = self.place(one), self.place(other)
        if side == other_side:
            return None
        return (place, other_place) if side == "a" else (other_place, place)

    def score(self, total):
        """S of a total T: T / weight_sum, halves up, 0..100; 50 when nothing is weighted."""
        return score(total, self.weight_sum)


def prepare(problem):
    """The Table of a problem. One pass of numpy for each criterion that weighs something."""
    people = drawn(problem.people, seed=problem.seed)
    a = tuple(person for person in people if person.side == "a")
    b = tuple(person for person in people if person.side == "b")
    agreements = {criterion: agreement(criterion, a, b) for criterion in CRITERIA}
    places = {person.key: ("a", i) for i, person in enumerate(a)}
    places |= {person.key: ("b", j) for j, person in enumerate(b)}
    return Table(
        problem=problem,
        a=a,
        b=b,
        places=places,
        names=_names(people),
        agreements=agreements,
        totals=_totals(agreements, problem.weights, (len(a), len(b))),
        allowed=allowed(a, b, problem),
        weight_sum=sum(abs(weight) for weight in problem.weights.values()),
    )


def contribution(weight, g):
    """|w| h: h is g, or 100 - g when the weight is negative (prefer different). Works on arrays too."""
    return weight * g if weight >= 0 else -weight * (100 - g)


def score(total, weight_sum):
    """S: total / weight_sum with halves up; UNWEIGHTED when the weights are all 0. Works on int arrays too."""
    if weight_sum == 0:
        return total * 0 + UNWEIGHTED
    return (2 * total + weight_sum) // (2 * weight_sum)


def refusal(table, one, other):
    """The hard rules in words that forbid these two as a pair; empty when they are allowed."""
    return broken(table.person(one), table.person(other), table.problem, names=table.names)


def forbidding(table, one, other):
    """The codes of the hard rules that forbid these two, as a frozenset; empty when they are allowed."""
    cell = table.cell(one, other)
    if cell is not None and table.allowed[cell]:
        return frozenset()
    found = broken_by_code(table.person(one), table.person(other), table.problem, names=table.names)
    return frozenset(code for code, _ in found)


def _names(people):
    """The name of each key; people of the same name are told apart by their e-mail."""
    shared = Counter(person.name.casefold() for person in people)
    return {
        person.key: person.name if shared[person.name.casefold()] == 1 else f"{person.name} ({person.email})"
        for person in people
    }


def _totals(agreements, weights, shape):
    totals = np.zeros(shape, dtype=np.int16)
    for criterion, found in agreements.items():
        weight = weights[criterion]
        if weight:
            totals += found.spread(contribution(weight, found.grid).astype(np.int16))
    return totals
