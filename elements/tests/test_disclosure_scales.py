"""Rule 2 of small numbers: items with a scale, by group, and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elements.disclosure import Standing, ThresholdTooLow, breakdown, distribution, texts

SCALE = range(1, 6)


def test_five_answers_are_shown_and_four_are_not():
    shown = distribution([1, 2, 3, 4, 5], scale=SCALE)
    assert (shown.is_shown, shown.base, shown.mean) == (True, 5, 3.0)
    assert shown.counts == ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1))
    hidden = distribution([1, 2, 3, 4], scale=SCALE)
    assert (hidden.standing, hidden.counts, hidden.base, hidden.mean) == (Standing.SUPPRESSED, (), 0, None)


def test_no_answer_is_not_the_same_as_a_hidden_one():
    assert distribution([], scale=SCALE).standing is Standing.ZERO


def test_answers_that_are_all_alike_are_not_shown():
    assert distribution([5] * 9, scale=SCALE).reason == "the answers are too alike"
    assert distribution([5] * 8 + [4], scale=SCALE).is_shown


def test_groups_are_shown_together_or_not_at_all():
    enough = {"a": [1, 2, 3, 4, 5], "b": [2, 2, 3, 3, 4]}
    assert [name for name, _ in breakdown(enough, scale=SCALE).groups] == ["a", "b"]
    for lacking in ([2, 2, 3, 4], [3] * 6, []):
        found = breakdown({**enough, "b": lacking}, scale=SCALE)
        assert found.groups == ()
        assert found.total.is_shown


@given(st.lists(st.integers(1, 5)), st.lists(st.integers(1, 5)))
def test_nothing_shown_gives_a_group_below_the_threshold(a, b):
    found = breakdown({"a": a, "b": b}, scale=SCALE)
    if found.groups:
        assert min(len(a), len(b)) >= 5
        assert min(len(set(a)), len(set(b))) > 1
    assert found.total.base in {0, len(a) + len(b)}


def test_texts_are_shown_from_five_people_on_by_the_alphabet():
    assert texts(["b", "a", "D", "c", " "]) == ()
    assert texts(["b", "a", "D", "c", "", "e"]) == ("a", "b", "c", "D", "e")


def test_no_threshold_is_lowered_and_nothing_beside_the_scale_is_counted():
    for call in (lambda: distribution([1], scale=SCALE, threshold=4), lambda: texts(["a"], threshold=4)):
        with pytest.raises(ThresholdTooLow):
            call()
    with pytest.raises(ValueError, match="Beside the scale"):
        distribution([6], scale=SCALE)
