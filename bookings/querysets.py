"""Reads of sessions, of who holds places in them, and of who waits."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When

from bookings.choices import IN_LINE, LIVE, BookingState, SessionState
from cohorts.choices import HOSTS, State


def looked_after_by(user) -> Q:
    """Sessions of cohorts that somebody leads or is a facilitator of. From the roles that a request reads once."""
    Cohort, Role = apps.get_model("cohorts", "Cohort"), apps.get_model("cohorts", "Role")
    roles = [role for role in Role.objects.held_by(user) if role.kind in HOSTS]
    found = Q(cohort__in=[role.cohort_id for role in roles if role.cohort_id])
    programmes = [role.programme_id for role in roles if role.programme_id]
    if programmes:
        found |= Q(cohort__in=Cohort.objects.filter(programme__in=programmes).values("pk"))
    return found


def may_host_still(kinds) -> Exists:
    """Of hosts: whether they hold one of these kinds of role where the session is. Whom a room lets in goes by that."""
    Role = apps.get_model("cohorts", "Role")
    here = Q(cohort=OuterRef("session__cohort")) | Q(programme=OuterRef("session__cohort__programme"))
    return Exists(Role.objects.filter(here, user=OuterRef("user"), kind__in=kinds))


def lacks_a_host(kinds) -> Q:
    """Of what has a `session`: whether nobody hosts it, or somebody who holds no such role there any more."""
    hosts = apps.get_model("bookings", "Host").objects.filter(session=OuterRef("session"))
    return Q(~Exists(hosts)) | Q(Exists(hosts.filter(~may_host_still(kinds))))


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sessions are for everybody who takes part in their cohort; its leads, facilitators and hosts see them too."""
        Host, Participant = apps.get_model("bookings", "Host"), apps.get_model("cohorts", "Participant")
        part = Participant.objects.filter(user=user, state__in=[State.ACCEPTED, State.COMPLETED])
        hosted = Host.objects.filter(user=user).order_by().values("session")
        return self.filter(looked_after_by(user) | Q(cohort__in=part.order_by().values("cohort")) | Q(pk__in=hosted))

    def locked(self, pk):
        """The session under a row lock; None if there is none. Whoever changes its places has it first."""
        return self.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()

    def with_asked(self, session, people, *, now: datetime):
        """With `is_asked`: whether one of these people is in this session already, or has another of its kind ahead.

        Read with the lock of the session, in one statement. Whoever asks holds the lock on these people, so nobody adds
        to it meanwhile: what says no is sure, and what says yes is looked at once more under the lock.
        """
        Attendee = apps.get_model("bookings", "Attendee")
        counts = Q(session=session.pk) | Q(session__kind=session.kind, session__ends_at__gt=now, attendance="")
        return self.annotate(is_asked=Exists(Attendee.objects.live().filter(counts, participant__in=people).order_by()))

    def locked_in_turn(self, pks) -> dict:
        """Several of them, always in the order of their keys: two who want the same two never wait for each other."""
        return {pk: found for pk in sorted(pks) if (found := self.locked(pk))}

    def with_offers_over(self, now: datetime):
        """Those in which an offer or a held place has run out and nobody has seen to it."""
        return self.filter(next_lapse_at__lte=now)

    def full(self):
        return self.filter(taken__gte=models.F("capacity"))

    def at_the_time(self, starts_at: datetime, ends_at: datetime):
        """Those of which any part lies between these moments, what is called off left out."""
        standing = self.exclude(state=SessionState.CALLED_OFF)
        return standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class BookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, those in sessions that one hosts, and those of cohorts that one leads."""
        Cohort = apps.get_model("cohorts", "Cohort")
        Attendee, Host = apps.get_model("bookings", "Attendee"), apps.get_model("bookings", "Host")
        own = Attendee.objects.filter(participant__user=user).order_by().values("booking")
        hosted = Host.objects.filter(user=user).order_by().values("session")
        led = Cohort.objects.led_by(user).order_by().values("pk")
        return self.filter(Q(pk__in=own) | Q(session__in=hosted) | Q(cohort__in=led))

    def live(self):
        return self.filter(state__in=sorted(LIVE))

    def booked(self):
        return self.filter(state=BookingState.BOOKED)

    def in_line(self):
        """Who waits, in the order of asking."""
        return self.filter(state__in=sorted(IN_LINE)).order_by("line")

    def next_for(self, free: int):
        """Whose turn it is where so many places are free: whoever all fit in, or may hold them until there are enough.

        Who was passed over may hold none, nor may who comes behind somebody passed over who needs no more: as soon as
        there are enough they are for that one.
        """
        may_hold = Q(is_passed_over=False) & ~Exists(self.model.objects.passed_over_before())
        return self.in_line().filter(Q(needs__lte=free) | may_hold).first()

    def passed_over_before(self):
        """Of a booking (`OuterRef`): who is before it in line, was passed over, and needs no more places than it."""
        before = {"session": OuterRef("session"), "line__lt": OuterRef("line"), "needs__lte": OuterRef("needs")}
        return self.in_line().filter(is_passed_over=True, **before)

    def with_people(self):
        return self.select_related("session__cohort__programme").prefetch_related("attendees__participant__user")


class AttendeeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own line of a register; hosts and leads see all of theirs."""
        Cohort, Host = apps.get_model("cohorts", "Cohort"), apps.get_model("bookings", "Host")
        hosted = Host.objects.filter(user=user).order_by().values("session")
        led = Cohort.objects.led_by(user).order_by().values("pk")
        return self.filter(Q(participant__user=user) | Q(session__in=hosted) | Q(cohort__in=led))

    def live(self):
        """Those of bookings that stand, with a place or in the line."""
        return self.filter(is_live=True)

    def booked(self):
        """Who is coming, or was to come."""
        return self.filter(is_live=True, booking__state=BookingState.BOOKED)

    def with_turn(self):
        """Each with its `turn` on the waiting list: 1 for whoever is next, None where it does not wait."""
        lines = apps.get_model("bookings", "Booking").objects.filter(
            session=OuterRef("session"), state__in=sorted(IN_LINE), line__lte=OuterRef("booking__line")
        )
        turn = lines.order_by().values("session").annotate(number=Count("pk")).values("number")
        return self.annotate(turn=Case(When(booking__state__in=sorted(IN_LINE), then=Subquery(turn))))

    def open(self, *, kind: str, cohort, now: datetime):
        """What counts as an open booking: it ends with the session, and sooner where the register says how it was."""
        ahead = {"session__state": SessionState.PLANNED, "session__ends_at__gt": now}
        return self.live().filter(session__kind=kind, session__cohort=cohort, attendance="", **ahead)
