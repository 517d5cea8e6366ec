"""Asking for places: booked, in the line, offered, answered, given back."""

from datetime import UTC, timedelta

import pytest

from accounts.models import AuditRecord
from bookings import actions, tasks
from bookings.choices import BookingState
from bookings.models import Attendee, Booking, Session
from bookings.tests.factories import (
    HOUR,
    NOW,
    STARTS_AT,
    booked,
    fresh,
    line,
    london,
    numbers,
    people,
    planned,
    somebody,
    states,
)
from cohorts import actions as cohort_actions
from cohorts.tests.factories import ParticipantFactory
from elements.refusals import IsGone
from reminders.models import Message

B = BookingState


def heard() -> list[str]:
    return list(Message.objects.order_by("created_at", "key").values_list("kind", flat=True))


def test_whoever_asks_first_has_a_place_and_the_rest_wait_in_the_order_of_asking(world):
    _, _, someone, session = world
    bookings = [booked(session, each) for each in someone[:5]]
    assert states(*bookings) == [B.BOOKED, B.BOOKED, B.WAITING, B.WAITING, B.WAITING]
    assert (numbers(session), fresh(session).taken, line(session)) == ([1, 2], 2, [3, 4, 5])
    assert heard() == ["bookings.booked"] * 2 + ["bookings.waiting"] * 3


def test_pressing_three_times_is_one_booking_with_the_same_answer(world):
    _, _, (one, two, three, *_), session = world
    booked(session, one)
    again = {(booked(session, two).pk, booked(session, two).state) for _ in range(3)}
    assert len(again) == 1
    waiting = {(booked(session, three).pk, booked(session, three).state) for _ in range(3)}
    assert [state for _, state in waiting] == [B.WAITING]
    assert Booking.objects.count() == Message.objects.count() == 3


def test_a_booking_asks_as_little_as_it_writes_and_whoever_waits_less(world, django_assert_num_queries):
    """Two locks, a row each for the booking, who comes, the place, the record and the message, and the session.

    The two more are the savepoint of the test. Whether she is there already comes with the lock of the session.
    """
    _, _, (one, two, three, *_), session = world
    with django_assert_num_queries(8 + 2):
        assert booked(session, one, limit=1).is_new
    booked(session, two)
    with django_assert_num_queries(7 + 2):
        assert booked(session, three, limit=1).is_new
    assert not booked(session, one, limit=1).is_new


def test_who_does_not_wait_is_told_that_it_is_full_without_a_lock(world, monkeypatch):
    _, _, (one, two, three, *_), session = world
    first = booked(session, one, waits=False)
    booked(session, two)
    monkeypatch.setattr("bookings.actions.asking.held", None)  # whoever wants the lock fails
    with pytest.raises(actions.IsFull):
        booked(session, three, waits=False)
    assert booked(session, one, waits=False) == first


def test_a_pair_has_two_places_or_none(world):
    cohort, lead, (one, two, three, four, *_), session = world
    both = booked(session, one, two)
    assert (states(both), numbers(session)) == ([B.BOOKED], [1, 2])
    other = planned(cohort, lead, capacity=2)
    booked(other, one)
    waiting = booked(other, three, four)
    assert states(waiting) == [B.GATHERING]  # at the head it holds the one place there is
    assert fresh(other).taken == 2


def test_a_party_that_never_fits_in_is_told_so(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, capacity=1)
    with pytest.raises(actions.CannotBe, match="You need 2 places together, and there is 1 in all"):
        booked(session, one, two)


def test_people_book_for_themselves_and_those_who_come_along_and_hosts_for_anybody(world):
    _, lead, (one, two, three, *_), session = world
    with pytest.raises(actions.NotYours):
        booked(session, one, two, by=three.user)
    assert booked(session, one, by=lead).is_booked


def test_of_a_party_nobody_may_be_there_already(world):
    _, _, (one, two, three, *_), session = world
    pair = booked(session, one, two)
    for party in ((one,), (one, three), (one, two, three)):
        with pytest.raises(actions.BookedApart):
            booked(session, *party)
    assert booked(session, two, one) == pair


def test_people_of_another_cohort_and_those_who_withdrew_cannot_book(world):
    _, lead, (one, two, *_), session = world
    stranger = ParticipantFactory()
    cohort_actions.withdraw_participant(participant=two, by=lead)
    for party in ((stranger,), (one, stranger), (two,), ()):
        with pytest.raises(actions.NobodyAsked):
            booked(session, *party, by=lead)
    assert not Booking.objects.exists()


def test_booking_opens_at_its_moment_and_earlier_for_those_who_look_after_it(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, opens_at=NOW + HOUR)
    with pytest.raises(actions.NotOpenYet, match="Booking opens on Monday 1 March 2027 at 11am"):
        booked(session, one)
    assert booked(session, two, by=lead).is_booked
    assert booked(session, one, now=NOW + HOUR).is_booked


def test_nobody_books_what_has_begun(world):
    _, _, (one, *_), session = world
    with pytest.raises(actions.HasBegun):
        booked(session, one, now=STARTS_AT)


def test_nobody_books_what_is_called_off(world):
    _, lead, (one, *_), session = world
    actions.call_off_session(session=session, reason="The host is ill", by=lead, now=NOW)
    with pytest.raises(actions.SessionIsOff, match="The host is ill"):
        booked(session, one)


def test_each_has_so_many_open_bookings_and_the_next_opens_after_attendance(world):
    cohort, lead, (one, two, *_), session = world
    later = planned(cohort, lead, starts_at=STARTS_AT + timedelta(days=7))
    workshop = planned(cohort, lead, kind="workshops")
    booked(session, one, limit=1)
    with pytest.raises(actions.TooManyOpen, match=r"at most 1 open booking\. You"):
        booked(later, one, limit=1)
    with pytest.raises(
        actions.TooManyOpen, match=f"1 open booking, and {one.name} has as many\\. Book without them now"
    ):
        booked(later, two, one, limit=1)
    assert booked(session, one, limit=1).is_booked  # the same again is no other
    assert booked(workshop, one, limit=1).is_booked  # another kind counts by itself
    actions.all_present(session=session, by=lead, now=STARTS_AT + HOUR)
    assert booked(later, one, limit=1, now=STARTS_AT + HOUR).is_booked


def test_a_party_is_told_who_of_it_has_as_many_as_she_may(world):
    cohort, lead, (one, two, *_), session = world
    later = planned(cohort, lead, starts_at=STARTS_AT + timedelta(days=7))
    booked(session, one, limit=1)

    def said(*party) -> str:
        with pytest.raises(actions.TooManyOpen) as refused:
            booked(later, *party, limit=1)
        return refused.value.sentence

    then = "when that one has taken place."
    most = "Each person has at most 1 open booking"
    assert said(two, one) == f"{most}, and {one.name} has as many. Book without them now, or together {then}"
    assert said(one, two) == f"{most}. You can book the next {then}"
    booked(session, two, limit=1)
    assert said(one, two) == f"{most}, and you and {two.name} have as many. You can book the next {then}"


def test_what_is_over_without_a_register_counts_no_more(world):
    cohort, lead, (one, *_), session = world
    later = planned(cohort, lead, starts_at=STARTS_AT + timedelta(days=7))
    booked(session, one, limit=1)
    with pytest.raises(actions.TooManyOpen):
        booked(later, one, limit=1, now=STARTS_AT + HOUR)
    assert booked(later, one, limit=1, now=STARTS_AT + 2 * HOUR).is_booked


# The line


def test_a_place_that_comes_free_is_offered_to_the_first_who_asked_and_held_for_four_working_hours(world):
    _, _, someone, session = world
    bookings = [booked(session, each) for each in someone[:4]]
    actions.cancel_booking(booking=bookings[0], by=someone[0].user, now=NOW + 6 * HOUR)
    assert states(*bookings) == [B.CANCELLED, B.BOOKED, B.OFFERED, B.WAITING]
    offer = fresh(bookings[2])
    assert offer.lapses_at == london(2027, 3, 2, 12)  # from 4pm: one hour today, three tomorrow
    assert (fresh(session).taken, fresh(session).next_lapse_at) == (2, offer.lapses_at)
    assert heard()[-2:] == ["bookings.cancelled", "bookings.offer"]
    late = booked(session, someone[4], now=NOW + 7 * HOUR)
    assert late.state == B.WAITING  # nobody overtakes


def test_an_offer_is_taken_once(world):
    _, _, (one, two, three, *_), session = world
    first, _, third = [booked(session, each) for each in (one, two, three)]
    actions.cancel_booking(booking=first, by=one.user, now=NOW)
    for _ in range(3):
        assert actions.accept_offer(booking=third, by=three.user, now=NOW + HOUR).is_booked
    assert (states(third), fresh(session).next_lapse_at) == ([B.BOOKED], None)
    assert Message.objects.filter(kind="bookings.booked", recipient=three.user).count() == 1
    assert AuditRecord.objects.filter(did="took the place that was offered").count() == 1


def test_an_offer_is_answered_by_whoever_got_it(world):
    _, lead, (one, two, three, four, *_), session = world
    first, second, third = [booked(session, each) for each in (one, two, three)]
    with pytest.raises(actions.OfferIsOver, match="waiting list"):
        actions.accept_offer(booking=third, by=three.user, now=NOW)
    actions.cancel_booking(booking=first, by=one.user, now=NOW)
    for answer in (actions.accept_offer, actions.decline_offer):
        with pytest.raises(actions.NotYours):
            answer(booking=third, by=four.user, now=NOW)
        with pytest.raises(actions.NotYours):
            answer(booking=third, by=lead, now=NOW)
    with pytest.raises(actions.OfferIsOver):
        actions.decline_offer(booking=second, by=two.user, now=NOW)


def test_what_is_declined_goes_to_the_next(world):
    _, _, someone, session = world
    first, _, third, fourth = [booked(session, each) for each in someone[:4]]
    actions.cancel_booking(booking=first, by=someone[0].user, now=NOW)
    for _ in range(2):
        actions.decline_offer(booking=third, by=someone[2].user, now=NOW)
    assert (states(third, fourth), fresh(session).taken) == ([B.DECLINED, B.OFFERED], 2)
    assert booked(session, someone[2]).line == 5  # whoever asks anew is last


def test_what_is_not_answered_lapses_and_goes_to_the_next_at_its_moment_and_not_before(world):
    _, _, someone, session = world
    first, _, third, fourth = [booked(session, each) for each in someone[:4]]
    actions.cancel_booking(booking=first, by=someone[0].user, now=NOW)
    end = fresh(third).lapses_at
    actions.lapse_offers(session=session, now=end - timedelta(seconds=1))
    assert states(third, fourth) == [B.OFFERED, B.WAITING]
    for _ in range(2):
        actions.lapse_offers(session=session, now=end)
    assert states(third, fourth) == [B.LAPSED, B.OFFERED]
    assert fresh(fourth).lapses_at == end + 3 * HOUR + timedelta(hours=17)  # 2pm to 5pm, and one hour next morning
    assert (heard().count("bookings.offer_lapsed"), heard().count("bookings.offer")) == (1, 2)


def test_whoever_comes_too_late_finds_the_place_gone_also_where_no_clock_ran(world):
    _, _, (one, two, three, *_), session = world
    first, _, third = [booked(session, each) for each in (one, two, three)]
    actions.cancel_booking(booking=first, by=one.user, now=NOW)
    with pytest.raises(actions.OfferIsOver, match="went to whoever is next"):
        actions.accept_offer(booking=third, by=three.user, now=fresh(third).lapses_at)


def test_the_clock_sees_to_every_session_with_an_offer_that_ran_out(world, monkeypatch):
    cohort, lead, someone, session = world
    other = planned(cohort, lead, capacity=1)
    for each in (session, other):
        bookings = [booked(each, one) for one in someone[:3]]
        actions.cancel_booking(booking=bookings[0], by=someone[0].user, now=NOW)
    monkeypatch.setattr(tasks, "database_now", lambda: NOW + 3 * HOUR)
    assert tasks.lapse_offers() == 0
    monkeypatch.setattr(tasks, "database_now", lambda: NOW + 4 * HOUR)
    assert (tasks.lapse_offers(), tasks.lapse_offers()) == (2, 0)
    assert Booking.objects.filter(state=B.LAPSED).count() == 2


def test_a_session_that_fails_stops_no_other(world, monkeypatch, caplog):
    cohort, lead, someone, session = world
    other, gone = planned(cohort, lead, capacity=1), planned(cohort, lead, capacity=1)
    for each in (session, other, gone):
        bookings = [booked(each, one) for one in someone[:3]]
        actions.cancel_booking(booking=bookings[0], by=someone[0].user, now=NOW)
    usual = actions.lapse_offers

    def lapse(*, session, now):
        if session == other.pk:
            raise RuntimeError("broken")
        if session == gone.pk:
            raise IsGone
        return usual(session=session, now=now)

    monkeypatch.setattr(actions, "lapse_offers", lapse)
    monkeypatch.setattr(tasks, "database_now", lambda: NOW + 4 * HOUR)
    assert tasks.lapse_offers() == 1
    assert Booking.objects.filter(state=B.LAPSED).get().session == session
    assert "The offers of a session were not seen to." in caplog.text


def test_what_is_gone_is_gone(world):
    _, lead, (one, *_), session = world
    booking = booked(session, one)
    Booking.objects.filter(pk=booking.pk).delete()
    with pytest.raises(IsGone):
        actions.cancel_booking(booking=booking, by=lead, now=NOW)
    Session.objects.all().delete()
    with pytest.raises(IsGone, match="not there any more"):
        booked(session, one)


def test_no_offer_lasts_into_the_session_and_none_is_made_after_its_start(world):
    _, lead, (one, two, three, four, *_), session = world
    first, second, third, fourth = [booked(session, each) for each in (one, two, three, four)]
    actions.cancel_booking(booking=first, by=one.user, now=STARTS_AT - HOUR)
    assert fresh(third).lapses_at == STARTS_AT
    actions.cancel_booking(booking=second, by=lead, now=STARTS_AT)
    assert states(third, fourth) == [B.LAPSED, B.WAITING]
    assert fresh(session).taken == 0


def test_a_pair_at_the_head_holds_a_place_until_there_is_a_second(world):
    _, _, someone, session = world
    first, second = [booked(session, each) for each in someone[:2]]
    pair, single = booked(session, *someone[2:4]), booked(session, someone[4])
    actions.cancel_booking(booking=first, by=someone[0].user, now=NOW)
    assert states(pair, single) == [B.GATHERING, B.WAITING]
    assert (fresh(session).taken, numbers(session)) == (2, [1, 2])
    actions.cancel_booking(booking=second, by=someone[1].user, now=NOW + HOUR)
    assert states(pair, single) == [B.OFFERED, B.WAITING]
    assert fresh(pair).lapses_at == NOW + 5 * HOUR  # the whole time to answer, from when there were two
    assert actions.accept_offer(booking=pair, by=someone[3].user, now=NOW + HOUR).is_booked
    assert Message.objects.filter(kind="bookings.booked", recipient__in=[p.user for p in someone[2:4]]).count() == 2


def test_what_a_pair_holds_goes_to_the_next_when_its_time_is_over_and_the_pair_keeps_its_turn(world):
    _, _, someone, session = world
    first, second = [booked(session, each) for each in someone[:2]]
    pair, single, last = booked(session, *someone[2:4]), booked(session, someone[4]), booked(session, someone[5])
    actions.cancel_booking(booking=first, by=someone[0].user, now=NOW)
    actions.lapse_offers(session=session, now=NOW + 4 * HOUR)
    assert states(pair, single) == [B.WAITING, B.OFFERED]
    assert (fresh(pair).is_passed_over, fresh(pair).line) == (True, pair.line)
    actions.decline_offer(booking=single, by=someone[4].user, now=NOW + 4 * HOUR)
    assert states(pair, last) == [B.WAITING, B.OFFERED]  # one alone is no use to it
    actions.decline_offer(booking=last, by=someone[5].user, now=NOW + 4 * HOUR)
    assert fresh(session).free == 1
    newcomer = booked(session, someone[6], now=NOW + 4 * HOUR)
    assert newcomer.is_booked  # one place is free, and nobody who waits could take it
    actions.cancel_booking(booking=newcomer, by=someone[6].user, now=NOW + 4 * HOUR)
    actions.cancel_booking(booking=second, by=someone[1].user, now=NOW + 4 * HOUR)
    assert states(pair) == [B.OFFERED]  # two at once


def test_a_later_pair_gathers_nothing_in_front_of_one_that_was_passed_over(world):
    _, lead, someone, session = world
    first, second = [booked(session, each) for each in someone[:2]]
    pair = booked(session, *someone[2:4])
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    actions.pass_over(booking=pair, by=lead, now=NOW)
    later = booked(session, *someone[4:6])
    assert (states(pair, later), fresh(session).free) == ([B.WAITING, B.WAITING], 1)
    single = booked(session, someone[6])
    assert single.is_booked  # one place is no use to either
    actions.cancel_booking(booking=single, by=lead, now=NOW)
    actions.cancel_booking(booking=second, by=lead, now=NOW)
    assert states(pair, later) == [B.OFFERED, B.WAITING]
    actions.decline_offer(booking=pair, by=someone[2].user, now=NOW)
    assert states(later) == [B.OFFERED]


def test_a_smaller_party_gathers_in_front_of_a_larger_one_that_was_passed_over_until_that_is_as_small(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, capacity=3)
    first = booked(session, *someone[:2])
    trio = booked(session, *someone[2:5])
    actions.pass_over(booking=trio, by=lead, now=NOW)
    pair, last = booked(session, *someone[5:7]), booked(session, someone[7])
    assert (states(trio, pair, last), fresh(pair).seats.count()) == ([B.WAITING, B.GATHERING, B.WAITING], 1)
    actions.let_go(participant=someone[2], by=lead, now=NOW)  # who leaves two, before the pair in line
    assert states(trio, pair, last) == [B.WAITING, B.WAITING, B.OFFERED]
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    assert states(trio, pair) == [B.OFFERED, B.WAITING]


def test_a_lead_passes_a_pair_over(world):
    _, lead, someone, session = world
    first, _ = [booked(session, each) for each in someone[:2]]
    pair, single = booked(session, *someone[2:4]), booked(session, someone[4])
    with pytest.raises(actions.CannotBe):
        actions.pass_over(booking=pair, by=lead, now=NOW)
    actions.cancel_booking(booking=first, by=someone[0].user, now=NOW)
    with pytest.raises(actions.NotYours):
        actions.pass_over(booking=pair, by=someone[4].user, now=NOW)
    for _ in range(2):
        assert actions.pass_over(booking=pair, by=lead, now=NOW).is_passed_over
    assert states(pair, single) == [B.WAITING, B.OFFERED]
    assert fresh(session).next_lapse_at == fresh(single).lapses_at


# Given back


def test_people_cancel_until_the_cut_off_and_those_who_look_after_it_always(world):
    cohort, lead, (one, two, *_), _ = world
    host = somebody()
    session = planned(cohort, lead, cut_off_hours=24, hosts=[host])
    first, second = booked(session, one), booked(session, two)
    cut_off = london(2027, 3, 9, 14)
    assert session.cut_off == cut_off
    with pytest.raises(actions.TooLate, match="until Tuesday 9 March 2027, 2pm"):
        actions.cancel_booking(booking=first, by=one.user, now=cut_off + timedelta(seconds=1))
    with pytest.raises(actions.NotYours):
        actions.cancel_booking(booking=first, by=two.user, now=NOW)
    for _ in range(2):
        assert actions.cancel_booking(booking=first, by=one.user, now=cut_off).state == B.CANCELLED
    assert actions.cancel_booking(booking=second, by=host, now=STARTS_AT).state == B.CANCELLED
    assert Message.objects.filter(kind="bookings.cancelled").count() == 2


@pytest.mark.parametrize(
    ("starts_at", "cut_off"),
    [
        (london(2027, 3, 28, 9), london(2027, 3, 27, 9)),  # the clocks go forward in between
        (london(2027, 10, 31, 9), london(2027, 10, 30, 9)),  # and back
        (london(2027, 3, 10, 9), london(2027, 3, 9, 9)),
    ],
)
def test_a_day_before_is_the_same_hour_by_the_clock_on_the_wall(starts_at, cut_off):
    assert Session(starts_at=starts_at.astimezone(UTC), cut_off_hours=24).cut_off == cut_off  # as the database gives it


def test_a_gap_is_filled_so_that_places_are_numbered_without_one(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, capacity=6)
    bookings = [booked(session, *party) for party in (someone[:1], someone[1:3], someone[3:4], someone[4:5])]
    actions.cancel_booking(booking=bookings[1], by=someone[1].user, now=NOW)
    assert (numbers(session), fresh(session).taken) == ([1, 2, 3], 3)
    assert [each.seats.count() for each in bookings] == [1, 0, 1, 1]
    booked(session, *someone[5:8])
    assert numbers(session) == [1, 2, 3, 4, 5, 6]


def test_whoever_cancelled_can_ask_anew_as_the_last(world):
    _, _, (one, two, three, *_), session = world
    first, _, third = [booked(session, each) for each in (one, two, three)]
    actions.cancel_booking(booking=first, by=one.user, now=NOW)
    again = booked(session, one)
    assert (again.pk != first.pk, again.line, again.state, states(third)) == (True, 4, B.WAITING, [B.OFFERED])
    assert Attendee.objects.filter(participant=one).count() == 2


# Slots


def test_a_session_of_slots_has_as_many_places_as_times_and_a_pair_needs_one(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, slot_minutes=20)
    assert session.capacity == 6
    pair = booked(session, *someone[:2], slot=3)
    assert (numbers(session), fresh(session).taken) == ([3], 1)
    assert session.slot(3) == (STARTS_AT + timedelta(minutes=40), STARTS_AT + timedelta(minutes=60))
    assert booked(session, *someone[:2], slot=3) == pair
    for slot in (3, 7, 0):
        with pytest.raises(actions.SlotIsTaken):
            booked(session, someone[2], slot=slot)
    assert [booked(session, each).seats.get().number for each in someone[2:4]] == [1, 2]  # the first that is free


def test_whoever_waits_for_a_slot_is_offered_the_one_that_comes_free(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, slot_minutes=60)
    first, second = booked(session, someone[0], slot=1), booked(session, someone[1], slot=2)
    pair = booked(session, *someone[2:4])
    assert pair.state == B.WAITING
    actions.cancel_booking(booking=second, by=someone[1].user, now=STARTS_AT - HOUR)
    assert states(pair) == [B.OFFERED]
    assert fresh(pair).lapses_at == STARTS_AT + HOUR  # until its own time begins
    actions.decline_offer(booking=pair, by=someone[2].user, now=STARTS_AT - HOUR)
    waiting = booked(session, someone[4], now=STARTS_AT - HOUR)
    assert (waiting.state, waiting.seats.get().number) == (B.BOOKED, 2)
    last = booked(session, someone[5], now=STARTS_AT - HOUR)
    actions.cancel_booking(booking=first, by=lead, now=STARTS_AT)
    assert states(last) == [B.WAITING]  # that slot has begun


# Changing to another session


def test_a_swap_takes_the_new_place_and_gives_the_old_one_to_the_next(world):
    cohort, lead, (one, two, three, *_), session = world
    other = planned(cohort, lead, capacity=1, starts_at=STARTS_AT + timedelta(days=7))
    mine, _, next_one = [booked(session, each) for each in (one, two, three)]
    taken = [actions.swap(booking=mine, into=other, by=one.user, now=NOW) for _ in range(3)]
    assert len({each.pk for each in taken}) == 1
    assert states(mine, taken[0], next_one) == [B.CANCELLED, B.BOOKED, B.OFFERED]
    assert (fresh(session).taken, fresh(other).taken) == (2, 1)


def test_a_swap_into_a_full_session_loses_nothing(world):
    cohort, lead, (one, two, three, four, *_), session = world
    other = planned(cohort, lead, capacity=1, starts_at=STARTS_AT + timedelta(days=7))
    booked(other, two)
    mine, pair = booked(session, one), booked(planned(cohort, lead), three, four)
    with pytest.raises(actions.IsFull):
        actions.swap(booking=mine, into=other, by=one.user, now=NOW)
    assert (states(mine), fresh(session).taken) == ([B.BOOKED], 1)
    assert not Attendee.objects.filter(session=other, participant=one).exists()
    with pytest.raises(actions.IsFull):
        actions.swap(booking=pair, into=session, by=three.user, now=NOW)  # one place for two
    assert states(pair) == [B.BOOKED]
    waiting = booked(other, one)
    with pytest.raises(actions.IsFull, match="You wait for a place in that session already"):
        actions.swap(booking=mine, into=other, by=one.user, now=NOW)
    actions.cancel_booking(booking=Booking.objects.get(session=other, line=1), by=two.user, now=NOW)
    assert actions.swap(booking=mine, into=other, by=one.user, now=NOW) == waiting  # what was offered is taken
    assert states(mine, waiting) == [B.CANCELLED, B.BOOKED]


def test_a_swap_is_for_the_party_alone_until_the_cut_off_and_into_another_session(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, cut_off_hours=24)
    other = planned(cohort, lead, starts_at=STARTS_AT + timedelta(days=7))
    mine = booked(session, one)
    with pytest.raises(actions.NotYours):
        actions.swap(booking=mine, into=other, by=two.user, now=NOW)
    with pytest.raises(actions.CannotBe):
        actions.swap(booking=mine, into=session, by=one.user, now=NOW)
    with pytest.raises(actions.TooLate):
        actions.swap(booking=mine, into=other, by=one.user, now=STARTS_AT - HOUR)
    assert (states(mine), fresh(other).taken) == ([B.BOOKED], 0)
    abroad = planned(people(ParticipantFactory().cohort, 1)[0].cohort, lead)
    with pytest.raises(actions.NobodyAsked):
        actions.swap(booking=mine, into=abroad, by=one.user, now=NOW)


@pytest.mark.parametrize("fails", ["audit", "mail"])
def test_a_booking_its_record_and_its_message_are_there_together_or_not_at_all(world, monkeypatch, fails):
    _, _, (one, *_), session = world

    def breaks(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("accounts.audit.record" if fails == "audit" else "reminders.outbox.post_all", breaks)
    before = AuditRecord.objects.count(), Message.objects.count()
    with pytest.raises(RuntimeError):
        booked(session, one)
    assert not Booking.objects.exists()
    assert (fresh(session).taken, numbers(session)) == (0, [])
    assert (AuditRecord.objects.count(), Message.objects.count()) == before
