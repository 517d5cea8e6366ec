"""Who asked for a place, who comes, and which places are taken."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from bookings.choices import LIVE, TIMED, Attendance, BookingState
from bookings.constraints import OfOneSession
from bookings.models.sessions import Session
from bookings.querysets import AttendeeQuerySet, BookingQuerySet
from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant

LONGEST = 25 * 60  # minutes: a day on which the clocks go back


class Booking(models.Model):
    """A party, one person or several, asks for places in a session: all of them or none.

    `line` is when it asked, counted under the session's lock, and nobody's changes. `needs` is how many places: one
    for each of the party, or a single slot; `slot` is which one it has, or had. What is timed (`lapses_at`) holds
    places until that moment. Who `is_passed_over` keeps the line, and gets an offer only when all fit in at once.
    `sequence` grows with each change of state, and so does the calendar entry's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Every index is written with every booking: those that another one begins with, or that no page asks, are left out.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="bookings", db_index=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=BookingState.choices)
    line = models.PositiveIntegerField()
    needs = models.PositiveSmallIntegerField()
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    is_passed_over = models.BooleanField(default=False)
    is_walk_in = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    lapses_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    is_new = False  # made in this very action, so that nothing belongs to it yet
    is_passed_on = False  # it was ended in this very action, and somebody who waits was given what came free

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["session", "line"]
        indexes = [models.Index(fields=["session", "state", "line"], name="booking_in_line")]
        constraints = [
            models.UniqueConstraint(fields=["id", "session"], name="booking_of_its_session"),
            models.UniqueConstraint(fields=["session", "line"], name="booking_one_to_a_line"),
            models.CheckConstraint(condition=Q(needs__gte=1), name="booking_needs_a_place"),
            models.CheckConstraint(condition=Q(state__in=BookingState.values), name="booking_of_a_state"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(TIMED), lapses_at__isnull=False)
                | ~Q(state__in=sorted(TIMED)) & Q(lapses_at=None),
                name="booking_timed_until_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=BookingState.BOOKED) | Q(booked_at__isnull=False), name="booking_booked_at_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(LIVE), ended_at=None)
                | ~Q(state__in=sorted(LIVE)) & Q(ended_at__isnull=False),
                name="booking_over_at_a_moment",
            ),
            SameCohort(field="session", name="booking_session_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"booking number {self.line}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_booked(self) -> bool:
        return self.state == BookingState.BOOKED


class Attendee(models.Model):
    """Somebody of a party, and the line about that person in the register. Once in a session while it stands."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attendees", db_index=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendees")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", db_index=False)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    is_live = models.BooleanField(default=True)
    attendance = models.CharField(max_length=9, choices=Attendance.choices, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes there", null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        ordering = ["participant__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "participant"], condition=Q(is_live=True), name="attendee_once_in_session"
            ),
            models.UniqueConstraint(fields=["booking", "participant"], name="attendee_once_in_booking"),
            models.CheckConstraint(
                condition=Q(attendance="", minutes=None, marked_at=None)
                | Q(attendance__in=Attendance.values, marked_at__isnull=False),
                name="attendee_marked_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(attendance__in=["attended", "part", "late"], minutes__isnull=False)
                & Q(minutes__range=(1, LONGEST))
                | Q(attendance__in=["", "apologies", "absent"], minutes=None),
                name="attendee_was_there_with_minutes",
            ),
            SameCohort(field="participant", name="attendee_person_of_cohort"),
            SameCohort(field="session", name="attendee_session_of_cohort"),
            OfOneSession(field="booking", name="attendee_booking_of_session"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Seat(models.Model):
    """A place that is taken or held: the row exists only so long, and no number exists twice.

    In a group they are numbered from one without a gap, and nobody's number means anything. Of slots the number says
    which one it is.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats", db_index=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_numbered_from_one"),
            OfOneSession(field="booking", name="seat_booking_of_session"),
        ]

    def __str__(self) -> str:
        return f"place {self.number}"
