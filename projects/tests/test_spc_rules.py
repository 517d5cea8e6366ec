"""Every rule of both charts equals going through the points one by one, on random series and on hard ones."""

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects import spc
from projects.spc import FirstPoints, Rebase, Rule
from projects.spc.runs import least_crossings, longest_limit
from projects.tests import slow_charts as slow

FIRST = date(2027, 1, 4)
AWAY, NEAR = Fraction("2.66"), Fraction("2.66") * 2 / 3


def dated(values):
    return [(FIRST + timedelta(weeks=number), value) for number, value in enumerate(values)]


def drawn(number):
    """A short series of one of several kinds: many ties, tenths, drift, jumps, walks."""
    dealt = np.random.default_rng(number)
    size = int(dealt.integers(0, 45))
    kind = number % 6
    if kind == 0:
        values = dealt.integers(0, 3, size)
    elif kind == 1:
        values = dealt.normal(20, 4, size).round(1)
    elif kind == 2:
        values = dealt.normal(0, 1, size).round(1) + np.arange(size) * 0.2
    elif kind == 3:
        values = dealt.normal(5, 1, size).round(2) + 3 * (np.arange(size) > size // 2)
    elif kind == 4:
        values = dealt.integers(-2, 3, size).cumsum()
    else:
        values = np.round(dealt.choice([0.1, 0.2, 0.3], size) * float(dealt.choice([1, 7, 1000])), 1)
    return [round(value, 2) for value in values.tolist()]


def found(chart, rule):
    return {(signal.direction.value, signal.marked) for signal in chart.signals if signal.rule is rule}


def compare_xmr(values, baseline=None):
    """Assert that an XmR chart of one phase equals the slow one, rule by rule."""
    chart = spc.xmr_chart(dated(values), baseline=FirstPoints(baseline) if baseline else None)
    exact = slow.exact(values)
    based = exact[:baseline]
    if len(based) < 5:
        assert chart.signals == ()
        assert all(phase.limits is None for phase in chart.phases)
        return
    [phase] = chart.phases
    centre, moving = slow.mean(based), slow.mean_range(based)
    assert phase.mean == pytest.approx(float(centre), rel=1e-12, abs=1e-12)
    assert phase.mean_range == pytest.approx(float(moving), rel=1e-12, abs=1e-12)
    expected = {
        Rule.OUTSIDE: slow.outside(exact, centre, AWAY * moving),
        Rule.TREND: slow.trend(exact),
        Rule.ONE_SIDE: slow.one_side(exact, centre),
    }
    assert {rule: found(chart, rule) for rule in expected} == expected
    pairs = slow.two_of_three(exact, centre, NEAR * moving)
    near = [signal for signal in chart.signals if signal.rule is Rule.TWO_OF_THREE]
    for way, points in pairs.items():
        marked = [point for signal in near if signal.direction == way for point in signal.marked]
        assert sorted(marked) == sorted(points)
    compare_labels(chart, expected, pairs)
    compare_firing(chart, exact, centre, NEAR * moving)


def compare_labels(chart, expected, pairs):
    """Assert that each point is labelled by the first rule of the four that marks it."""
    of_rule = {
        Rule.OUTSIDE: {point for _, points in expected[Rule.OUTSIDE] for point in points},
        Rule.TREND: {point for _, points in expected[Rule.TREND] for point in points},
        Rule.TWO_OF_THREE: pairs["up"] | pairs["down"],
        Rule.ONE_SIDE: {point for _, points in expected[Rule.ONE_SIDE] for point in points},
    }
    for point, mark in enumerate(chart.marks):
        assert (mark and mark.rule) == next((rule for rule, points in of_rule.items() if point in points), None)
        assert mark is None or point in mark.marked


def compare_firing(chart, exact, centre, near):
    """Assert that a rule fires at the first point at which what came until then breaks it."""
    for signal in chart.signals:
        until = exact[signal.first : signal.fires + 1]
        again = {
            Rule.OUTSIDE: lambda part: True,
            Rule.TREND: slow.trend,
            Rule.ONE_SIDE: lambda part: slow.one_side(part, centre),
        }
        if signal.rule is Rule.TWO_OF_THREE:
            seen = [
                bool(slow.two_of_three(exact[: point + 1], centre, near)[signal.direction] & set(signal.marked))
                for point in (signal.fires - 1, signal.fires)
            ]
            assert seen == [False, True]
        else:
            assert again[signal.rule](until)
            assert signal.rule is Rule.OUTSIDE or not again[signal.rule](until[:-1])


def compare_runs(values, baseline=None):
    """Assert that a run chart of one phase equals the slow one."""
    chart = spc.run_chart(dated(values), baseline=FirstPoints(baseline) if baseline else None)
    exact = slow.exact(values)
    if not exact:
        assert chart.phases == chart.signals == ()
        return
    [phase] = chart.phases
    centre = slow.median(exact[:baseline])
    runs, crossings = slow.runs(exact, centre)
    useful = sum(len(points) for _, points in runs)
    longest = max((len(points) for _, points in runs), default=0)
    assert (phase.useful, phase.longest_run, phase.crossings) == (useful, longest, crossings)
    assert phase.median == pytest.approx(float(centre))
    assert phase.is_enough == (useful >= 10)
    if useful < 10:
        assert chart.signals == ()
        return
    assert phase.longest_limit == slow.longest_allowed(useful)
    assert phase.least_crossings == slow.quantile(useful - 1)
    long = {(way, points) for way, points in runs if len(points) > phase.longest_limit}
    assert found(chart, Rule.LONGEST_RUN) == long
    assert [s.marked[phase.longest_limit] for s in chart.signals if s.marked] == [
        s.fires for s in chart.signals if s.marked
    ]
    assert any(s.rule is Rule.CROSSINGS for s in chart.signals) == (crossings < phase.least_crossings)


@pytest.mark.parametrize("compare", [compare_xmr, compare_runs])
def test_the_rules_equal_a_slow_reading_of_drawn_series(compare, is_full):
    for number in range(10_000 if is_full else 300):
        compare(drawn(number), baseline=(None, 5, 12)[number % 3])


hundredths = st.integers(-300, 300).map(lambda number: number / 100)
series = st.one_of(
    st.lists(st.integers(0, 4), max_size=30),
    st.lists(hundredths, max_size=30),
    st.lists(st.sampled_from([0.1, 0.2, 0.3]), max_size=30),
)


@given(values=series, baseline=st.none() | st.integers(5, 14))
@example(values=[0.1] * 12, baseline=None)  # whose mean is not 0.1 in floating point
@example(values=[1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], baseline=None)  # two trends that touch
@example(values=[1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], baseline=None)  # a point of both trends
@example(values=[10, 10, 10, 10, 10, 11, 9, 20, 20, 9], baseline=7)
@example(values=[5, 5, 1, 1, 1, 1, 1, 1], baseline=None)  # two near points, and no three
def test_the_rules_equal_a_slow_reading_of_hard_series(values, baseline):
    compare_xmr(values, baseline)
    compare_runs(values, baseline)


@given(parts=st.lists(st.lists(hundredths, min_size=1, max_size=15), min_size=2, max_size=4))
def test_a_phase_is_as_if_it_stood_alone(parts):
    whole = dated([value for part in parts for value in part])
    starts = [sum(map(len, parts[:number])) for number in range(len(parts))]
    rebases = [Rebase(whole[start][0]) for start in starts[1:]]
    for make in (spc.xmr_chart, spc.run_chart):
        chart = make(whole, rebases=rebases)
        alone = [make(dated(part)) for part in parts]
        moved = [
            (signal.rule, signal.direction, *(start + at for at in (signal.first, signal.last, signal.fires)))
            for start, one in zip(starts, alone, strict=True)
            for signal in one.signals
        ]
        assert [(s.rule, s.direction, s.first, s.last, s.fires) for s in chart.signals] == moved
        assert [phase.first for phase in chart.phases] == starts
        for phase, one in zip(chart.phases, alone, strict=True):
            only = {name: value for name, value in vars(phase).items() if "first" not in name and "last" not in name}
            assert only.items() <= vars(one.phases[0]).items()


@pytest.mark.parametrize("useful", range(10, 200))
def test_limits_of_runs_equal_their_definitions(useful):
    assert longest_limit(useful) == slow.longest_allowed(useful)
    assert least_crossings(useful) == slow.quantile(useful - 1)


def python_only(thing):
    """Whether nothing of numpy is left in a result, all the way down."""
    if isinstance(thing, np.generic | np.ndarray):
        return False
    if isinstance(thing, tuple):
        return all(map(python_only, thing))
    return not hasattr(thing, "__dataclass_fields__") or all(map(python_only, vars(thing).values()))


@pytest.mark.parametrize("make", [spc.xmr_chart, spc.run_chart])
def test_no_number_of_numpy_leaves_the_bench(make):
    chart = make(dated(np.repeat([1.5, 9.5, 1.0, 30.25], 12)), rebases=[Rebase(FIRST + timedelta(weeks=24))])
    assert len(chart.signals) > 1
    assert python_only(chart)
