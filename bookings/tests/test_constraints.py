"""What must never be, the database refuses by itself, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bookings.choices import BookingState
from bookings.models import Attendee, Booking, Host, Seat, Session
from bookings.tests.factories import NOW, booked, planned, somebody
from cohorts.tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


def refused(write) -> bool:
    """Whether the database refuses a write, at once or at the commit."""
    try:
        with transaction.atomic():
            write()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


SESSIONS = [
    {"capacity": 0},
    {"capacity": 1001},
    {"taken": 3},  # of two
    {"title": ""},
    {"kind": ""},
    {"state": "called_off"},  # without a reason
    {"reason": "The host is ill"},  # of one that is planned
    {"state": "perhaps"},
    {"mode": "slots"},  # without minutes
    {"slot_minutes": 20},  # of a group
    {"mode": "slots", "slot_minutes": 4},
    {"link": "javascript:alert(1)"},
    {"link": "meet.example"},
    {"offer_hours": 0},
    {"offer_hours": 81},
    {"cut_off_hours": 1001},
]


@pytest.mark.parametrize("columns", SESSIONS, ids=str)
def test_a_session_that_cannot_be_is_refused(world, columns):
    session = world[3]
    assert refused(lambda: Session.objects.filter(pk=session.pk).update(**columns))


def test_a_session_ends_after_it_begins(world):
    session = world[3]
    assert refused(lambda: Session.objects.filter(pk=session.pk).update(ends_at=session.starts_at))
    assert not refused(lambda: Session.objects.filter(pk=session.pk).update(link="https://meet.example/1"))


def test_no_place_exists_twice(world):
    _, _, (one, two, *_), session = world
    first, second = booked(session, one), booked(session, two)
    for number in (1, 2):
        assert refused(lambda number=number: Seat.objects.create(session=session, booking=second, number=number))
    assert refused(lambda: Seat.objects.create(session=session, booking=first, number=0))
    assert not refused(lambda: Seat.objects.create(session=session, booking=first, number=3))


def test_nobody_is_in_a_session_twice_while_it_stands(world):
    cohort, _, (one, two, *_), session = world
    booked(session, one)
    other = booked(session, two)
    of_it = {"booking": other, "session": session, "cohort": cohort, "participant": one}
    assert refused(lambda: Attendee.objects.create(**of_it))
    assert not refused(lambda: Attendee.objects.create(**of_it, is_live=False))
    assert refused(lambda: Attendee.objects.create(**{**of_it, "participant": two}, is_live=False))  # in one booking


def test_people_bookings_and_sessions_are_of_one_cohort(world):
    cohort, _, (one, *_), session = world
    booking = booked(session, one)
    stranger = ParticipantFactory()
    of_it = {"booking": booking, "session": session}
    assert refused(lambda: Attendee.objects.create(**of_it, cohort=cohort, participant=stranger))
    assert refused(lambda: Attendee.objects.create(**of_it, cohort=stranger.cohort, participant=stranger))
    assert refused(lambda: Booking.objects.filter(pk=booking.pk).update(cohort=stranger.cohort))


def test_places_and_lines_of_a_register_are_of_the_session_of_their_booking(world):
    cohort, lead, (one, two, *_), session = world
    booking, other = booked(session, one), planned(cohort, lead)
    assert refused(lambda: Seat.objects.create(session=other, booking=booking, number=1))
    of_it = {"booking": booking, "cohort": cohort, "participant": two}
    assert refused(lambda: Attendee.objects.create(**of_it, session=other))
    assert not refused(lambda: Attendee.objects.create(**of_it, session=session))


BOOKINGS = [
    {"line": 1},  # that of another
    {"needs": 0},
    {"state": "perhaps"},
    {"state": BookingState.OFFERED},  # until when?
    {"lapses_at": NOW},  # of what is booked
    {"booked_at": None},
    {"ended_at": NOW},  # and still booked
    {"state": BookingState.CANCELLED},  # when?
]


@pytest.mark.parametrize("columns", BOOKINGS, ids=str)
def test_a_booking_that_cannot_be_is_refused(world, columns):
    _, _, (one, two, *_), session = world
    booked(session, one)
    booking = booked(session, two)
    assert refused(lambda: Booking.objects.filter(pk=booking.pk).update(**columns))


LINES = [
    {"attendance": "attended", "minutes": 120},  # when was it said?
    {"attendance": "attended", "marked_at": NOW},  # for how long?
    {"attendance": "part", "marked_at": NOW},
    {"attendance": "absent", "minutes": 5, "marked_at": NOW},
    {"attendance": "part", "minutes": 0, "marked_at": NOW},
    {"attendance": "part", "minutes": 1501, "marked_at": NOW},
    {"attendance": "asleep", "marked_at": NOW},
    {"marked_at": NOW},
    {"minutes": 5},
]


@pytest.mark.parametrize("columns", LINES, ids=str)
def test_a_line_of_a_register_that_cannot_be_is_refused(world, columns):
    _, _, (one, *_), session = world
    booking = booked(session, one)
    assert refused(lambda: Attendee.objects.filter(booking=booking).update(**columns))


def test_a_line_of_a_register_that_can_be_is_not(world):
    _, _, (one, *_), session = world
    lines = Attendee.objects.filter(booking=booked(session, one))
    for columns in ({"attendance": "part", "minutes": 30}, {"attendance": "absent", "minutes": None}):
        assert not refused(lambda columns=columns: lines.update(**columns, marked_at=NOW))


def test_nobody_hosts_a_session_twice(world):
    session, host = world[3], somebody()
    Host.objects.create(session=session, user=host)
    assert refused(lambda: Host.objects.create(session=session, user=host))


def test_the_same_form_sent_twice_is_one_row(world):
    cohort, lead, _, session = world
    mark = "12345678-1234-1234-1234-123456789012"
    Session.objects.filter(pk=session.pk).update(once=mark)
    other = planned(cohort, lead, starts_at=session.starts_at + timedelta(days=1))
    assert refused(lambda: Session.objects.filter(pk=other.pk).update(once=mark))
