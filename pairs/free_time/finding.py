"""The half-hours in which everybody is free.

London's clock differs from UTC by whole hours, so a half-hour on its wall is a half-hour of UTC. Half-hours are
numbered from the first of the range; a set of them is a whole number whose bit *n* says whether half-hour *n* belongs
to it. What several people have in common is then one AND, and four weeks are 1,344 bits, two more or fewer at a clock
change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pairs.free_time.spans import DAY, Hours, Span, merged, midnight

HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Person:
    """When somebody can meet: usual working hours, hours beside them that are agreed to, and what is in the way."""

    working: Sequence[Hours] = ()
    agreed: Sequence[Hours] = ()
    busy: Sequence[Span] = ()


@dataclass(frozen=True)
class FreeDay:
    """The free stretches of a day: in everybody's working hours, and those that need somebody's agreed hours.

    A stretch consists of half-hours and ends at midnight at the latest.
    """

    day: date
    working: tuple[Span, ...]
    agreed: tuple[Span, ...]


def free_days(people: Sequence[Person], *, first: date, last: date, after: datetime | None = None) -> list[FreeDay]:
    """The days from `first` to `last` on which everybody has a free half-hour, in order; none begins before `after`.

    A half-hour is free if every minute of it lies in a person's hours and none in anything that is in the way, for
    each of the people. With nobody to ask nothing is free.
    """
    start, end = midnight(first), midnight(last + DAY)
    everything = (1 << ((end - start) // HALF_HOUR)) - 1
    working = available = everything if people else 0
    for person in people:
        usual = _as_spans(person.working, first, last)
        other = _as_spans(person.agreed, first, last)
        free = everything & ~_touched(person.busy, start, end)
        working &= _covered(usual, start, end) & free
        available &= _covered([*usual, *other], start, end) & free
    if after is not None and after > start:
        passed = min(-((start - after) // HALF_HOUR), (end - start) // HALF_HOUR)
        working, available = (each >> passed << passed for each in (working, available))
    beside = available & ~working
    found = []
    for number in range((last - first).days + 1):
        day = first + number * DAY
        bounds = ((midnight(day) - start) // HALF_HOUR, (midnight(day + DAY) - start) // HALF_HOUR)
        one = FreeDay(day, _stretches(working, *bounds, start), _stretches(beside, *bounds, start))
        if one.working or one.agreed:
            found.append(one)
    return found


def halves(spans: Iterable[Span]) -> list[datetime]:
    """When the half-hours of free stretches begin."""
    return [span.starts_at + number * HALF_HOUR for span in spans for number in range(int(span.length // HALF_HOUR))]


def best(days: Iterable[FreeDay], *, most: int, least: timedelta) -> list[Span]:
    """The longest stretches in working hours, of `least` at the least; of equal ones the earliest first."""
    long = [span for day in days for span in day.working if span.length >= least]
    return sorted(long, key=lambda span: (-span.length, span.starts_at))[:most]


def _as_spans(usual: Iterable[Hours], first: date, last: date) -> list[Span]:
    """Hours of weekdays on each of these days, and on the day before, whose night may reach into the first."""
    by_weekday: dict[int, list[Hours]] = {}
    for hours in usual:
        by_weekday.setdefault(hours.weekday, []).append(hours)
    days = (first + number * DAY for number in range(-1, (last - first).days + 1))
    return [hours.on(day) for day in days for hours in by_weekday.get(day.weekday(), ())]


def _bits(low: int, high: int) -> int:
    """Half-hours from `low` until before `high`."""
    return (1 << high) - (1 << low) if low < high else 0


def _covered(spans: Iterable[Span], start: datetime, end: datetime) -> int:
    """The half-hours of which every minute lies in these spans."""
    found = 0
    for span in merged(spans):
        low = -((start - max(span.starts_at, start)) // HALF_HOUR)
        found |= _bits(low, (min(span.ends_at, end) - start) // HALF_HOUR)
    return found


def _touched(spans: Iterable[Span], start: datetime, end: datetime) -> int:
    """The half-hours of which any part lies in these spans."""
    found = 0
    for span in spans:
        if span.starts_at < span.ends_at and span.ends_at > start and span.starts_at < end:
            low = (max(span.starts_at, start) - start) // HALF_HOUR
            found |= _bits(low, -((start - min(span.ends_at, end)) // HALF_HOUR))
    return found


def _stretches(free: int, low: int, high: int, start: datetime) -> tuple[Span, ...]:
    """The runs of free half-hours from `low` until before `high`, as spans."""
    rest, found = (free >> low) & ((1 << (high - low)) - 1), []
    place = low
    while rest:
        gap = (rest & -rest).bit_length() - 1
        rest, place = rest >> gap, place + gap
        run = (~rest & (rest + 1)).bit_length() - 1
        found.append(Span(start + place * HALF_HOUR, start + (place + run) * HALF_HOUR))
        rest, place = rest >> run, place + run
    return tuple(found)
