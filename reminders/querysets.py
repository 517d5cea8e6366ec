"""Reading the post. Times are compared with the database's own clock, because workers' clocks differ."""

from collections import Counter
from datetime import timedelta

from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now

from reminders.choices import LEASE, MAY_HAVE_ARRIVED, NUDGE_AGAIN, NUDGES, TEST, State


class MessageQuerySet(models.QuerySet):
    def due(self, now=None):
        """Waiting messages whose time has come, urgent ones first; `now` is the database's unless given."""
        now = now or Now()
        in_time = Q(expires_at=None) | Q(expires_at__gt=now)
        return self.filter(in_time, state=State.QUEUED, next_at__lte=now).order_by("-urgent", "next_at", "id")

    def stuck(self, now=None):
        """Messages that a sender took and did not finish within its lease.

        Only a message in hand has this moment, as a constraint says; asking for the state too would make SQLite read
        every row there ever was.
        """
        return self.filter(claimed_at__lt=(now or Now()) - LEASE)

    def overdue(self, now=None):
        """Waiting messages that would come too late to be of use."""
        return self.filter(state__in=[State.QUEUED, State.HELD], expires_at__lte=now or Now())

    def within(self, scopes):
        """Messages of these scopes (uuids given by whoever posted them)."""
        return self.filter(scope__in=scopes)

    def to_people(self, users):
        """Messages to these people."""
        return self.filter(recipient__in=users)

    def without_tests(self):
        """Not what a lead sent to herself alone: it tells nobody anything."""
        return self.exclude(key__startswith=TEST)

    def keyed(self, prefix: str):
        """Messages whose key begins so: one publication, one campaign."""
        return self.filter(key__startswith=prefix)

    def troubled(self, now=None):
        """What did not arrive, or may not have, in the last fortnight."""
        lately = (now or Now()) - timedelta(days=14)
        return self.filter(state__in=[State.FAILED, State.UNKNOWN], created_at__gte=lately)

    def counts_by_state(self):
        """{(kind, state): number} in one query."""
        rows = self.order_by().values_list("kind", "state").annotate(number=Count("*"))
        return {(kind, state): number for kind, state, number in rows}

    def counts_by_state_of_one(self):
        """The same of one person, who has a few messages, counted here.

        To group them SQLite would walk the index of the whole scope, in the order of kinds and states.
        """
        return Counter(self.order_by().values_list("kind", "state"))


class NudgeQuerySet(models.QuerySet):
    def history(self, abouts):
        """{(kind, about, person): (times it was sent, the last day it was asked)}, one query for 500 of `abouts`.

        A nudge that failed or that a lead cancelled was not sent, and still was the last: it comes again a week later.
        """
        rows = self.filter(about__in=abouts).order_by().values_list("kind", "about", "message__recipient")
        rows = rows.annotate(sent=Count("pk", filter=Q(message__state__in=MAY_HAVE_ARRIVED)), last=Max("on"))
        return {(kind, about, person): (sent, last) for kind, about, person, sent, last in rows}

    def unanswered(self, *, kinds, on):
        """What was asked as often as anything is, the last time a week ago or longer.

        One row for each kind, thing and person: {kind, about, person, scope, last}. Whether it has been done since,
        the kind itself knows.
        """
        rows = self.filter(kind__in=kinds).order_by().values("kind", "about", "message__recipient", "message__scope")
        arrived = Count("pk", filter=Q(message__state__in=MAY_HAVE_ARRIVED))
        rows = rows.annotate(sent=arrived, last=Max("on"), newest=Max("pk"))
        return rows.filter(sent__gte=NUDGES, last__lte=on - NUDGE_AGAIN)


class LocalLetterQuerySet(models.QuerySet):
    def newest(self):
        return self.order_by("-sent_at", "-id")
