"""Somebody withdraws, or those who booked together part: what was held for them is free again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from accounts import audit
from accounts.models import User
from bookings.actions import news
from bookings.actions.in_hand import Places, held
from bookings.choices import TIMED, WITH_PLACES, BookingState, SessionState
from bookings.models import Booking, Host
from cohorts.models import Participant


@transaction.atomic
def let_go(*, participant: Participant, by, now: datetime, sessions=None) -> None:
    """Out of every session to come, with the places; whoever booked together with somebody stays, and is fewer.

    Or out of these `sessions` alone.
    """
    theirs = _to_come(now).filter(attendees__participant=participant, attendees__is_live=True)
    if sessions is not None:
        theirs = theirs.filter(session__in=sessions)
    for booking in theirs.order_by("session_id", "line"):
        with held(booking.session_id, by=by, now=now) as places:
            _leave(places, places.fresh(booking), participant)


@transaction.atomic
def let_party_go(*, party: Iterable[Participant], by, now: datetime) -> None:
    """Those who booked together part: what exactly these people booked together, and is to come, is cancelled."""
    keys = {person.pk for person in party}
    together = _to_come(now).annotate(
        all_of_it=Count("attendees"), of_these=Count("attendees", filter=Q(attendees__participant__in=keys))
    )
    for booking in together.filter(all_of_it=len(keys), of_these=len(keys)).order_by("session_id", "line"):
        with held(booking.session_id, by=by, now=now) as places:
            booking = places.fresh(booking)
            # What was is not undone, as of a slot that is over while others are still to come.
            if booking.is_live and not booking.attendees.exclude(attendance="").exists():
                _end(places, booking)


def _to_come(now: datetime):
    return Booking.objects.live().filter(session__state=SessionState.PLANNED, session__ends_at__gt=now)


def _leave(places: Places, booking: Booking, participant: Participant) -> None:
    line = booking.attendees.filter(participant=participant, is_live=True).first()
    if line is None or line.attendance:  # what was is not undone
        return
    if booking.attendees.count() == 1:
        _end(places, booking)
        return
    was_booked = booking.is_booked
    line.delete()
    if not places.session.has_slots:
        _be_fewer(places, booking)
    places.noted("left a booking" if was_booked else "left a waiting list", booking)
    news.tell(news.CANCELLED, booking, people=[participant], has_left=True)
    places.move_up()


def _be_fewer(places: Places, booking: Booking) -> None:
    """One place less for a party, and a place is free if it held them all."""
    booking.needs -= 1
    booking.save(update_fields=["needs"])
    if booking.state in WITH_PLACES - {BookingState.GATHERING}:
        places.release(booking, 1)
    elif booking.state in TIMED and booking.seats.count() >= booking.needs:
        places.offer(booking)
    elif booking.is_passed_over and booking.state == BookingState.WAITING:
        places.give_way(booking)


def _end(places: Places, booking: Booking) -> None:
    people = [each.participant for each in booking.attendees.select_related("participant__user")]
    places.end(booking, BookingState.CANCELLED)
    places.noted("cancelled a booking", booking)
    news.tell(news.CANCELLED, booking, people=people)
    places.move_up()


@transaction.atomic
def forget_person(*, user: User, by) -> None:
    """Who asked and who hosted is nobody any more; registers keep their lines, of a participant without a name."""
    Booking.objects.filter(by=user).update(by=None)
    Host.objects.filter(user=user).delete()
    audit.record(by=by, did="took somebody out of the sessions", on=user)
