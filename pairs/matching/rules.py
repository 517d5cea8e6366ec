"""The hard rules: which pairs are allowed at all, and the words for those that are not."""

import numpy as np

OPPOSITE_SIDES = "sides"
WEEKS_IN_COMMON = "weeks"


def weeks_available(person, *, starts_on, ends_on):
    """Whole weeks (seven days from the start) that a person has: (last day - start) // 7, never below 0.

    The last day is the end of the cohort or the day the person leaves, whichever comes first. Two people have
    the smaller of their two counts in common, since the floor of a minimum is the minimum of the floors.
    """
    last = ends_on if person.leaves_on is None else min(ends_on, person.leaves_on)
    return max(0, (last - starts_on).days // 7)


def allowed(a, b, problem):
    """E: bool array of shape (a, b), True where no hard rule forbids the pair."""
    long_a = np.array([_stays(person, problem) for person in a], dtype=bool)
    long_b = np.array([_stays(person, problem) for person in b], dtype=bool)
    mask = np.logical_and.outer(long_a, long_b)
    place_a = {person.key: i for i, person in enumerate(a)}
    place_b = {person.key: j for j, person in enumerate(b)}
    for bar in problem.bars:
        for one, other in ((bar.a, bar.b), (bar.b, bar.a)):
            if one in place_a and other in place_b:
                mask[place_a[one], place_b[other]] = False
    return mask


def broken(one, other, problem, *, names):
    """The rules in words that forbid two people, in a fixed order; empty when they are allowed.

    The same words whoever is given first. ``names`` says what to call each key.
    """
    return tuple(dict.fromkeys(words for _, words in broken_by_code(one, other, problem, names=names)))


def broken_by_code(one, other, problem, *, names):
    """The rules that forbid two people as (code, words): OPPOSITE_SIDES, the code of each bar, WEEKS_IN_COMMON."""
    one, other = sorted((one, other), key=lambda person: (person.side, person.name, person.key))
    found = []
    called = f"{names[one.key]} and {names[other.key]}"
    if one.side == other.side:
        found.append((OPPOSITE_SIDES, f"{called} are both {problem.labels['ab'.index(one.side)].many}"))
    bars = {(bar.words, bar.rule) for bar in problem.bars if {bar.a, bar.b} == {one.key, other.key} and bar.a != bar.b}
    found += [(rule, words) for words, rule in sorted(bars)]
    weeks = min(
        weeks_available(person, starts_on=problem.starts_on, ends_on=problem.ends_on) for person in (one, other)
    )
    if weeks < problem.weeks:
        common = counted(weeks, "week", "weeks")
        words = f"{called} would have {common} in common, and this cohort asks for {problem.weeks}"
        found.append((WEEKS_IN_COMMON, words))
    return tuple(found)


def counted(number, one, many):
    """A number with its noun: "1 week", "2 weeks"."""
    return f"{number} {one if number == 1 else many}"


def _stays(person, problem):
    weeks = weeks_available(person, starts_on=problem.starts_on, ends_on=problem.ends_on)
    return weeks >= problem.weeks
