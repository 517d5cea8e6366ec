"""Who was there: said on the day, in one tap for all, and corrected later."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from bookings.actions.in_hand import Places, held, on_the_day
from bookings.actions.refused import CannotBe
from bookings.actions.sessions import hold
from bookings.choices import WAS_THERE, Attendance, SessionState
from bookings.models import Attendee, Session
from elements import clock

LATE_AFTER = timedelta(minutes=15)  # who checks in by then was there from the beginning
Mark = tuple[str, int | None]  # how somebody was there, and for how many minutes where it was not to the end


@transaction.atomic
def take_register(*, session: Session, marks: Mapping[int, Mark], by, now: datetime) -> int:
    """How each of these attendees (by key) was there; returns how many lines that changed. Same marks change nothing.

    "Part" wants minutes, "late" may have them, and everybody else was there for the whole time or not at all. What was
    said before is corrected, and the record says so. Raises IsGone, NotYours, SessionIsOff, TooEarly, CannotBe.
    """
    with held(session, by=by, now=now) as places:
        on_the_day(places.session, by=by, now=now)
        lines = {each.pk: each for each in places.session.attendees.booked().filter(pk__in=marks)}
        if lines.keys() != marks.keys():
            raise CannotBe("Somebody of this list has no place here any more. Load the page again.")
        changed = [line for pk, line in lines.items() if _mark(places, line, *marks[pk])]
    return len(changed)


@transaction.atomic
def all_present(*, session: Session, by, now: datetime) -> int:
    """Everybody of whom nothing was said yet was there for the whole time, of slots those that have begun; how many.

    Raises IsGone, NotYours, SessionIsOff, TooEarly.
    """
    with held(session, by=by, now=now) as places:
        on_the_day(places.session, by=by, now=now)
        unmarked = places.session.attendees.booked().filter(attendance="").select_related("booking")
        due = [line for line in unmarked if _times(places.session, line)[0] <= max(now, places.session.starts_at)]
        return len([line for line in due if _mark(places, line, Attendance.ATTENDED, None)])


@transaction.atomic
def check_in(*, session: Session, by, now: datetime) -> Attendee:
    """Somebody who is booked says for herself that she is there, as with a code shown in the room.

    From a quarter of an hour after the start on she came late, and what is left of the time counts. What a host said
    already stays. Raises IsGone, CannotBe.
    """
    with held(session, by=by, now=now) as places:
        line = places.session.attendees.booked().filter(participant__user=by).first()
        if line is None:
            raise CannotBe("You have no place here. Tell the host, who can add you.")
        last, today = clock.local(places.session.ends_at).date(), clock.local(now).date()
        if places.session.is_off or not places.session.day <= today <= last:
            raise CannotBe("You can check in on the day only.")
        if not line.attendance:
            _mark(places, line, *_arrived(places, line))
    return line


def _arrived(places: Places, line: Attendee) -> Mark:
    """How somebody is there who comes now. Raises CannotBe when it is over."""
    now = places.now
    starts_at, ends_at = _times(places.session, line)
    if now >= ends_at:
        raise CannotBe("This is over. If you were there, tell the host, who can correct the register.")
    if now <= starts_at + LATE_AFTER:
        return Attendance.ATTENDED, None
    return Attendance.LATE, max((ends_at - now) // timedelta(minutes=1), 1)


def _times(session: Session, line: Attendee) -> tuple[datetime, datetime]:
    """From when to when somebody is expected: of slots her own."""
    return session.slot(line.booking.slot) if session.has_slots else (session.starts_at, session.ends_at)


def _mark(places: Places, line: Attendee, attendance: str, minutes: int | None) -> bool:
    """Whether it is something new. Who says how it was when nobody more is to come says that it was held."""
    session, attendance = places.session, Attendance(attendance)
    if attendance == Attendance.PART and minutes is None:
        raise CannotBe("Enter how many minutes somebody was there who was there for part of the time.")
    if minutes is not None and not 1 <= minutes <= session.minutes:
        raise CannotBe(f"Enter minutes between 1 and {session.minutes}.")
    if attendance not in WAS_THERE:
        minutes = None
    elif attendance == Attendance.ATTENDED or minutes is None:
        minutes = _whole(session)
    if (line.attendance, line.minutes) == (attendance, minutes):
        return False
    places.noted("corrected a register" if line.attendance else "said who was there", line)
    line.attendance, line.minutes, line.marked_at = attendance, minutes, places.now
    line.save(update_fields=["attendance", "minutes", "marked_at"])
    if session.state == SessionState.PLANNED and session.last_begins_at <= places.now:
        hold(places)
    return True


def _whole(session: Session) -> int:
    """The minutes of somebody who was there from beginning to end: of a slot only the slot's."""
    return session.slot_minutes if session.has_slots else session.minutes
