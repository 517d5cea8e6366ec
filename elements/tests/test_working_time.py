"""Working days and hours: against plain counting, around bank holidays and around the clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elements import clock
from elements.working_time import (
    after_working_days,
    after_working_hours,
    as_worked,
    bank_holidays,
    before_working_days,
    is_working_day,
    working_days,
)

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def london(*figures) -> datetime:
    return datetime(*figures, tzinfo=clock.LONDON)


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2027, 1, 1), False),  # New Year, a Friday
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 5, 3), False),
        (date(2027, 5, 31), False),
        (date(2027, 8, 30), False),
        (date(2027, 8, 2), True),  # free in Scotland alone
        (date(2027, 12, 27), False),  # Christmas Day is a Saturday: Monday and Tuesday stand in
        (date(2027, 12, 28), False),
        (date(2027, 12, 29), True),
        (date(2026, 12, 28), False),  # for Boxing Day on a Saturday
        (date(2027, 1, 2), False),  # a Saturday
        (date(2027, 1, 4), True),
    ],
)
def test_bank_holidays_and_weekends_are_no_working_days(day, is_one):
    assert is_working_day(day) is is_one


def test_there_are_eight_bank_holidays_in_a_plain_year():
    assert len([day for day in bank_holidays(2027) if day.weekday() < 5]) == 8


@given(DAYS, st.integers(-30, 500))
def test_working_days_are_those_that_plain_counting_finds(first, days):
    last = first + timedelta(days=days)
    counted = sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))
    assert working_days(first, last) == counted


@given(DAYS, st.integers(0, 60))
def test_after_so_many_working_days_so_many_have_gone_by_and_not_a_day_earlier(first, number):
    last = after_working_days(first, number)
    assert working_days(first, last) == number
    assert number == 0 or working_days(first, last - timedelta(days=1)) == number - 1


@given(DAYS, st.integers(1, 60))
def test_so_many_working_days_before_a_working_day_lead_back_to_it(last, number):
    first = before_working_days(last, number)
    assert is_working_day(first)
    assert sum(is_working_day(first + timedelta(days=n)) for n in range((last - first).days)) == number


@pytest.mark.parametrize(
    ("day", "original", "becomes"),
    [
        (date(2028, 5, 1), date(2027, 5, 4), date(2028, 5, 2)),  # a bank holiday
        (date(2027, 12, 25), date(2027, 12, 20), date(2027, 12, 29)),  # Saturday, and the two days that stand in
        (date(2028, 5, 13), date(2027, 5, 15), date(2028, 5, 13)),  # a Saturday as before
        (date(2028, 5, 3), date(2027, 5, 1), date(2028, 5, 3)),
        (date(2028, 5, 3), date(2027, 5, 4), date(2028, 5, 3)),
    ],
)
def test_a_day_that_stands_for_a_working_day_is_one_and_what_was_a_day_off_may_be_one(day, original, becomes):
    assert as_worked(day, original) == becomes


def test_two_working_days_before_the_tuesday_after_easter_is_the_wednesday_before():
    assert before_working_days(date(2027, 3, 30), 2) == date(2027, 3, 24)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (london(2027, 1, 6, 10), 4, london(2027, 1, 6, 14)),
        (london(2027, 1, 6, 13), 4, london(2027, 1, 6, 17)),  # when the office closes, not next morning
        (london(2027, 1, 6, 15, 30), 4, london(2027, 1, 7, 11, 30)),
        (london(2027, 1, 6, 3), 4, london(2027, 1, 6, 13)),
        (london(2027, 1, 6, 22), 4, london(2027, 1, 7, 13)),
        (london(2027, 1, 8, 16), 4, london(2027, 1, 11, 12)),  # over a weekend
        (london(2027, 1, 9, 12), 4, london(2027, 1, 11, 13)),  # on a Saturday
        (london(2027, 3, 25, 16), 4, london(2027, 3, 30, 12)),  # over Easter, and the clocks go forward on its Sunday
        (london(2027, 1, 6, 9), 8, london(2027, 1, 6, 17)),
        (london(2027, 1, 6, 9), 20, london(2027, 1, 8, 13)),
        (london(2027, 1, 6, 10), 0.5, london(2027, 1, 6, 10, 30)),
        (london(2027, 1, 6, 22), 0, london(2027, 1, 6, 22)),
        # Each change of the clocks of 2026 and 2027, from the Friday before to the Monday after.
        (london(2026, 3, 27, 16), 4, london(2026, 3, 30, 12)),
        (london(2026, 10, 23, 16), 4, london(2026, 10, 26, 12)),
        (london(2027, 10, 29, 16), 4, london(2027, 11, 1, 12)),
        # Within the hour that comes twice, and beside the one that is left out.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 4, london(2026, 10, 26, 13)),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 4, london(2026, 10, 26, 13)),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 4, london(2026, 3, 30, 13)),
    ],
)
def test_working_hours_are_those_of_the_office(start, hours, end):
    assert after_working_hours(start, hours) == end


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)), st.integers(1, 40))
def test_of_the_minutes_between_so_many_were_worked(start, hours):
    start = start.replace(second=0, microsecond=0)
    end = after_working_hours(start, hours)
    worked, moment = 0, start
    while moment < end:
        here = clock.local(moment)
        worked += is_working_day(here.date()) and time(9) <= here.time() < time(17)
        moment += timedelta(minutes=1)
    assert worked == hours * 60


def test_the_moment_is_in_utc_wherever_it_is_asked_from():
    assert after_working_hours(london(2027, 7, 6, 10), 4).tzinfo is UTC
