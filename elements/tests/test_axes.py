"""Where the marks of an axis stand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elements import axes


@pytest.mark.parametrize(
    ("values", "marks", "written"),
    [
        ([3, 21], (5, 10, 15, 20), ",.0f"),
        ([1, 21], (0, 5, 10, 15, 20), ",.0f"),
        ([62.5, 99.5], (60, 70, 80, 90, 100), ",.0f"),
        ([0, 0], (0, 0.2, 0.4, 0.6, 0.8, 1.0), ",.1f"),
        ([3], (0, 1, 2, 3), ",.0f"),
        ([-3, -3], (-3, -2, -1, 0), ",.0f"),
        ([87.5] * 4, (0, 20, 40, 60, 80), ",.0f"),
        ([0.1] * 12 + [sum([0.1] * 12) / 12], (0, 0.02, 0.04, 0.06, 0.08, 0.1), ",.2f"),
        ([-2, 2], (-2, -1, 0, 1, 2), ",.0f"),
        ([0.11, 0.14], (0.11, 0.12, 0.13, 0.14), ",.2f"),
        ([0.11, 0.12], (0.11, 0.112, 0.114, 0.116, 0.118, 0.12), ",.3f"),
        ([2e7], (0, 5e6, 1e7, 1.5e7, 2e7), ".3~s"),  # 5M, 10M
        ([2e12], (0, 5e11, 1e12, 1.5e12, 2e12), ".2~e"),  # d3 would write 5e11 as 500G
        ([0.1, 0.111], (0.1, 0.1025, 0.105, 0.1075, 0.11), ",.4f"),
    ],
)
def test_marks_of_numbers_are_round(values, marks, written):
    found = axes.numbers(values)
    assert found.marks == marks
    assert found.written == written


@given(st.lists(st.floats(-1e12, 1e12, allow_subnormal=False), min_size=1, max_size=5))
def test_every_number_has_its_place_and_some_marks(values):
    found = axes.numbers(values)
    assert all(0 <= found.along(value, 100) <= 100 for value in values)
    assert all(0 <= found.along(mark, 100) <= 100.0001 for mark in found.marks)
    assert 2 <= len(found.marks) <= 12


@pytest.mark.parametrize(
    ("first", "last", "room", "written", "marks"),
    [
        (date(2027, 1, 4), date(2027, 1, 4), 300, "%-d %b", [date(2027, 1, 4)]),
        (date(2027, 1, 4), date(2027, 1, 8), 600, "%-d %b", [date(2027, 1, day) for day in range(4, 9)]),
        (date(2027, 1, 4), date(2027, 1, 25), 300, "%-d %b", [date(2027, 1, day) for day in (4, 11, 18, 25)]),
        (
            date(2026, 11, 9),
            date(2027, 4, 20),
            600,
            "%b %Y",
            [date(2026, 12, 1), *[date(2027, m, 1) for m in range(1, 5)]],
        ),
        (date(2026, 11, 9), date(2027, 10, 20), 300, "%b %Y", [date(2027, month, 1) for month in (1, 7)]),
        (date(2020, 3, 1), date(2027, 10, 20), 300, "%Y", [date(year, 1, 1) for year in (2022, 2024, 2026)]),
    ],
)
def test_marks_of_days(first, last, room, written, marks):
    found = axes.days(first, last, room=room, size=16)
    assert (found.written, list(found.marks)) == (written, marks)


@given(st.dates(), st.integers(0, 40_000), st.sampled_from([240, 580]))
def test_marks_of_days_lie_within_and_never_over_each_other(first, length, room):
    last = first + timedelta(days=min(length, (date.max - first).days))
    found = axes.days(first, last, room=room, size=16)
    assert found.marks
    assert all(first <= mark <= last for mark in found.marks)
    widest = axes.room_for(axes.WIDEST[found.written], 16)
    for before, after in pairwise(found.marks):
        assert (after - before).days * room / (last - first).days >= widest


@given(st.lists(st.floats(0, 200), min_size=1, max_size=5))
def test_labels_move_apart_and_stay_in_order(places):
    found = axes.apart(places, least=20, end=200)
    order = sorted(range(len(places)), key=places.__getitem__)
    assert all(found[after] - found[before] >= 19.999 for before, after in pairwise(order))
    assert max(found) <= 200


def test_labels_with_room_stay_where_they_are():
    assert axes.apart([150, 10, 60], least=20, end=200) == [150, 10, 60]


def test_a_long_name_is_folded_and_cut():
    assert axes.lines_of("Letters sent late", room=90, size=16) == ["Letters", "sent late"]
    assert axes.lines_of("x" * 30, room=90, size=16, most=2) == ["x" * 11, "x" * 10 + "…"]
    assert axes.lines_of("  ", room=90, size=16) == []
