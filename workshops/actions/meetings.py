"""Dates of workshops: set up in one form, moved, called off; and people take a place in one of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from bookings import actions as sessions
from bookings.choices import BookingState, SessionState
from bookings.models import Attendee, Booking
from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.actions.turns import take_own_turn
from cohorts.models import Cohort, Participant
from elements import clock, once
from elements.refusals import Refusal
from workshops.actions.series import held
from workshops.choices import KIND
from workshops.models import Meeting, ProposedDate, Workshop

ASKED_UNTIL = timedelta(days=7)  # before the first date: whoever prepares it has a week with the answers


class ManyDates(Refusal):
    """Several dates cannot be planned together: says which of them is wrong, and how."""

    def __init__(self, workshop: Workshop, sentence: str):
        super().__init__(sentence)
        self.workshop = workshop


@transaction.atomic
def plan_meeting(
    *,
    workshop: Workshop,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str,
    capacity: int,
    hosts: Iterable,
    by,
    now: datetime,
    offer_hours: int = DEFAULT_OFFER_HOURS,
    mark: UUID | None = None,
) -> Meeting:
    """One date of a workshop; the same form sent twice plans one. Raises IsGone, WrongTimes."""
    workshop = held(workshop)
    session = sessions.plan_session(
        cohort=workshop.cohort,
        kind=KIND,
        title=workshop.title,
        starts_at=starts_at,
        ends_at=ends_at,
        by=by,
        now=now,
        hosts=hosts,
        place=place,
        link=link,
        capacity=capacity,
        offer_hours=offer_hours,
        mark=once.key(mark, str(workshop.pk)),  # two workshops of one form may have one title and one day
    )
    return Meeting.objects.get_or_create(session=session, workshop=workshop, cohort_id=workshop.cohort_id)[0]


@transaction.atomic
def plan_dates(
    *,
    cohort: Cohort,
    dates: Iterable[tuple[Workshop, dict[str, Any]]],
    hosts: Iterable,
    place: str,
    link: str,
    capacity: int,
    asks_needs: bool,
    by,
    now: datetime,
    offer_hours: int = DEFAULT_OFFER_HOURS,
    mark: UUID | None = None,
) -> list[Meeting]:
    """A date for each of these workshops, all or none; the same form sent twice plans once. Raises ManyDates, IsGone.

    None of them has a date yet: what another lead has planned meanwhile is said, and not planned beside hers. Where
    people are asked what they want, they are until a week before the date, if that is still to come. What was proposed
    for these workshops is dropped.
    """
    hosts, planned = list(hosts), []
    shared = {"hosts": hosts, "place": place, "link": link, "capacity": capacity, "by": by, "now": now, "mark": mark}
    shared["offer_hours"] = offer_hours
    for workshop, when in dates:
        try:
            meeting = plan_meeting(workshop=workshop, **shared, **when)
        except sessions.WrongTimes as wrong:
            raise ManyDates(workshop, wrong.sentence) from wrong
        others = Meeting.objects.standing().filter(workshop=workshop).exclude(pk=meeting.pk)
        if there := others.select_related("session").first():
            raise ManyDates(workshop, f"It has a date meanwhile: {there.session.when}. Leave this day empty")
        planned.append(meeting)
        ProposedDate.objects.filter(workshop=workshop).delete()
        if asks_needs and meeting.workshop.needs_until is None:
            _ask_needs(meeting.workshop, meeting.session.day - ASKED_UNTIL, on=clock.local(now).date())
    return planned


def _ask_needs(workshop: Workshop, until: date, *, on: date) -> None:
    if until > on:
        Workshop.objects.filter(pk=workshop.pk).update(needs_until=until)


@transaction.atomic
def move_meeting(*, meeting: Meeting, starts_at: datetime, ends_at: datetime, by, now: datetime) -> bool:
    """Another time, of which everybody hears once; whether it is one. Raises IsGone, SessionIsOff, WrongTimes."""
    moved = sessions.move_session(session=meeting.session, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    return moved.sequence != meeting.session.sequence


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    place: str,
    link: str,
    capacity: int,
    hosts: Iterable,
    by,
    now: datetime,
    offer_hours: int | None = None,
) -> None:
    """Another place, of which everybody hears; more or fewer places; other facilitators; other hours for an offer.

    Raises IsGone, SessionIsOff, BelowTaken, WrongTimes, WrongHosts.
    """
    changed = {"place": place, "link": link, "capacity": capacity}
    if offer_hours:
        changed["offer_hours"] = offer_hours
    sessions.change_session(session=meeting.session, by=by, now=now, **changed)
    sessions.change_hosts(session=meeting.session, hosts=hosts, fewest=1, by=by, now=now)


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, reason: str, by, now: datetime) -> None:
    """It does not take place; everybody hears so, and why. Raises IsGone, NeedsReason, SessionIsOff."""
    sessions.call_off_session(session=meeting.session, reason=reason, by=by, now=now)


# People and places


@transaction.atomic
def book_place(*, meeting: Meeting, participant: Participant, by, now: datetime) -> Booking:
    """A place on this date, or a turn on its waiting list; the same again gives the same.

    Nobody has a place on two dates of one workshop: with a place on another date it is a swap, in which the old one is
    given back only once there is a new one; where this date is full, the old one is kept and she waits here.
    Raises what `bookings.book` and `bookings.swap` raise.
    """
    take_own_turn(participant)
    elsewhere = _place_elsewhere(meeting, participant, now)
    if elsewhere is not None:
        try:
            with transaction.atomic():
                return sessions.swap(booking=elsewhere, into=meeting.session, by=by, now=now)
        except sessions.IsFull:
            pass  # then she waits, and keeps what she has
    return sessions.book(session=meeting.session, party=[participant], by=by, now=now)


def _place_elsewhere(meeting: Meeting, participant: Participant, now: datetime) -> Booking | None:
    """Her place on another date of the same workshop that can still be given back."""
    others = Meeting.objects.filter(workshop=meeting.workshop_id).exclude(pk=meeting.pk)
    found = Attendee.objects.booked().filter(
        participant=participant, session__in=others.order_by().values("session"), attendance=""
    )
    to_come = {"session__state": SessionState.PLANNED, "session__starts_at__gt": now}
    ahead = found.filter(**to_come).select_related("booking__session").first()
    return ahead.booking if ahead else None


@transaction.atomic
def take_offer(*, meeting: Meeting, participant: Participant, booking: Booking, by, now: datetime) -> Booking:
    """Yes to a place that came free; a place on another date of the workshop is given back with it.

    Raises IsGone, NotYours, OfferIsOver, SessionIsOff, TooLate.
    """
    take_own_turn(participant)
    elsewhere = _place_elsewhere(meeting, participant, now)
    fresh = Booking.objects.filter(pk=booking.pk, state=BookingState.OFFERED).exists()
    if elsewhere is not None and fresh:
        return sessions.swap(booking=elsewhere, into=meeting.session, by=by, now=now)
    return sessions.accept_offer(booking=booking, by=by, now=now)


@transaction.atomic
def let_offer_go(*, booking: Booking, by, now: datetime) -> None:
    """No to a place that came free: whoever is next is asked. Raises IsGone, NotYours, OfferIsOver."""
    sessions.decline_offer(booking=booking, by=by, now=now)


@transaction.atomic
def give_place_back(*, booking: Booking, by, now: datetime) -> None:
    """Out of the date, or of its waiting list; twice is once. Raises NotYours, TooLate, SessionIsOff."""
    sessions.cancel_booking(booking=booking, by=by, now=now)


@transaction.atomic
def give_back_for(*, booking: Booking, by, now: datetime) -> Booking:
    """Whoever runs the date takes somebody out of it, or off its waiting list, before it begins; she is told by whom.

    Twice is once. Raises HasBegun, IsGone, NotYours, SessionIsOff.
    """
    if booking.session.has_begun(now):
        raise sessions.HasBegun("It has begun. Say in the register who did not come.")
    return sessions.cancel_booking(booking=booking, by=by, now=now)
