"""A session is planned, changed, moved, held or called off, and its hosts change."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import AuditRecord
from bookings import actions
from bookings.choices import BookingState, SessionState
from bookings.models import Attendee, Booking, Host, Seat, Session
from bookings.tests.factories import (
    HOUR,
    NOW,
    STARTS_AT,
    booked,
    fresh,
    line,
    london,
    numbers,
    planned,
    somebody,
    states,
)
from reminders.models import Message

B = BookingState


def told(kind: str) -> list:
    """Who hears so, each as often as there are messages."""
    return sorted(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def emails(*who) -> list:
    return sorted(getattr(each, "user", each).email for each in who)


# Planned


def test_the_same_form_sent_twice_plans_one(world):
    cohort, lead, _, _ = world
    mark = uuid.uuid4()
    first = planned(cohort, lead, mark=mark, hosts=[lead])
    assert planned(cohort, lead, mark=mark, hosts=[lead]) == first
    assert planned(cohort, lead, mark=mark, title="Another") != first
    assert (Session.objects.count(), told("bookings.hosting")) == (3, emails(lead))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"ends_at": STARTS_AT}, "end that is after the start"),
        ({"starts_at": NOW - HOUR, "ends_at": NOW + HOUR}, "still to come"),
        ({"capacity": 0}, "at least 1|between 1"),
        ({"capacity": 1001}, "between 1 and 1000"),
        ({"slot_minutes": 20, "capacity": 7}, "room for 6 appointments of 20 minutes"),
        ({"slot_minutes": 121}, "between 1"),
    ],
)
def test_what_is_no_session_is_refused_in_words(world, more, says):
    cohort, lead, _, _ = world
    given = {"kind": "surgeries", "title": "Clinic", "starts_at": STARTS_AT, "ends_at": STARTS_AT + 2 * HOUR, **more}
    with pytest.raises(actions.WrongTimes, match=says):
        actions.plan_session(cohort=cohort, by=lead, now=NOW, **given)


# Changed


def test_everybody_hears_once_of_another_place_and_quietly_of_nothing_else(world):
    cohort, lead, (one, two, three, four, *_), _ = world
    host = somebody()
    session = planned(cohort, lead, capacity=2, hosts=[host])
    for each in (one, two, three):
        booked(session, each)
    for _ in range(2):
        actions.change_session(session=session, place="Boardroom", by=lead, now=NOW)
    assert told("bookings.moved") == emails(one, two, three, host)
    assert fresh(session).sequence == 1
    actions.change_session(session=session, offer_hours=8, shows_names=True, cut_off_hours=48, by=lead, now=NOW)
    assert (fresh(session).sequence, Message.objects.filter(kind="bookings.moved").count()) == (1, 4)
    assert four.user.email not in told("bookings.moved")
    with pytest.raises(TypeError):
        actions.change_session(session=session, taken=0, by=lead, now=NOW)


def test_more_places_are_offered_in_the_order_of_asking(world):
    _, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:6]]
    actions.change_session(session=session, capacity=4, by=lead, now=NOW)
    assert states(*bookings[2:]) == [B.OFFERED, B.OFFERED, B.WAITING, B.WAITING]
    assert (fresh(session).taken, fresh(session).sequence) == (4, 0)


def test_fewer_places_than_are_taken_or_held_are_refused_in_words(world):
    _, lead, someone, session = world
    actions.change_session(session=session, capacity=4, by=lead, now=NOW)
    first, *_ = [booked(session, each) for each in someone[:5]]
    actions.cancel_booking(booking=first, by=lead, now=NOW)  # which holds its place for the fifth
    with pytest.raises(actions.BelowTaken, match=r"4 places are taken or held for somebody\. Enter 4 or more"):
        actions.change_session(session=session, capacity=3, by=lead, now=NOW)
    assert fresh(session).capacity == 4
    actions.decline_offer(booking=Booking.objects.get(session=session, line=5), by=someone[4].user, now=NOW)
    actions.change_session(session=session, capacity=3, by=lead, now=NOW)
    assert (fresh(session).capacity, numbers(session)) == (3, [1, 2, 3])


def test_a_slot_that_is_taken_is_not_cut_off(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    booked(session, one, slot=5)
    with pytest.raises(actions.BelowTaken, match="last times is taken"):
        actions.change_session(session=session, capacity=4, by=lead, now=NOW)
    with pytest.raises(actions.WrongTimes):
        actions.change_session(session=session, capacity=7, by=lead, now=NOW)
    actions.change_session(session=session, capacity=5, by=lead, now=NOW)


# Moved


def test_everybody_hears_once_that_it_moved_and_calendars_by_a_higher_number(world):
    cohort, lead, (one, two, three, four, *_), _ = world
    session = planned(cohort, lead, capacity=2, hosts=[lead])
    booked(session, one, two)
    booked(session, three)
    gone = booked(session, four)
    actions.cancel_booking(booking=gone, by=four.user, now=NOW)
    later = {"starts_at": STARTS_AT + HOUR, "ends_at": STARTS_AT + 3 * HOUR}
    for _ in range(3):
        actions.move_session(session=session, **later, by=lead, now=NOW)
    assert told("bookings.moved") == emails(one, two, three, lead)
    assert (fresh(session).sequence, fresh(session).starts_at) == (1, STARTS_AT + HOUR)
    assert AuditRecord.objects.filter(did="moved a session").count() == 1
    with pytest.raises(actions.WrongTimes):
        actions.move_session(session=session, starts_at=NOW, ends_at=NOW + HOUR, by=lead, now=NOW)


def test_an_hour_that_comes_twice_is_told_apart(world):
    cohort, lead, _, _ = world
    first = london(2027, 10, 31, 1, 30)
    session = planned(cohort, lead, starts_at=first)
    second = first.replace(fold=1)
    actions.move_session(session=session, starts_at=second, ends_at=second + 3 * HOUR, by=lead, now=NOW)
    assert (fresh(session).sequence, fresh(session).starts_at - session.starts_at) == (1, HOUR)


def test_offers_end_at_the_latest_when_it_begins_now(world):
    _, lead, someone, session = world
    first, _, third = [booked(session, each) for each in someone[:3]]
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    soon = NOW + HOUR
    actions.move_session(session=session, starts_at=soon, ends_at=soon + 2 * HOUR, by=lead, now=NOW)
    assert fresh(third).lapses_at == fresh(session).next_lapse_at == soon


def test_an_offer_of_a_slot_ends_at_the_latest_when_that_slot_begins_now(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=60)
    _, second, waiting = [booked(session, each) for each in (one, two, three)]
    actions.cancel_booking(booking=second, by=lead, now=NOW)
    for starts_at, end in ((NOW + HOUR, NOW + 2 * HOUR), (NOW + 2 * HOUR, NOW + 2 * HOUR)):
        times = {"starts_at": starts_at, "ends_at": starts_at + 2 * HOUR}
        actions.move_session(session=session, **times, by=lead, now=NOW)
        assert fresh(waiting).lapses_at == fresh(session).next_lapse_at == end


def test_slots_move_along_only_where_all_fit_in(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    booked(session, one, slot=6)
    with pytest.raises(actions.WrongTimes, match="room for 3 appointments"):
        actions.move_session(session=session, starts_at=STARTS_AT, ends_at=STARTS_AT + HOUR, by=lead, now=NOW)


# Called off, held


def test_called_off_everybody_hears_so_once_and_every_place_is_given_back(world):
    cohort, lead, (one, two, three, four, *_), _ = world
    session = planned(cohort, lead, capacity=2, hosts=[lead])
    bookings = [booked(session, one, two), booked(session, three)]
    gone = booked(session, four)
    actions.cancel_booking(booking=gone, by=four.user, now=NOW)
    with pytest.raises(actions.NeedsReason):
        actions.call_off_session(session=session, reason=" ", by=lead, now=NOW)
    for _ in range(3):
        actions.call_off_session(session=session, reason="The host is ill", by=lead, now=NOW)
    assert told("bookings.called_off") == emails(one, two, three, lead)
    assert states(*bookings, gone) == [B.OFF, B.OFF, B.CANCELLED]
    found = fresh(session)
    assert (found.state, found.taken, found.sequence) == (SessionState.CALLED_OFF, 0, 1)
    assert not Seat.objects.filter(session=session).exists()
    assert not Attendee.objects.live().filter(session=session).exists()
    for change in (
        lambda: actions.move_session(session=session, starts_at=STARTS_AT, ends_at=STARTS_AT + HOUR, by=lead, now=NOW),
        lambda: actions.change_session(session=session, capacity=9, by=lead, now=NOW),
        lambda: actions.change_hosts(session=session, hosts=[lead], by=lead, now=NOW),
        lambda: actions.walk_in(session=session, party=[one], by=lead, now=STARTS_AT),
        lambda: actions.all_present(session=session, by=lead, now=STARTS_AT),
    ):
        with pytest.raises(actions.SessionIsOff, match="called off: The host is ill"):
            change()


def test_what_was_held_closes_its_list_and_is_not_called_off(world):
    _, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:4]]
    actions.cancel_booking(booking=bookings[0], by=lead, now=STARTS_AT - HOUR)
    with pytest.raises(actions.TooEarly):
        actions.all_present(session=session, by=lead, now=STARTS_AT - timedelta(days=1))
    with pytest.raises(actions.NotYours):
        actions.all_present(session=session, by=someone[1].user, now=STARTS_AT)
    for _ in range(2):
        actions.all_present(session=session, by=lead, now=STARTS_AT + HOUR)
    assert states(*bookings) == [B.CANCELLED, B.BOOKED, B.LAPSED, B.MISSED]
    assert (fresh(session).state, fresh(session).taken, line(session)) == (SessionState.HELD, 1, [])
    with pytest.raises(actions.SessionIsOff, match="took place on Wednesday 10 March 2027"):
        actions.call_off_session(session=session, reason="Too late", by=lead, now=STARTS_AT + HOUR)
    with pytest.raises(actions.SessionIsOff):
        actions.cancel_booking(booking=bookings[1], by=lead, now=STARTS_AT + HOUR)


# Hosts


def test_a_host_covers_for_another_and_both_hear_so(world):
    cohort, lead, _, _ = world
    one, two, three = somebody(), somebody(), somebody()
    session = planned(cohort, lead, hosts=[one, two])
    for _ in range(2):
        actions.change_hosts(session=session, hosts=[two, three], by=lead, now=NOW, most=2)
    assert set(Host.objects.filter(session=session).values_list("user", flat=True)) == {two.pk, three.pk}
    assert told("bookings.hosting") == emails(one, two, three)
    assert told("bookings.not_hosting") == emails(one)
    assert AuditRecord.objects.filter(did="changed the hosts of a session").count() == 1


@pytest.mark.parametrize(
    ("number", "most", "says"),
    [(0, 2, "Choose 1 or 2 hosts"), (3, 2, "Choose 1 or 2 hosts"), (2, 1, "Choose 1 host\\."), (0, None, "at least 1")],
)
def test_how_many_hosts_there_are_is_the_rooms_rule(world, number, most, says):
    _, lead, _, session = world
    with pytest.raises(actions.WrongHosts, match=says):
        actions.change_hosts(session=session, hosts=[somebody() for _ in range(number)], by=lead, now=NOW, most=most)
