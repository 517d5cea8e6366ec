"""A rota as an iCalendar file: when somebody is not free in a range of days, and nothing else of what is in it.

Written for what rota systems, Outlook and Google really save: zones by the names of Windows, shifts over midnight,
whole days, events that repeat with some of them moved or dropped. What cannot be read is counted and said in words. A
file has a largest size and a most of events, looked at before anything is read; addresses in it are never opened.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pairs.free_time import lines
from pairs.free_time.lines import Line, Unreadable
from pairs.free_time.repeating import Budget, days_of, rule_of
from pairs.free_time.spans import DAY, LONDON, Span, midnight

MOST_BYTES = 1_000_000
MOST_EVENTS = 5_000
MOST_SHIFTS = 2_000
LONGEST_REPEATED = 60  # days of one event that repeats
ADDRESS = re.compile(r"(webcals?|https?|ftp|file|caldav)://", re.IGNORECASE)

NOT_OPENED = "Addresses are not opened. Save the calendar as a file and upload it, or paste what is in it"
NO_CALENDAR = "This is no calendar file. Choose one that ends in .ics, or paste a text that begins with BEGIN:VCALENDAR"


class RotaRefused(ValueError):
    """A file that is not read, in one sentence that says what to do."""


@dataclass(frozen=True)
class ReadRota:
    """What a file says: `shifts` in order, cut to the range; how many events lie outside it, and what was not read."""

    shifts: tuple[Span, ...]
    outside: int = 0
    unread: tuple[tuple[str, int], ...] = ()  # (why, how many)

    @property
    def unread_count(self) -> int:
        return sum(count for _, count in self.unread)


@dataclass
class Entry:
    """The lines of one event that say when."""

    lines: dict[str, Line] = field(default_factory=dict)
    lists: list[Line] = field(default_factory=list)  # EXDATE and RDATE may come several times

    def value(self, name: str) -> str:
        line = self.lines.get(name)
        return line.value.upper() if line else ""

    @property
    def uid(self) -> str:
        line = self.lines.get("UID")
        return line.value if line else ""

    @property
    def takes_no_time(self) -> bool:
        """Called off, or shown as free."""
        return (
            self.value("STATUS") == "CANCELLED"
            or self.value("TRANSP") == "TRANSPARENT"
            or self.value("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
        )


def read_rota(content: bytes | str, *, first: date, last: date) -> ReadRota:
    """The times from `first` to `last` at which the events of a calendar take place. Raises RotaRefused."""
    text = _text(content)
    entries = _entries(text)
    return _Reader(midnight(first), midnight(last + DAY), entries).read()


def _text(content: bytes | str) -> str:
    if len(content) > MOST_BYTES:
        raise RotaRefused("The calendar is larger than 1 MB. Save only the next four weeks of it and try again")
    text = content if isinstance(content, str) else _decoded(content)
    if ADDRESS.match(text.lstrip("<\ufeff \t\r\n")):
        raise RotaRefused(NOT_OPENED)
    if not re.search(r"^[ \t\ufeff]*BEGIN:VCALENDAR[ \t]*\r?$", text, re.IGNORECASE | re.MULTILINE):
        raise RotaRefused(NO_CALENDAR)
    if len(re.findall(r"^BEGIN:VEVENT", text, re.IGNORECASE | re.MULTILINE)) > MOST_EVENTS:
        raise RotaRefused("The calendar has more than 5,000 events. Save only the next four weeks of it and try again")
    return text


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _entries(text: str) -> list[Entry]:
    """The events of a file. What lies inside them, such as an alarm with a length of its own, is passed over."""
    open_parts: list[str] = []
    found: list[Entry] = []
    called_off = False
    for line in lines.lines_of(text.lstrip("\ufeff")):
        if line.name == "BEGIN":
            open_parts.append(line.value.upper())
            if open_parts[-1] == "VEVENT":
                found.append(Entry())
        elif line.name == "END":
            while open_parts and open_parts.pop() != line.value.upper():
                pass
        elif line.name == "METHOD":
            called_off = called_off or line.value.upper() == "CANCEL"
        elif open_parts and open_parts[-1] == "VEVENT":
            if line.name in {"EXDATE", "RDATE"}:
                found[-1].lists.append(line)
            else:
                found[-1].lines.setdefault(line.name, line)
    if not found:
        raise RotaRefused("There are no events in this calendar. Choose another file")
    return [] if called_off else found


@dataclass(frozen=True)
class _Start:
    """When an event begins: a day, or a reading of a clock in a zone (None is UTC)."""

    line: Line

    @property
    def is_day(self) -> bool:
        return lines.is_day(self.line)

    @property
    def zone(self) -> ZoneInfo | None:
        return LONDON if self.is_day else lines.zone_of(self.line)

    @property
    def wall(self) -> datetime:
        if self.is_day:
            return datetime.combine(lines.day_of(self.line.value), time(0))
        return lines.wall_of(self.line.value)


class _Reader:
    """Reads the events of one file within a range of moments."""

    def __init__(self, start: datetime, end: datetime, entries: list[Entry]) -> None:
        self.start, self.end, self.entries = start, end, entries
        self.budget = Budget()
        self.shifts: set[Span] = set()
        self.outside = 0
        self.unread: Counter[str] = Counter()
        # {uid: the occurrences that another event of the file speaks for}
        self.replaced: dict[str, set[datetime]] = {}

    def read(self) -> ReadRota:
        for entry in self.entries:
            self._try(entry, self._replace)
        for entry in self.entries:
            if not entry.takes_no_time:
                self._try(entry, self._add)
        return ReadRota(tuple(sorted(self.shifts)), self.outside, tuple(sorted(self.unread.items())))

    def _try(self, entry: Entry, read: Callable[[Entry], None]) -> None:
        try:
            read(entry)
        except Unreadable as why:
            self.unread[str(why)] += 1
        except OverflowError:
            self.unread["without a time that there is"] += 1

    def _replace(self, entry: Entry) -> None:
        """Note which occurrence of another event this one stands for; `_add` says so where it cannot be read."""
        line = entry.lines.get("RECURRENCE-ID")
        if line is None:
            return
        try:
            self.replaced.setdefault(entry.uid, set()).add(_moment_of(line, line.value))
        except Unreadable:
            if entry.takes_no_time:
                raise

    def _add(self, entry: Entry) -> None:
        line = entry.lines.get("DTSTART")
        if line is None:
            raise Unreadable("without a start")
        start = _Start(line)
        length = _length(entry, start)
        if moved := entry.lines.get("RECURRENCE-ID"):
            _moment_of(moved, moved.value)
            if "RANGE" in moved.parameters:
                raise Unreadable("changing all that follow it")
            walls: Iterator[datetime] = iter([start.wall])
            left_out: set[datetime] = set()
        else:
            walls = self._starts(entry, start, length)
            left_out = self.replaced.get(entry.uid, set()) | _listed(entry, "EXDATE")
        is_inside = False
        for wall in walls:
            starts_at = lines.in_utc(wall, start.zone)
            if starts_at not in left_out:
                is_inside |= self._keep(starts_at, length(wall))
        self.outside += not is_inside

    def _starts(self, entry: Entry, start: _Start, length: Callable[[datetime], datetime]) -> Iterator[datetime]:
        """The readings of the clock at which an event begins, as far as they may matter for the range."""
        if "EXRULE" in entry.lines:
            raise Unreadable("repeating in a way that we cannot read")
        first, more = start.wall, [line for line in entry.lists if line.name == "RDATE"]
        if "RRULE" not in entry.lines:
            yield first
        else:
            rule = rule_of(entry.lines["RRULE"].value, first.date())
            days = (length(first) - lines.in_utc(first, start.zone)).days + 2
            if days > LONGEST_REPEATED:
                raise Unreadable("repeating and longer than two months")
            low, high = (self.start - timedelta(days=days)).date(), (self.end + DAY).date()
            for day in days_of(rule, low, high, spent=self.budget):
                wall = datetime.combine(day, first.time())
                if _is_over(rule, wall, start.zone):
                    break
                yield wall
        for line in more:
            if line.parameters.get("VALUE", "").upper() == "PERIOD" or "/" in line.value:
                raise Unreadable("repeating in a way that we cannot read")
            for text in line.value.split(","):
                at = _moment_of(line, text)
                wall = (at if start.zone is None else at.astimezone(start.zone)).replace(tzinfo=None)
                if wall != first or "RRULE" in entry.lines:
                    yield wall

    def _keep(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a time lies in the range; it is kept, cut to it."""
        low, high = max(starts_at, self.start), min(ends_at, self.end)
        if low >= high:
            return False
        self.shifts.add(Span(low, high))
        if len(self.shifts) > MOST_SHIFTS:
            raise RotaRefused(
                "The calendar has more than 2,000 times in the next four weeks. Save only your own shifts and try again"
            )
        return True


def _moment_of(line: Line, text: str) -> datetime:
    """A value of a list or a RECURRENCE-ID as a moment in UTC. A day is its midnight in London."""
    if lines.is_day(Line(line.name, text, line.parameters)):
        return lines.in_utc(datetime.combine(lines.day_of(text), time(0)), LONDON)
    return lines.in_utc(lines.wall_of(text), lines.zone_of(Line(line.name, text, line.parameters)))


def _listed(entry: Entry, name: str) -> set[datetime]:
    return {_moment_of(line, text) for line in entry.lists if line.name == name for text in line.value.split(",")}


def _is_over(rule, wall: datetime, zone: ZoneInfo | None) -> bool:
    """Whether a start lies after the UNTIL of its rule."""
    if rule.until is None:
        return False
    if not isinstance(rule.until, datetime):
        return wall.date() > rule.until
    if rule.ends_in_utc:
        return lines.in_utc(wall, zone) > rule.until.replace(tzinfo=UTC)
    return wall > rule.until


def _length(entry: Entry, start: _Start) -> Callable[[datetime], datetime]:
    """From the reading of the clock at which an event begins to the moment at which it ends.

    Whole days end at midnight on the wall. With an end, each occurrence is exactly as long as the first (RFC 5545,
    3.8.5.3); days of a DURATION are of the calendar.
    """
    zone, first = start.zone, start.wall
    if end := entry.lines.get("DTEND"):
        if start.is_day and lines.is_day(end):
            days = (lines.day_of(end.value) - first.date()).days
            if days < 0:
                raise Unreadable("ending before they begin")
            return lambda wall: lines.in_utc(wall + timedelta(days=max(days, 1)), zone)
        exact = _moment_of(end, end.value) - lines.in_utc(first, zone)
        if exact < timedelta(0):
            raise Unreadable("ending before they begin")
        return lambda wall: lines.in_utc(wall, zone) + exact
    if duration := entry.lines.get("DURATION"):
        long = lines.duration_of(duration.value.upper())
        return lambda wall: lines.in_utc(wall + timedelta(days=long.days), zone) + long.exact
    return lambda wall: lines.in_utc(wall + (DAY if start.is_day else timedelta(0)), zone)
