"""What messages about sessions say: built at sending, from the rows as they stand then.

None names anybody who comes but its reader, unless the session shows names: who else is coming says `company` alone.
"""

from django.utils import timezone

from accounts.models import User
from bookings.choices import IN_LINE, BookingState
from bookings.company import who_is_coming
from bookings.entries import Part, entry, times, where
from bookings.models import Booking, Host, Session
from bookings.pages import address_of, noun_of, path_of
from bookings.reading import place_in_line
from elements import clock
from elements.contract import Event
from elements.house import is_switched_off

# Reading


def _session(ref) -> Session:
    return Session.objects.select_related("cohort__programme").get(pk=ref["session"])


def _booking(ref) -> Booking | None:
    """The booking that a message is about, with its session; None of a message to a host."""
    if "booking" not in ref:
        return None
    return Booking.objects.filter(pk=ref["booking"]).select_related("session__cohort__programme").first()


def _stands(ref, to, *states: str) -> bool:
    """Whether this is the newest there is to say of a booking of this reader, in one of these states."""
    mine = Booking.objects.filter(attendees__participant__user=getattr(to, "pk", None)).select_related(
        "session__cohort"
    )
    booking = mine.filter(pk=ref["booking"], sequence=ref["sequence"], state__in=states).first()
    return booking is not None and not is_off(booking.session)


def is_off(session: Session) -> bool:
    """Whether the cohort has switched off the room of this session."""
    return is_switched_off(session.kind, session)


def _name(session: Session, to) -> str:
    """What to call the reader: as in the cohort, or as in the account."""
    mine = session.cohort.participants.filter(user=to).values_list("preferred_name", "name").first()
    return (mine and (mine[0] or mine[1])) or getattr(to, "name", "") or "there"


# Facts


def facts(ref, to) -> dict[str, str]:
    """What every message about a session may say."""
    booking = _booking(ref)
    session = booking.session if booking else _session(ref)
    return {
        "name": _name(session, to),
        "title": session.title,
        "what": noun_of(session),
        "when": clock.span(*times(session, booking and booking.slot)),
        "place": where(session),
        "link": address_of(session),
    }


def booked_context(ref, to) -> dict[str, str]:
    session = _session(ref)
    return facts(ref, to) | {"company": who_is_coming(session, to).sentence, "giving_back": _giving_back(session)}


def _giving_back(session: Session) -> str:
    """What to do who cannot come, as at the moment of sending: after the cut-off only a host can free the place."""
    if timezone.now() > session.cut_off:
        return "If you cannot come, tell a host"
    until = clock.local(session.cut_off)
    day = f"{clock.in_full(until.date())}, {clock.in_figures(until)}"
    return f"If you cannot come, please give your place back by {day}, so that somebody else can have it"


def waiting_context(ref, to) -> dict[str, str]:
    booking = _booking(ref)
    if booking.state == BookingState.GATHERING:
        how = (
            f"{_held(booking)} We hold what is free until {_until(booking)}. If there are not enough by then, it goes "
        )
        how += "to the next, and you keep your turn."
    elif booking.is_passed_over:
        how = f"You need {booking.needs} places together. You keep your turn, and we offer them to you as soon as so "
        how += "many are free at once."
    else:
        hours = f"{booking.session.offer_hours} working hour{'' if booking.session.offer_hours == 1 else 's'}"
        how = f"You are number {place_in_line(booking)}. We write to you when a place comes free for you. You then "
        how += f"have {hours} to take it."
    return facts(ref, to) | {"how": how}


def _held(booking: Booking) -> str:
    held = booking.seats.count()
    places = "one place is" if held == 1 else f"{held} places are"
    return f"You need {booking.needs} places together, and {places} free for you."


def _until(booking: Booking) -> str:
    """ "3pm on Wednesday 6 January 2027"."""
    until = clock.local(booking.lapses_at)
    return f"{clock.in_figures(until)} on {clock.in_full(until.date())}"


def offer_context(ref, to) -> dict[str, str]:
    booking = _booking(ref)
    places = "A place is" if booking.needs == 1 else f"{booking.needs} places are"
    return facts(ref, to) | {"places": places, "until": _until(booking)}


def cancelled_context(ref, to) -> dict[str, str]:
    booking = _booking(ref)
    was_booked, who = booking.booked_at is not None, _cancelled_by(ref)
    news = "Your booking is cancelled" if was_booked else "You are off the waiting list"
    if who:
        news = f"{who} has {'cancelled your booking' if was_booked else 'taken you off the waiting list'}"
    return facts(ref, to) | {
        "news": news,
        "ask": "If you do not know why, please ask." if who else "",
        "calendar": "The file with this message takes it out of your calendar." if was_booked else "",
    }


def _cancelled_by(ref) -> str:
    """The host or lead who did it, by name; "" where they did it themselves."""
    if "by" not in ref:
        return ""
    return User.objects.filter(pk=ref["by"]).values_list("name", flat=True).first() or "A host"


def moved_context(ref, to) -> dict[str, str]:
    return facts(ref, to) | {"part": _part_in_words(ref)}


def _part_in_words(ref) -> str:
    booking = _booking(ref)
    if booking is None:
        return "You are a host. The file with this message brings your calendar up to date."
    if booking.is_booked:
        return "You have a place. The file with this message brings your calendar up to date."
    if booking.state == BookingState.OFFERED:
        return f"A place is held for you until {_until(booking)}."
    return "You are on the waiting list."


def called_off_context(ref, to) -> dict[str, str]:
    booking = _booking(ref)
    was_in_calendar = booking is None or booking.booked_at is not None
    said = facts(ref, to) | {
        "reason": _session(ref).reason,
        "calendar": "The file with this message takes it out of your calendar." if was_in_calendar else "",
    }
    return said


def soon_context(ref, to) -> dict[str, str]:
    """The words "today" and "tomorrow" are those of the moment of sending."""
    booking = _booking(ref)
    starts_at, _ = times(booking.session, booking.slot)
    day = clock.from_today(clock.local(starts_at).date(), on=clock.today())
    return booked_context(ref, to) | {"day": day[:1].upper() + day[1:], "time": clock.in_figures(starts_at)}


# Wanted


def booked_is_wanted(ref, to) -> bool:
    return _stands(ref, to, BookingState.BOOKED)


def waiting_is_wanted(ref, to) -> bool:
    return _stands(ref, to, *IN_LINE)


def offer_is_wanted(ref, to) -> bool:
    return _stands(ref, to, BookingState.OFFERED)


def lapsed_is_wanted(ref, to) -> bool:
    return _stands(ref, to, BookingState.LAPSED)


def cancelled_is_wanted(ref, to) -> bool:
    """What is over stays over: whoever asked anew has another booking."""
    return "left" in ref or Booking.objects.filter(pk=ref["booking"], state=BookingState.CANCELLED).exists()


def moved_is_wanted(ref, to) -> bool:
    """Whether nothing newer is to be said, to somebody who still has to do with it."""
    session = Session.objects.filter(pk=ref["session"], sequence=ref["change"]).select_related("cohort").first()
    if session is None or session.is_off or is_off(session):
        return False
    if "host" in ref:
        return Host.objects.filter(pk=ref["host"]).exists()
    return Booking.objects.live().filter(pk=ref["booking"]).exists()


def called_off_is_wanted(ref, to) -> bool:
    session = Session.objects.filter(pk=ref["session"]).first()
    return session is not None and session.is_off


def hosting_is_wanted(ref, to) -> bool:
    host = Host.objects.filter(pk=ref["host"]).select_related("session__cohort").first()
    return host is not None and not host.session.is_off and not is_off(host.session)


def not_hosting_is_wanted(ref, to) -> bool:
    return Session.objects.filter(pk=ref["session"]).exists() and not Host.objects.filter(pk=ref["host"]).exists()


def soon_is_wanted(ref, to) -> bool:
    """Whether it still is at that moment."""
    booking = Booking.objects.booked().filter(pk=ref["booking"]).select_related("session__cohort").first()
    if booking is None or is_off(booking.session):
        return False
    return int(booking.session.starts_at.timestamp()) == ref["starts"]


# Calendars


def booking_event(ref, to) -> Event | None:
    """Only what was booked stands in a calendar."""
    booking = _booking(ref)
    if booking.booked_at is None:
        return None
    has_left = "left" in ref
    part = Part.of_booking(booking.pk, booking.sequence + has_left, booking.slot)
    is_over = has_left or not booking.is_booked
    said = "" if is_over else who_is_coming(booking.session, to).sentence
    return entry(booking.session, part, cancelled=is_over, description=said)


def change_event(ref, to) -> Event | None:
    return booking_event(ref, to) if "booking" in ref else host_event(ref, to)


def host_event(ref, to) -> Event:
    is_host = Host.objects.filter(pk=ref["host"]).exists()
    return entry(_session(ref), Part.of_host(ref["host"], not is_host), cancelled=not is_host)


def places(refs, viewer) -> list[str]:
    """The page of each session that the viewer may see."""
    seen = Session.objects.visible_to(viewer).filter(pk__in={ref["session"] for ref in refs if "session" in ref})
    found = {str(pk): path_of(kind, pk) for pk, kind in seen.order_by().values_list("pk", "kind")}
    return [found.get(ref.get("session"), "") for ref in refs]
