"""Which days a recurrence rule (RFC 5545, 3.3.10) falls on, asked day by day.

The library for such rules counts from the first occurrence and may never come to a second: "every day that is the 30
of February" keeps it busy until the year 9999. Here a day is tested by itself in a few comparisons, so that four weeks
cost four weeks. Only COUNT needs the days from the first; it has a limit.

What repeats within a day, and rules by numbers of weeks or days of the year, are not read: no rota is written so.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from pairs.free_time.lines import Unreadable, day_of, wall_of
from pairs.free_time.spans import DAY

WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "X-RELATIVE"}
)
WITHIN_A_DAY = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
COUNTED_DAYS = 1_850  # five years: further back than any rota that counts its shifts
STRANGE = "repeating in a way that we cannot read"


@dataclass(frozen=True)
class Rule:
    """A rule with its first day. `until` is the last start on the wall (UTC's: `ends_in_utc`), or the last day."""

    first: date
    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    ends_in_utc: bool = False
    weekdays: tuple[tuple[int, int], ...] = ()  # (which of the month or 0 for each, weekday)
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_starts: int = 0

    def falls_on(self, day: date) -> bool:
        """Whether a day is one of the rule, COUNT and UNTIL aside."""
        if day < self.first or (self.months and day.month not in self.months):
            return False
        return getattr(self, f"_{self.freq.lower()}")(day)

    def _daily(self, day: date) -> bool:
        if (day - self.first).days % self.interval:
            return False
        return self._is_of_month(day) and (not self.weekdays or day.weekday() in {each for _, each in self.weekdays})

    def _weekly(self, day: date) -> bool:
        if (self._week(day) - self._week(self.first)).days // 7 % self.interval:
            return False
        return day.weekday() in ({each for _, each in self.weekdays} or {self.first.weekday()})

    def _monthly(self, day: date) -> bool:
        months = (day.year - self.first.year) * 12 + day.month - self.first.month
        return months % self.interval == 0 and self._is_placed(day)

    def _yearly(self, day: date) -> bool:
        if (day.year - self.first.year) % self.interval:
            return False
        if not self.months and not self.monthdays and not self.weekdays:
            return (day.month, day.day) == (self.first.month, self.first.day)
        return self._is_placed(day)

    def _week(self, day: date) -> date:
        """The first day of its week."""
        return day - timedelta(days=(day.weekday() - self.week_starts) % 7)

    def _is_of_month(self, day: date) -> bool:
        last = calendar.monthrange(day.year, day.month)[1]
        return not self.monthdays or day.day in self.monthdays or day.day - last - 1 in self.monthdays

    def _is_placed(self, day: date) -> bool:
        """Whether a day is one of those of its month, and, with BYSETPOS, in one of the places that are asked for."""
        if not self._is_in_month(day):
            return False
        if not self.positions:
            return True
        of_month = _of_month(self, day.year, day.month)
        place = of_month.index(day)
        return place + 1 in self.positions or place - len(of_month) in self.positions

    def _is_in_month(self, day: date) -> bool:
        if not self.weekdays:
            return self._is_of_month(day) if self.monthdays else day.day == self.first.day
        last = calendar.monthrange(day.year, day.month)[1]
        places = {0, (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)}
        return self._is_of_month(day) and any(
            weekday == day.weekday() and which in places for which, weekday in self.weekdays
        )


@lru_cache(maxsize=1_000)
def _of_month(rule: Rule, year: int, month: int) -> tuple[date, ...]:
    """The days of a month that a rule takes its places from."""
    days = (date(year, month, number) for number in range(1, calendar.monthrange(year, month)[1] + 1))
    return tuple(day for day in days if rule._is_in_month(day))


def rule_of(text: str, first: date) -> Rule:
    """FREQ=WEEKLY;BYDAY=MO,WE with the day that it begins on. Raises Unreadable."""
    parts: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        if part.strip():
            parts[name.strip()] = value.strip()
    freq = parts.get("FREQ", "")
    if freq in WITHIN_A_DAY:
        raise Unreadable("repeating within a day")
    if freq not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"} or parts.keys() - PARTS:
        raise Unreadable(STRANGE)
    try:
        rule = Rule(
            first=first,
            freq=freq,
            interval=int(parts.get("INTERVAL", "1")[:6]),
            count=int(parts["COUNT"][:9]) if "COUNT" in parts else None,
            weekdays=tuple(_weekday(each) for each in _listed(parts, "BYDAY")),
            monthdays=tuple(map(int, _listed(parts, "BYMONTHDAY"))),
            months=tuple(map(int, _listed(parts, "BYMONTH"))),
            positions=tuple(map(int, _listed(parts, "BYSETPOS"))),
            week_starts=WEEKDAYS[parts.get("WKST", "MO")],
            **_until(parts.get("UNTIL", "")),
        )
    except (ValueError, KeyError):
        raise Unreadable(STRANGE) from None
    if rule.interval < 1 or (rule.count is not None and rule.count < 1):
        raise Unreadable(STRANGE)
    is_by_place = any(which for which, _ in rule.weekdays)
    # A place in the year, and a place among the days of a week, mean something else than a place in the month.
    of_year = freq == "YEARLY" and not rule.months and (rule.weekdays or rule.positions)
    if of_year or (freq == "YEARLY" and rule.positions and len(rule.months) != 1):
        raise Unreadable(STRANGE)
    if freq in {"DAILY", "WEEKLY"} and (is_by_place or rule.positions or (freq == "WEEKLY" and rule.monthdays)):
        raise Unreadable(STRANGE)
    return rule


def days_of(rule: Rule, low: date, high: date, *, spent: "Budget") -> Iterator[date]:
    """The days of a rule from `low` to `high`, as far as COUNT goes. Raises Unreadable."""
    day, left = max(low, rule.first), rule.count
    if left is not None:
        if high < rule.first:
            return
        if (high - rule.first).days > COUNTED_DAYS:
            raise Unreadable("counting its repeats over more than five years")
        day = rule.first
    while day <= high and left != 0:
        spent.one()
        # The day that it begins on is always the first of them, whatever the rule says.
        if rule.falls_on(day) or day == rule.first:
            left = None if left is None else left - 1
            if day >= low:
                yield day
        day += DAY


class Budget:
    """How many days may be asked about in one file, all rules together."""

    def __init__(self, most: int = 400_000) -> None:
        self.left = most

    def one(self) -> None:
        """Spend a day. Raises Unreadable where none is left."""
        self.left -= 1
        if self.left < 0:
            raise Unreadable("repeating, in a file with too many repeats")


def _listed(parts: dict[str, str], name: str) -> list[str]:
    """The entries of a list, bounded: no rule has more than the days of a month, either way."""
    entries = parts[name].split(",") if name in parts else []
    if len(entries) > 62 or any(len(entry) > 5 for entry in entries):
        raise Unreadable(STRANGE)
    return entries


def _weekday(text: str) -> tuple[int, int]:
    """MO, 2MO or -1FR."""
    return int(text[:-2] or 0), WEEKDAYS[text[-2:]]


def _until(text: str) -> dict:
    if not text:
        return {}
    if "T" not in text:
        return {"until": day_of(text)}
    return {"until": wall_of(text), "ends_in_utc": text.endswith("Z")}
