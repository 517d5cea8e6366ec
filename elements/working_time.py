"""Working days and working hours of an English hospital's office: Monday to Friday, 9am to 5pm, no bank holidays.

Hours are those of London's wall; no clock changes on a working day, so that a working hour is always an hour.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays

from elements import clock

OPENS, CLOSES = time(9), time(17)
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def named_bank_holidays(year: int) -> Mapping[date, str]:
    """Those of England by their names, with the days that stand in for one at a weekend.

    Made a year at a time: the package's own calendar fills itself while it is read, which two threads must not see.
    """
    return dict(country_holidays("GB", subdiv="ENG", years=year))


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The same days without their names."""
    return frozenset(named_bank_holidays(year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days(first: date, last: date) -> int:
    """The working days after the first day, up to and with the last; 0 where the last is not later."""
    days = (last - first).days
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    weekdays = 5 * weeks + sum((first + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
    free = (day for year in range(first.year, last.year + 1) for day in bank_holidays(year))
    return weekdays - sum(first < day <= last and day.weekday() < 5 for day in free)


def after_working_days(first: date, number: int) -> date:
    """The first day on which so many working days have gone by."""
    day = first
    while number > 0:
        day += DAY
        number -= is_working_day(day)
    return day


def as_worked(day: date, original: date) -> date:
    """A day that stands for an original one: no day off where that was none, but the next working day."""
    if is_working_day(day) or not is_working_day(original):
        return day
    return after_working_days(day, 1)


def before_working_days(last: date, number: int) -> date:
    """The latest day from which so many working days go by until the last: two of them before a Monday is Thursday."""
    day = last
    while number > 0:
        day -= DAY
        number -= is_working_day(day)
    return day


def after_working_hours(start: datetime, hours: float) -> datetime:
    """The moment, in UTC, at which so many working hours have gone by since the start.

    What is due when the office closes is due then and not the next morning.
    """
    left, day, moment = timedelta(hours=hours), clock.local(start).date(), start.astimezone(UTC)
    while left > timedelta(0):
        if is_working_day(day):
            begins = max(moment, clock.at(day, OPENS).astimezone(UTC))
            closes = clock.at(day, CLOSES).astimezone(UTC)
            if begins < closes:
                if closes - begins >= left:
                    return begins + left
                left -= closes - begins
        day += DAY
    return moment
