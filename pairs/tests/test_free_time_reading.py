"""A rota as an iCalendar file: what it says about time is read as others read it, the rest not at all."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from pairs import free_time
from pairs.free_time import LONDON, RotaRefused, read_rota
from pairs.free_time.reading import NO_CALENDAR, NOT_OPENED
from pairs.free_time.repeating import Budget, days_of, rule_of
from tests.reliability import corpus
from tests.stopwatch import seconds

FIRST, LAST = date(2027, 1, 4), date(2027, 1, 31)


def calendar(*events, before=""):
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event.strip()}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{inside}END:VCALENDAR\r\n"


def read(*events, first=FIRST, last=LAST, before=""):
    return read_rota(calendar(*events, before=before), first=first, last=last)


def shown(rota):
    """Each shift as a clock in London shows it: "6 14:00-16:00"."""
    walls = [(span.starts_at.astimezone(LONDON), span.ends_at.astimezone(LONDON)) for span in rota.shifts]
    return [f"{low.day} {low:%H:%M}-{high:%H:%M}" for low, high in walls]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270106T140000Z\nDTEND:20270106T160000Z", "6 14:00-16:00"),
        ("DTSTART:20270106T140000\nDTEND:20270106T160000", "6 14:00-16:00"),
        ("DTSTART;TZID=Europe/London:20270106T140000\nDTEND;TZID=Europe/London:20270106T160000", "6 14:00-16:00"),
        ("DTSTART;TZID=GMT Standard Time:20270106T140000\nDURATION:PT2H", "6 14:00-16:00"),
        (
            'DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20270106T140000\nDURATION:PT2H',
            "6 14:00-16:00",
        ),
        ("DTSTART;TZID=/mozilla.org/Europe/London:20270106T140000\nDURATION:PT2H", "6 14:00-16:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20270106T150000\nDURATION:PT2H", "6 14:00-16:00"),
        ("DTSTART:20270106T210000\nDTEND:20270107T073000", "6 21:00-07:30"),
        ("DTSTART;VALUE=DATE:20270106\nDTEND;VALUE=DATE:20270107", "6 00:00-00:00"),
        ("DTSTART;VALUE=DATE:20270106", "6 00:00-00:00"),
        ("DTSTART:20270106\nDTEND:20270106", "6 00:00-00:00"),
        ("DTSTART;VALUE=DATE:20270106\nDURATION:P1D", "6 00:00-00:00"),
        ("DTSTART:20270106T090000\nDURATION:P1DT1H", "6 09:00-10:00"),
        ("dtstart:20270106T140000Z\ndtend:20270106\n T160000Z", "6 14:00-16:00"),
        ("DTSTART:20270103T210000\nDTEND:20270104T070000", "4 00:00-07:00"),
        ("DTSTART:20270131T210000\nDTEND:20270201T070000", "31 21:00-00:00"),
    ],
)
def test_a_time_is_read_in_every_way_it_is_written(event, expected):
    rota = read(event)
    assert (shown(rota), rota.outside, rota.unread) == ([expected], 0, ())


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20270106T140000Z\nDTEND:20270106T160000Z\nSTATUS:CANCELLED",
        "DTSTART:20270106T140000Z\nDTEND:20270106T160000Z\nTRANSP:TRANSPARENT",
        "DTSTART:20270106T140000Z\nDTEND:20270106T160000Z\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "DTSTART:20270106T140000Z",
        "DTSTART:20260106T140000Z\nDURATION:PT2H",
        "DTSTART:20280106T140000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY",
        "DTSTART:20260106T140000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY;UNTIL=20261201T000000Z",
        "DTSTART:20260106T140000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=20",
    ],
)
def test_what_takes_no_time_here_is_nothing(event):
    rota = read(event)
    assert (rota.shifts, rota.unread) == ((), ())


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:no start", "without a start"),
        ("DTSTART:20270230T140000Z\nDURATION:PT1H", "without a time that there is"),
        ("DTSTART:tomorrow\nDURATION:PT1H", "without a time that there is"),
        ("DTSTART;VALUE=DATE:20271301", "without a day that there is"),
        ("DTSTART:99991231T235900Z\nDURATION:P9000DT1H", "without a time that there is"),
        ("DTSTART;TZID=Asia/Tokyo:00010101T000000\nDURATION:PT1H", "without a time that there is"),
        ("DTSTART:20270106T140000Z\nDURATION:forever", "without a length that we can read"),
        ("DTSTART:20270106T140000Z\nDTEND:20270106T120000Z", "ending before they begin"),
        ("DTSTART;VALUE=DATE:20270106\nDTEND;VALUE=DATE:20270101", "ending before they begin"),
        ("DTSTART;TZID=Ward Time:20270106T140000\nDURATION:PT1H", "in a time zone that we do not know"),
        ("DTSTART;TZID=../../etc/passwd:20270106T140000\nDURATION:PT1H", "in a time zone that we do not know"),
        ("DTSTART:20270106T140000Z\nDURATION:PT1H\nRRULE:FREQ=HOURLY", "repeating within a day"),
        (
            "DTSTART:20270106T140000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYWEEKNO=1",
            "repeating in a way that we cannot read",
        ),
        (
            "DTSTART:20270106T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0",
            "repeating in a way that we cannot read",
        ),
        ("DTSTART:20270106T140000Z\nDURATION:PT1H\nRRULE:nonsense", "repeating in a way that we cannot read"),
        ("DTSTART:20270106T140000Z\nDURATION:P90D\nRRULE:FREQ=DAILY", "repeating and longer than two months"),
        (
            "DTSTART:20000106T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=99999",
            "counting its repeats over more than five years",
        ),
    ],
)
def test_what_cannot_be_read_is_counted_in_words_beside_what_can(event, why):
    rota = read(event, "DTSTART:20270106T140000Z\nDTEND:20270106T160000Z")
    assert (shown(rota), rota.unread, rota.unread_count) == (["6 14:00-16:00"], ((why, 1),), 1)


def test_weeks_repeat_without_what_is_dropped_and_with_what_is_moved():
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/London:20261201T090000\n"
        "DTEND;TZID=Europe/London:20261201T170000\nRRULE:FREQ=WEEKLY;BYDAY=TU\n"
        "EXDATE;TZID=Europe/London:20270112T090000\nRDATE:20270107T090000Z\nBEGIN:VALARM\nDURATION:PT15M\n"
        "END:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270119T090000Z\n"
        "DTSTART:20270120T100000Z\nDTEND:20270120T110000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270126T090000Z\nSTATUS:CANCELLED\nDTSTART:20270126T090000Z\n"
        "END:VEVENT\nEND:VCALENDAR"
    )
    rota = read_rota(text, first=FIRST, last=LAST)
    assert shown(rota) == ["5 09:00-17:00", "7 09:00-17:00", "20 10:00-11:00"]
    assert rota.unread == ()


def test_a_repeated_night_begins_by_the_wall_and_is_as_long_as_the_first_across_a_clock_change():
    event = "DTSTART;TZID=GMT Standard Time:20271029T210000\nDURATION:PT10H\nRRULE:FREQ=DAILY;COUNT=3"
    assert shown(read(event, first=date(2027, 10, 25), last=date(2027, 11, 7))) == [
        "29 21:00-07:00",
        "30 21:00-06:00",
        "31 21:00-07:00",
    ]
    days = read(
        "DTSTART;VALUE=DATE:20270327\nDTEND;VALUE=DATE:20270329", first=date(2027, 3, 22), last=date(2027, 4, 18)
    )
    assert days.shifts[0].length == timedelta(hours=47)
    gap = read("DTSTART:20270328T013000\nDURATION:PT1H", first=date(2027, 3, 22), last=date(2027, 4, 18))
    assert shown(gap) == ["28 02:30-03:30"]


def test_a_calendar_that_calls_everything_off_is_nothing():
    assert read("DTSTART:20270106T140000Z\nDTEND:20270106T160000Z", before="METHOD:CANCEL\r\n").shifts == ()


def rules():
    some = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True)
    placed = st.lists(st.sampled_from(["1MO", "2TU", "-1FR", "5WE", "-5SU", "TH"]), min_size=1, max_size=2, unique=True)
    numbers = st.lists(st.sampled_from([1, 4, 15, 29, 30, 31, -1, -2]), min_size=1, max_size=3, unique=True)
    months = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)

    def parts(**kinds):
        return st.fixed_dictionaries({}, optional=kinds)

    def joined(freq, kinds):
        return kinds.map(lambda found: ";".join([f"FREQ={freq}", *(f"{k}={v}" for k, v in found.items())]))

    def listed(kind):
        return kind.map(lambda values: ",".join(map(str, values)))

    interval, count = st.integers(1, 5), st.integers(1, 60)
    every = {"INTERVAL": interval, "COUNT": count}
    return st.one_of(
        joined("DAILY", parts(**every, BYDAY=listed(some), BYMONTHDAY=listed(numbers), BYMONTH=listed(months))),
        joined(
            "WEEKLY", parts(**every, BYDAY=listed(some), BYMONTH=listed(months), WKST=st.sampled_from(["MO", "SU"]))
        ),
        joined("MONTHLY", parts(**every, BYMONTHDAY=listed(numbers), BYMONTH=listed(months))),
        joined("MONTHLY", parts(**every, BYDAY=listed(placed), BYMONTH=listed(months))),
        joined("MONTHLY", parts(**every, BYDAY=listed(some), BYMONTHDAY=listed(numbers))),
        st.tuples(joined("MONTHLY", parts(**every)), listed(some)).map(lambda t: f"{t[0]};BYDAY={t[1]};BYSETPOS=1,-1"),
        joined("YEARLY", parts(**every, BYMONTH=listed(months), BYMONTHDAY=listed(numbers))),
        st.tuples(joined("YEARLY", parts(**every, BYDAY=listed(placed))), listed(months)).map(
            lambda t: f"{t[0]};BYMONTH={t[1]}"
        ),
    )


@settings(max_examples=300, deadline=None)
@given(rules(), st.dates(date(2023, 1, 1), date(2026, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_rules_fall_on_the_days_on_which_the_common_library_has_them(text, first, low):
    high = low + timedelta(days=70)
    rule = rule_of(text, first)
    if not rule.falls_on(first):
        return  # a start that is no day of its rule counts here and in most programs, but not in that library
    # Without an end that library looks for the next day until the year 9999.
    end = "" if "COUNT" in text else f";UNTIL={high:%Y%m%d}T235959"
    every = rrulestr(text + end, dtstart=datetime.combine(first, time(9)))
    theirs = []
    for moment in every:
        if moment.date() > high:
            break
        if moment.date() >= low:
            theirs.append(moment.date())
    assert list(days_of(rule, low, high, spent=Budget())) == theirs


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", NO_CALENDAR),
        ("hello", NO_CALENDAR),
        (b"PK\x03\x04\x00\x00", NO_CALENDAR),
        (b"\xff\xfe\x00\xd8", NO_CALENDAR),
        ("webcal://rota.example/mine.ics", NOT_OPENED),
        ("  https://rota.example/mine.ics\n", NOT_OPENED),
        ("<HTTP://rota.example/BEGIN:VCALENDAR>", NOT_OPENED),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "There are no events in this calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VTODO\nDTSTART:20270106T140000Z\nEND:VTODO\nEND:VCALENDAR", "There are no events"),
        ("BEGIN:VCALENDAR\n" + "x" * 1_000_000, "larger than 1 MB"),
        (calendar(*["DTSTART:20270106"] * 5001), "more than 5,000 events"),
        (
            calendar(
                *[
                    f"DTSTART:2027010{d}T{h:02}{m:02}{s:02}Z\nDURATION:PT1S"
                    for d in (6, 7)
                    for h in range(24)
                    for m in range(60)
                    for s in (0,)
                ]
            ),
            "more than 2,000 times",
        ),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(content, words):
    with pytest.raises(RotaRefused) as refusal:
        read_rota(content, first=FIRST, last=LAST)
    assert words in str(refusal.value)


@pytest.mark.parametrize("value", [*corpus.EVERYTHING, "\n" * 900_000, "\r " * 400_000, " " * 900_000])
def test_nothing_breaks_it_whatever_stands_where_a_time_should(value):
    event = f"DTSTART:{value}\nDTEND;TZID={value}:{value}\nRRULE:{value}\nEXDATE:{value}\nDURATION;{value}:{value}"
    contents = (
        value,
        calendar(event)[:1_000_000],
        calendar(f"DTSTART:20270106T140000Z\nDURATION:PT1H\nRRULE:{value}")[:1_000_000],
    )

    def work():
        for content in contents:
            with suppress(RotaRefused):
                read_rota(content, first=FIRST, last=LAST)

    assert seconds(work, until=2) < 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=999999999",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=999999;COUNT=999999999",
        "FREQ=DAILY;BYMONTHDAY=" + ",".join(["31"] * 90_000),
        "FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1",
    ],
)
def test_a_rule_that_goes_on_and_on_takes_less_than_a_second(rule):
    event = f"DTSTART:16010101T090000Z\nDURATION:PT1H\nRRULE:{rule}"
    assert seconds(lambda: read(event), until=1) < 1


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=9999", "FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=-1"])
def test_five_thousand_rules_are_bounded_together(rule):
    events = [f"DTSTART:2023010{n % 7 + 1}T090000Z\nDURATION:PT1H\nRRULE:{rule}" for n in range(5000)]
    assert seconds(lambda: read(*events), until=5) < 5


def test_only_moments_come_out_of_a_file():
    rota = read(
        "DTSTART:20270106T140000Z\nDTEND:20270106T160000Z\nSUMMARY:canary\nLOCATION:canary\nATTENDEE:mailto:canary@x.example"
        "\nDESCRIPTION:canary\nURL:https://canary.example",
        "DTSTART:canary\nSUMMARY:canary",
        "DTSTART;TZID=canary:20270106T140000\nDURATION:canary",
    )
    assert "canary" not in repr(rota)
    assert rota.shifts == (free_time.Span(datetime(2027, 1, 6, 14, tzinfo=UTC), datetime(2027, 1, 6, 16, tzinfo=UTC)),)
