"""What a chart says in one sentence, to the letter."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects import spc
from projects.spc import FirstPoints, Good, Rebase
from projects.spc.wording import alike, figures
from projects.tests.test_spc import ONE_HIGH, A, B, C, D, month, monthly


def in_full(day):
    return f"{day.day} {day:%B %Y}"


def xmr(values, **asked):
    return spc.xmr_in_words(spc.xmr_chart(monthly(values), **asked), say_day=in_full)


def runs(values, **asked):
    return spc.run_chart_in_words(spc.run_chart(monthly(values), **asked), say_day=in_full)


def test_no_signal():
    assert xmr(A[:12]) == (
        "No change is seen in the 12 points from 1 July 2026 to 1 June 2027: they vary around the average of 16.8 as "
        "by chance, between 6.2 and 27.5 (none of the four rules is broken)."
    )


def test_a_shift_for_the_better():
    assert xmr(A, baseline=FirstPoints(12), good=Good.DOWN) == (
        "The last 13 points in a row, from 1 June 2027 to 1 June 2028, lie below the average of 16.8: a change for the "
        "better (seven or more on one side)."
    )


def test_a_point_outside_for_the_worse():
    assert xmr(ONE_HIGH, good=Good.DOWN) == (
        "The value of 1 November 2026, 10, lies above the upper limit of 6.95: a change for the worse (outside the "
        "limits)."
    )


def test_a_long_run_and_few_crossings():
    assert runs([10, 8] * 3 + [4] * 14, good=Good.DOWN, baseline=FirstPoints(6)) == (
        "The last 15 points in a row, from 1 December 2026 to 1 February 2028, lie below the median of 9, and in all "
        "20 points it is crossed five times: a change for the better (chance seldom makes a run longer than 7 or fewer "
        "than 6 crossings)."
    )


def test_too_few_points():
    assert xmr(A[:4]) == (
        "It is too early to tell chance from change: 4 points from 1 July 2026 to 1 October 2026 are not enough for "
        "limits, which need 5."
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            xmr(A[:9]),
            "No change is seen in the 9 points from 1 July 2026 to 1 March 2027: they vary around the average of 17.0 "
            "as by chance, between 5.7 and 28.3 (none of the four rules is broken; these are trial limits, from only 9 "
            "points).",
        ),
        (
            xmr([*[10, 14] * 3, 9, 10, 11, 12, 13, 14, 15], baseline=FirstPoints(6), good=Good.UP),
            "The last 7 points in a row, from 1 January 2027 to 1 July 2027, each lie above the one before: a change "
            "for the better (seven or more rising or falling in a row; these are trial limits, from only 6 "
            "points).",
        ),
        (
            xmr([10, 12] * 6 + [15, 12, 15], baseline=FirstPoints(12)),
            "Two of three points in a row, on 1 July 2027 and 1 September 2027, lie close to the upper limit of 16.3 "
            "or beyond it: a change, where neither way counts as better (two of three near a limit).",
        ),
        (
            xmr([10, 12] * 6 + [7, 10, 7, 7], baseline=FirstPoints(12), good=Good.UP),
            "3 of the points from 1 July 2027 to 1 October 2027 lie close to the lower limit of 5.68 or beyond it: a "
            "change for the worse (two of three near a limit).",
        ),
        (
            xmr([10, 12] * 6 + [25, 26], baseline=FirstPoints(12), good=Good.DOWN),
            "2 points in a row, from 1 July 2027 to 1 August 2027, lie above the upper limit of 16.3: a change for the "
            "worse (outside the limits); 1 more signal is marked on the chart.",
        ),
        (
            xmr(A, baseline=FirstPoints(12), rebases=[Rebase(month(12))]),
            "No change is seen in the 12 points since the recalculation (1 July 2027 to 1 June 2028): they vary around "
            "the average of 12.3 as by chance, between 4.1 and 20.6 (none of the four rules is broken). The average "
            "went from 16.8 to 12.3 on 1 July 2027.",
        ),
        (
            xmr([*A, 1], baseline=FirstPoints(12), rebases=[Rebase(month(24))]),
            "It is too early to tell chance from change: 1 point since the recalculation (1 July 2028) is not enough "
            "for limits, which need 5; 1 earlier signal is marked on the chart.",
        ),
        (
            xmr([]),
            "It is too early to tell chance from change: there are no points yet, and limits need 5.",
        ),
        (
            runs([]),
            "It is too early to tell chance from change: there are no points yet, and 10 that are not on the median "
            "are needed.",
        ),
        (
            runs([3]),
            "It is too early to tell chance from change: 1 point of 1 July 2026 is not enough for a run chart, which "
            "needs 10 that are not on the median.",
        ),
        (
            runs([5] * 12 + [3]),
            "It is too early to tell chance from change: of 13 points from 1 July 2026 to 1 July 2027, 1 is not on the "
            "median of 5, and 10 are needed.",
        ),
        (
            runs(C),
            "No change is seen in the 16 points from 1 July 2026 to 1 October 2027: they lie around the median of 6.5 "
            "as by chance (the longest run on one side is 2 and may be 7; the median is crossed 14 times, and 4 times "
            "are enough).",
        ),
        (
            runs(D, good=Good.UP),
            "In the 16 points from 1 July 2026 to 1 October 2027 the median of 10.5 is crossed three times: a change, "
            "though this rule does not say which way (chance seldom makes fewer than 4 crossings).",
        ),
        (
            runs(B, baseline=FirstPoints(10), good=Good.UP),
            "The last 14 points in a row, from 1 October 2027 to 1 November 2028, lie below the median of 10: a change "
            "for the worse (chance seldom makes a run longer than 8).",
        ),
        (
            runs([1, 3, 2, 3, 1] + [4] * 4 + [2] + [4] * 6, baseline=FirstPoints(5)),
            "The last 10 points in a row, from 1 December 2026 to 1 October 2027, lie above the median of 2 (1 on it "
            "is left out), and in all 16 points it is crossed three times: a change, where neither way counts as "
            "better (chance seldom makes a run longer than 7 or fewer than 4 crossings).",
        ),
    ],
)
def test_what_other_charts_say(said, words):
    assert said == words


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((16.8333,), ["16.8"]),
        ((10.0, 6.9515), ["10", "6.95"]),
        ((100.4, 100.2), ["100.4", "100.2"]),
        ((1234567.8,), ["1,234,568"]),
        ((-0.0, 0.0), ["0", "0"]),
        ((1e-7,), ["0.0000001"]),
        ((0.1 + 0.2, 0.3), ["0.3", "0.3"]),
    ],
)
def test_figures_are_short_and_tell_apart_what_differs(values, said):
    assert figures(*values) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((6.07, 10.8, 15.5), ["6.1", "10.8", "15.5"]),
        ((0.0, 10.8, 21.0), ["0", "10.8", "21.0"]),
        ((8.0, 10.0, 12.0), ["8", "10", "12"]),
        ((9.999, 10.001), ["9.999", "10.001"]),
        ((-1.5, 1234.4, 1234.6), ["-2", "1,234", "1,235"]),
        ((1e-9, 0.0, 1e-9), ["0.000000001", "0", "0.000000001"]),
        ((5e-324, 1e15), figures(5e-324, 1e15)),
    ],
)
def test_values_of_one_sentence_have_as_many_decimals(values, said):
    assert alike(*values) == said


def test_what_a_recalculation_moved_is_said_while_there_are_points_enough():
    moved = [20, 22] * 6 + [10, 12] * 6
    anew = {"baseline": FirstPoints(12), "rebases": [Rebase(month(12))], "good": Good.DOWN}
    assert xmr(moved, **anew).endswith(" broken). The average went from 21 to 11 on 1 July 2027.")
    assert runs(moved, **anew).endswith(". The median went from 21 to 11 on 1 July 2027.")
    assert "went" not in xmr(moved[:15], **anew)
    assert "went" not in xmr([10, 12] * 12, **anew)


def test_averages_that_differ_only_by_how_a_computer_adds_went_nowhere():
    values = [4.1, 4.3, 4.2] * 4 + [4.2, 4.1, 4.3] * 3
    assert sum(values[:12]) / 12 != sum(values[12:]) / 9
    assert "went" not in xmr(values, baseline=FirstPoints(12), rebases=[Rebase(month(12))])


@given(
    points=st.lists(st.tuples(st.dates(), st.floats() | st.integers() | st.decimals()), max_size=25),
    is_sorted=st.sampled_from([True, True, True, False]),
    good=st.sampled_from(Good),
)
@example(points=[(date(2027, 1, day), 1e15 * (-1) ** day) for day in range(1, 20)], is_sorted=True, good=Good.UP)
@example(points=[(date(2027, 1, day), 5e-324 * (day % 2)) for day in range(1, 20)], is_sorted=True, good=Good.UP)
def test_whatever_comes_is_one_sentence_or_a_refusal(points, is_sorted, good):
    if is_sorted:
        points = sorted(dict(points).items())
    for make, say in ((spc.xmr_chart, spc.xmr_in_words), (spc.run_chart, spc.run_chart_in_words)):
        try:
            said = say(make(points, good=good), say_day=in_full)
        except spc.SpcError as refused:
            said = str(refused)
        assert said.endswith(".")
        assert "nan" not in said.split(" ")
