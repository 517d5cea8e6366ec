"""Sessions as calendars, task lists and reminders read them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, time, timedelta

from django.db.models import CharField, F, IntegerField, Value

from bookings.choices import BookingState, SessionState
from bookings.entries import Part, entry, times, where
from bookings.kinds import OFFER_ENDS, SOON
from bookings.letters import is_off
from bookings.models import Attendee, Booking, Host, Session
from elements import clock
from elements.contract import Event, Reminder, Step

NEWS_LASTS = timedelta(hours=3)  # who heard of it just now is not told again at once
LAST_CALL = timedelta(hours=1)  # before an offer ends
COLUMNS = (
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "place",
    "link",
    "mode",
    "slot_minutes",
    "state",
    "sequence",
    "changed_at",
    "cohort_id",
)


def events_of(users: Iterable) -> Iterator[Event]:
    """Where these people have a place, and what they host. One query; without what is called off."""
    keys = [user.pk for user in users]
    booked = Attendee.objects.booked().filter(participant__user__in=keys).order_by()
    hosted = Host.objects.filter(user__in=keys).order_by()
    rows = _rows(
        booked,
        part=Value("booking", CharField()),
        part_key=F("booking_id"),
        changes=F("booking__sequence"),
        slot=F("booking__slot"),
        whose=F("participant__user_id"),
    ).union(
        _rows(
            hosted,
            part=Value("host", CharField()),
            part_key=F("pk"),
            changes=Value(0, IntegerField()),
            slot=Value(None, IntegerField()),
            whose=F("user_id"),
        ),
        all=True,
    )
    for part, key, changes, slot, whose, off, session, *columns in rows:
        found = Session(pk=session, **dict(zip(COLUMNS, columns, strict=True)))
        if found.kind not in off:
            its = Part.of_booking(key, changes, slot) if part == "booking" else Part.of_host(key)
            yield entry(found, its, whose=whose)


def _rows(found, **said):
    """Of rows that have a session: what is said of each, and the columns of its session."""
    of_session = [f"session__{name}" for name in COLUMNS]
    standing = found.exclude(session__state=SessionState.CALLED_OFF).annotate(**said)
    return standing.values_list(*said, "session__cohort__elements_off", "session_id", *of_session)


def steps(participants: Iterable, on: date) -> Iterator[Step]:
    """An offer to answer, a list on which somebody waits, a session to come. One query."""
    participants = {each.pk: each for each in participants}
    ahead = Attendee.objects.live().filter(
        participant__in=participants, session__state=SessionState.PLANNED, session__ends_at__gt=clock.at(on, time(0))
    )
    for each in ahead.select_related("booking", "session__cohort").order_by("session__starts_at", "pk"):
        if not is_off(each.session):
            yield _step(participants[each.participant_id], each, on)


def _step(participant, each: Attendee, on: date) -> Step:
    session, booking = each.session, each.booking
    starts_at, ends_at = times(session, booking.slot)
    url, when = session.get_absolute_url(), clock.span(starts_at, ends_at)
    if booking.state == BookingState.OFFERED:
        until = clock.local(booking.lapses_at)
        by = f"{clock.in_figures(until)} {clock.from_today(until.date(), on=on)}"
        label = f"Take the place or let it go by {by}: {session.title}"
        return Step(participant, label, url, when, due_on=until.date(), order=5)
    day = clock.local(starts_at).date()
    if booking.state == BookingState.BOOKED:
        return Step(participant, session.title, url, f"{when}. {where(session)}", "planned", day, 40)
    hint = f"{when}. We write to you when a place comes free."
    return Step(participant, f"You are on the waiting list: {session.title}", url, hint, "waiting", order=60)


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """Two queries."""
    yield from _soon(on, until)
    yield from _offers(on, until)


def _soon(on: date, until: date) -> Iterator[Reminder]:
    """The day before at 09:00 by the clock on the wall, to each who has a place. One query."""
    ahead = Attendee.objects.booked().filter(
        session__state=SessionState.PLANNED,
        session__starts_at__gte=clock.at(on, time(0)),
        session__starts_at__lt=clock.at(until + timedelta(days=2), time(0)),
    )
    for each in ahead.select_related("booking", "session__cohort", "participant__user"):
        session = each.session
        if is_off(session):
            continue
        heard_at = max(session.changed_at, each.booking.booked_at)
        yield Reminder(
            kind=SOON,
            to=each.participant.user,
            # The moment is part of it, so that a session that is moved is announced anew.
            about=f"{each.booking_id}:{session.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}",
            at=max(clock.at(session.day - timedelta(days=1)), heard_at + NEWS_LASTS),
            ref={
                "session": str(session.pk),
                "booking": str(each.booking_id),
                "starts": int(session.starts_at.timestamp()),
            },
            scope=each.cohort_id,
            until=times(session, each.booking.slot)[0],
        )


def _offers(on: date, until: date) -> Iterator[Reminder]:
    """An hour before an offer ends, where it stood for two at least. One query."""
    open_ones = Booking.objects.filter(
        state=BookingState.OFFERED,
        lapses_at__gte=clock.at(on, time(0)),
        lapses_at__lt=clock.at(until + timedelta(days=1), time(0)),
    )
    people = Attendee.objects.filter(booking__in=open_ones).select_related(
        "booking", "session__cohort", "participant__user"
    )
    for each in people:
        booking = each.booking
        if booking.lapses_at - booking.offered_at < 2 * LAST_CALL or is_off(each.session):
            continue
        yield Reminder(
            kind=OFFER_ENDS,
            to=each.participant.user,
            about=f"{booking.pk}:{booking.sequence}",
            at=booking.lapses_at - LAST_CALL,
            ref={"session": str(each.session_id), "booking": str(booking.pk), "sequence": booking.sequence},
            scope=each.cohort_id,
            until=booking.lapses_at,
        )
