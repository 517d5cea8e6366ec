"""Who was there, who walked in, and what is corrected later."""

from datetime import timedelta

import pytest

from accounts.models import AuditRecord
from bookings import actions
from bookings.choices import Attendance, BookingState, SessionState
from bookings.models import Attendee
from bookings.tests.factories import HOUR, NOW, STARTS_AT, booked, fresh, numbers, planned, somebody, states
from cohorts.tests.factories import ParticipantFactory

A, B = Attendance, BookingState
AFTER = STARTS_AT + 2 * HOUR


def lines(session) -> dict:
    """{participant: (how, minutes)}."""
    found = Attendee.objects.booked().filter(session=session)
    return {each.participant_id: (each.attendance, each.minutes) for each in found}


def marks(session, **of) -> dict:
    keys = dict(Attendee.objects.booked().filter(session=session).values_list("participant__name", "pk"))
    return {keys[name]: mark for name, mark in of.items()}


@pytest.fixture
def held(world):
    """Three people who are booked in a session that has just ended."""
    cohort, lead, _, _ = world
    session = planned(cohort, lead)
    someone = [ParticipantFactory(cohort=cohort, name=name) for name in ("ann", "ben", "cat")]
    for each in someone:
        booked(session, each)
    return session, lead, someone


def test_all_are_present_in_one_tap_but_of_whom_something_was_said(held):
    session, lead, (ann, ben, cat) = held
    actions.take_register(session=session, marks=marks(session, ben=(A.APOLOGIES, None)), by=lead, now=AFTER)
    assert [actions.all_present(session=session, by=lead, now=AFTER) for _ in range(3)] == [2, 0, 0]
    assert lines(session) == {ann.pk: ("attended", 120), ben.pk: ("apologies", None), cat.pk: ("attended", 120)}
    assert fresh(session).state == SessionState.HELD


def test_each_way_of_being_there_has_its_minutes(held):
    session, lead, (ann, ben, cat) = held
    said = marks(session, ann=(A.PART, 45), ben=(A.LATE, None), cat=(A.ABSENT, 30))
    assert actions.take_register(session=session, marks=said, by=lead, now=AFTER) == 3
    assert lines(session) == {ann.pk: ("part", 45), ben.pk: ("late", 120), cat.pk: ("absent", None)}
    assert actions.take_register(session=session, marks=said, by=lead, now=AFTER) == 0
    for mark in ((A.PART, None), (A.PART, 0), (A.LATE, 121)):
        with pytest.raises(actions.CannotBe, match="minutes"):
            actions.take_register(session=session, marks=marks(session, ann=mark), by=lead, now=AFTER)


def test_a_correction_is_written_down_as_one(held):
    session, lead, (ann, *_) = held
    host = somebody()
    actions.all_present(session=session, by=lead, now=AFTER)
    with pytest.raises(actions.NotYours):
        actions.take_register(session=session, marks=marks(session, ann=(A.LATE, 90)), by=ann.user, now=AFTER)
    later = AFTER + timedelta(days=30)
    with pytest.raises(actions.NotYours):
        actions.take_register(session=session, marks=marks(session, ann=(A.LATE, 90)), by=host, now=later)
    session.hosts.create(user=host)
    actions.take_register(session=session, marks=marks(session, ann=(A.LATE, 90)), by=host, now=later)
    assert lines(session)[ann.pk] == ("late", 90)
    assert list(AuditRecord.objects.filter(did="corrected a register").values_list("by", flat=True)) == [host.pk]
    assert AuditRecord.objects.filter(did="said who was there").count() == 3


def test_nothing_is_said_before_the_day_nor_of_whom_is_not_booked(held):
    session, lead, _ = held
    said = marks(session, ann=(A.ATTENDED, None))
    with pytest.raises(actions.TooEarly, match="from Wednesday 10 March 2027 on"):
        actions.take_register(session=session, marks=said, by=lead, now=STARTS_AT - timedelta(days=1))
    actions.take_register(session=session, marks=said, by=lead, now=STARTS_AT - HOUR)  # people come early
    assert fresh(session).state == SessionState.PLANNED
    with pytest.raises(actions.CannotBe, match="no place here any more"):
        actions.take_register(session=session, marks={0: (A.ATTENDED, None)}, by=lead, now=AFTER)


def test_of_a_slot_its_own_minutes_count(world):
    cohort, lead, (one, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    booked(session, one)
    actions.all_present(session=session, by=lead, now=AFTER)
    assert lines(session) == {one.pk: ("attended", 20)}


def test_whoever_is_booked_checks_in_on_the_day_and_a_host_has_the_last_word(held):
    session, lead, (ann, ben, _) = held
    with pytest.raises(actions.CannotBe, match="on the day only"):
        actions.check_in(session=session, by=ann.user, now=STARTS_AT - timedelta(days=1))
    with pytest.raises(actions.CannotBe, match="no place here"):
        actions.check_in(session=session, by=somebody(), now=STARTS_AT)
    for _ in range(2):
        actions.check_in(session=session, by=ann.user, now=STARTS_AT)
    actions.take_register(session=session, marks=marks(session, ben=(A.APOLOGIES, None)), by=lead, now=STARTS_AT)
    actions.check_in(session=session, by=ben.user, now=AFTER)
    assert (lines(session)[ann.pk], lines(session)[ben.pk]) == (("attended", 120), ("apologies", None))
    assert AuditRecord.objects.filter(did="said who was there", by=ann.user).count() == 1


def test_of_slots_the_first_mark_closes_nothing_and_the_last_one_does(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, slot_minutes=20)
    minute = HOUR / 60
    first, *_, fifth, sixth = [booked(session, each) for each in someone[:6]]
    waiting, last = booked(session, someone[6]), booked(session, someone[7])
    actions.cancel_booking(booking=sixth, by=lead, now=STARTS_AT)
    assert fresh(waiting).lapses_at == STARTS_AT + 100 * minute  # when the sixth begins
    said = {first.attendees.get().pk: (A.ATTENDED, None)}
    actions.take_register(session=session, marks=said, by=lead, now=STARTS_AT + 20 * minute)
    assert (fresh(session).state, states(waiting, last)) == (SessionState.PLANNED, [B.OFFERED, B.WAITING])
    actions.accept_offer(booking=waiting, by=someone[6].user, now=STARTS_AT + 25 * minute)
    actions.cancel_booking(booking=fifth, by=lead, now=STARTS_AT + 30 * minute)
    assert states(waiting, last) == [B.BOOKED, B.OFFERED]
    actions.all_present(session=session, by=lead, now=STARTS_AT + 100 * minute)
    assert (fresh(session).state, states(last)) == (SessionState.HELD, [B.LAPSED])


def test_everybody_was_there_says_nothing_of_those_whose_time_is_still_to_come(world):
    cohort, lead, someone, _ = world
    session = planned(cohort, lead, slot_minutes=20)
    first, second, third = [booked(session, each) for each in someone[:3]]
    assert actions.all_present(session=session, by=lead, now=STARTS_AT + 25 * HOUR / 60) == 2
    said = [each.attendees.get().attendance for each in (first, second, third)]
    assert said == [A.ATTENDED, A.ATTENDED, ""]


def test_whoever_was_there_in_a_slot_stays_in_the_register_while_others_are_to_come(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=60)
    pair, later = booked(session, one, two), booked(session, three)
    moment = STARTS_AT + HOUR / 2
    said = {each.pk: (A.ATTENDED, None) for each in pair.attendees.all()}
    actions.take_register(session=session, marks=said, by=lead, now=moment)
    with pytest.raises(actions.TooLate, match="The register says that they were there"):
        actions.cancel_booking(booking=pair, by=lead, now=moment)
    with pytest.raises(actions.SessionIsOff, match="takes place"):
        actions.call_off_session(session=session, reason="Ill", by=lead, now=moment)
    times = {"starts_at": STARTS_AT + 24 * HOUR, "ends_at": STARTS_AT + 26 * HOUR}
    with pytest.raises(actions.SessionIsOff, match="takes place"):
        actions.move_session(session=session, **times, by=lead, now=moment)
    actions.let_party_go(party=[one, two], by=lead, now=moment)
    actions.cancel_booking(booking=later, by=lead, now=moment)
    assert (states(pair, later), len(lines(session))) == ([B.BOOKED, B.CANCELLED], 2)


@pytest.mark.parametrize(
    ("minutes", "mark"),
    [(-30, ("attended", 120)), (15, ("attended", 120)), (16, ("late", 104)), (119, ("late", 1))],
)
def test_who_checks_in_late_is_there_for_what_is_left(held, minutes, mark):
    session, _, (ann, *_) = held
    actions.check_in(session=session, by=ann.user, now=STARTS_AT + timedelta(minutes=minutes))
    assert lines(session)[ann.pk] == mark


def test_nobody_checks_in_when_it_is_over(held):
    session, _, (ann, *_) = held
    with pytest.raises(actions.CannotBe, match="This is over"):
        actions.check_in(session=session, by=ann.user, now=AFTER)
    assert lines(session)[ann.pk] == ("", None)


def test_who_checks_in_late_for_a_slot_is_there_for_what_is_left_of_it(world):
    cohort, lead, (one, two, *_), _ = world
    session = planned(cohort, lead, slot_minutes=40)
    booked(session, one)
    booked(session, two)
    actions.check_in(session=session, by=one.user, now=STARTS_AT + timedelta(minutes=20))
    with pytest.raises(actions.CannotBe, match="This is over"):
        actions.check_in(session=session, by=two.user, now=STARTS_AT + timedelta(minutes=80))
    assert lines(session) == {one.pk: ("late", 20), two.pk: ("", None)}


# Walking in


def test_a_walk_in_takes_what_is_free_and_beyond_it_there_is_one_place_more(world):
    _, lead, (one, two, three, four, *_), session = world
    booked(session, one)
    with pytest.raises(actions.TooEarly):
        actions.walk_in(session=session, party=[two], by=lead, now=NOW)
    with pytest.raises(actions.NotYours):
        actions.walk_in(session=session, party=[two], by=two.user, now=STARTS_AT)
    second = actions.walk_in(session=session, party=[two], by=lead, now=STARTS_AT)
    assert (fresh(session).capacity, fresh(session).taken, second.is_walk_in) == (2, 2, True)
    both = [actions.walk_in(session=session, party=[three, four], by=lead, now=AFTER) for _ in range(3)]
    assert len({each.pk for each in both}) == 1
    assert (fresh(session).capacity, fresh(session).taken, numbers(session)) == (4, 4, [1, 2, 3, 4])
    assert AuditRecord.objects.filter(did="made room for somebody who walked in").count() == 1


def test_a_walk_in_is_possible_when_the_register_is_being_taken(held):
    session, lead, _ = held
    actions.all_present(session=session, by=lead, now=AFTER)
    late = ParticipantFactory(cohort=session.cohort)
    assert actions.walk_in(session=session, party=[late], by=lead, now=AFTER).is_booked


def test_whoever_waits_and_comes_is_in_by_the_booking_that_there_is(world):
    _, lead, someone, session = world
    first, _ = [booked(session, each) for each in someone[:2]]
    pair, single = booked(session, *someone[2:4]), booked(session, someone[4])
    actions.cancel_booking(booking=first, by=lead, now=STARTS_AT - HOUR)
    assert states(pair, single) == [B.GATHERING, B.WAITING]
    came = actions.walk_in(session=session, party=someone[2:4], by=lead, now=STARTS_AT - HOUR)
    assert (came, states(pair)) == (pair, [B.BOOKED])
    assert (fresh(session).capacity, fresh(session).taken, fresh(session).next_lapse_at) == (3, 3, None)
    assert actions.walk_in(session=session, party=[someone[4]], by=lead, now=STARTS_AT) == single
    assert (fresh(session).capacity, numbers(session)) == (4, [1, 2, 3, 4])


@pytest.mark.parametrize(
    ("minutes", "slot"),
    [(-60, 1), (10, 2), (25, 2), (45, 4), (115, 6), (125, 6), (24 * 60, 6)],
    ids=["before", "while the first is taken", "running", "next", "last", "just over", "the day after"],
)
def test_whoever_walks_in_has_the_time_that_is_or_the_next_and_later_the_last_that_was(world, minutes, slot):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    if minutes > 0:
        booked(session, one, slot=1)
        booked(session, two, slot=3)
    moment = STARTS_AT + minutes * HOUR / 60
    came = actions.walk_in(session=session, party=[three], by=lead, now=moment)
    assert (came.is_booked, came.is_walk_in, came.seats.get().number) == (True, True, slot)


def test_whoever_waits_and_comes_has_a_time_that_has_begun(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=60)
    first, _, waiting = [booked(session, each) for each in (one, two, three)]
    actions.cancel_booking(booking=first, by=lead, now=STARTS_AT)
    assert states(waiting) == [B.WAITING]  # nobody is offered what has begun
    came = actions.walk_in(session=session, party=[three], by=lead, now=STARTS_AT + HOUR / 2)
    assert (came, came.is_booked, numbers(session)) == (waiting, True, [1, 2])


def test_slots_are_never_more_than_there_is_time(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=60)
    booked(session, one)
    assert actions.walk_in(session=session, party=[two], by=lead, now=STARTS_AT - HOUR).is_booked
    with pytest.raises(actions.IsFull, match="Every time is taken"):
        actions.walk_in(session=session, party=[three], by=lead, now=STARTS_AT - HOUR)
    assert fresh(session).capacity == 2
