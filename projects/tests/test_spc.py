"""Known answers of both charts, what is refused, and what a target and a good direction make of a signal."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from projects import spc
from projects.spc import Assurance, Direction, FirstPoints, Good, Limits, Meaning, Rebase, Rule
from projects.spc.limits import limits_of, mean_range
from projects.spc.rules import flagged
from projects.spc.runs import least_crossings, longest_limit
from projects.spc.xmr import assurance

A = [14, 18, 15, 21, 16, 19, 13, 17, 20, 15, 18, 16, 12, 14, 11, 13, 16, 10, 12, 15, 11, 13, 9, 12]
B = [8, 11, 9, 12, 10, 7, 11, 9, 12, 10, 8, 12, 9, 11, 13, 6, 7, 5, 6, 8, 7, 6, 9, 5, 6, 7, 5, 8, 6]
C = [5, 8, 6, 9, 4, 7, 8, 5, 9, 6, 7, 4, 8, 6, 9, 5]
D = [12, 14, 13, 15, 12, 13, 14, 8, 7, 9, 6, 8, 7, 9, 13, 8]
ONE_HIGH = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def month(number):
    """The first of a month, counted from July 2026."""
    return date(2026 + (6 + number) // 12, (6 + number) % 12 + 1, 1)


def monthly(values):
    return [(month(number), value) for number, value in enumerate(values)]


def brief(chart):
    """(rule, direction, first, fires, last) of each signal, counted from 1 as people count."""
    return [(s.rule, s.direction, s.first + 1, s.fires + 1, s.last + 1) for s in chart.signals]


def near(number):
    return pytest.approx(number, abs=5e-5)


def test_one_high_point_is_outside_limits_that_are_not_screened():
    chart = spc.xmr_chart(monthly(ONE_HIGH), good=Good.DOWN)
    [phase] = chart.phases
    assert (phase.mean, phase.mean_range) == (near(1.9444), near(1.8824))
    assert (phase.limits.lower, phase.limits.upper) == (near(-3.0626), near(6.9515))
    assert not phase.is_trial
    assert brief(chart) == [(Rule.OUTSIDE, Direction.UP, 5, 5, 5)]
    assert [mark and mark.meaning for mark in chart.marks] == [None] * 4 + [Meaning.CONCERN] + [None] * 13


def test_screened_limits_are_a_known_answer_only():
    moving = mean_range(np.array(ONE_HIGH, dtype=float), screened=True)
    assert moving == near(1)
    limits = limits_of(float(np.mean(ONE_HIGH)), moving)
    assert (limits.lower, limits.upper) == (near(-0.7156), near(4.6044))


def test_limits_that_stop_at_zero_change_no_signal():
    chart = spc.xmr_chart(monthly(ONE_HIGH), clip_at_zero=True)
    limits = chart.phases[0].limits
    assert (limits.lower, limits.near_lower, limits.upper) == (0, 0, near(6.9515))
    assert chart.signals == spc.xmr_chart(monthly(ONE_HIGH)).signals
    with pytest.raises(spc.BelowZero) as refused:
        spc.xmr_chart(monthly([3, 4, -1, 5, 6]), clip_at_zero=True)
    assert refused.value.index == 2


def test_two_points_near_opposite_limits_are_no_two_of_three():
    values = [1, -1] * 7 + [5.5, -5.5]
    chart = spc.xmr_chart(monthly(values))
    assert chart.phases[0].mean == 0
    assert Rule.TWO_OF_THREE not in {signal.rule for signal in chart.signals}


@pytest.mark.parametrize(
    ("values", "fired"),
    [
        ([1] * 6, []),
        ([1] * 8 + [-1], [7, 8]),
        ([-1] * 7, [7]),
        ([1] * 6 + [0] + [1] * 6, []),  # a point on the mean breaks a run
        ([1] * 6 + [0] + [1] * 7, [14]),
    ],
)
def test_seven_on_one_side_of_the_mean(values, fired):
    around_nothing = daily([0] * 5, first=date(2026, 12, 1))
    assert fires([*around_nothing, *daily(values, first=date(2027, 1, 1))], Rule.ONE_SIDE) == fired


@pytest.mark.parametrize(
    ("values", "fired"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [7]),
        ([1, 2, 3, 3, 4, 5, 6], []),  # an equal value breaks a trend
        ([1, 2, 3, 4, 5, 6], []),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [8]),
        ([7, 6, 5, 4, 3, 2, 1], [7]),
    ],
)
def test_seven_rising_or_falling(values, fired):
    assert fires(daily(values, first=date(2027, 1, 1)), Rule.TREND) == fired


def fires(points, rule):
    """The points, counted from 1, at which a rule is broken; before day 1 lie those of the baseline."""
    chart = spc.xmr_chart(points, baseline=FirstPoints(5))
    before = sum(day < date(2027, 1, 1) for day, _ in points)
    return [at + 1 - before for s in chart.signals if s.rule is rule for at in range(s.fires, s.last + 1)]


def daily(values, *, first):
    return [(first + timedelta(days=number), value) for number, value in enumerate(values)]


def test_a_falling_trend_points_down():
    chart = spc.xmr_chart(monthly([7, 6, 5, 4, 3, 2, 1]), good=Good.DOWN)
    assert (Rule.TREND, Direction.DOWN, 1, 7, 7) in brief(chart)
    assert {s.meaning for s in chart.signals if s.rule is Rule.TREND} == {Meaning.IMPROVEMENT}


@pytest.mark.parametrize(
    ("flags", "marked"),
    [
        ([0, 0, 1, 0, 1, 0, 0], [3, 5]),
        ([0, 0, 1, 0, -1, 0, 0], []),
        ([1, 0, 0, 1], []),
        ([1, 0, 0, 1, 1], [4, 5]),
        ([1, 1], []),
    ],
)
def test_two_of_three_near_a_limit_mark_only_those_near_it(flags, marked):
    values = np.array([2.5 * flag if flag else 0.5 for flag in flags])
    found = flagged(values, 0, Limits(-3, -2, 2, 3), 0).two_of_three
    assert (np.flatnonzero(found) + 1).tolist() == marked


def test_three_of_which_one_lies_on_the_other_side_are_no_two_of_three():
    assert not flagged(np.array([2.5, -0.5, 2.5]), 0, Limits(-3, -2, 2, 3), 0).two_of_three.any()
    assert not flagged(np.array([2.5, 0.0, 2.5]), 0, Limits(-3, -2, 2, 3), 0).two_of_three.any()


@pytest.mark.parametrize(
    ("bounds", "higher", "lower"),
    [
        ((1, 3), Assurance.FAIL, Assurance.PASS),
        ((5, 7), Assurance.PASS, Assurance.FAIL),
        ((1, 5), Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        ((4, 5), Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        ((3, 4), Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),
        ((4 + 1e-15, 5), Assurance.HIT_OR_MISS, Assurance.HIT_OR_MISS),  # equal in decimals
    ],
)
def test_assurance_against_a_target_of_four(bounds, higher, lower):
    low, high = bounds
    limits = Limits(low, low, high, high)
    assert assurance(limits, 4, Good.UP) is higher
    assert assurance(limits, 4, Good.DOWN) is lower
    assert assurance(limits, 4, Good.NEUTRAL) is assurance(limits, None, Good.UP) is Assurance.NONE
    assert assurance(None, 4, Good.UP) is Assurance.NONE


def test_assurance_is_of_the_last_phase():
    points = monthly([5, 6, 5, 6, 5, 6, 15, 16, 15, 16, 15, 16])
    assert spc.xmr_chart(points[:6], good=Good.UP, target=10).assurance is Assurance.FAIL
    assert spc.xmr_chart(points, good=Good.UP, target=10).assurance is Assurance.HIT_OR_MISS
    assert spc.xmr_chart(points, rebases=[Rebase(month(6))], good=Good.UP, target=10).assurance is Assurance.PASS


def test_series_a_lies_below_its_baseline():
    chart = spc.xmr_chart(monthly(A), baseline=FirstPoints(12), good=Good.DOWN)
    [phase] = chart.phases
    assert (phase.mean, phase.mean_range) == (near(16.8333), 4.0)
    assert (phase.limits.lower, phase.limits.upper) == (near(6.1933), near(27.4733))
    assert brief(chart) == [(Rule.ONE_SIDE, Direction.DOWN, 12, 18, 24)]
    assert chart.signals[0].meaning is Meaning.IMPROVEMENT


def test_a_point_is_labelled_by_the_first_rule_that_it_breaks():
    values = [*[10, 11] * 6, 12, 13, 14, 15, 16, 17, 18]
    marks = spc.xmr_chart(monthly(values), baseline=FirstPoints(12)).marks
    assert [mark.rule for mark in marks[11:]] == [Rule.TREND] * 3 + [Rule.OUTSIDE] * 5
    flat = [*[10, 11] * 6, 12, 11, 12, 11, 11, 11, 11]
    chart = spc.xmr_chart(monthly(flat), baseline=FirstPoints(12))
    assert [mark and mark.rule for mark in chart.marks[11:]] == [Rule.ONE_SIDE] * 8
    high = [*[10, 12] * 6, 15, 12, 15, 12, 12, 12, 12]
    labels = [mark and mark.rule for mark in spc.xmr_chart(monthly(high), baseline=FirstPoints(12)).marks[11:]]
    assert labels == [Rule.ONE_SIDE, Rule.TWO_OF_THREE, Rule.ONE_SIDE, Rule.TWO_OF_THREE, *[Rule.ONE_SIDE] * 4]


def test_a_turning_point_is_labelled_by_the_trend_that_led_to_it():
    marks = spc.xmr_chart(monthly([*[0, 40] * 6, *range(17, 24), *range(22, 16, -1)]), baseline=FirstPoints(12)).marks
    assert [mark and (mark.rule, mark.direction) for mark in marks[12:]] == [
        *[(Rule.TREND, Direction.UP)] * 7,
        *[(Rule.TREND, Direction.DOWN)] * 6,
    ]


@pytest.mark.parametrize(
    ("good", "meaning"), [(Good.UP, Meaning.CONCERN), (Good.DOWN, Meaning.IMPROVEMENT), (Good.NEUTRAL, Meaning.NEITHER)]
)
def test_what_a_signal_means_depends_on_which_way_is_better(good, meaning):
    for chart in (spc.xmr_chart, spc.run_chart):
        [signal] = chart(monthly(A), baseline=FirstPoints(12), good=good).signals
        assert signal.meaning is meaning


@pytest.mark.parametrize(
    ("many", "has_limits", "is_trial"),
    [(4, False, False), (5, True, True), (11, True, True), (12, True, False)],
)
def test_limits_from_five_points_on_and_trial_limits_below_twelve(many, has_limits, is_trial):
    [phase] = spc.xmr_chart(monthly(A[:many])).phases
    assert ((phase.limits is not None), phase.is_trial) == (has_limits, is_trial)


def test_no_moving_range_leads_across_a_rebase():
    phases = spc.xmr_chart(monthly([10, 11] * 6 + [90, 91] * 6), rebases=[Rebase(month(12))]).phases
    assert [(phase.mean, phase.mean_range) for phase in phases] == [(10.5, 1), (90.5, 1)]
    assert [(phase.first, phase.last) for phase in phases] == [(0, 11), (12, 23)]


def test_run_chart_a_has_a_long_run_and_enough_crossings():
    chart = spc.run_chart(monthly(A), baseline=FirstPoints(12))
    [phase] = chart.phases
    assert (phase.median, phase.useful) == (16.5, 24)
    assert (phase.crossings, phase.least_crossings, phase.longest_run, phase.longest_limit) == (10, 8, 13, 8)
    assert brief(chart) == [(Rule.LONGEST_RUN, Direction.DOWN, 12, 20, 24)]
    assert spc.run_chart(monthly(A), rebases=[Rebase(month(12))]).phases[1].median == 12


def test_run_chart_b_leaves_out_points_on_the_median_and_may_be_rebased():
    chart = spc.run_chart(monthly(B), baseline=FirstPoints(10))
    [phase] = chart.phases
    assert (phase.median, phase.useful) == (10, 27)
    assert (phase.crossings, phase.least_crossings, phase.longest_run, phase.longest_limit) == (12, 9, 14, 8)
    assert brief(chart) == [(Rule.LONGEST_RUN, Direction.DOWN, 16, 24, 29)]
    for points in (B[:24], B):  # when its first run had just been found, and later
        rebased = spc.run_chart(monthly(points), baseline=FirstPoints(10), rebases=[Rebase(month(15))])
        assert rebased.phases[1].median == 6
        assert rebased.signals == ()


def test_run_chart_c_is_chance():
    chart = spc.run_chart(monthly(C))
    assert (chart.phases[0].median, chart.phases[0].useful, chart.phases[0].crossings) == (6.5, 16, 14)
    assert chart.signals == ()


def test_run_chart_d_has_too_few_crossings_and_a_run_just_as_long_as_it_may_be():
    chart = spc.run_chart(monthly(D))
    [phase] = chart.phases
    assert phase.median == 10.5
    assert (phase.crossings, phase.least_crossings, phase.longest_run, phase.longest_limit) == (3, 4, 7, 7)
    assert brief(chart) == [(Rule.CROSSINGS, None, 1, 16, 16)]


def test_limits_of_the_longest_run():
    spans = {6: (10, 11), 7: (12, 22), 8: (23, 45), 9: (46, 90), 10: (91, 181)}
    assert {n: longest_limit(n) for n in range(10, 182)} == {
        n: limit for limit, (low, high) in spans.items() for n in range(low, high + 1)
    }


def test_least_crossings():
    known = "2 2 3 3 4 4 4 5 5 6 6 6 7 7 8 8 8 9 9 10 10 11 11 11 12 12 13 13 14 14 14"
    assert [least_crossings(n) for n in range(10, 41)] == [int(each) for each in known.split()]


@pytest.mark.parametrize(
    ("values", "useful", "is_enough"), [([1] * 4 + [5] * 2 + [9] * 5, 9, False), ([1, 9] * 5, 10, True)]
)
def test_nine_useful_points_are_not_enough(values, useful, is_enough):
    [phase] = spc.run_chart(monthly(values)).phases
    assert (phase.useful, phase.is_enough) == (useful, is_enough)
    assert (phase.longest_limit is None) == (phase.least_crossings is None) == (not is_enough)


DAY = date(2027, 1, 4)
NEXT = date(2027, 1, 5)


@pytest.mark.parametrize("make", [spc.xmr_chart, spc.run_chart])
@pytest.mark.parametrize(
    ("points", "refusal", "sentence"),
    [
        ([(NEXT, 1), (DAY, 2)], spc.DatesOutOfOrder, "Point 2 is earlier than the point before it."),
        ([(DAY, 1), (DAY, 1)], spc.DayTwice, "Point 2 is of the same day as the point before it."),
        ([(DAY, 1), ("2027-01-05", 1)], spc.NoDay, "Point 2 has no day."),
        ([(DAY, 1), (None, 1)], spc.NoDay, "Point 2 has no day."),
        ([(DAY, 1), (datetime(2027, 1, 5, 9), 1)], spc.NoDay, "Point 2 has no day."),
        ([(DAY, 1), (NEXT, "3")], spc.NoNumber, "Point 2 is not a number."),
        ([(DAY, 1), (NEXT, None)], spc.NoNumber, "Point 2 is not a number."),
        ([(DAY, 1), (NEXT, True)], spc.NoNumber, "Point 2 is not a number."),
        ([(DAY, 1), (NEXT, 3j)], spc.NoNumber, "Point 2 is not a number."),
        ([(DAY, 1), (NEXT, float("nan"))], spc.NotFinite, "Point 2 is not a finite number."),
        ([(DAY, 1), (NEXT, float("-inf"))], spc.NotFinite, "Point 2 is not a finite number."),
        ([(DAY, 1), (NEXT, Decimal("NaN"))], spc.NotFinite, "Point 2 is not a finite number."),
        ([(DAY, 1), (NEXT, Decimal("sNaN"))], spc.NotFinite, "Point 2 is not a finite number."),
        ([(DAY, 1), (NEXT, 10**400)], spc.TooLarge, "Point 2 is too large a number."),
        ([(DAY, 1), (NEXT, -1e300)], spc.TooLarge, "Point 2 is too large a number."),
    ],
)
def test_bad_points_are_refused_with_their_row(make, points, refusal, sentence):
    with pytest.raises(spc.SpcError) as refused:
        make(points)
    assert (type(refused.value), str(refused.value), refused.value.index) == (refusal, sentence, 1)


@pytest.mark.parametrize("make", [spc.xmr_chart, spc.run_chart])
@pytest.mark.parametrize(
    ("asked", "refusal", "index"),
    [
        ({"baseline": FirstPoints(4)}, spc.BaselineTooShort, None),
        ({"rebases": [Rebase(month(0))]}, spc.RebaseOutside, 0),
        ({"rebases": [Rebase(month(-5))]}, spc.RebaseOutside, 0),
        ({"rebases": [Rebase(month(12)), Rebase(month(24))]}, spc.RebaseOutside, 1),
        ({"rebases": [Rebase(month(12)), Rebase(month(6))]}, spc.RebasesOutOfOrder, 1),
        ({"rebases": [Rebase(month(12)), Rebase(month(12))]}, spc.RebasesOutOfOrder, 1),
        (
            {"rebases": [Rebase(month(11) + timedelta(days=1)), Rebase(month(12))]},
            spc.PhaseWithoutPoints,
            1,
        ),
    ],
)
def test_baselines_and_rebases_that_cannot_be_are_refused(make, asked, refusal, index):
    with pytest.raises(spc.SpcError) as refused:
        make(monthly(A), **asked)
    assert (type(refused.value), refused.value.index) == (refusal, index)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("make", [spc.xmr_chart, spc.run_chart])
def test_a_series_without_points_is_no_error_and_has_no_phase(make):
    assert (make([]).phases, make([]).signals) == ((), ())
    with pytest.raises(spc.RebaseOutside):
        make([], rebases=[Rebase(DAY)])


def test_a_target_is_a_number():
    with pytest.raises(spc.NotFinite, match="The target is not a finite number"):
        spc.xmr_chart(monthly(A), target=float("nan"))
    assert spc.xmr_chart(monthly(A), target=Decimal("4.5")).target == 4.5


def test_values_as_they_are_kept_in_a_database_are_read():
    assert spc.xmr_chart(monthly(map(Decimal, A))).phases == spc.xmr_chart(monthly(A)).phases


@pytest.mark.parametrize("size", [1e-9, 1, 1e12])
def test_equal_values_are_never_outside(size):
    points = monthly([0.1 * size] * 30)
    assert spc.xmr_chart(points).signals == ()
    assert spc.run_chart(points).phases[0].useful == 0
