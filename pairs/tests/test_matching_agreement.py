"""Scores: each criterion, the rounding, the weights, against fractions worked out one pair at a time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs import matching
from pairs.matching.explaining import shares
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import NOTHING, problem, problems, someone


@given(problems(locks=False))
def test_every_score_and_rule_equals_the_fractions(asked):
    table = matching.prepare(asked)
    for i, a in enumerate(table.a):
        for j, b in enumerate(table.b):
            assert table.totals[i, j] == oracle.total(asked, a, b)
            assert table.score(int(table.totals[i, j])) == oracle.score(asked, a, b)
            assert bool(table.allowed[i, j]) == oracle.allowed(asked, a, b)
            for criterion in matching.CRITERIA:
                assert table.agreements[criterion].between(i, j)[0] == oracle.g(criterion, a, b)


@pytest.mark.parametrize(
    ("criterion", "a", "b", "g"),
    [
        ("directorate", {"directorates": ("x",)}, {"directorates": ("x", "y")}, 100),
        ("directorate", {"directorates": ("x",)}, {"directorates": ("y",)}, 0),
        ("site", {"sites": ("x",)}, {}, 50),
        ("days", {"days": (0, 1, 2)}, {"days": (1, 2, 3, 4)}, 67),
        ("days", {"days": ()}, {"days": (1,)}, 50),
        ("wishes", {"wants": ("k", "l"), "offers": ("m",)}, {"offers": ("k",), "wants": ("m",)}, 75),
        ("wishes", {"wants": tuple("klmn"), "offers": ("q",)}, {"offers": ("k",), "wants": ("p",)}, 13),
        ("wishes", {"wants": ("k",), "offers": ()}, {"offers": ("k",), "wants": ("m",)}, 75),
        ("wishes", {}, {}, 50),
        ("interests", {"interests": tuple("pqrstuvw")}, {"interests": ("p",)}, 13),
        ("interests", {"interests": ("p",)}, {"interests": ()}, 50),
        ("theme", {"themes": ("t",)}, {"themes": ("t",)}, 100),
        ("seniority", {"level": 1}, {"level": 5}, 0),
        ("seniority", {"level": 2}, {"level": 3}, 75),
        ("seniority", {"level": None}, {"level": 3}, 50),
    ],
)
def test_one_criterion_by_hand(criterion, a, b, g):
    """12.5 becomes 13 and 66.67 becomes 67: one rounding, halves up."""
    table = matching.prepare(problem([someone("a", **a), someone("b", **b)], weights=NOTHING | {criterion: 1}))
    assert int(table.totals[0, 0]) == g
    assert matching.explain(table, "a", "b").score == g


def test_long_lists_stay_exact():
    """Lists beyond one machine word and beyond the exact range of single precision; a value twice counts once."""
    people = [
        someone(
            f"{side}{number}",
            wants=tuple(f"{side}{k}" for k in range(181 + number)),
            offers=tuple(f"{other}{k}" for k in range(0, 300, 2 + number)) * 2,
            interests=tuple(f"i{k}" for k in range(number, 140, 1 + number)),
        )
        for side, other in ("ab", "ba")
        for number in range(4)
    ]
    asked = problem(people, weights=NOTHING | {"wishes": 3, "interests": 2})
    table = matching.prepare(asked)
    for i, a in enumerate(table.a):
        for j, b in enumerate(table.b):
            assert table.totals[i, j] == oracle.total(asked, a, b)


def test_minus_prefers_different():
    people = [someone("a", sites=("x",)), someone("b1", sites=("x",)), someone("b2", sites=("y",))]
    table = matching.prepare(problem(people, weights=NOTHING | {"site": -2}))
    assert {p.key: int(table.totals[0, j]) for j, p in enumerate(table.b)} == {"b1": 0, "b2": 200}


@pytest.mark.parametrize("weights", [{"days": -1}, {"site": 4}, {"theme": True}, {"wishes": 1.0}])
def test_a_weight_out_of_range_is_refused(weights):
    with pytest.raises(matching.ProblemRefused, match=next(iter(weights))):
        problem([], weights=NOTHING | weights)


def test_a_missing_or_unknown_criterion_is_refused():
    with pytest.raises(matching.ProblemRefused, match="Give a weight"):
        problem([], weights={"site": 1})


@given(st.lists(st.integers(0, 300), min_size=1, max_size=7), st.integers(1, 21))
def test_shares_by_largest_remainder_add_up_and_stay_near(amounts, divisor):
    total = oracle.half_up(Fraction(sum(amounts), divisor))
    parts = shares(amounts, total, divisor)
    assert sum(parts) == total
    assert all(abs(part - Fraction(amount, divisor)) < 1 for part, amount in zip(parts, amounts, strict=True))


def test_shares_give_the_point_to_the_largest_remainder():
    assert shares([27, 26, 27], 8, 10) == [3, 2, 3]
    assert shares([25, 25, 25, 25], 10, 10) == [3, 3, 2, 2]
