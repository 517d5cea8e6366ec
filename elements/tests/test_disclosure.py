"""The first rule of small numbers: a figure stands on enough people, or is not there, and no total gives it away."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elements.disclosure import LEAST, Group, Standing, ThresholdTooLow, listed
from elements.disclosure.counts import verdict


def group(name, people, value=None):
    return Group(name, len(people) if value is None else value, frozenset(people))


def test_the_threshold_counts_the_people_behind_a_figure_and_not_its_size():
    assert verdict(group("theatre", "abcd", 40)).standing is Standing.SUPPRESSED
    assert verdict(group("theatre", "abcde", 1)).standing is Standing.SHOWN
    assert verdict(group("theatre", "abcd", 40)).value is None


def test_shown_suppressed_zero_and_missing_are_four_things():
    found = [verdict(Group("a", 0)), verdict(Group("a", None)), verdict(group("a", "ab")), verdict(group("a", "abcde"))]
    assert [each.standing for each in found] == [
        Standing.ZERO,
        Standing.MISSING,
        Standing.SUPPRESSED,
        Standing.SHOWN,
    ]
    assert [each.value for each in found] == [0, None, None, 5]
    assert all(each.reason for each in found)


def test_the_threshold_is_raised_and_never_lowered():
    assert LEAST == 5
    assert verdict(group("a", "abcdefg"), threshold=8).standing is Standing.SUPPRESSED
    for low in (4, 0, -1):
        with pytest.raises(ThresholdTooLow):
            listed([], threshold=low)
        with pytest.raises(ThresholdTooLow):
            verdict(group("a", "abcdefg"), threshold=low)


def test_what_is_no_count_is_refused():
    with pytest.raises(ValueError):
        verdict(group("a", "abcde", -1))
    with pytest.raises(ValueError):
        listed([group("a", "abcde"), group("a", "fghij")])


def test_the_largest_comes_first_and_names_decide_between_equals():
    found = listed([group("b", "abcde", 7), group("a", "abcde", 7), group("c", "abcde", 9), group("d", "ab", 99)])
    assert [each.name for each in found.shown] == ["c", "a", "b"]
    assert not found.is_whole
    assert listed([group("b", "abcde", 7)]).is_whole


people = st.frozensets(st.integers(0, 9), max_size=9)
groups = st.lists(people, max_size=8).map(lambda sets: [group(str(n), each) for n, each in enumerate(sets)])


@given(groups)
def test_nothing_that_is_given_away_depends_on_how_much_is_hidden(known):
    """With the hidden groups taken out, or swollen within the threshold, the listing says the same."""
    found = listed(known)
    behind = {each.name: each for each in known}
    assert all(len(behind[each.name].people) >= LEAST for each in found.shown)
    open_ones = [each for each in known if len(each.people) >= LEAST]
    assert listed(open_ones).shown == found.shown
    swollen = [each if len(each.people) >= LEAST else Group(each.name, 1000, each.people) for each in known]
    assert listed(swollen).shown == found.shown


@given(groups)
def test_no_difference_of_what_is_shown_is_a_hidden_figure_by_rule(known):
    """A hidden group is part of no figure that is shown: taking it away changes none of them, nor any difference."""
    hidden = {each.name for each in known if 0 < len(each.people) < LEAST}
    before = {each.name: each.value for each in listed(known).shown}
    after = {each.name: each.value for each in listed([each for each in known if each.name not in hidden]).shown}
    differences = [before[a] - before[b] for a, b in combinations(sorted(before), 2)]
    assert differences == [after[a] - after[b] for a, b in combinations(sorted(after), 2)]
