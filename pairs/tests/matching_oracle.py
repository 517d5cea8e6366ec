"""The rules of pairing written a second time, slowly and with fractions, for the tests to compare with."""

from fractions import Fraction
from math import floor

from pairs import matching


def half_up(fraction):
    """The nearest whole number, halves up."""
    return floor(fraction + Fraction(1, 2))


def g(criterion, a, b):
    """Agreement of two people on a criterion, 0..100."""
    return half_up(_AGREEMENT[criterion](a, b))


def h(criterion, weight, a, b):
    """g, or its opposite when the weight is negative."""
    return g(criterion, a, b) if weight > 0 else 100 - g(criterion, a, b)


def total(problem, a, b):
    """T of two people."""
    return sum(abs(w) * h(criterion, w, a, b) for criterion, w in problem.weights.items() if w)


def score(problem, a, b):
    """S of two people."""
    weight = sum(abs(w) for w in problem.weights.values())
    return half_up(Fraction(total(problem, a, b), weight)) if weight else 50


def allowed(problem, a, b):
    """Whether no hard rule forbids the pair."""
    ends = [problem.ends_on, *(p.leaves_on for p in (a, b) if p.leaves_on)]
    weeks = (min(ends) - problem.starts_on).days // 7
    return weeks >= problem.weeks and not any({bar.a, bar.b} == {a.key, b.key} for bar in problem.bars)


def matchings(problem):
    """Every set of allowed pairs (a, b) with all the locks in it and nobody twice."""
    people = {person.key: person for person in problem.people}
    held = [(people[lock.a], people[lock.b]) for lock in problem.locks]
    taken = {person.key for pair in held for person in pair}
    free_a = [p for p in problem.people if p.side == "a" and p.key not in taken]
    free_b = [p for p in problem.people if p.side == "b" and p.key not in taken]
    possible = {a.key: [b for b in free_b if allowed(problem, a, b)] for a in free_a}

    def extend(rest, used):
        if not rest:
            yield []
            return
        yield from extend(rest[1:], used)
        for b in possible[rest[0].key]:
            if b.key not in used:
                for more in extend(rest[1:], used | {b.key}):
                    yield [(rest[0], b), *more]

    for found in extend(free_a, frozenset()):
        yield held + found


def ordered(problem, aim, pairs, known=None):
    """The figures of some pairs as the tuple by which an aim prefers the greater."""
    known = {} if known is None else known
    for a, b in pairs:
        if (a.key, b.key) not in known:
            known[a.key, b.key] = total(problem, a, b), score(problem, a, b)
    cells = [known[a.key, b.key] for a, b in pairs]
    summed = sum(cell[0] for cell in cells)
    bands = tuple(sorted(cell[1] // 10 for cell in cells))
    return {
        "everyone": (len(pairs), summed),
        "total": (summed, len(pairs)),
        "fairest": (len(pairs), bands, summed),
    }[aim]


def best(problem, aim, among=None):
    """The best tuple an aim can reach, by trying everything."""
    known = {}
    found = matchings(problem) if among is None else among
    return max(ordered(problem, aim, pairs, known) for pairs in found)


def _same(field):
    def agreement(a, b):
        mine, theirs = set(getattr(a, field)), set(getattr(b, field))
        if not mine or not theirs:
            return Fraction(50)
        return Fraction(100 if mine & theirs else 0)

    return agreement


def _days(a, b):
    if not a.days or not b.days:
        return Fraction(50)
    return Fraction(100 * len(set(a.days) & set(b.days)), min(len(set(a.days)), len(set(b.days))))


def _wishes(a, b):
    directions = [
        Fraction(100 * len(set(wisher.wants) & set(giver.offers)), len(set(wisher.wants)))
        if wisher.wants and giver.offers
        else Fraction(50)
        for wisher, giver in ((a, b), (b, a))
    ]
    return sum(directions) / 2


def _interests(a, b):
    if not a.interests or not b.interests:
        return Fraction(50)
    return Fraction(100 * len(set(a.interests) & set(b.interests)), len(set(a.interests) | set(b.interests)))


def _seniority(a, b):
    return Fraction(50 if a.level is None or b.level is None else 100 - 25 * abs(a.level - b.level))


_AGREEMENT = {
    "directorate": _same("directorates"),
    "site": _same("sites"),
    "days": _days,
    "wishes": _wishes,
    "interests": _interests,
    "theme": _same("themes"),
    "seniority": _seniority,
}
assert set(_AGREEMENT) == set(matching.CRITERIA)
