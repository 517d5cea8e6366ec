"""Calendar files, read back by another library: the right hour, one attendee, changes that replace, cancellations."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject

from elements import calendar, clock
from elements.contract import Event

ORGANISER = "Paired Learning <pairs@trust.example>"
LONG = "A first meeting – with Zoë O'Neill; in “Theatre 5”, second floor, " * 3


def event(day=date(2027, 3, 3), hour=time(14), **more) -> Event:
    starts_at = clock.at(day, hour)
    given = {
        "uid": "meeting-1@trust.example",
        "sequence": 0,
        "summary": "First meeting with Alex Birch",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "changed_at": datetime(2027, 1, 1, tzinfo=UTC),
        "place": "Room 5",
    }
    return Event(**{**given, **more})


def read(event: Event, attendee="ann@trust.example"):
    method, text = calendar.invitation(event, organiser=ORGANISER, attendee=attendee)
    parsed = vobject.readOne(text.decode())
    assert parsed.method.value == method
    return parsed


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2026, 3, 28), time(14), 14),
        (date(2026, 3, 29), time(14), 13),
        (date(2026, 10, 24), time(14), 13),
        (date(2026, 10, 25), time(14), 14),
        (date(2027, 3, 27), time(23, 30), 23),
        (date(2027, 3, 28), time(2), 1),
        (date(2027, 10, 30), time(9), 8),
        (date(2027, 10, 31), time(9), 9),
    ],
)
def test_both_sides_of_a_change_show_the_right_hour(day, hour, utc):
    start = read(event(day, hour)).vevent.dtstart.value
    assert start.astimezone(UTC).hour == utc
    assert (start.date(), start.time()) == (day, hour)


def test_the_zone_and_its_rules_are_in_the_file():
    text = calendar.invitation(event(), organiser=ORGANISER, attendee="ann@trust.example")[1].decode()
    assert "DTSTART;TZID=Europe/London:20270303T140000" in text
    zone = read(event()).vtimezone
    assert {part.name: (part.dtstart.value, part.rrule.value) for part in zone.components()} == {
        "DAYLIGHT": (datetime(1996, 3, 31, 1), "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        "STANDARD": (datetime(1996, 10, 27, 2), "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    }


def test_set_moved_and_called_off_are_one_entry():
    first, moved = event(), event(date(2027, 3, 10), sequence=1)
    gone = replace(moved, sequence=2, cancelled=True)
    files = [read(each) for each in (first, moved, gone)]
    assert [file.method.value for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [file.vevent.sequence.value for file in files] == ["0", "1", "2"]
    assert [file.vevent.status.value for file in files] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert {file.vevent.uid.value for file in files} == {"meeting-1@trust.example"}
    assert {file.vevent.organizer.value for file in files} == {"mailto:pairs@trust.example"}


def test_one_attendee_a_file():
    [attendee] = read(event()).vevent.attendee_list
    assert attendee.value == "mailto:ann@trust.example"


def test_long_lines_are_folded_and_read_back_whole():
    text = calendar.invitation(event(summary=LONG), organiser=ORGANISER, attendee="ann@trust.example")[1]
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert read(event(summary=LONG)).vevent.summary.value == LONG


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x0b"])
def test_no_place_writes_a_line_of_its_own(line_break):
    place = f"Room 5{line_break}ATTENDEE:mailto:victim@far.example{line_break}END:VEVENT"
    parsed = read(event(place=place))
    assert len(parsed.vevent.attendee_list) == 1
    assert len(list(parsed.vevent_list)) == 1


@pytest.mark.parametrize(("begins", "minutes"), [(0, 60), (0, 30), (-30, 60), (0, 120), (60, 60), (30, 30)])
def test_what_lies_in_the_hour_that_comes_twice_is_read_as_it_was_meant(begins, minutes):
    """From half past midnight UTC: 1:30am BST to 1:30am GMT is an hour, and no clock on the wall shows it."""
    starts_at = datetime(2027, 10, 31, 0, 30, tzinfo=UTC) + timedelta(minutes=begins)
    ends_at = starts_at + timedelta(minutes=minutes)
    found = read(event(starts_at=starts_at, ends_at=ends_at)).vevent
    moments = [each.value.astimezone(UTC) for each in (found.dtstart, found.dtend)]
    assert moments == [starts_at, ends_at]


def test_only_the_hour_that_comes_twice_is_written_in_utc():
    _, text = calendar.invitation(
        event(date(2027, 10, 31), time(1, 30)), organiser=ORGANISER, attendee="ann@trust.example"
    )
    assert b"DTSTART:20271031T003000Z" in text
    later = event(starts_at=clock.at(date(2027, 10, 31), time(0, 59)), ends_at=clock.at(date(2027, 10, 31), time(2)))
    _, text = calendar.invitation(later, organiser=ORGANISER, attendee="ann@trust.example")
    assert b"DTSTART;TZID=Europe/London:20271031T005900" in text
    assert b"DTEND;TZID=Europe/London:20271031T020000" in text


def test_a_whole_day_stays_a_day():
    start, end = date(2027, 3, 28), date(2027, 3, 29)
    found = read(event(starts_at=start, ends_at=end)).vevent
    assert (found.dtstart.value, found.dtend.value) == (start, end)


def test_several_entries_are_one_file_that_asks_for_no_answer():
    later, off = event(date(2027, 3, 31), uid="meeting-2@trust.example"), event(uid="off", cancelled=True)
    parsed = vobject.readOne(calendar.several([event(), later, off], organiser=ORGANISER).decode())
    # REQUEST may hold one UID alone, and what is published names nobody who comes (RFC 5546, 3.2.1 and 3.2.2).
    assert parsed.method.value == "PUBLISH"
    assert [each.uid.value for each in parsed.vevent_list] == ["meeting-1@trust.example", "meeting-2@trust.example"]
    assert {each.organizer.value for each in parsed.vevent_list} == {"mailto:pairs@trust.example"}
    assert not any(hasattr(each, "attendee") for each in parsed.vevent_list)
    # Winter time and summer time, at the same hour of the wall.
    assert [each.dtstart.value.astimezone(UTC).hour for each in parsed.vevent_list] == [14, 13]


def test_a_feed_holds_what_is_on():
    off = event(uid="off@trust.example", cancelled=True)
    parsed = vobject.readOne(calendar.feed([event(), off], name="Paired Learning").decode())
    assert [each.uid.value for each in parsed.vevent_list] == ["meeting-1@trust.example"]
    assert parsed.method.value == "PUBLISH"
    assert not hasattr(parsed.vevent, "attendee")


def test_an_empty_feed_is_a_calendar():
    assert vobject.readOne(calendar.feed([], name="Paired Learning").decode()).method.value == "PUBLISH"
