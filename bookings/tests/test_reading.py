"""How full it is, who is next, why nobody was offered a place, and who else is coming, in words."""

import pytest

from bookings import actions
from bookings.company import who_is_coming
from bookings.models import Attendee, Booking, Session
from bookings.reading import availability, place_in_line, places_left, slots_left, waiting, why_no_offer
from bookings.tests.factories import HOUR, NOW, STARTS_AT, booked, fresh, planned, somebody
from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import ParticipantFactory


def test_what_is_left_is_said_from_the_row_alone(world, django_assert_num_queries):
    cohort, lead, (one, two, *_), session = world
    said = [availability(session, NOW)]
    for each in (one, two):
        booked(session, each)
        said.append(availability(fresh(session), NOW))
    assert said == ["2 places left", "1 place left", "Full, join the waiting list"]
    slots = planned(cohort, lead, slot_minutes=60, opens_at=NOW + HOUR)
    with django_assert_num_queries(0):
        assert availability(slots, NOW) == "Booking opens on Monday 1 March 2027 at 11am"
        assert availability(slots, STARTS_AT - HOUR) == "2 appointments left"
        assert availability(slots, STARTS_AT) == "1 appointment left"
        assert availability(slots, STARTS_AT + HOUR) == "It has begun"
        assert availability(session, STARTS_AT) == "It has begun"
        assert availability(session, STARTS_AT + 2 * HOUR) == "Over"
    actions.call_off_session(session=session, reason="Too few", by=lead, now=NOW)
    assert availability(fresh(session), NOW) == "Called off"


def test_slots_that_can_be_booked(world):
    cohort, lead, (one, *_), group = world
    session = planned(cohort, lead, slot_minutes=40)
    booked(session, one, slot=2)
    assert [number for number, *_ in slots_left(session, NOW)] == [1, 3]
    assert [number for number, *_ in slots_left(session, STARTS_AT)] == [3]
    assert slots_left(group, NOW) == []
    assert [places_left(each, NOW) for each in (session, group)] == [2, 2]
    assert places_left(session, STARTS_AT) == 1


def test_of_slots_a_page_of_one_session_counts_what_is_free_and_has_not_begun(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=60)
    booked(session, one, slot=2)
    session = fresh(session)
    assert (session.free, session.ahead(STARTS_AT)) == (1, 1)  # of which nobody can have both
    assert availability(session, STARTS_AT, left=places_left(session, STARTS_AT)) == "Full, join the waiting list"
    assert booked(session, two, now=STARTS_AT).state == "waiting"
    with pytest.raises(actions.HasBegun):  # there is nothing to wait for
        booked(session, three, now=STARTS_AT + HOUR)


def test_who_waits_knows_the_own_turn(world):
    _, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:5]]
    assert [place_in_line(each) for each in bookings[2:]] == [1, 2, 3]
    actions.cancel_booking(booking=bookings[2], by=lead, now=NOW)
    assert [place_in_line(each) for each in bookings[3:]] == [1, 2]
    assert waiting([session]) == {session.pk: 2}


def test_lines_of_people_bear_the_turn_of_those_who_wait_in_one_question(world, django_assert_num_queries):
    cohort, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:5]]
    elsewhere = planned(cohort, lead, capacity=1)
    booked(elsewhere, someone[0])
    booked(elsewhere, someone[4])
    actions.cancel_booking(booking=bookings[2], by=lead, now=NOW)
    with django_assert_num_queries(1):
        lines = [(each.participant_id, each.session_id, each.turn) for each in Attendee.objects.live().with_turn()]
    assert sorted(lines, key=str) == sorted(
        [
            (someone[0].pk, session.pk, None),
            (someone[1].pk, session.pk, None),
            (someone[3].pk, session.pk, 1),
            (someone[4].pk, session.pk, 2),
            (someone[0].pk, elsewhere.pk, None),
            (someone[4].pk, elsewhere.pk, 1),
        ],
        key=str,
    )


def test_why_nobody_was_offered_a_place(world):
    _, lead, someone, session = world
    first, second = [booked(session, each) for each in someone[:2]]
    assert why_no_offer(session, NOW) == ""
    pair, single = booked(session, *someone[2:4]), booked(session, someone[4])
    assert why_no_offer(fresh(session), NOW).startswith("All places are taken.")
    actions.cancel_booking(booking=first, by=lead, now=NOW)
    assert why_no_offer(fresh(session), NOW) == (
        "A place is held until 2pm on Monday 1 March 2027 for people who need 2 together and are next. "
        "You can pass them over; they keep their turn and wait until so many are free at once."
    )
    actions.pass_over(booking=pair, by=lead, now=NOW)
    assert why_no_offer(fresh(session), NOW).startswith("1 place is offered to somebody and not answered yet.")
    actions.decline_offer(booking=single, by=someone[4].user, now=NOW)
    assert why_no_offer(fresh(session), NOW) == "1 place is free, and everybody who waits needs more places at once."
    assert "until the start" in why_no_offer(fresh(session), STARTS_AT)
    actions.call_off_session(session=session, reason="Too few", by=lead, now=NOW)
    assert why_no_offer(fresh(session), NOW) == ""
    assert not second.session.bookings.live().exists()


def test_who_else_is_coming_is_a_number_unless_the_session_shows_names(world, django_assert_num_queries):
    cohort, lead, _, _ = world
    session = planned(cohort, lead, capacity=3)
    ann, ben, cat, dan = [ParticipantFactory(cohort=cohort, name=name) for name in ("Ann", "Ben", "Cat", "Dan")]
    assert who_is_coming(session, ann.user).sentence == "Nobody else has a place yet."
    for each in (cat, ann, ben, dan):  # of whom the last one waits
        booked(session, each)
    with django_assert_num_queries(1):
        found = who_is_coming(session, ann.user)
    assert (found.number, found.names, found.sentence) == (2, (), "2 other people have a place.")
    actions.change_session(session=session, shows_names=True, by=lead, now=NOW)
    session = fresh(session)
    with django_assert_num_queries(1):
        found = who_is_coming(session, ann.user)
    assert found.sentence == "Also coming: Ben and Cat."
    assert who_is_coming(session, dan.user).names == ("Ann", "Ben", "Cat")


@pytest.mark.parametrize("shows_names", [False, True])
def test_whoever_comes_along_is_no_stranger(world, shows_names):
    cohort, lead, _, _ = world
    session = planned(cohort, lead, capacity=3, shows_names=shows_names)
    ann, ben, cat = [ParticipantFactory(cohort=cohort, name=name) for name in ("Ann", "Ben", "Cat")]
    booked(session, ann, ben)
    assert who_is_coming(session, ann.user).sentence == "Nobody else has a place yet."
    booked(session, cat)
    other = "Also coming: Cat." if shows_names else "1 other person has a place."
    assert who_is_coming(session, ben.user).sentence == other
    assert who_is_coming(session, cat.user).number == 2


def test_of_times_one_after_the_other_it_is_said_that_nobody_meets_the_others(world):
    cohort, lead, (one, two, three, *_), _ = world
    session = planned(cohort, lead, slot_minutes=20)
    booked(session, one, slot=1)
    assert who_is_coming(session, one.user).sentence == "Nobody else has a time yet."
    booked(session, two, three, slot=2)
    assert who_is_coming(session, one.user).sentence == "2 other people have a time before or after yours."
    assert who_is_coming(session, three.user).sentence == "1 other person has a time before or after yours."
    actions.change_session(session=session, shows_names=True, by=lead, now=NOW)
    assert who_is_coming(fresh(session), two.user).sentence == f"At other times: {one.name}."


@pytest.mark.parametrize("model", [Session, Booking, Attendee])
def test_who_may_see_what(world, model):
    """Sessions are for everybody of the cohort, bookings and lines of a register for oneself, hosts and leads."""
    cohort, lead, (one, two, *_), session = world
    host, facilitator, stranger = somebody(), somebody(), ParticipantFactory().user
    Role.objects.create(user=facilitator, kind=RoleKind.FACILITATOR, cohort=cohort)
    other = planned(cohort, lead)
    session.hosts.create(user=host)
    booked(session, one)
    booked(other, two)

    def seen(user) -> set:
        rows = model.objects.visible_to(user)
        return {getattr(each, "session", each).pk for each in rows}

    everything = {session.pk, other.pk}
    assert seen(lead) == everything
    assert seen(host) == {session.pk}
    assert seen(stranger) == set()
    assert seen(facilitator) == (everything if model is Session else set())
    assert seen(one.user) == (everything if model is Session else {session.pk})
    assert seen(two.user) == (everything if model is Session else {other.pk})
