"""Many people at the same moment, each in a connection of its own: exactly as many places as there are.

The twins without the lock show that there is a race to lose: whoever comes to the middle of a write waits there for the
other, and by then both have read the same.
"""

import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection

from bookings import actions
from bookings.actions.in_hand import Places
from bookings.choices import BookingState
from bookings.models import Attendee, Booking, Seat, Session
from bookings.querysets import SessionQuerySet
from bookings.tests.factories import (
    HOUR,
    NOW,
    STARTS_AT,
    booked,
    cohort_with_lead,
    fresh,
    line,
    numbers,
    people,
    planned,
)
from cohorts import actions as cohort_actions
from cohorts.models import Participant
from cohorts.tests.races import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
B = BookingState
PLACES, CROWD, PRESSES = 6, 20, 3
PATIENCE = 10  # seconds, for two to meet


@pytest.fixture
def world():
    cohort, lead = cohort_with_lead()
    return cohort, lead, people(cohort, CROWD)


@contextmanager
def unlocked():
    """A twin that reads without the lock, and in which two come to the last place together."""
    meet, usual = threading.Barrier(2), Places.take

    def take(self, *args, **kwargs):
        with suppress(threading.BrokenBarrierError):
            meet.wait(PATIENCE)
        return usual(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SessionQuerySet, "locked", lambda self, pk: self.filter(pk=pk).first())
        patched.setattr(Places, "take", take)
        yield


@contextmanager
def without(model, *names):
    """The table without these constraints."""
    dropped = [each for each in model._meta.constraints if each.name in names]
    for each in dropped:
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, each)
    try:
        yield
    finally:
        Seat.objects.all().delete()
        for each in dropped:
            with connection.schema_editor() as editor:
                editor.add_constraint(model, each)


def last_places(cohort, lead, someone) -> Session:
    """One place is left."""
    session = planned(cohort, lead, capacity=PLACES)
    for each in someone[: PLACES - 1]:
        booked(session, each)
    return session


def test_many_for_a_few_places_and_each_presses_three_times(world, is_full):
    cohort, lead, someone = world
    for _ in range(100 if is_full else 3):
        session = planned(cohort, lead, capacity=PLACES)
        calls = [partial(booked, session, each) for each in someone for _ in range(PRESSES)]
        assert refusals(at_once(*calls)) == []
        assert (fresh(session).taken, numbers(session)) == (PLACES, list(range(1, PLACES + 1)))
        assert session.bookings.count() == len(someone)
        assert session.bookings.booked().count() == PLACES
        assert line(session) == list(range(PLACES + 1, CROWD + 1))


def test_a_twin_without_lock_and_constraints_overbooks(world):
    cohort, lead, someone = world
    session = last_places(cohort, lead, someone)
    with without(Seat, "seat_once"), without(Booking, "booking_one_to_a_line"):
        with unlocked():
            assert refusals(at_once(*[partial(booked, session, each) for each in someone[-2:]])) == []
        assert (len(numbers(session)), fresh(session).capacity) == (PLACES + 1, PLACES)
        Booking.objects.all().delete()


def test_without_the_lock_alone_the_database_keeps_the_promise_and_somebody_gets_an_error(world):
    cohort, lead, someone = world
    session = last_places(cohort, lead, someone)
    with without(Booking, "booking_one_to_a_line"):
        with unlocked():
            assert refusals(at_once(*[partial(booked, session, each) for each in someone[-2:]])) == [IntegrityError]
        assert len(numbers(session)) == PLACES


def test_two_who_change_places_with_each_other_do_not_wait_for_ever(world):
    cohort, lead, someone = world
    for _ in range(5):
        one, two = planned(cohort, lead), planned(cohort, lead)
        mine = [(booked(one, each), two) for each in someone[:2]] + [(booked(two, each), one) for each in someone[2:4]]
        calls = [partial(changed, booking, into) for booking, into in mine]
        assert refusals(at_once(*calls)) == []
        assert (numbers(one), numbers(two)) == ([1, 2], [1, 2])
        assert {each.participant_id for each in Attendee.objects.booked().filter(session=one)} == {
            each.pk for each in someone[2:4]
        }


def changed(booking, into):
    user = booking.attendees.get().participant.user
    return actions.swap(booking=booking, into=into, by=user, now=NOW)


def test_two_who_cancel_and_a_pair_that_waits(world):
    cohort, lead, someone = world
    session = planned(cohort, lead, capacity=2)
    first, second = booked(session, someone[0]), booked(session, someone[1])
    pair = booked(session, *someone[2:4])
    calls = [partial(actions.cancel_booking, booking=each, by=lead, now=NOW) for each in (first, second)]
    assert refusals(at_once(*calls)) == []
    assert (fresh(pair).state, pair.seats.count(), fresh(session).taken) == (B.OFFERED, 2, 2)


def test_an_offer_that_runs_out_while_it_is_taken_is_taken_or_goes_to_the_next(world):
    cohort, lead, someone = world
    session = planned(cohort, lead, capacity=1)
    first, second, third = [booked(session, each) for each in someone[:3]]
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    end = fresh(second).lapses_at
    just_before = end - timedelta(seconds=1)
    take = partial(actions.accept_offer, booking=second, by=someone[1].user, now=just_before)
    lapse = partial(actions.lapse_offers, session=session, now=end)
    assert refusals(at_once(take, lapse, lapse)) in ([], [actions.OfferIsOver])
    assert {fresh(second).state, fresh(third).state} in ({B.BOOKED, B.WAITING}, {B.LAPSED, B.OFFERED})
    assert fresh(session).taken == 1


def test_of_two_bookings_beyond_a_limit_one_is_made(world):
    cohort, lead, (one, *_) = world
    for _ in range(5):
        kind = {"kind": f"kind-{Session.objects.count()}"}
        sessions = [planned(cohort, lead, **kind), planned(cohort, lead, **kind)]
        calls = [partial(booked, each, one, limit=1) for each in sessions]
        assert refusals(at_once(*calls)) == [actions.TooManyOpen]


def test_nobody_who_withdraws_keeps_a_place(world, in_march):
    cohort, lead, someone = world
    for each in someone[:5]:
        session = planned(cohort, lead)
        leaver = Participant.objects.get(pk=each.pk)
        leave = partial(cohort_actions.withdraw_participant, participant=leaver, by=lead)
        assert refusals(at_once(partial(booked, session, each), leave)) in ([], [actions.NobodyAsked])
        assert not Attendee.objects.live().filter(participant=each).exists()
        assert fresh(session).taken == 0


def test_a_walk_in_and_a_booking_for_the_last_place_are_both_in(world):
    cohort, lead, someone = world
    session = last_places(cohort, lead, someone)
    calls = [
        partial(booked, session, someone[-1], now=STARTS_AT - HOUR),
        partial(actions.walk_in, session=session, party=someone[-2:-1], by=lead, now=STARTS_AT - HOUR),
    ]
    assert refusals(at_once(*calls)) == []
    found = fresh(session)
    assert found.taken == len(numbers(session)) == found.capacity
    assert Attendee.objects.booked().filter(session=session, participant=someone[-2]).exists()
