"""Why not: the best other partner, the rule against it, or what the cohort would lose by brute force."""

from dataclasses import replace

from hypothesis import given

from pairs import matching
from pairs.tests import matching_oracle as oracle
from pairs.tests.matching_worlds import barred, by_levels, problems


@given(problems(most=4))
def test_what_ifs_equal_brute_force(asked):
    table = matching.prepare(asked)
    people = {person.key: person for person in asked.people}
    for aim in matching.AIMS:
        solution = matching.solve(table, aim)
        for key, found in matching.why_nots(table, solution).items():
            assert found == matching.why_not(table, solution, key)
            _check_best_other(asked, solution, people[key], found)
            if found.kind in ("loss", "drawn", "gain"):
                forced = _forced(asked, key, found.other)
                assert found.after.ordered(aim) == oracle.best(forced, aim)
                assert found.before == solution.objective
                now, then = found.before.ordered(aim), found.after.ordered(aim)
                assert found.kind == ("drawn" if now == then else "loss" if then < now else "gain")
                assert found.kind != "gain" or asked.locks
                _check_changes(solution, found)
            elif found.kind == "rule":
                assert found.rules == matching.refusal(table, key, found.other) != ()


def test_a_rule_is_named_in_words():
    asked = by_levels([1], [1, 3], bars=barred(("a0", "b0")))
    table = matching.prepare(asked)
    found = matching.why_not(table, matching.solve(table, "everyone"), "a0")
    assert (found.other, found.kind, found.rules) == ("b0", "rule", ("a0 and b0 are kept apart",))
    assert found.words == "The best other partner for Dr A0 is Dr B0 (100 of 100), but a0 and b0 are kept apart."


def test_loss_nought_is_equally_good_and_drawn():
    table = matching.prepare(by_levels([1, 1], [1, 1]))
    found = matching.why_not(table, matching.solve(table, "everyone"), "a0")
    assert found.kind == "drawn"
    assert "equally well: this was drawn" in found.words


def test_a_loss_says_how_much_and_who_would_change():
    table = matching.prepare(by_levels([1, 2], [1, 5]))
    solution = matching.solve(table, "everyone")
    assert set(solution.pairs) == {("a0", "b0"), ("a1", "b1")}
    assert solution.total == 125
    found = matching.why_not(table, solution, "b1")
    assert (found.other, found.kind) == ("a0", "loss")
    assert set(found.changes) == {matching.Change("b0", "a0", "a1"), matching.Change("a1", "b1", "b0")}
    assert found.words == (
        "The best other partner for Dr B1 is Dr A0 (0 of 100). If they were paired, the cohort's total would "
        "fall by 50 points. Dr A1 would be with Dr B0."
    )


def test_a_lock_in_the_way_is_lifted_and_said():
    locks = (matching.Lock("a0", "b1"),)
    table = matching.prepare(by_levels([1, 5], [1, 5], locks=locks))
    solution = matching.solve(table, "everyone")
    found = matching.why_not(table, solution, "a0")
    assert (found.kind, found.other, found.after.total - found.before.total) == ("gain", "b0", 200)
    assert "Without the lock" in found.words
    assert "rise by 200 points" in found.words


def test_a_lock_of_the_other_one_is_lifted_too():
    table = matching.prepare(by_levels([1, 1], [1, 5], locks=(matching.Lock("a0", "b0"),)))
    found = matching.why_not(table, matching.solve(table, "everyone"), "a1")
    assert (found.other, found.kind, found.after.pairs) == ("b0", "drawn", 2)
    assert found.changes == (matching.Change("a0", "b0", "b1"), matching.Change("b1", "a1", "a0"))
    assert "Without the lock" in found.words


def test_nobody_changes_who_need_not():
    """Of many equally good answers the what-if takes the one nearest to the pairs as they are."""
    table = matching.prepare(by_levels([1] * 8, [1] * 8))
    solution = matching.solve(table, "everyone")
    for found in matching.why_nots(table, solution).values():
        assert len(found.changes) == 2


def test_fairest_says_which_band_would_suffer():
    table = matching.prepare(by_levels([1, 3], [3, 5]))
    solution = matching.solve(table, "fairest")
    assert set(solution.pairs) == {("a0", "b0"), ("a1", "b1")}
    found = matching.why_not(table, solution, "a1")
    assert (found.other, found.kind) == ("b0", "loss")
    assert "1 pair would score only 0 to 9 instead of 10 or more" in found.words


def _check_best_other(asked, solution, person, found):
    own = solution.partners.get(person.key)
    others = [p for p in asked.people if p.side != person.side and p.key != own]
    if not others:
        assert found.kind == "nobody"
        return
    totals = {p.key: oracle.total(asked, *((person, p) if person.side == "a" else (p, person))) for p in others}
    assert totals[found.other] == max(totals.values())
    if found.kind == "rule":
        best = [p for p in others if totals[p.key] == max(totals.values())]
        assert not any(oracle.allowed(asked, person, p) for p in best)


def _forced(asked, one, other):
    locks = tuple(lock for lock in asked.locks if not {lock.a, lock.b} & {one, other})
    return replace(asked, locks=(*locks, matching.Lock(one, other)))


def _check_changes(solution, found):
    partners = dict(solution.partners)
    changed = {change.key: change for change in found.changes}
    assert not {found.person, found.other} & set(changed)
    for change in found.changes:
        assert change.before == partners.get(change.key) != change.after
    for left in (partners.get(found.person), partners.get(found.other)):
        if left and left not in (found.person, found.other):
            assert left in changed
