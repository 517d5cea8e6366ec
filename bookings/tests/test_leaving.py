"""Somebody withdraws or a party parts: places are given back, and the list moves up."""

from datetime import timedelta

from bookings import actions
from bookings.choices import BookingState
from bookings.models import Attendee, Booking, Host
from bookings.tests.factories import HOUR, NOW, STARTS_AT, booked, fresh, numbers, planned, somebody, states
from cohorts import actions as cohort_actions
from reminders.models import Message

B = BookingState


def test_whoever_withdraws_gives_back_every_place_to_come(world, in_march):
    cohort, lead, (one, two, three, four, *_), session = world
    other = planned(cohort, lead, capacity=1)
    first, _, third = booked(session, one), booked(session, two), booked(session, three)
    booked(other, four)
    waiting = booked(other, one)
    cohort_actions.withdraw_participant(participant=one, by=lead)
    assert states(first, waiting, third) == [B.CANCELLED, B.CANCELLED, B.OFFERED]
    assert Message.objects.filter(kind="bookings.cancelled", recipient=one.user).count() == 2
    assert not Attendee.objects.live().filter(participant=one).exists()


def test_of_two_who_booked_together_one_stays_with_one_place(world):
    _, lead, (one, two, three, *_), session = world
    pair, third = booked(session, one, two), booked(session, three)
    actions.let_go(participant=one, by=lead, now=NOW)
    assert (states(pair, third), fresh(pair).needs, numbers(session)) == ([B.BOOKED, B.OFFERED], 1, [1, 2])
    assert [each.participant for each in pair.attendees.all()] == [two]
    assert list(Message.objects.filter(kind="bookings.cancelled").values_list("recipient", flat=True)) == [one.user.pk]


def test_a_party_that_waits_for_two_places_needs_one_when_it_is_one(world):
    _, lead, someone, session = world
    first, _ = [booked(session, each) for each in someone[:2]]
    pair = booked(session, *someone[2:4])
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    assert states(pair) == [B.GATHERING]
    actions.let_go(participant=someone[2], by=lead, now=NOW)
    assert (states(pair), fresh(pair).needs, fresh(session).taken) == ([B.OFFERED], 1, 2)


def test_whoever_is_left_of_a_pair_keeps_its_slot(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    pair = booked(session, one, two, slot=2)
    actions.let_go(participant=one, by=lead, now=NOW)
    assert (states(pair), numbers(session)) == ([B.BOOKED], [2])
    actions.let_go(participant=two, by=lead, now=NOW)
    assert (states(pair), numbers(session)) == ([B.CANCELLED], [])


def test_what_was_is_not_undone(world):
    cohort, lead, (one, two, *_), session = world
    past, future = booked(session, one), booked(planned(cohort, lead, starts_at=STARTS_AT + timedelta(days=7)), one)
    ended = STARTS_AT + 2 * HOUR
    actions.let_go(participant=one, by=lead, now=ended)
    assert states(past, future) == [B.BOOKED, B.CANCELLED]
    today = booked(planned(cohort, lead, starts_at=STARTS_AT), two)
    actions.check_in(session=today.session, by=two.user, now=STARTS_AT - HOUR)
    actions.let_go(participant=two, by=lead, now=STARTS_AT - HOUR)
    assert states(today) == [B.BOOKED]


def test_those_who_part_give_back_what_they_booked_together_and_nothing_else(world):
    cohort, lead, (one, two, three, *_), session = world
    other, third = planned(cohort, lead), planned(cohort, lead)
    together, alone = booked(session, one, two), booked(other, one)
    trio, next_one = booked(third, one, two, three), booked(session, three)
    actions.let_party_go(party=[one, two], by=lead, now=NOW)
    assert states(together, alone, trio, next_one) == [B.CANCELLED, B.BOOKED, B.BOOKED, B.OFFERED]
    assert Message.objects.filter(kind="bookings.cancelled").count() == 2


def test_whoever_is_forgotten_is_named_nowhere_as_who_asked_or_hosted(world, django_assert_max_num_queries):
    _, lead, (one, *_), session = world
    host = somebody()
    actions.change_hosts(session=session, hosts=[host], by=lead, now=NOW)
    booked(session, one, by=host)
    with django_assert_max_num_queries(12):
        actions.forget_person(user=host, by=lead)
    assert not Host.objects.filter(user=host).exists()
    assert set(Booking.objects.values_list("by", flat=True)) == {None}
    actions.forget_person(user=host, by=lead)
