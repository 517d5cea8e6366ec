"""Whatever people do and in whichever order: never too many, nobody twice, and first come first served."""

from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from django.db.models import Exists
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import AuditRecord
from bookings import actions
from bookings.actions.in_hand import Places
from bookings.choices import IN_LINE, LIVE, TIMED, BookingState, SessionState
from bookings.models import Attendee, Booking, Seat, Session
from bookings.tests.factories import HOUR, NOW, STARTS_AT, cohort_with_lead, people, planned
from cohorts.models import Participant
from elements.refusals import Refusal
from reminders.models import Message
from tests.permissions.world import undone

PEOPLE = 7
WHO = st.integers(0, PEOPLE - 1)
PARTY = st.lists(WHO, min_size=1, max_size=3, unique=True)
WHICH = st.integers(0, 2)
ANY = st.integers(0, 200)
B = BookingState


@contextmanager
def first_come_first_served():
    """At the moment of each offer, and whenever places begin to be held, nobody has been overtaken.

    Nobody who needs no more places; and of those who need more only who was passed over, or is behind one of them who
    needs no more than oneself.
    """
    usual = Places.move

    def move(self, booking, state):
        if state in TIMED:
            before = [each for each in self.session.bookings.all().in_line() if each.line < booking.line]
            for number, each in enumerate(before):
                assert each.needs > booking.needs, "somebody who needs no more was overtaken"
                is_behind = any(other.is_passed_over and other.needs <= each.needs for other in before[:number])
                assert each.is_passed_over or is_behind, "somebody was overtaken"
        usual(self, booking, state)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Places, "move", move)
        yield


class Sessions(RuleBasedStateMachine):
    """Two groups and a row of slots, seven people, and a clock that goes on."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(undone())
        self.stack.enter_context(first_come_first_served())
        self.cohort, self.lead = cohort_with_lead()
        self.people = people(self.cohort, PEOPLE)
        self.sessions = [
            planned(self.cohort, self.lead, capacity=2),
            planned(self.cohort, self.lead, capacity=3, cut_off_hours=24),
            planned(self.cohort, self.lead, slot_minutes=40, starts_at=STARTS_AT + timedelta(days=1)),
        ]
        self.now, self.records = NOW, 0

    def teardown(self):
        self.stack.close()

    def tries(self, action, **given):
        """Do it; what is refused leaves everything as it was."""
        before = everything()
        try:
            return action(now=self.now, **given)
        except Refusal:
            assert everything() == before
            return None

    def booking(self, number: int) -> Booking | None:
        found = list(Booking.objects.order_by("session__pk", "line"))
        return found[number % len(found)] if found else None

    def party(self, numbers) -> list[Participant]:
        return [self.people[number] for number in numbers]

    # What happens

    @rule(which=WHICH, who=PARTY, slot=st.none() | st.integers(1, 3), waits=st.booleans(), limit=st.none() | st.just(2))
    def book(self, which, who, slot, waits, limit):
        party = self.party(who)
        given = {"session": self.sessions[which], "party": party, "by": party[0].user, "waits": waits, "limit": limit}
        given["slot"] = slot if which == 2 else None
        booking = self.tries(actions.book, **given)
        if booking:
            assert self.tries(actions.book, **given) == booking  # pressed twice
            assert {each.participant for each in booking.attendees.all()} == set(party)

    @rule(number=ANY, by_lead=st.booleans())
    def cancel(self, number, by_lead):
        if booking := self.booking(number):
            by = self.lead if by_lead else booking.attendees.first().participant.user
            self.tries(actions.cancel_booking, booking=booking, by=by)

    @rule(number=ANY, accepts=st.booleans())
    def answer(self, number, accepts):
        offers = list(Booking.objects.filter(state=B.OFFERED).order_by("pk"))
        if offers:
            booking = offers[number % len(offers)]
            by = booking.attendees.first().participant.user
            self.tries(actions.accept_offer if accepts else actions.decline_offer, booking=booking, by=by)

    @rule(hours=st.integers(1, 30))
    def time_goes_by(self, hours):
        self.now += hours * HOUR

    @rule(which=WHICH)
    def lapse(self, which):
        self.tries(actions.lapse_offers, session=self.sessions[which])
        assert not self.sessions[which].bookings.filter(lapses_at__lte=self.now).exists()

    @rule(which=WHICH, capacity=st.integers(1, 5))
    def change_capacity(self, which, capacity):
        self.tries(actions.change_session, session=self.sessions[which], capacity=capacity, by=self.lead)

    @rule(which=WHICH, days=st.integers(-3, 3))
    def move(self, which, days):
        there = Session.objects.get(pk=self.sessions[which].pk)
        by = timedelta(days=days)
        times = {"starts_at": there.starts_at + by, "ends_at": there.ends_at + by}
        self.tries(actions.move_session, session=there, **times, by=self.lead)

    @rule(number=ANY, into=WHICH)
    def swap(self, number, into):
        if booking := self.booking(number):
            had_place = booking.is_booked
            by = booking.attendees.first().participant.user
            taken = self.tries(actions.swap, booking=booking, into=self.sessions[into], by=by)
            if had_place:  # it is never without either
                assert (taken and taken.is_booked) or Booking.objects.get(pk=booking.pk).is_booked

    @rule(which=WHICH, who=PARTY)
    def walk_in(self, which, who):
        self.tries(actions.walk_in, session=self.sessions[which], party=self.party(who), by=self.lead)

    @rule(number=ANY)
    def pass_over(self, number):
        if booking := self.booking(number):
            self.tries(actions.pass_over, booking=booking, by=self.lead)

    @rule(who=WHO)
    def let_go(self, who):
        self.tries(actions.let_go, participant=self.people[who], by=self.lead)

    @rule(which=WHICH)
    def all_present(self, which):
        self.tries(actions.all_present, session=self.sessions[which], by=self.lead)

    @precondition(lambda self: self.now > NOW + 40 * HOUR)
    @rule(which=WHICH)
    def call_off(self, which):
        self.tries(actions.call_off_session, session=self.sessions[which], reason="Too few", by=self.lead)

    # What never changes

    @invariant()
    def places_are_counted_and_never_too_many(self):
        for session in Session.objects.all():
            numbers = list(session.seats.order_by("number").values_list("number", flat=True))
            assert len(numbers) == session.taken <= session.capacity
            assert max(numbers, default=0) <= session.capacity
            assert session.has_slots or numbers == list(range(1, session.taken + 1))

    @invariant()
    def each_booking_has_the_places_that_its_state_says(self):
        for booking in Booking.objects.select_related("session"):
            held, needs = booking.seats.count(), booking.needs
            expected = {B.BOOKED: {needs}, B.OFFERED: {needs}, B.GATHERING: set(range(1, needs))}
            assert held in expected.get(booking.state, {0}), booking.state
            people = booking.attendees.filter(is_live=True).count()
            assert people == (booking.attendees.count() if booking.state in LIVE else 0)
            if booking.state in LIVE:
                assert needs == (1 if booking.session.has_slots else people)

    @invariant()
    def nobody_is_there_twice(self):
        live = list(Attendee.objects.live().values_list("session", "participant"))
        assert len(live) == len(set(live))

    @invariant()
    def one_party_gathers_and_none_that_was_passed_over_before_it_could_use_that(self):
        for session in Session.objects.all():
            timed = session.bookings.filter(state__in=sorted(TIMED))
            gathering = timed.filter(state=B.GATHERING)
            assert gathering.count() <= 1
            assert not gathering.filter(Exists(Booking.objects.passed_over_before())).exists()
            first = min((each.lapses_at for each in timed), default=None)
            assert session.next_lapse_at == first

    @invariant()
    def nothing_that_somebody_waits_for_is_left_lying(self):
        for session in Session.objects.filter(state=SessionState.PLANNED):
            if session.has_slots or session.starts_at <= self.now:
                continue
            behind = Exists(Booking.objects.passed_over_before())
            for booking in session.bookings.all().in_line().annotate(is_behind=behind):
                may_not_hold = booking.is_passed_over or booking.is_behind
                assert not session.free or (may_not_hold and booking.needs > session.free)

    @invariant()
    def what_is_called_off_holds_nothing(self):
        off = Session.objects.filter(state=SessionState.CALLED_OFF)
        assert not Seat.objects.filter(session__in=off).exists()
        assert not Attendee.objects.live().filter(session__in=off).exists()
        assert not Booking.objects.filter(session__state=SessionState.HELD, state__in=sorted(IN_LINE | TIMED)).exists()

    @invariant()
    def whoever_has_a_place_heard_of_it_and_the_record_only_grows(self):
        booked = Attendee.objects.booked().values_list("booking", "participant__user")
        written = Message.objects.filter(kind="bookings.booked").values_list("ref__booking", "recipient")
        assert {(str(booking), user) for booking, user in booked} <= set(written)
        number = AuditRecord.objects.count()
        assert number >= self.records
        self.records = number


def everything() -> list:
    """What a refusal must not change."""
    rows = [Session, Booking, Attendee, Seat]
    found = [list(model.objects.order_by("pk").values_list()) for model in rows]
    return [*found, Message.objects.count(), AuditRecord.objects.count()]


@pytest.mark.django_db
def test_whatever_people_do(is_full):
    examples, steps = (500, 50) if is_full else (10, 30)
    checks = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
    counts = {"max_examples": examples, "stateful_step_count": steps}
    run_state_machine_as_test(Sessions, settings=settings(**counts, **checks))
