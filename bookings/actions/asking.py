"""Somebody asks for a place, changes to another session, gives a place back, or comes without one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bookings.actions import news
from bookings.actions.in_hand import Places, held, held_together, on_the_day, planned
from bookings.actions.offers import confirm, of_party
from bookings.actions.refused import (
    BookedApart,
    CannotBe,
    HasBegun,
    IsFull,
    NobodyAsked,
    NotOpenYet,
    NotYours,
    TooLate,
    TooManyOpen,
)
from bookings.choices import IN_LINE, TIMED, WAS_THERE, BookingState
from bookings.models import Attendee, Booking, Session
from bookings.pages import noun_of
from bookings.rules import looks_after
from cohorts.choices import State
from cohorts.models import Participant
from elements import clock
from elements.phrases import in_a_row


@transaction.atomic
def book(
    *,
    session: Session,
    party: Iterable[Participant],
    by,
    now: datetime,
    slot: int | None = None,
    limit: int | None = None,
    waits: bool = True,
) -> Booking:
    """Places for a whole party, or its turn on the waiting list; the same party again gets the same answer.

    One that was not there before says so (`is_new`). `limit` is how many open bookings of this kind each may have. Who
    does not wait is told that it is full without a lock. Raises IsGone, SessionIsOff, HasBegun, NotOpenYet,
    NobodyAsked, NotYours, BookedApart, TooManyOpen, CannotBe, SlotIsTaken, IsFull.
    """
    keys = {person.pk for person in party}
    if not waits and (there := _full_for(session, keys)) is not None:
        return there
    people = _party(session, keys)
    # Two questions at the price of one; without a limit there is but one, and asked by itself it costs less.
    known = None if limit is None else Session.objects.with_asked(session, keys, now=now)
    with held(session, by=by, now=now, among=known) as places:
        may_be_there = limit is None or places.session.is_asked
        if may_be_there and (there := _standing(places.session, keys)):
            return there
        _may_ask(places.session, by=by, now=now)
        _for_oneself(places.session, people, by=by)
        if may_be_there:
            _within(limit, places.session, keys, by=by, now=now)
        booking = _ask(places, people, slot=slot, waits=waits)
    return booking


def _party(session: Session, keys: set) -> list[Participant]:
    """Those who ask, under a lock of their own: nobody withdraws meanwhile, or books elsewhere beyond a limit."""
    found = Participant.objects.filter(pk__in=keys, cohort=session.cohort_id, state=State.ACCEPTED)
    # Of those who ask no more is read than a message needs.
    found = found.select_related("user").only("user__email").order_by("pk")
    people = list(found.select_for_update(of=("self",), no_key=True))
    if not people or len(people) != len(keys):
        raise NobodyAsked
    return people


def _full_for(session: Session, keys: set) -> Booking | None:
    """Read before the lock: what this party has already; IsFull where there is nothing and no place."""
    if not Session.objects.full().filter(pk=session.pk).exists():
        return None
    if there := _standing(session, keys):
        return there
    raise IsFull


def _standing(session: Session, keys: set) -> Booking | None:
    """What this party asked for before and stands. Raises BookedApart where only some of it did."""
    rows = Attendee.objects.live().filter(session=session, participant__in=keys).order_by()
    there = dict(rows.values_list("participant", "booking"))
    if not there:
        return None
    booking = Booking.objects.get(pk=next(iter(there.values())))
    booking.session = session
    is_whole = len(there) == len(keys) and len(set(there.values())) == 1
    if not is_whole or booking.attendees.count() != len(keys):
        raise BookedApart
    return booking


def _may_ask(session: Session, *, by, now: datetime) -> None:
    planned(session)
    if session.last_begins_at <= now:
        raise HasBegun
    if session.opens_at and now < session.opens_at and not looks_after(by, session):
        opens = clock.local(session.opens_at)
        raise NotOpenYet(f"Booking opens on {clock.in_full(opens.date())} at {clock.in_figures(opens)}.")


def _for_oneself(session: Session, people: list[Participant], *, by) -> None:
    """People book for themselves and whoever comes along; hosts and leads for anybody."""
    if all(person.user_id != by.pk for person in people) and not looks_after(by, session):
        raise NotYours("You can book for yourself and for those who come with you.")


def _within(limit: int | None, session: Session, keys: set, *, by, now: datetime) -> None:
    """Each of a party has room for one more; the next opens by itself when somebody was there.

    Who asks for others as well is told who it is that has none: she knows those she brings.
    """
    if limit is None:
        return
    ahead = Attendee.objects.open(kind=session.kind, cohort=session.cohort_id, now=now).filter(participant__in=keys)
    counts = dict.fromkeys(keys, 0)
    for person in ahead.values_list("participant", flat=True):
        counts[person] += 1
    if max(counts.values()) >= limit:
        reached = Participant.objects.filter(pk__in=[key for key, count in counts.items() if count >= limit])
        people = list(reached.order_by("name", "pk").values_list("user", "name"))
        raise TooManyOpen(_too_many(limit, [name for user, name in people if user != by.pk], len(people)))


def _too_many(limit: int, others: list[str], number: int) -> str:
    """`number` have as many as they may; those of them who do not ask themselves are told by name."""
    most = f"Each person has at most {limit} open booking{'' if limit == 1 else 's'}"
    then = f"when {'that one' if limit == 1 else 'one of those'} has taken place"
    if not others:
        return f"{most}. You can book the next {then}."
    if number > len(others):
        return f"{most}, and {in_a_row(['you', *others])} have as many. You can book the next {then}."
    has = "has" if number == 1 else "have"
    return f"{most}, and {in_a_row(others)} {has} as many. Book without them now, or together {then}."


def _ask(
    places: Places, people: list[Participant], *, slot: int | None, waits: bool, walks_in: bool = False
) -> Booking:
    """A new booking at the end of the line, with its places where they are free."""
    session, needs = places.session, 1 if places.session.has_slots else len(people)
    if needs > session.capacity:
        there_are = f"there {'is' if session.capacity == 1 else 'are'} {session.capacity} in all"
        raise CannotBe(f"You need {needs} places together, and {there_are}. Book one by one.")
    # Nobody who waits could take what is free: whoever could was offered it when it came free.
    has_places = needs <= session.free and (walks_in or slot is not None or places.has_one_ahead())
    if not has_places and not waits:
        raise IsFull
    session.lines += 1
    booking = Booking.objects.create(
        session=session,
        cohort_id=session.cohort_id,
        by=places.by,
        state=BookingState.BOOKED if has_places else BookingState.WAITING,
        line=session.lines,
        needs=needs,
        is_walk_in=walks_in,
        asked_at=places.now,
        booked_at=places.now if has_places else None,
    )
    booking.is_new = True
    of_it = {"booking": booking, "session": session, "cohort_id": session.cohort_id}
    Attendee.objects.bulk_create(Attendee(participant=person, **of_it) for person in people)
    if has_places:
        places.take(booking, needs, slot=slot, walks_in=walks_in)
        places.noted("booked a place", booking)
        news.tell(news.BOOKED, booking, people=people, is_new=True)
    else:
        places.noted("joined a waiting list", booking)
        news.tell(news.WAITING, booking, people=people, is_new=True)
        if places.move_up():
            booking.refresh_from_db()
            booking.session = session
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, by, now: datetime) -> Booking:
    """A party gives its places back, or leaves the waiting list; a second time nothing happens.

    Until the cut-off by themselves; hosts and leads always. `is_passed_on` says that somebody who waits was given what
    came free. Raises IsGone, NotYours, SessionIsOff, TooLate.
    """
    with held(booking.session_id, by=by, now=now) as places:
        booking = places.fresh(booking)
        _cancel(places, booking)
    return booking


def _cancel(places: Places, booking: Booking) -> None:
    is_looked_after = looks_after(places.by, places.session)
    if not is_looked_after:
        of_party(booking, places.by)
    if not booking.is_live:
        return
    session = planned(places.session)
    if booking.is_booked and not is_looked_after and places.now > session.cut_off:
        until = clock.local(session.cut_off)
        raise TooLate(
            f"You could cancel until {clock.in_full(until.date())}, {clock.in_figures(until)}. "
            "Tell the host that you cannot come."
        )
    if session.has_begun(places.now) and booking.attendees.filter(attendance__in=sorted(WAS_THERE)).exists():
        raise TooLate("The register says that they were there. Correct it first.")
    was_booked = booking.is_booked
    places.end(booking, BookingState.CANCELLED)
    places.noted("cancelled a booking" if was_booked else "left a waiting list", booking)
    is_own = not is_looked_after or booking.attendees.filter(participant__user=places.by).exists()
    news.tell(news.CANCELLED, booking, cancelled_by=None if is_own else places.by)
    booking.is_passed_on = places.move_up()


@transaction.atomic
def swap(*, booking: Booking, into: Session, by, now: datetime, slot: int | None = None) -> Booking:
    """To another session: the new place is taken before the old one is given back, or nothing changes.

    The same again gives the booking that there is. Raises IsGone, NotYours, SessionIsOff, HasBegun, NotOpenYet,
    TooLate, IsFull, SlotIsTaken, BookedApart, NobodyAsked, CannotBe.
    """
    if into.pk == booking.session_id:
        raise CannotBe("That is the session that you have a place in. Choose another.")
    keys = set(booking.attendees.values_list("participant", flat=True))
    people = _party(into, keys)
    with held_together([booking.session_id, into.pk], by=by, now=now) as both:
        old, new = both[booking.session_id], both[into.pk]
        booking = old.fresh(booking)
        if not looks_after(by, old.session):
            of_party(booking, by)
        there = _standing(new.session, keys)
        if there and there.is_booked and not booking.is_live:
            return there
        if not booking.is_live:
            raise CannotBe(f"This booking is over: {booking.get_state_display().lower()}.")
        taken = _taken(new, there, people, slot=slot)
        _cancel(old, booking)
    return taken


def _taken(new: Places, there: Booking | None, people: list[Participant], *, slot: int | None) -> Booking:
    """A place in the new session: one that is free, or that is offered to this party already."""
    if there is None:
        _may_ask(new.session, by=new.by, now=new.now)
        return _ask(new, people, slot=slot, waits=False)
    if there.state in IN_LINE:
        raise IsFull(f"You wait for a place in that {noun_of(new.session)} already. Your place here stays yours.")
    if there.state == BookingState.OFFERED:
        confirm(new, there)
    return there


@transaction.atomic
def walk_in(*, session: Session, party: Iterable[Participant], by, now: datetime) -> Booking:
    """Somebody comes without a booking, on the day or later in the register; where it is full there is one place more.

    Slots are as long as they are: a free one will do, also one that has begun or, in the register, is over; where all
    are taken a walk-in is refused. Raises IsGone, NotYours, SessionIsOff,
    TooEarly, NobodyAsked, BookedApart, SlotIsTaken.
    """
    keys = {person.pk for person in party}
    people = _party(session, keys)
    with held(session, by=by, now=now) as places:
        session = places.session
        on_the_day(session, by=by, now=now)
        there = _standing(session, keys)
        if there and there.is_booked:
            return there
        holds = there.seats.count() if there and there.state in TIMED else 0
        needs = (there.needs if there else 1 if session.has_slots else len(people)) - holds
        if needs > session.free:
            if session.has_slots:
                raise IsFull("Every time is taken, and the session is not longer than it is.")
            session.capacity = session.taken + needs
            places.noted("made room for somebody who walked in")
        if there is None:
            return _ask(places, people, slot=None, waits=False, walks_in=True)
        places.take(there, needs, walks_in=True)
        there.is_walk_in = True
        confirm(places, there)
    return there
