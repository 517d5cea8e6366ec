"""A session and its places while they are changed: under the row lock, from the first read to the last write."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Max, Min

from accounts import audit
from bookings.actions import news
from bookings.actions.refused import CannotBe, NotYours, SessionIsOff, SlotIsTaken, TooEarly
from bookings.choices import LIVE, TIMED, TRANSITIONS, WITH_PLACES, BookingState, SessionState
from bookings.models import Attendee, Booking, Seat, Session
from bookings.rules import looks_after
from elements import clock
from elements.refusals import IsGone
from elements.working_time import after_working_hours


class Places:
    """The places of one session, its offers and its line, in the hands of whoever holds the lock."""

    def __init__(self, session: Session, *, by, now: datetime):
        self.session, self.by, self.now = session, by, now
        self._were = _columns(session)
        self._are_offers_changed = False

    # Places

    def take(self, booking: Booking, number: int, *, slot: int | None = None, walks_in: bool = False) -> None:
        """So many places for a booking, or this slot; whoever asks has seen that they are free. Raises SlotIsTaken."""
        if not number:
            return
        numbers = self._slot(slot, walks_in=walks_in) if self.session.has_slots else self._next(number)
        Seat.objects.bulk_create(Seat(session=self.session, booking=booking, number=each) for each in numbers)
        self.session.taken += number
        if self.session.has_slots:
            booking.slot = numbers[0]
            booking.save(update_fields=["slot"])

    def _next(self, number: int) -> list[int]:
        """In a group the numbers have no gap, so that the next is known without a look at those who are there."""
        return [self.session.taken + place for place in range(1, number + 1)]

    def _slot(self, wished: int | None, *, walks_in: bool) -> list[int]:
        free = self._slots_now() if walks_in else self._slots_ahead()
        if not free or (wished is not None and wished not in free):
            raise SlotIsTaken
        return [free[0] if wished is None else wished]

    def _slots_free(self) -> list[int]:
        taken = set(self.session.seats.values_list("number", flat=True))
        return [each for each in range(1, self.session.capacity + 1) if each not in taken]

    def _slots_ahead(self) -> list[int]:
        return [each for each in self._slots_free() if self.session.slot(each)[0] > self.now]

    def _slots_now(self) -> list[int]:
        """For whoever is there without a booking: what is not over comes first, and of the rest the latest."""
        free = self._slots_free()
        over = [each for each in free if self.session.slot(each)[1] <= self.now]
        return [*free[len(over) :], *reversed(over)]

    def has_one_ahead(self) -> bool:
        """Whether one of the free places can still be used: a slot that has begun cannot."""
        return not self.session.has_slots or bool(self._slots_ahead())

    def release(self, booking: Booking, number: int | None = None) -> None:
        """Give back the places of a booking, or so many of them. In a group the last ones move into the gaps."""
        seats = list(booking.seats.order_by("-number")[:number])
        Seat.objects.filter(pk__in=[seat.pk for seat in seats]).delete()
        self.session.taken -= len(seats)
        if not self.session.has_slots:
            gaps = sorted(seat.number for seat in seats if seat.number <= self.session.taken)
            for seat in self.session.seats.filter(number__gt=self.session.taken).order_by("number"):
                seat.number = gaps.pop(0)
                seat.save(update_fields=["number"])

    def has_slot_above(self, capacity: int) -> bool:
        """Whether a slot is taken that there would not be any more."""
        last = self.session.seats.aggregate(last=Max("number"))["last"]
        return self.session.has_slots and (last or 0) > capacity

    # Bookings

    def fresh(self, booking: Booking) -> Booking:
        """The booking as it stands now that the session is locked. Raises IsGone."""
        found = Booking.objects.filter(pk=booking.pk, session=self.session).first()
        if found is None:
            raise IsGone
        found.session = self.session
        return found

    def move(self, booking: Booking, state: BookingState) -> None:
        """To another state if the table allows it, with what belongs to the state."""
        if state not in TRANSITIONS[BookingState(booking.state)]:
            raise CannotBe(f"This booking is over: {booking.get_state_display().lower()}.")
        self._are_offers_changed |= bool(TIMED & {booking.state, state})
        booking.state, booking.sequence = state, booking.sequence + 1
        booking.lapses_at = self._lapse_of(booking) if state in TIMED else None
        booking.offered_at = self.now if state == BookingState.OFFERED else booking.offered_at
        booking.booked_at = self.now if state == BookingState.BOOKED else booking.booked_at
        booking.ended_at = None if state in LIVE else self.now
        booking.save()

    def _lapse_of(self, booking: Booking) -> datetime:
        """An offer stands for some working hours, and no longer than until the session, or its slot, begins."""
        return min(after_working_hours(self.now, self.session.offer_hours), self.latest(booking))

    def latest(self, booking: Booking) -> datetime:
        """Until when an offer can be answered at the latest."""
        return self.session.slot(booking.slot)[0] if self.session.has_slots else self.session.starts_at

    def end(self, booking: Booking, state: BookingState) -> None:
        """A booking is over: its places are free, and whoever was in it can ask anew."""
        if booking.state in WITH_PLACES:
            self.release(booking)
        self.move(booking, state)
        Attendee.objects.filter(booking=booking).update(is_live=False)

    def confirm(self, booking: Booking) -> None:
        """A booking that has its places is booked."""
        self.move(booking, BookingState.BOOKED)

    # The line

    def move_up(self) -> bool:
        """Whoever is next is offered what is free, strictly in the order of asking; returns whether anybody was.

        A party at the head that needs more places than are free holds those until there are enough. Who was passed
        over is offered only all at once, and is not overtaken by who needs as many.
        """
        has_moved = False
        while self.can_offer and (booking := self.session.bookings.all().next_for(self.session.free)):
            has_moved, booking.session = True, self.session
            missing = booking.needs - (booking.seats.count() if booking.state in TIMED else 0)
            found = min(missing, self.session.free)
            self.take(booking, found)
            if found == missing:
                self.offer(booking)
            elif booking.state == BookingState.WAITING:
                self.move(booking, BookingState.GATHERING)
                self.noted("held a place for a party", booking)
                news.tell(news.WAITING, booking)
        return has_moved

    def offer(self, booking: Booking) -> None:
        """All that a party needs is held for it: it is asked."""
        self.move(booking, BookingState.OFFERED)
        self.noted("offered a place", booking)
        news.tell(news.OFFER, booking)

    @property
    def can_offer(self) -> bool:
        """Whether there is something to offer to whoever waits: before the session, and of slots those to come."""
        if self.session.state != SessionState.PLANNED or self.session.free <= 0:
            return False
        return self.has_one_ahead() if self.session.has_slots else not self.session.has_begun(self.now)

    def lapse(self) -> None:
        """What ran out is over: an offer that nobody answered, and places held for a party that could not be whole."""
        if self.session.next_lapse_at is None or self.session.next_lapse_at > self.now:
            return
        over = self.session.bookings.filter(state__in=sorted(TIMED), lapses_at__lte=self.now).order_by("line")
        for booking in over:
            booking.session = self.session
            if booking.state == BookingState.OFFERED:
                self.end(booking, BookingState.LAPSED)
                self.noted("let an offer lapse", booking)
                news.tell(news.LAPSED, booking)
            else:
                self.pass_over(booking)
        self.move_up()

    def pass_over(self, booking: Booking) -> None:
        """A party gives back what it held, keeps its line, and waits until all its places are free at once."""
        self.release(booking)
        booking.is_passed_over = True
        self.move(booking, BookingState.WAITING)
        self.noted("passed a party over", booking)
        news.tell(news.WAITING, booking)

    def give_way(self, booking: Booking) -> None:
        """A party that was passed over needs fewer now: whoever gathers as many behind it lets go of them first."""
        behind = self.session.bookings.filter(
            state=BookingState.GATHERING, line__gt=booking.line, needs__gte=booking.needs
        )
        for each in behind:
            each.session = self.session
            self.release(each)
            self.move(each, BookingState.WAITING)
            self.noted("let a party wait for its turn", each)
            news.tell(news.WAITING, each)

    # The end

    def noted(self, did: str, on=None) -> None:
        audit.record(by=self.by, did=did, on=on or self.session, scope=self.session.cohort_id)

    def offers_moved(self) -> None:
        """Bookings were changed past `move`: look again when the first offer runs out."""
        self._are_offers_changed = True

    def keep(self) -> None:
        """Write what has changed of the session."""
        session = self.session
        if self._are_offers_changed:
            timed = session.bookings.filter(state__in=sorted(TIMED))
            session.next_lapse_at = timed.aggregate(first=Min("lapses_at"))["first"]
        changed = [name for name, value in _columns(session).items() if self._were[name] != value]
        if changed:
            session.save(update_fields=changed)


def _columns(session: Session) -> dict:
    return {field.attname: getattr(session, field.attname) for field in session._meta.concrete_fields}


@contextmanager
def held(session, *, by, now: datetime, among=None) -> Iterator[Places]:
    """The places of a session (or of its key) under its lock; what ran out is seen to first. Raises IsGone.

    `among` are the sessions to read it from, with what else is asked of it in the same statement.
    """
    with held_together([getattr(session, "pk", session)], by=by, now=now, among=among) as found:
        yield next(iter(found.values()))


@contextmanager
def held_together(pks, *, by, now: datetime, among=None) -> Iterator[dict]:
    """{key: the places of that session}, locked in the order of their keys, and written when all went well."""
    locked = (Session.objects if among is None else among).locked_in_turn(set(pks))
    if len(locked) != len(set(pks)):
        raise IsGone("This session is not there any more.")
    found = {pk: Places(session, by=by, now=now) for pk, session in locked.items()}
    for places in found.values():
        places.lapse()
    yield found
    for places in found.values():
        places.keep()


def planned(session: Session) -> Session:
    """The same, while it is planned. Raises SessionIsOff."""
    if session.is_off:
        raise SessionIsOff(f"This was called off: {session.reason}")
    if session.state != SessionState.PLANNED:
        raise SessionIsOff(f"This took place on {clock.in_full(session.day)}.")
    return session


def on_the_day(session: Session, *, by, now: datetime) -> None:
    """For hosts and leads, from the morning of the day on, of what was not called off.

    Raises NotYours, SessionIsOff, TooEarly.
    """
    if not looks_after(by, session):
        raise NotYours("Only the hosts and the leads say who was there.")
    if session.is_off:
        raise SessionIsOff(f"This was called off: {session.reason}")
    if clock.local(now).date() < session.day:
        raise TooEarly(f"Who was there can be said from {clock.in_full(session.day)} on.")
