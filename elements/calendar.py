"""The one writer of iCalendar (RFC 5545, 5546): invitations, changes, cancellations and the private feed.

Every file names one organiser, the address that the house writes from, and carries the rules of London's clock, so that
a programme with rules of its own shows the right hour on both sides of a change. The library's own way of adding the
zone writes the start of summer time an hour late (see docs/adr/), so the zone is written here.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText
from icalendar import Event as Entry

from elements import clock
from elements.contract import Event

ZONE = "Europe/London"
LONDON = ZoneInfo(ZONE)
PRODUCT = "-//Paired Learning//Paired Learning//EN"


def london() -> Timezone:
    """The rules of London's clock since 1996: the last Sundays of March and October, at 01:00 UTC."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for part, name, before, after, begins, month in (
        (TimezoneDaylight(), "BST", 0, 1, datetime(1996, 3, 31, 1), 3),
        (TimezoneStandard(), "GMT", 1, 0, datetime(1996, 10, 27, 2), 10),
    ):
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone


def invitation(event: Event, *, organiser: str, attendee: str) -> tuple[str, bytes]:
    """(method, text) of a calendar file for one person: REQUEST for what is on, CANCEL for what is not.

    `organiser` is an address with or without a name, always the same; `attendee` is a plain address. Nobody else is
    named in it. A change is the same UID with a higher SEQUENCE.
    """
    method = "CANCEL" if event.cancelled else "REQUEST"
    entry = _entry(event)
    entry.add("organizer", _organiser(organiser))
    guest = vCalAddress(f"mailto:{attendee}")
    guest.params.update({"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText("NEEDS-ACTION"), "RSVP": vText("FALSE")})
    entry.add("attendee", guest, encode=False)
    return method, _written([entry], method=method)


def several(events: Iterable[Event], *, organiser: str) -> bytes:
    """One file with all of these entries that are on, for a reader who opens it.

    It is published: what asks a calendar for an answer may hold one entry alone (RFC 5546, 3.2.2). Each keeps its UID,
    so that a change or a cancellation that follows by itself finds the entry of this file.
    """
    entries = []
    for event in events:
        if not event.cancelled:
            entries.append(_entry(event))
            entries[-1].add("organizer", _organiser(organiser))
    return _written(entries, method="PUBLISH")


def example(event: Event) -> bytes:
    """The file for somebody who tries out what others would get, of something that nobody has decided yet.

    It is published and asks for no answer, so that no calendar takes it up or out unless a person opens it; and it is
    an entry of its own, so that one which was opened is never taken for the real one, nor changed or ended with it.
    """
    entry = _entry(replace(event, uid=f"test-{event.uid}", summary=f"Test: {event.summary}"))
    return _written([entry], method="PUBLISH")


def feed(events: Iterable[Event], *, name: str) -> bytes:
    """A person's own calendar for a programme that reads it by its address; what is cancelled is simply not there."""
    entries = [_entry(event) for event in events if not event.cancelled]
    return _written(entries, method="PUBLISH", **{"x-wr-calname": name, "x-wr-timezone": ZONE})


def _organiser(address: str) -> vCalAddress:
    name, plain = parseaddr(address)
    organiser = vCalAddress(f"mailto:{plain}")
    organiser.params["CN"] = vText(name or "Paired Learning")
    return organiser


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("summary", event.summary)
    entry.add("dtstart", _moment(event.starts_at))
    entry.add("dtend", _moment(event.ends_at))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    for what, words in (("location", event.place), ("description", event.description), ("url", event.url)):
        if words:
            entry.add(what, words)
    return entry


def _moment(when: datetime | date) -> datetime | date:
    """A moment in London time, or in UTC where London's clock shows it twice; a whole day stays a day."""
    if not isinstance(when, datetime):
        return when
    return when.astimezone(UTC if clock.is_doubled(when) else LONDON)


def _written(entries: list[Entry], *, method: str, **more: str) -> bytes:
    """The file, its lines folded at 75 bytes and ended by CR LF."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for what, words in more.items():
        calendar.add(what, words)
    calendar.add_component(london())
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()
