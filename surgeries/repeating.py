"""The days of surgeries that repeat: every so many weeks, without bank holidays and the days that a lead leaves out.

What repeats is the clock on the wall: half past twelve stays half past twelve when the clocks change.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from elements import clock
from elements.working_time import named_bank_holidays

MOST = 40  # surgeries published in one form: a year of every week, without its holidays
LEFT_OUT = "left out by you"


@dataclass(frozen=True)
class Repeats:
    """From the first day on, every so many weeks, up to a day or so many times; `every` 0 is that day alone.

    `times` counts those that take place: a holiday between them makes the series longer, not fewer.
    """

    first_on: date
    every: int = 0
    until: date | None = None
    times: int | None = None
    but: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Occasion:
    """A day on which a surgery would be; `skipped` says why it is not, "" where it is."""

    on: date
    skipped: str = ""


def why_skipped(day: date, but: frozenset[date] = frozenset()) -> str:
    """The name of the bank holiday of this day, or that it is left out; "" for any other."""
    return named_bank_holidays(day.year).get(day, "") or (LEFT_OUT if day in but else "")


def occasions(repeats: Repeats) -> list[Occasion]:
    """Every day of the series in order, those that are skipped among them; at most `MOST` take place."""
    found: list[Occasion] = []
    held = 0
    for day in _days(repeats):
        occasion = Occasion(day, why_skipped(day, repeats.but))
        found.append(occasion)
        held += not occasion.skipped
        if held == min(repeats.times or MOST, MOST):
            break
    return found


def _days(repeats: Repeats) -> Iterator[date]:
    if not repeats.every:
        yield repeats.first_on
        return
    if repeats.until is None and repeats.times is None:
        raise ValueError("A series ends on a day or after a number of times.")
    day, last = repeats.first_on, repeats.until or date.max
    while day <= last:
        yield day
        if date.max - day < timedelta(weeks=repeats.every):
            return
        day += timedelta(weeks=repeats.every)


def hours_on(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Beginning and end of a surgery on this day as moments of UTC, by the clock on the wall.

    Raises NoSuchTime where the clocks leave that hour out.
    """
    return clock.chosen(day, starts).astimezone(UTC), clock.chosen(day, ends).astimezone(UTC)
