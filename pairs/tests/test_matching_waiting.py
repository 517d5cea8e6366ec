"""Left over: uneven sides, sets with too few allowed partners, and what placing somebody would cost."""

import datetime
from itertools import combinations

import pytest
from hypothesis import given

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import STARTS_ON, barred, by_levels, example_people, problem, problems, someone


def _partners(asked, person, taken):
    return {
        p.key for p in asked.people if p.side != person.side and p.key not in taken and oracle.allowed(asked, person, p)
    }


@given(problems(most=5))
def test_a_shortage_fails_halls_condition_and_is_minimal(asked):
    table = matching.prepare(asked)
    people = {person.key: person for person in asked.people}
    taken = {key for lock in asked.locks for key in (lock.a, lock.b)}
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        reasons = matching.left_over_reasons(table, solution)
        assert tuple(reason.person for reason in reasons) == solution.left_over
        for reason in reasons:
            if reason.kind == "aim":
                assert aim == "total"
                continue
            known = {key: _partners(asked, people[key], taken) for key in reason.people}
            together = set().union(*known.values())
            assert reason.person in reason.people
            assert together == set(reason.partners)
            assert len(reason.people) == len(together) + 1
            for size in range(1, len(known)):
                for some in combinations(known, size):
                    assert len(set().union(*(known[key] for key in some))) >= size


@given(problems(most=4))
def test_placing_somebody_costs_what_brute_force_says(asked):
    table = matching.prepare(asked)
    among = list(oracle.matchings(asked))
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        for reason in matching.left_over_reasons(table, solution):
            placed = [pairs for pairs in among if any(reason.person in (a.key, b.key) for a, b in pairs)]
            if not placed:
                assert reason.after is None
                assert reason.instead_of == ()
            else:
                assert reason.after.ordered(aim) == oracle.best(asked, aim, placed)


def test_uneven_sides_in_words():
    asked = by_levels([1, 1, 5], [1, 1])
    table = matching.prepare(asked)
    (reason,) = matching.left_over_reasons(table, matching.solve(table, "everyone"))
    assert (reason.person, reason.kind, len(reason.instead_of)) == ("a2", "uneven", 1)
    instead = table.names[reason.instead_of[0]]
    assert reason.words == (
        f"3 doctors, 2 managers: one must wait. Placing Dr A2 instead of {instead} costs 100 points."
    )


def test_a_price_is_left_out_when_not_asked_for():
    table = matching.prepare(by_levels([1, 1, 5], [1, 1]))
    solution = matching.solve(table, "everyone")
    (reason,) = matching.left_over_reasons(table, solution, priced=False)
    assert (reason.words, reason.after) == ("3 doctors, 2 managers: one must wait.", None)
    assert matching.left_over_reason(table, solution, "a2") == matching.left_over_reasons(table, solution)[0]
    with pytest.raises(matching.ProblemRefused, match="not left over"):
        matching.left_over_reason(table, solution, "a0")


def test_a_hall_set_by_name():
    """Three doctors of whom all but one manager are barred twice over: two share one partner, the rest are fine."""
    asked = by_levels([1, 1, 1], [1, 1, 1], bars=barred(("a0", "b1"), ("a0", "b2"), ("a1", "b1"), ("a1", "b2")))
    table = matching.prepare(asked)
    reasons = {r.person: r for r in matching.left_over_reasons(table, matching.solve(table, "everyone"))}
    (doctor,) = (r for key, r in reasons.items() if key[0] == "a")
    assert (doctor.kind, set(doctor.people), doctor.partners) == ("hall", {"a0", "a1"}, ("b0",))
    assert "2 doctors may only be paired with the same 1 manager, so one must wait" in doctor.words
    assert "Dr A0" in doctor.words
    assert "Dr A1 with Dr B0" in doctor.words or "Dr A0 with Dr B0" in doctor.words
    assert "equally good: this was drawn" in doctor.words


def test_too_few_weeks_leave_nobody():
    leaves = STARTS_ON + datetime.timedelta(weeks=8)
    asked = problem([someone("a0", leaves_on=leaves), someone("b0")])
    table = matching.prepare(asked)
    reasons = {r.person: r for r in matching.left_over_reasons(table, matching.solve(table, "everyone"))}
    assert (reasons["a0"].people, reasons["a0"].partners) == (("a0",), ())
    assert reasons["a0"].words == (
        "Dr A0 has 8 weeks before the end or the day of leaving, and this cohort asks for 16 in common."
    )
    assert reasons["b0"].words == "Rules or locks leave no doctor for Dr B0."


def test_best_total_may_prefer_to_leave_somebody_waiting():
    people = [someone("a1", level=1), someone("a2", level=5), someone("b1", level=1), someone("b2", level=5)]
    asked = problem(people, weights=dict.fromkeys(matching.CRITERIA, 0) | {"seniority": 1}, bars=barred(("a2", "b2")))
    table = matching.prepare(asked)
    reasons = matching.left_over_reasons(table, matching.solve(table, "total"))
    assert [(r.person, r.kind, r.after.pairs) for r in reasons] == [("a2", "aim", 2), ("b2", "aim", 2)]
    assert "total would fall by 100 points" in reasons[0].words or "costs 100 points" in reasons[0].words


def test_the_example_cohort_says_two_must_wait():
    table = matching.prepare(problem(example_people()))
    for aim in matching.AIMS:
        for reason in matching.left_over_reasons(table, matching.solve(table, aim)):
            assert reason.kind == "uneven"
            assert reason.words.startswith("19 doctors, 17 managers: two must wait. Placing ")
