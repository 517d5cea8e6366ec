"""Stretches of time: moments in UTC, usual hours on the wall clock, and how one becomes the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """From one moment until another, both aware and in UTC; the end does not belong to it."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, order=True)
class Hours:
    """Hours of a weekday (0 is Monday) on the wall clock. An end that is not after the start is of the next day."""

    weekday: int
    starts: time
    ends: time

    def on(self, day: date) -> Span:
        """These hours as they begin on a day; the hour of a clock change is counted as often as there is one."""
        last = day if self.ends > self.starts else day + DAY
        return Span(moment(day, self.starts), moment(last, self.ends))


def moment(day: date, wall: time) -> datetime:
    """The first moment, in UTC, at which the clock on the wall shows this time of the day or a later one.

    Of an hour that comes twice it is the first; in an hour that is left out it is the moment of the change.
    """
    naive = datetime.combine(day, wall)
    first = naive.replace(tzinfo=LONDON).astimezone(UTC)
    if first.astimezone(LONDON).replace(tzinfo=None) == naive:
        return first
    # London's clocks jump at 01:00 UTC, from 1am to 2am.
    return datetime.combine(day, time(1), UTC)


def midnight(day: date) -> datetime:
    """The moment, in UTC, at which a day begins in London."""
    return moment(day, time(0))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as can be, in order; spans without length are left out."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.starts_at < span.ends_at):
        if found and span.starts_at <= found[-1].ends_at:
            if span.ends_at > found[-1].ends_at:
                found[-1] = Span(found[-1].starts_at, span.ends_at)
        else:
            found.append(span)
    return found
