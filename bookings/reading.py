"""How full a session is, who is next, and why nobody was offered a place: in words, for pages and messages."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from bookings.choices import IN_LINE, BookingState, SessionState
from bookings.models import Booking, Session
from elements import clock


def availability(session: Session, now: datetime, *, left: int | None = None) -> str:
    """ "2 places left", "Full, join the waiting list", "Booking opens on …": from the row alone, no query.

    Of slots that row knows how many are free and how many are ahead, not which: a page of one session counts them
    (`places_left`).
    """
    if session.is_off:
        return "Called off"
    if session.is_over(now):
        return "Over"
    if session.opens_at and now < session.opens_at:
        opens = clock.local(session.opens_at)
        return f"Booking opens on {clock.in_full(opens.date())} at {clock.in_figures(opens)}"
    if session.last_begins_at <= now:
        return "It has begun"
    what = "appointment" if session.has_slots else "place"
    free = min(session.free, session.ahead(now)) if left is None else left
    if free == 1:
        return f"1 {what} left"
    return f"{free} {what}s left" if free else "Full, join the waiting list"


def places_left(session: Session, now: datetime) -> int:
    """How many can be booked: of slots those that have not begun. One query; none for a group."""
    return len(slots_left(session, now)) if session.has_slots else session.free


def slots_left(session: Session, now: datetime) -> list[tuple[int, datetime, datetime]]:
    """(number, beginning, end) of each slot that can be booked. One query; none for a group."""
    if not session.has_slots or session.state != SessionState.PLANNED:
        return []
    taken = set(session.seats.values_list("number", flat=True))
    slots = ((number, *session.slot(number)) for number in range(1, session.capacity + 1) if number not in taken)
    return [slot for slot in slots if slot[1] > now]


def place_in_line(booking: Booking) -> int:
    """1 for whoever is next. Counted among those who wait now."""
    return booking.session.bookings.in_line().filter(line__lte=booking.line).count()


def waiting(sessions: Iterable[Session]) -> dict:
    """{key of a session: how many bookings wait}, of those where anybody does. One query."""
    rows = Booking.objects.filter(session__in=sessions, state__in=sorted(IN_LINE)).order_by()
    return dict(rows.values_list("session").annotate(number=Count("pk")))


def why_no_offer(session: Session, now: datetime) -> str:
    """Why nobody who waits was offered a place, as sentences; "" where nobody waits. Two queries."""
    counts = session.bookings.aggregate(
        waiting=Count("pk", filter=Q(state__in=sorted(IN_LINE))),
        offered=Count("pk", filter=Q(state=BookingState.OFFERED)),
        gathering=Count("pk", filter=Q(state=BookingState.GATHERING)),
    )
    if not counts["waiting"]:
        return ""
    if session.is_over(now) or (session.has_begun(now) and not session.has_slots):
        return "It has begun, and places are offered until the start."
    if counts["gathering"]:
        return _gathering(session.bookings.get(state=BookingState.GATHERING), session)
    if session.free:
        return _free(session)
    if counts["offered"]:
        return f"{_offered(counts['offered'])} Whoever is next is offered one when that is answered or runs out."
    return "All places are taken. Whoever is next is offered the first that comes free."


def _offered(number: int) -> str:
    held = "1 place is" if number == 1 else f"{number} places are"
    return f"{held} offered to somebody and not answered yet."


def _gathering(booking: Booking, session: Session) -> str:
    until = clock.local(booking.lapses_at)
    day = f"{clock.in_figures(until)} on {clock.in_full(until.date())}"
    held = f"A place is held until {day} for people who need {booking.needs} together and are next."
    return f"{held} You can pass them over; they keep their turn and wait until so many are free at once."


def _free(session: Session) -> str:
    if session.has_slots:
        return "The times that are free have begun already."
    places = "1 place is" if session.free == 1 else f"{session.free} places are"
    return f"{places} free, and everybody who waits needs more places at once."
