"""Content lines of iCalendar (RFC 5545, 3.1) and their values: days, moments and durations.

Only the properties that say *when* are looked at. What an event is called, where it is and who comes is not even read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from pairs.free_time.spans import LONDON

WHEN = frozenset(
    {
        *("BEGIN", "END", "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("RECURRENCE-ID", "STATUS", "TRANSP", "METHOD", "X-MICROSOFT-CDO-BUSYSTATUS"),
    }
)
NAME = re.compile(r"[A-Za-z0-9-]+")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')
DAY_WRITTEN = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
MOMENT_WRITTEN = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
DURATION_WRITTEN = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?", re.ASCII
)


class Unreadable(ValueError):
    """Why an event could not be read, to be put after a number: "2 …"."""


@dataclass(frozen=True)
class Line:
    """NAME;PARAMETER=…:value, with names in capitals."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def lines_of(text: str) -> Iterator[Line]:
    """The lines that say when, unfolded. What is no line of a calendar is passed over."""
    unfolded = re.sub(r"\r?\n[ \t]|\r[ \t]", "", text)
    for raw in re.split(r"[\r\n]+", unfolded):
        found = NAME.match(raw)
        if not found or found[0].upper() not in WHEN:
            continue
        place, parameters = found.end(), {}
        while part := PARAMETER.match(raw, place):
            parameters[part[1].upper()] = part[2].strip('"')
            place = part.end()
        if raw[place : place + 1] == ":":
            yield Line(found[0].upper(), raw[place + 1 :].strip(), parameters)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def zone_named(name: str) -> ZoneInfo:
    """The zone of a TZID: as in the common database, as Windows calls it, or with the address of a calendar before it.

    Raises Unreadable.
    """
    tidy = name.strip().strip('"')
    for known in (tidy, WINDOWS_TO_OLSON.get(tidy, ""), "/".join(tidy.split("/")[-2:]) if "/" in tidy else ""):
        if known in _zones():
            return ZoneInfo(known)
    if "London" in tidy:  # "(UTC+00:00) Dublin, Edinburgh, Lisbon, London"
        return LONDON
    raise Unreadable("in a time zone that we do not know")


def is_day(line: Line) -> bool:
    """Whether the value of a line is a day without an hour."""
    return line.parameters.get("VALUE", "").upper() == "DATE" or DAY_WRITTEN.fullmatch(line.value) is not None


def zone_of(line: Line) -> ZoneInfo | None:
    """The zone of a line's wall clock; London's where it names none, None where its moments are of UTC."""
    if line.value.endswith("Z"):
        return None
    named = line.parameters.get("TZID", "")
    return zone_named(named) if named else LONDON


def day_of(text: str) -> date:
    """20270106. Raises Unreadable."""
    found = DAY_WRITTEN.match(text)
    try:
        if found and (len(text) == 8 or text[8] == "T"):
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise Unreadable("without a day that there is")


def wall_of(text: str) -> datetime:
    """20270106T140000 or 20270106T140000Z, as the clock shows it. Raises Unreadable."""
    found = MOMENT_WRITTEN.fullmatch(text)
    try:
        if found:
            year, month, day, hour, minute, second = map(int, found.groups()[:6])
            return datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        pass
    raise Unreadable("without a time that there is")


def in_utc(wall: datetime, zone: ZoneInfo | None) -> datetime:
    """The moment of a reading of a clock: of an hour that comes twice the first; what is left out as RFC 5545 has it,
    with the offset before the change.
    """
    try:
        return wall.replace(tzinfo=UTC) if zone is None else wall.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        raise Unreadable("without a time that there is") from None


@dataclass(frozen=True)
class Duration:
    """Days are of the calendar, the rest is exact (RFC 5545, 3.3.6)."""

    days: int
    exact: timedelta


def duration_of(text: str) -> Duration:
    """P1DT8H. Raises Unreadable."""
    found = DURATION_WRITTEN.fullmatch(text)
    if not found or not any(found.groups()):
        raise Unreadable("without a length that we can read")
    weeks, days, hours, minutes, seconds = (int(figure or 0) for figure in found.groups())
    return Duration(7 * weeks + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))
