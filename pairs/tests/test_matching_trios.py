"""Trios: as many as possible placed, then the best weaker links; no rule broken between any two of the three."""

from itertools import permutations

from hypothesis import given

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import barred, by_levels, problems


@given(problems(most=4))
def test_trios_equal_brute_force(asked):
    table = matching.prepare(asked)
    solution = matching.solve(table, "everyone")
    people = {person.key: person for person in asked.people}
    found = matching.trios(table, solution)
    possible = {
        (x, pair): _weaker(asked, people, x, pair)
        for x in solution.left_over
        for pair in solution.pairs
        if _unbroken(asked, people, x, pair)
    }
    for trio in found:
        assert trio.total == possible[trio.newcomer, (trio.a, trio.b)]
    assert len({trio.newcomer for trio in found}) == len({(trio.a, trio.b) for trio in found}) == len(found)
    assert (len(found), sum(trio.total for trio in found)) == _best(solution, possible)


def test_a_bar_between_two_of_one_side_keeps_them_out_of_one_trio():
    asked = by_levels([1, 1], [1], bars=barred(("a0", "a1")))
    table = matching.prepare(asked)
    assert matching.trios(table, matching.solve(table, "everyone")) == ()
    free = matching.prepare(by_levels([1, 3], [1]))
    (trio,) = matching.trios(free, matching.solve(free, "everyone"))
    assert (trio.newcomer, trio.a, trio.b, trio.total, trio.score) == ("a1", "a0", "b0", 50, 50)


def test_a_pair_locked_against_a_rule_takes_nobody():
    locks = (matching.Lock("a0", "b0", "both asked"),)
    table = matching.prepare(by_levels([1, 1], [1], bars=barred(("a0", "b0")), locks=locks))
    assert matching.trios(table, matching.solve(table, "everyone")) == ()


def _unbroken(asked, people, x, pair):
    three = [people[key] for key in (x, *pair)]
    return all(oracle.allowed(asked, one, other) for one, other in permutations(three, 2))


def _weaker(asked, people, x, pair):
    newcomer, a, b = people[x], people[pair[0]], people[pair[1]]
    link = (newcomer, b) if newcomer.side == "a" else (a, newcomer)
    return min(oracle.total(asked, a, b), oracle.total(asked, *link))


def _best(solution, possible):
    def extend(rest, used):
        if not rest:
            return 0, 0
        best = extend(rest[1:], used)
        for pair in solution.pairs:
            if pair not in used and (rest[0], pair) in possible:
                placed, total = extend(rest[1:], used | {pair})
                best = max(best, (placed + 1, total + possible[rest[0], pair]))
        return best

    return extend(solution.left_over, frozenset())
