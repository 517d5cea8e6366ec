"""The lead's hand: swaps, three aims side by side, kept runs."""

import json
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import barred, by_levels, problem, problems, someone


def test_a_swap_shows_scores_totals_and_broken_rules():
    asked = by_levels([1, 3], [1, 3], bars=barred(("a0", "b1")))
    table = matching.prepare(asked)
    pairs = (("a0", "b0"), ("a1", "b1"))
    cost = matching.swap_cost(table, pairs, *pairs)
    assert cost.old == (("a0", "b0", 100), ("a1", "b1", 100))
    assert cost.new == (("a0", "b1", 50), ("a1", "b0", 50))
    assert (cost.before.total, cost.after.total, cost.total_change) == (200, 100, -100)
    assert (cost.after.bands, cost.after.worst) == ((5, 5), 50)
    assert cost.rules == ("a0 and b1 are kept apart",)


def test_somebody_who_waits_may_be_swapped_in():
    table = matching.prepare(by_levels([1, 2], [1]))
    cost = matching.swap_cost(table, [("a0", "b0")], ("a0", "b0"), ("a1", None))
    assert (cost.new, cost.waiting, cost.total_change) == ((("a1", "b0", 75),), ("a0",), -25)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a0", "b1"), ("a1", "b1")),
        (("a0", "b0"), ("a0", "b0")),
        (("a0", "b0"), ("a1", None)),
        (("a0", "b0"), (None, "a2")),
        (("a0", "b0"), ("b2", None)),
        (("a0", "b0"), (None, None)),
    ],
)
def test_a_swap_that_makes_no_sense_is_refused(first, second):
    table = matching.prepare(by_levels([1, 1, 1], [1, 1, 1]))
    with pytest.raises(matching.MatchingError):
        matching.swap_cost(table, [("a0", "b0"), ("a1", "b1")], first, second)


@given(problems(most=4))
def test_the_figures_of_a_swap_are_those_of_the_pairs(asked):
    table = matching.prepare(asked)
    people = {person.key: person for person in asked.people}
    solution = matching.solve(table, "everyone")
    if len(solution.pairs) < 2:
        return
    first, second = solution.pairs[:2]
    cost = matching.swap_cost(table, solution.pairs, first, second)
    after = [*solution.pairs[2:], (first[0], second[1]), (second[0], first[1])]
    for figures, pairs in ((cost.before, solution.pairs), (cost.after, after)):
        expected = oracle.ordered(asked, "fairest", [(people[a], people[b]) for a, b in pairs])
        assert figures.ordered("fairest") == expected


@given(problems())
def test_the_aims_side_by_side(asked):
    table = matching.prepare(asked)
    people = {person.key: person for person in asked.people}
    results = {result.aim: result for result in matching.aims_side_by_side(table)}
    assert tuple(results) == matching.AIMS
    for aim, result in results.items():
        pairs = [(people[a], people[b]) for a, b in result.solution.pairs]
        assert (result.pairs, result.total) == (len(pairs), sum(oracle.total(asked, a, b) for a, b in pairs))
        assert result.worst == min((oracle.score(asked, a, b) for a, b in pairs), default=None)
        wishes = [bool({*x.wants} & {*y.offers}) for a, b in pairs for x, y in ((a, b), (b, a))]
        assert result.wishes == sum(wishes)
        for other in set(matching.AIMS) - {aim}:
            same = set(result.solution.pairs) == set(results[other].solution.pairs)
            assert (other in result.same_pairs) == same
            assert not same or other in result.same_figures


@given(problems())
def test_a_kept_run_comes_back_equal_and_is_checked(asked):
    solution = matching.solve(matching.prepare(asked), "fairest")
    again = matching.from_json(json.loads(json.dumps(matching.to_json(asked))))
    kept = matching.from_json(json.loads(json.dumps(matching.to_json(solution))))
    assert (again, kept) == (asked, solution)
    assert matching.check(again, kept).aim == "fairest"
    assert dict(kept.versions).keys() == {"matching", "numpy", "scipy"}


@pytest.mark.parametrize(
    "kept", [[], None, {}, {"kind": "person"}, {"kind": "problem"}, {"kind": "solution", "aim": 1}]
)
def test_what_is_not_a_kept_run_is_refused(kept):
    with pytest.raises(matching.MatchingError):
        matching.from_json(kept)


def test_a_kept_run_with_a_broken_date_or_proof_is_refused():
    asked = by_levels([1], [1])
    with pytest.raises(matching.MatchingError, match="cannot be read"):
        matching.from_json(matching.to_json(asked) | {"starts_on": "soon"})
    kept = matching.to_json(matching.solve(matching.prepare(asked), "everyone"))
    with pytest.raises(matching.MatchingError, match="cannot be read"):
        matching.from_json(kept | {"proof": None})
    kept["proof"]["stages"][0]["u"] = 3
    with pytest.raises(matching.ProofRefused):
        matching.check(asked, matching.from_json(kept))


def test_only_plain_values_leave_the_bench():
    asked = problem([someone("a0", level=1, days=(1,)), someone("a1"), someone("b0", sites=("x",))])
    table = matching.prepare(asked)
    solution = matching.solve(table, "fairest")
    for value in (
        solution,
        matching.explain(table, "a0", "b0"),
        *matching.why_nots(table, solution).values(),
        *matching.left_over_reasons(table, solution),
        *matching.trios(table, solution),
        *matching.aims_side_by_side(table),
        matching.swap_cost(table, solution.pairs, solution.pairs[0], (solution.left_over[0], None)),
        matching.check(asked, solution),
    ):
        assert _kinds(value) <= {str, int, bool, type(None)}


def test_a_person_twice_or_on_no_side_is_refused():
    for people in (
        [someone("a0"), someone("a0")],
        [someone("a0"), someone("b0", email="a0@trust.example")],
        [someone("a0", side="c")],
        [someone("a0", level=6)],
        [someone("a0", days=(7,))],
    ):
        with pytest.raises(matching.ProblemRefused):
            problem(people)


def _kinds(value):
    if is_dataclass(value):
        return set().union(*(_kinds(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, tuple):
        return set().union(*(_kinds(item) for item in value)) if value else set()
    return {type(value)}
