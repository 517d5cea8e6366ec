"""Reads of surgeries and of what belongs to their bookings. `visible_to(user)` is the only way a view begins."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from bookings.choices import LIVE, SessionState
from bookings.models import Attendee, Host
from cohorts.choices import State
from cohorts.models import Cohort, Participant
from cohorts.querysets import led_whole_by


def _takes_part(user):
    people = Participant.objects.own(user).filter(state__in=[State.ACCEPTED, State.COMPLETED])
    return people.order_by().values("cohort")


def led_by(user):
    """The cohorts that somebody leads now, be it for one organisation alone."""
    return Cohort.objects.led_by(user).order_by().values("pk")


def _hosted_by(user):
    """What somebody hosts where she leads: who leads no more reads nothing of what she hosted."""
    return Host.objects.filter(user=user, session__cohort__in=led_by(user)).order_by().values("session")


class SurgeryQuerySet(models.QuerySet):
    def visible_to(self, user, *, as_lead: bool = True):
        """Everybody who takes part in the cohort, and its leads, of whom are the hosts; else who takes part alone."""
        taken = Q(cohort__in=_takes_part(user))
        return self.filter(Q(cohort__in=led_by(user)) | taken if as_lead else taken)

    def to_come(self, now: datetime):
        """Planned and not over yet, the next one first."""
        found = self.filter(session__state=SessionState.PLANNED, session__ends_at__gt=now)
        return found.order_by("session__starts_at", "session")

    def over(self, now: datetime):
        """Held, past or called off, the latest first."""
        found = self.exclude(session__state=SessionState.PLANNED, session__ends_at__gt=now)
        return found.order_by("-session__starts_at", "session")

    def empty(self):
        """Nobody has a place, is offered one or waits."""
        return self.filter(~Exists(Attendee.objects.live().filter(session=OuterRef("session"))))

    def with_session(self):
        hosts = Host.objects.select_related("user")
        return self.select_related("cohort__programme", "session__cohort").prefetch_related(
            Prefetch("session__hosts", queryset=hosts)
        )


class OfBookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those booked with it; and while the booking stands, the hosts of its session and the leads of the cohort.

        A lead for one organisation alone is none of them, unless she hosts.
        """
        own = Attendee.objects.filter(participant__user=user).order_by().values("booking")
        stands = Q(booking__state__in=sorted(LIVE))
        return self.filter(
            Q(booking__in=own) | stands & (led_whole_by(user) | Q(booking__session__in=_hosted_by(user)))
        )
