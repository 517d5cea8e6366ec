"""States of sessions and bookings with what may follow, and how somebody was there: each in one table."""

from django.db import models


class Mode(models.TextChoices):
    """How a session is shared out."""

    PLACES = "places", "A group, with a place for each person"
    SLOTS = "slots", "Times one after the other, each for one booking"


class SessionState(models.TextChoices):
    """Where a session stands. Whether it is open or full is read from its places."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CALLED_OFF = "called_off", "Called off"


SESSION_TRANSITIONS = {
    SessionState.PLANNED: {SessionState.HELD, SessionState.CALLED_OFF},
    SessionState.HELD: set(),
    SessionState.CALLED_OFF: set(),
}


class BookingState(models.TextChoices):
    """Where a booking stands: in the line, with a place, or over."""

    WAITING = "waiting", "On the waiting list"
    GATHERING = "gathering", "At the head of the list, until there are places for everybody"
    OFFERED = "offered", "Offered a place"
    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled"
    DECLINED = "declined", "Said no to the place"
    LAPSED = "lapsed", "Did not answer in time"
    MISSED = "missed", "No place came free"
    OFF = "off", "The session was called off"


B = BookingState
TRANSITIONS = {
    B.WAITING: {B.GATHERING, B.OFFERED, B.BOOKED, B.CANCELLED, B.MISSED, B.OFF},
    B.GATHERING: {B.WAITING, B.OFFERED, B.BOOKED, B.CANCELLED, B.MISSED, B.OFF},
    B.OFFERED: {B.BOOKED, B.DECLINED, B.LAPSED, B.CANCELLED, B.MISSED, B.OFF},
    B.BOOKED: {B.CANCELLED, B.OFF},
    B.CANCELLED: set(),
    B.DECLINED: set(),
    B.LAPSED: set(),
    B.MISSED: set(),
    B.OFF: set(),
}
LIVE = frozenset({B.WAITING, B.GATHERING, B.OFFERED, B.BOOKED})
IN_LINE = frozenset({B.WAITING, B.GATHERING})
TIMED = frozenset({B.GATHERING, B.OFFERED})  # hold places until a moment
WITH_PLACES = TIMED | {B.BOOKED}


class Attendance(models.TextChoices):
    """How somebody who was booked was there."""

    ATTENDED = "attended", "Attended"
    PART = "part", "Part of the time"
    LATE = "late", "Came late"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Did not attend"


WAS_THERE = frozenset({Attendance.ATTENDED, Attendance.PART, Attendance.LATE})
