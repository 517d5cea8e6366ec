"""What the sessions give the house: calendars, task lists, reminders, what is kept of somebody."""

from datetime import date, timedelta

import pytest

from bookings import actions
from bookings.coming import reminders
from bookings.element import Bookings
from bookings.kinds import OFFER_ENDS, SOON
from bookings.letters import booking_event
from bookings.tests.factories import HOUR, NOW, STARTS_AT, booked, fresh, london, planned, somebody
from elements import clock, registry
from elements.contract import Element
from reminders.due import compose_due
from reminders.models import Message
from reminders.tests.days import told_in

pytestmark = pytest.mark.django_db
HOUSE = Bookings()
TODAY = date(2027, 3, 1)


@pytest.fixture
def room(monkeypatch):
    """A room that a cohort can switch off."""

    class Surgeries(Element):
        app = slug = "surgeries"

    monkeypatch.setitem(registry._elements, "surgeries", Surgeries())


def switch_off(cohort) -> None:
    cohort.elements_off = ["surgeries"]
    cohort.save()


def test_calendars_have_what_somebody_is_booked_for_and_what_she_hosts(world, django_assert_num_queries):
    cohort, lead, (one, two, three, *_), _ = world
    host = somebody()
    session = planned(cohort, lead, capacity=2, hosts=[host])
    slots = planned(cohort, lead, slot_minutes=20)
    booking, _, _ = booked(session, one), booked(session, two), booked(session, three)
    pair = booked(slots, one, three, slot=2)
    users = [one.user, three.user, host]
    with django_assert_num_queries(1):
        events = list(HOUSE.calendar(users=users))
    found = {(event.whose, event.uid) for event in events}
    assert found == {
        (one.user_id, f"booking-{booking.pk}@pairedlearning"),
        (one.user_id, f"booking-{pair.pk}@pairedlearning"),
        (three.user_id, f"booking-{pair.pk}@pairedlearning"),
        (host.pk, f"session-host-{session.hosts.get().pk}@pairedlearning"),
    }
    in_slot = next(event for event in events if event.uid == f"booking-{pair.pk}@pairedlearning")
    assert (in_slot.starts_at, in_slot.ends_at) == (STARTS_AT + HOUR / 3, STARTS_AT + 2 * HOUR / 3)
    assert (in_slot.cohort, in_slot.kind, in_slot.way) == (cohort.pk, "session", "At an agreed place")
    actions.call_off_session(session=session, reason="Too few", by=lead, now=NOW)
    assert {event.uid for event in HOUSE.calendar(users=users)} == {f"booking-{pair.pk}@pairedlearning"}
    assert list(HOUSE.calendar(users=[])) == []


def test_feed_and_file_tell_a_calendar_the_same(world):
    _, lead, (one, *_), session = world
    booking = booked(session, one)
    actions.change_session(session=session, place="Boardroom", by=lead, now=NOW)
    [feed] = HOUSE.calendar(users=[one.user])
    file = booking_event({"session": str(session.pk), "booking": str(booking.pk)}, one.user)
    for name in ("uid", "sequence", "summary", "starts_at", "ends_at", "place", "url", "cancelled", "changed_at"):
        assert getattr(feed, name) == getattr(file, name), name


def test_task_lists_say_what_is_offered_what_is_to_come_and_where_somebody_waits(world, django_assert_num_queries):
    _, lead, someone, session = world
    one, two, three, four, *_ = someone
    bookings = [booked(session, each) for each in (one, two, three, four)]
    actions.cancel_booking(booking=bookings[0], by=lead, now=NOW)
    with django_assert_num_queries(1):
        steps = {step.participant: step for step in HOUSE.next_steps(participants=someone, on=TODAY)}
    when = "Wednesday 10 March 2027, 2pm to 4pm"
    assert set(steps) == {two, three, four}
    assert (steps[two].label, steps[two].hint, steps[two].state, steps[two].due_on) == (
        "Design surgery",
        f"{when}. Seminar room 2",
        "planned",
        date(2027, 3, 10),
    )
    assert steps[three].label == "Take the place or let it go by 2pm today: Design surgery"
    assert (steps[three].hint, steps[three].state, steps[three].due_on) == (when, "to do", TODAY)
    assert (steps[four].state, steps[four].label) == ("waiting", "You are on the waiting list: Design surgery")
    assert list(HOUSE.next_steps(participants=someone, on=date(2027, 3, 11))) == []


def test_a_cohort_that_has_switched_a_room_off_reads_nothing_of_it(world, room):
    cohort, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:3]]
    actions.cancel_booking(booking=bookings[0], by=lead, now=NOW)
    users = [each.user for each in someone]

    def said() -> int:
        told = [*HOUSE.calendar(users=users), *HOUSE.next_steps(participants=someone, on=TODAY)]
        return len([*told, *HOUSE.reminders(on=TODAY, until=date(2027, 3, 9))])

    assert said() == 5
    switch_off(cohort)
    assert said() == 0


def test_the_day_before_at_nine_each_who_has_a_place_hears_of_it_once(world):
    _, lead, (one, two, three, *_), session = world
    for each in (one, two, three):
        booked(session, each)
    compose_due(now=london(2027, 3, 9, 8, 59))
    assert not Message.objects.filter(kind=SOON).exists()
    for _ in range(2):
        compose_due(now=london(2027, 3, 9, 9))
    found = Message.objects.filter(kind=SOON)
    assert set(found.values_list("recipient", flat=True)) == {one.user_id, two.user_id}
    assert found.count() == 2
    later = {"starts_at": STARTS_AT + timedelta(days=1), "ends_at": STARTS_AT + timedelta(days=1, hours=2)}
    actions.move_session(session=session, **later, by=lead, now=london(2027, 3, 9, 10))
    compose_due(now=london(2027, 3, 10, 9))
    assert Message.objects.filter(kind=SOON).count() == 4  # that it is on another day is news


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)])
@pytest.mark.parametrize("days", [0, 1])
def test_around_each_change_of_the_clocks_it_is_nine_by_the_clock_on_the_wall(world, day, days):
    """On the day of the change and on the day after it: 24 hours before would be an hour off."""
    cohort, lead, (one, *_), _ = world
    early = london(2026, 1, 5, 10)
    starts_at = clock.at(day + timedelta(days=days)).replace(hour=9)
    session = planned(cohort, lead, starts_at=starts_at, now=early)
    booked(session, one, now=early)
    [soon] = reminders(on=session.day - timedelta(days=1), until=session.day - timedelta(days=1))
    here = clock.local(soon.at)
    assert (here.date(), here.hour, here.minute) == (session.day - timedelta(days=1), 9, 0)


def test_an_hour_before_an_offer_ends_it_is_said_once_more(world):
    _, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:3]]
    actions.cancel_booking(booking=bookings[0], by=lead, now=NOW)
    compose_due(now=NOW + 2 * HOUR)
    assert not Message.objects.filter(kind=OFFER_ENDS).exists()
    for _ in range(2):
        compose_due(now=NOW + 3 * HOUR)
    assert list(Message.objects.filter(kind=OFFER_ENDS).values_list("recipient", flat=True)) == [someone[2].user_id]
    assert Message.objects.get(kind=OFFER_ENDS).expires_at == fresh(bookings[2]).lapses_at


def test_a_week_at_once_says_what_each_of_its_days_says(world, django_assert_num_queries):
    cohort, lead, someone, session = world
    bookings = [booked(session, each) for each in someone[:3]]
    booked(planned(cohort, lead, slot_minutes=20, starts_at=STARTS_AT + timedelta(days=3)), *someone[3:5])
    actions.cancel_booking(booking=bookings[0], by=lead, now=NOW)
    kinds = told_in(HOUSE, date(2027, 2, 25), 20)
    assert {SOON, OFFER_ENDS} == set(kinds)
    with django_assert_num_queries(2):
        list(HOUSE.reminders(on=TODAY, until=date(2027, 3, 9)))


def test_somebody_is_handed_her_own_lines_and_nobody_elses(world, django_assert_num_queries):
    cohort, lead, (one, two, *_), session = world
    booked(session, one)
    booked(session, two)
    cancelled = booked(planned(cohort, lead, title="Making change happen"), one)
    actions.cancel_booking(booking=cancelled, by=one.user, now=NOW)
    session.hosts.create(user=one.user)
    actions.all_present(session=session, by=lead, now=STARTS_AT + HOUR)
    with django_assert_num_queries(2):
        rows = list(HOUSE.everything_about(user=one.user))
    when = "Wednesday 10 March 2027, 2pm to 4pm"
    assert sorted(row.text for row in rows) == [
        f"Design surgery, {when}",
        f"Design surgery, {when}: booked, attended (120 minutes)",
        f"Making change happen, {when}: cancelled",
    ]
    assert {row.element for row in rows} == {"Sessions"}


def test_an_element_forgets_and_lets_go_of_whoever_leaves(world, in_march):
    _, lead, (one, two, *_), session = world
    booked(session, one)
    HOUSE.let_go(participant=one, by=lead)
    assert fresh(session).taken == 0
    booked(session, two)
    HOUSE.let_go(pair=object(), by=lead)  # which is the rooms' to say
    assert fresh(session).taken == 1
    HOUSE.forget(user=two.user, by=lead)
    assert session.bookings.get(line=2).by is None
