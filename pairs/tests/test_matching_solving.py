"""Solving: the best figures under each aim equal those of trying everything; locks and edge cases."""

import datetime

import pytest
from hypothesis import given

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import (
    ENDS_ON,
    NOTHING,
    STARTS_ON,
    barred,
    by_levels,
    example_people,
    problem,
    problems,
    someone,
)


@given(problems())
def test_figures_equal_brute_force_under_every_aim(asked):
    table = matching.prepare(asked)
    among = list(oracle.matchings(asked))
    people = {person.key: person for person in asked.people}
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        pairs = [(people[a], people[b]) for a, b in solution.pairs]
        assert oracle.ordered(asked, aim, pairs) == oracle.best(asked, aim, among)
        assert solution.objective.ordered(aim) == oracle.best(asked, aim, among)
        assert {frozenset(pair) for pair in solution.pairs} >= {frozenset((k.a, k.b)) for k in asked.locks}
        everybody = [key for pair in solution.pairs for key in pair] + list(solution.left_over)
        assert sorted(everybody) == sorted(people)
        assert matching.check(asked, solution).aim == aim


def test_the_aims_differ_where_they_must():
    """Best total leaves two people waiting for one pair of 100; fairest gives up total for the worst pair."""
    people = [
        someone("a1", sites=("x",), level=1),
        someone("a2", sites=("y",), level=5),
        someone("b1", sites=("x",), level=1),
        someone("b2", sites=("y",), level=5),
    ]
    asked = problem(people, weights=NOTHING | {"seniority": 1}, bars=barred(("a2", "b2")))
    figures = {aim: matching.solve(matching.prepare(asked), aim).objective for aim in matching.AIMS}
    assert (figures["everyone"].pairs, figures["everyone"].total) == (2, 0)
    assert (figures["total"].pairs, figures["total"].total) == (1, 100)
    fair = by_levels([1, 3], [3, 5])
    assert matching.solve(matching.prepare(fair), "fairest").objective.bands == (5, 5)


def test_all_weights_nought_score_fifty_and_say_no_criteria():
    asked = problem([someone("a1"), someone("a2"), someone("b1")], weights=NOTHING)
    table = matching.prepare(asked)
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        assert (solution.objective.pairs, solution.objective.total, solution.objective.worst) == (1, 0, 50)
        matching.check(asked, solution)
    told = matching.explain(table, "a1", "b1")
    assert (told.score, told.parts) == (50, ())
    assert "no criteria" in told.sentence


def test_the_three_reversible_criteria_at_minus_three():
    asked = problem(example_people(), weights=NOTHING | dict.fromkeys(matching.REVERSIBLE, -3))
    table = matching.prepare(asked)
    for i, a in enumerate(table.a):
        for j, b in enumerate(table.b):
            assert int(table.totals[i, j]) == oracle.total(asked, a, b)
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        assert solution.objective.pairs == 17
        matching.check(asked, solution)


def test_nobody_allowed_leaves_everybody_over():
    asked = by_levels([1, 1], [1, 1], weeks=60)
    for aim in matching.AIMS:
        solution = matching.solve(matching.prepare(asked), aim)
        assert (solution.pairs, sorted(solution.left_over)) == ((), ["a0", "a1", "b0", "b1"])
        matching.check(asked, solution)


@pytest.mark.parametrize(("a", "b"), [([], [1, 2]), ([1, 2], []), ([], [])])
def test_an_empty_side(a, b):
    asked = by_levels(a, b)
    table = matching.prepare(asked)
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        assert (solution.pairs, len(solution.left_over)) == ((), len(a) + len(b))
        assert solution.objective.worst is None
        matching.check(asked, solution)
        assert all(answer.kind == "nobody" for answer in matching.why_nots(table, solution).values())
        assert len(matching.left_over_reasons(table, solution)) == len(a) + len(b)
        assert matching.trios(table, solution) == ()


def test_a_lock_is_held_and_flagged_in_either_order():
    asked = by_levels([1, 5], [1, 5], locks=(matching.Lock("b1", "a0"),))
    solution = matching.solve(matching.prepare(asked), "everyone")
    assert {(p.a, p.b): p.locked for p in solution.pairings} == {("a0", "b1"): True, ("a1", "b0"): False}


def test_a_lock_against_a_rule_needs_a_written_override():
    asked = by_levels([1], [1], bars=barred(("b0", "a0")), locks=(matching.Lock("a0", "b0", "  "),))
    with pytest.raises(matching.LockBreaksRule, match="kept apart"):
        matching.solve(matching.prepare(asked), "everyone")
    asked = by_levels([1], [1], bars=barred(("b0", "a0")), locks=(matching.Lock("a0", "b0", "both asked"),))
    (pairing,) = matching.solve(matching.prepare(asked), "everyone").pairings
    assert (pairing.locked, pairing.override) == (True, "both asked")


def test_locks_that_cannot_be():
    for locks, refused in [
        ((matching.Lock("a0", "b0"), matching.Lock("a0", "b1")), matching.LockedTwice),
        ((matching.Lock("a0", "a1", "please"),), matching.LockBreaksRule),
    ]:
        with pytest.raises(refused):
            matching.solve(matching.prepare(by_levels([1, 1], [1, 1], locks=locks)), "everyone")
    with pytest.raises(matching.UnknownPerson):
        by_levels([1], [1], locks=(matching.Lock("a0", "nobody"),))


def test_refusals_in_words():
    asked = by_levels([1, 1], [1], bars=barred(("a0", "b0")), weeks=60)
    table = matching.prepare(asked)
    assert matching.refusal(table, "b0", "a0") == (
        "a0 and b0 are kept apart",
        "Dr A0 and Dr B0 would have 39 weeks in common, and this cohort asks for 60",
    )
    assert matching.refusal(table, "a0", "a1")[0] == "Dr A0 and Dr A1 are both doctors"
    assert matching.refusal(matching.prepare(by_levels([1], [1])), "a0", "b0") == ()


@pytest.mark.parametrize(("days", "weeks"), [(-3, 0), (6, 0), (7, 1), (111, 15), (112, 16), (9999, 39)])
def test_weeks_are_whole_from_the_start_to_the_earlier_of_leaving_and_the_end(days, weeks):
    person = someone("a0", leaves_on=STARTS_ON + datetime.timedelta(days=days))
    assert matching.weeks_available(person, starts_on=STARTS_ON, ends_on=ENDS_ON) == weeks
    table = matching.prepare(problem([person, someone("b0")]))
    assert bool(table.allowed[0, 0]) == (matching.refusal(table, "a0", "b0") == ()) == (weeks >= 16)


def test_the_example_cohort_gives_17_pairs_and_two_doctors_left_over():
    asked = problem(example_people())
    for aim in matching.AIMS:
        solution = matching.solve(matching.prepare(asked), aim)
        assert len(solution.pairs) == 17
        assert [matching.prepare(asked).person(key).side for key in solution.left_over] == ["a", "a"]
