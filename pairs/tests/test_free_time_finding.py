"""Common free half-hours: equal to going through the minutes one by one, clock changes included, and fast."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairs import free_time
from pairs.free_time import LONDON, Hours, Person, Span
from tests.stopwatch import seconds

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MARCH, OCTOBER, OCTOBER_2026 = date(2027, 3, 28), date(2027, 10, 31), date(2026, 10, 25)
OFFICE = [Hours(weekday, time(9), time(17)) for weekday in range(5)]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def wall(moment):
    return moment.astimezone(LONDON).replace(tzinfo=None)


def oracle(people, first, last, after=None):
    """{day: (starts of half-hours in working time, and beside it)}: each minute is asked for each person.

    Hours begin with the first minute at which the clock shows their start or later, and end likewise.
    """
    minutes = [
        utc(first.year, first.month, first.day) - 2 * DAY + n * MINUTE for n in range(1440 * ((last - first).days + 5))
    ]
    shown = [wall(minute) for minute in minutes]
    reached = {}
    highest = datetime.min
    for minute, here in zip(minutes, shown, strict=True):
        if here > highest:
            step = max(highest, here - 2 * 60 * MINUTE) + MINUTE
            while step <= here:
                reached.setdefault(step, minute)
                step += MINUTE
            highest = here

    def covered(hours):
        found = set()
        for number in range(-1, (last - first).days + 1):
            day = first + number * DAY
            for each in hours:
                if each.weekday == day.weekday():
                    end = day if each.ends > each.starts else day + DAY
                    begins = reached[datetime.combine(day, each.starts)]
                    over = reached[datetime.combine(end, each.ends)]
                    found |= {begins + n * MINUTE for n in range((over - begins) // MINUTE)}
        return found

    def touched(spans):
        return {
            minute.replace(second=0, microsecond=0) + n * MINUTE
            for span in spans
            for minute in [span.starts_at]
            for n in range(
                (span.ends_at - minute.replace(second=0, microsecond=0) + MINUTE - timedelta(microseconds=1)) // MINUTE
            )
        }

    usual = [covered(person.working) for person in people]
    known = [covered([*person.working, *person.agreed]) for person in people]
    busy = [touched(person.busy) for person in people]
    found = {}
    for minute, here in zip(minutes, shown, strict=True):
        if here.minute not in (0, 30) or not first <= here.date() <= last or (after and minute < after):
            continue
        half = {minute + n * MINUTE for n in range(30)}
        if all(half <= mine and not half & taken for mine, taken in zip(usual, busy, strict=True)):
            found.setdefault(here.date(), ([], []))[0].append(minute)
        elif all(half <= mine and not half & taken for mine, taken in zip(known, busy, strict=True)):
            found.setdefault(here.date(), ([], []))[1].append(minute)
    return found


def found(people, first, last, after=None):
    return {
        each.day: (free_time.halves(each.working), free_time.halves(each.agreed))
        for each in free_time.free_days(people, first=first, last=last, after=after)
    }


ROUND = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 50]))
HOURS = st.builds(Hours, st.integers(0, 6), ROUND, ROUND).filter(lambda hours: hours.starts != hours.ends)


def busy_around(first):
    start = utc(first.year, first.month, first.day) - DAY
    begins = st.integers(0, 6 * 1440).map(lambda minutes: start + minutes * MINUTE)
    return st.builds(lambda at, long: Span(at, at + long * MINUTE), begins, st.integers(1, 900))


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from([MARCH - DAY, OCTOBER - DAY, OCTOBER_2026 - DAY, date(2027, 1, 6)]))
def test_equal_to_asking_every_minute(data, first):
    person = st.builds(
        Person, st.lists(HOURS, max_size=6), st.lists(HOURS, max_size=4), st.lists(busy_around(first), max_size=6)
    )
    people = data.draw(st.lists(person, min_size=1, max_size=3))
    after = data.draw(st.none() | st.integers(0, 4000).map(lambda n: free_time.midnight(first) + n * MINUTE))
    last = first + 3 * DAY
    assert found(people, first, last, after) == oracle(people, first, last, after)


def rota(seed, first, shifts=200):
    dealt = random.Random(seed)  # noqa: S311 - a fixed draw
    start = free_time.midnight(first)
    return [
        Span(at, at + dealt.choice([30, 45, 60, 120]) * MINUTE)
        for at in (start + dealt.randrange(28 * 96) * 15 * MINUTE for _ in range(shifts))
    ]


@pytest.mark.parametrize("first", [date(2027, 3, 15), date(2027, 10, 18)])
def test_two_rotas_of_200_events_over_four_weeks_equal_the_minutes_and_take_no_time(first):
    night = [Hours(5, time(21), time(7, 15)), Hours(6, time(0), time(4))]
    people = [
        Person([*OFFICE, *night], [Hours(2, time(17), time(21))], rota(1, first)),
        Person([*OFFICE, *night], [Hours(2, time(18, 15), time(20))], rota(2, first)),
    ]
    last = first + 27 * DAY
    assert found(people, first, last) == oracle(people, first, last)
    assert seconds(lambda: free_time.free_days(people, first=first, last=last), until=0.05) < 0.05


@pytest.mark.parametrize(("day", "count"), [(MARCH, 4), (OCTOBER, 8), (OCTOBER_2026, 8), (date(2027, 5, 2), 6)])
def test_from_midnight_to_three_there_are_two_hours_in_march_and_four_in_october(day, count):
    [found] = free_time.free_days([Person([Hours(6, time(0), time(3))])], first=day, last=day)
    [span] = found.working
    assert len(free_time.halves([span])) == count
    assert (wall(span.starts_at).time(), wall(span.ends_at).time()) == (time(0), time(3))


@pytest.mark.parametrize(("day", "count"), [(MARCH, 46), (OCTOBER, 50), (date(2027, 5, 2), 48)])
def test_a_whole_day_has_as_many_half_hours_as_there_are(day, count):
    person = Person([Hours(5, time(12), time(0)), Hours(6, time(0), time(12)), Hours(6, time(12), time(0))])
    [found] = free_time.free_days([person], first=day, last=day)
    assert len(free_time.halves(found.working)) == count


def test_hours_within_the_hour_that_is_left_out_are_none_and_twice_is_the_first():
    at_one = Person([Hours(6, time(1), time(2))])
    assert free_time.free_days([at_one], first=MARCH, last=MARCH) == []
    [autumn] = free_time.free_days([at_one], first=OCTOBER, last=OCTOBER)
    assert free_time.halves(autumn.working) == [utc(2027, 10, 31, 0, n) for n in (0, 30)] + [
        utc(2027, 10, 31, 1, n) for n in (0, 30)
    ]
    assert free_time.moment(MARCH, time(1, 30)) == utc(2027, 3, 28, 1)
    assert free_time.moment(OCTOBER, time(1, 30)) == utc(2027, 10, 31, 0, 30)


def test_a_night_reaches_into_the_next_day_and_the_first_of_the_range():
    night = Person([Hours(1, time(21), time(7))])  # Tuesdays
    tuesday, wednesday = free_time.free_days([night], first=date(2027, 1, 5), last=date(2027, 1, 6))
    assert [wall(span.ends_at).hour for day in (tuesday, wednesday) for span in day.working] == [0, 7]
    [only] = free_time.free_days([night], first=date(2027, 1, 6), last=date(2027, 1, 6))
    assert only == wednesday


def test_what_is_only_agreed_stands_apart_and_half_a_half_hour_is_none():
    one = Person([Hours(2, time(9), time(17, 15))], [Hours(2, time(17, 15), time(19))])
    other = Person([Hours(2, time(9, 10), time(18, 0))], [], [Span(utc(2027, 1, 6, 11, 59), utc(2027, 1, 6, 12, 1))])
    [day] = free_time.free_days([one, other], first=date(2027, 1, 6), last=date(2027, 1, 6))
    spans = [[f"{wall(s.starts_at):%H:%M}-{wall(s.ends_at):%H:%M}" for s in part] for part in (day.working, day.agreed)]
    assert spans == [["09:30-11:30", "12:30-17:00"], ["17:00-18:00"]]


def test_nothing_begins_before_now_and_nobody_has_nothing_in_common():
    day = date(2027, 1, 6)
    [found] = free_time.free_days([Person(OFFICE)], first=day, last=day, after=utc(2027, 1, 6, 15, 1))
    assert free_time.halves(found.working) == [utc(2027, 1, 6, 15, 30), utc(2027, 1, 6, 16), utc(2027, 1, 6, 16, 30)]
    assert free_time.free_days([Person(OFFICE)], first=day, last=day, after=utc(2028, 1, 1)) == []
    assert free_time.free_days([], first=day, last=day) == []
    assert free_time.free_days([Person(OFFICE), Person()], first=day, last=day) == []


def test_the_best_are_the_longest_and_of_equal_ones_the_earliest():
    person = Person(OFFICE, [], [Span(utc(2027, 1, 4, 12), utc(2027, 1, 4, 12, 30))])
    days = free_time.free_days([person], first=date(2027, 1, 4), last=date(2027, 1, 6))
    best = free_time.best(days, most=3, least=timedelta(hours=1))
    assert [(span.starts_at.day, span.length / timedelta(hours=1)) for span in best] == [(5, 8), (6, 8), (4, 4.5)]
    assert free_time.best(days, most=3, least=timedelta(hours=9)) == []
