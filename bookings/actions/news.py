"""What people hear of a session and of their place in it: one message to each, in the transaction of the change."""

from bookings.models import Attendee, Booking, Host, Session
from reminders import outbox

BOOKED, WAITING, OFFER, LAPSED = "bookings.booked", "bookings.waiting", "bookings.offer", "bookings.offer_lapsed"
CANCELLED, MOVED, CALLED_OFF = "bookings.cancelled", "bookings.moved", "bookings.called_off"
HOSTING, NOT_HOSTING = "bookings.hosting", "bookings.not_hosting"


def tell(
    kind: str, booking: Booking, *, people=None, has_left: bool = False, is_new: bool = False, cancelled_by=None
) -> None:
    """Everybody of a party, or these of them, hears how their booking stands; of a booking with its session.

    Who `has_left` a party is no longer found in it. A booking that `is_new` nobody has been told of. `cancelled_by` is
    the host or lead who did it for them.
    """
    session = booking.session
    if people is None:
        people = [each.participant for each in booking.attendees.select_related("participant__user")]
    ref = {"session": session.pk, "booking": booking.pk, "sequence": booking.sequence}
    if has_left:
        ref["left"] = 1
    if cancelled_by is not None:
        ref["by"] = cancelled_by.pk
    letters = [
        outbox.Letter(
            to=person.user,
            key=f"{kind}:{booking.pk}:{booking.sequence}:{person.pk}",
            ref=ref,
            until=_until(kind, booking),
        )
        for person in people
    ]
    outbox.post_all(kind=kind, letters=letters, scope=session.cohort_id, are_new=is_new)


def tell_everybody(kind: str, session: Session, *, bookings: list[Booking]) -> None:
    """Each who has to do with a session hears once of a change to it: those of these bookings, and its hosts.

    A host who has a place as well hears of both: they are two entries in her calendar.
    """
    about = {"session": session.pk, "change": session.sequence}
    until = None if kind == CALLED_OFF else session.ends_at  # what is off has to leave calendars, however late
    letters = []
    for each in Attendee.objects.filter(booking__in=bookings).select_related("participant__user"):
        key = f"{kind}:{session.pk}:{session.sequence}:{each.participant.user_id}"
        ref = {**about, "booking": each.booking_id}
        letters.append(outbox.Letter(to=each.participant.user, key=key, ref=ref, until=until))
    for host in session.hosts.select_related("user"):
        key = f"{kind}:{session.pk}:{session.sequence}:host:{host.pk}"
        letters.append(outbox.Letter(to=host.user, key=key, ref={**about, "host": host.pk}, until=until))
    outbox.post_all(kind=kind, letters=letters, scope=session.cohort_id)


def tell_host(kind: str, host: Host, session: Session) -> None:
    """Somebody is or is no longer host of a session."""
    ref = {"session": session.pk, "host": host.pk}
    until = session.ends_at if kind == HOSTING else None
    letter = outbox.Letter(to=host.user, key=f"{kind}:{host.pk}", ref=ref, until=until)
    outbox.post_all(kind=kind, letters=[letter], scope=session.cohort_id)


def _until(kind: str, booking: Booking):
    """After which it is of no use: an offer with the offer, what leaves a calendar never."""
    if kind == CANCELLED:
        return None
    return booking.lapses_at if kind == OFFER else booking.session.ends_at
