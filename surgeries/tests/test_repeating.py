"""Days of a series: every so many weeks, without holidays, at the same hour by the clock on the wall."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elements import clock
from elements.working_time import bank_holidays
from surgeries.repeating import LEFT_OUT, MOST, Occasion, Repeats, hours_on, occasions

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
SERIES = st.builds(
    Repeats,
    first_on=DAYS,
    every=st.integers(1, 8),
    until=st.none(),
    times=st.integers(1, 60),
    but=st.frozensets(DAYS, max_size=20),
)


def held(repeats: Repeats) -> list[date]:
    return [each.on for each in occasions(repeats) if not each.skipped]


def test_every_second_monday_without_the_bank_holidays_which_are_named():
    found = occasions(Repeats(date(2027, 3, 1), every=2, until=date(2027, 6, 7)))
    assert found == [
        Occasion(date(2027, 3, 1)),
        Occasion(date(2027, 3, 15)),
        Occasion(date(2027, 3, 29), "Easter Monday"),
        Occasion(date(2027, 4, 12)),
        Occasion(date(2027, 4, 26)),
        Occasion(date(2027, 5, 10)),
        Occasion(date(2027, 5, 24)),
        Occasion(date(2027, 6, 7)),
    ]


def test_a_number_of_times_counts_those_that_take_place():
    assert held(Repeats(date(2027, 3, 15), every=2, times=3)) == [
        date(2027, 3, 15),
        date(2027, 4, 12),
        date(2027, 4, 26),
    ]


def test_the_day_that_comes_first_ends_the_series():
    both = Repeats(date(2027, 6, 7), every=1, until=date(2027, 6, 21), times=10)
    assert len(held(both)) == 3
    assert len(held(Repeats(date(2027, 6, 7), every=1, until=date(2027, 12, 21), times=2))) == 2


def test_days_that_a_lead_names_are_left_out():
    found = occasions(Repeats(date(2027, 6, 7), every=1, times=2, but=frozenset({date(2027, 6, 14)})))
    assert found == [
        Occasion(date(2027, 6, 7)),
        Occasion(date(2027, 6, 14), LEFT_OUT),
        Occasion(date(2027, 6, 21)),
    ]


def test_a_single_surgery_is_one_day_and_a_holiday_is_none():
    assert occasions(Repeats(date(2027, 6, 8))) == [Occasion(date(2027, 6, 8))]
    assert occasions(Repeats(date(2027, 3, 26))) == [Occasion(date(2027, 3, 26), "Good Friday")]


def test_a_series_without_an_end_is_none():
    with pytest.raises(ValueError, match="ends on a day"):
        occasions(Repeats(date(2027, 6, 8), every=1))


def test_the_calendar_itself_ends_and_a_series_with_it():
    assert held(Repeats(date(9999, 12, 20), every=1, until=date.max)) == [date(9999, 12, 20), date(9999, 12, 27)]


@given(SERIES)
def test_days_lie_the_weeks_apart_and_those_held_are_no_holidays_nor_left_out(repeats):
    found = occasions(repeats)
    assert [each.on for each in found] == [
        repeats.first_on + timedelta(weeks=repeats.every) * number for number in range(len(found))
    ]
    for each in found:
        is_free = each.on in bank_holidays(each.on.year) or each.on in repeats.but
        assert bool(each.skipped) == is_free
    assert len(held(repeats)) == min(repeats.times, MOST)
    assert not found[-1].skipped


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)])
def test_the_hour_on_the_wall_stays_over_the_change_of_the_clocks(change):
    before, after = change - timedelta(days=3), change + timedelta(days=4)
    (first, _), (second, until) = (hours_on(day, time(12, 30), time(14)) for day in (before, after))
    assert clock.local(first).time() == clock.local(second).time() == time(12, 30)
    assert clock.local(until).time() == time(14)
    assert (second - first) - timedelta(days=7) in {timedelta(hours=1), -timedelta(hours=1)}


def test_an_hour_that_there_is_not_is_refused_with_the_nearest():
    with pytest.raises(clock.NoSuchTime, match="12:45am or 2am"):
        hours_on(date(2027, 3, 28), time(1, 30), time(3))
