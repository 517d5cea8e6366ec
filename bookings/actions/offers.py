"""What came free is offered to whoever is next: taken, let go, run out, or passed on."""

from datetime import datetime

from django.db import transaction

from bookings.actions import news
from bookings.actions.in_hand import Places, held, planned
from bookings.actions.refused import CannotBe, NotYours, OfferIsOver
from bookings.choices import IN_LINE, BookingState
from bookings.models import Booking, Session
from bookings.rules import looks_after


@transaction.atomic
def accept_offer(*, booking: Booking, by, now: datetime) -> Booking:
    """Whoever was offered a place takes it; a second time nothing happens. Raises IsGone, SessionIsOff, OfferIsOver."""
    with held(booking.session_id, by=by, now=now) as places:
        booking = _own(places, booking)
        if booking.is_booked:
            return booking
        planned(places.session)
        if booking.state != BookingState.OFFERED:
            raise OfferIsOver(_no_offer(booking))
        confirm(places, booking)
    return booking


def confirm(places: Places, booking: Booking) -> None:
    """What was offered, or what somebody walked in for, is theirs now, and they are told."""
    places.confirm(booking)
    places.noted("took the place that was offered", booking)
    news.tell(news.BOOKED, booking)


def _no_offer(booking: Booking) -> str:
    if booking.state == BookingState.LAPSED:
        return "The time to take this place is over, and it went to whoever is next. You can ask again."
    if booking.state in IN_LINE:
        return "You are on the waiting list. We write to you when a place comes free."
    return ""


@transaction.atomic
def decline_offer(*, booking: Booking, by, now: datetime) -> Booking:
    """Whoever was offered a place lets it go, and it is offered to the next. Raises IsGone, NotYours, OfferIsOver."""
    with held(booking.session_id, by=by, now=now) as places:
        booking = _own(places, booking)
        if booking.state == BookingState.DECLINED:
            return booking
        if booking.state != BookingState.OFFERED:
            raise OfferIsOver(_no_offer(booking))
        places.end(booking, BookingState.DECLINED)
        places.noted("let an offered place go", booking)
        places.move_up()
    return booking


@transaction.atomic
def pass_over(*, booking: Booking, by, now: datetime) -> Booking:
    """A lead or host gives what is held for a party at the head to whoever is next; the party keeps its line.

    A second time nothing happens. Raises IsGone, NotYours, CannotBe.
    """
    with held(booking.session_id, by=by, now=now) as places:
        booking = places.fresh(booking)
        if not looks_after(by, places.session):
            raise NotYours
        if booking.state == BookingState.WAITING and booking.is_passed_over:
            return booking
        if booking.state != BookingState.GATHERING:
            raise CannotBe("No place is held for this party while it waits for another.")
        places.pass_over(booking)
        places.move_up()
        booking.refresh_from_db()
    return booking


@transaction.atomic
def lapse_offers(*, session, now: datetime, by=None) -> Session:
    """What ran out in one session (or its key) goes to whoever is next; twice is once. Nobody need press anything.

    Raises IsGone.
    """
    with held(session, by=by, now=now) as places:  # which sees to it
        return places.session


def _own(places: Places, booking: Booking) -> Booking:
    return of_party(places.fresh(booking), places.by)


def of_party(booking: Booking, user) -> Booking:
    """The booking, if this person belongs to the party. Raises NotYours."""
    if not booking.attendees.filter(participant__user=user).exists():
        raise NotYours
    return booking
