"""Reads of conversations. `visible_to(user)` is the only way a view begins."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from cohorts.querysets import led_whole_by
from conversations.choices import SHOWN, State
from pairs.models import Membership


def _others(user=None, participant=None):
    """Whom somebody talks to in the pair of the outer query, as names in the order of the pair."""
    rows = Membership.objects.live().filter(pair=OuterRef("pair"))
    rows = rows.exclude(participant__user=user) if user else rows.exclude(participant=participant)
    return rows.order_by("participant__side", "participant__name").values("participant__name")


class ConversationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Partners, from the day on which they came into the pair to the day they left. Leads read none.

        Who was in the pair from its beginning reads also what the two had logged of the days before.
        Of what was logged by mistake only a note of one's own is left.
        """
        return self.filter(self._part_of(user) & (Q(state__in=SHOWN) | self._noted_by(user)))

    def _part_of(self, user):
        mine = Membership.objects.filter(pair=OuterRef("pair"), participant__user=user, told=True)
        mine = mine.filter(
            Q(until=None) | Q(until__gte=OuterRef("falls_on")),
            Q(since__lte=OuterRef("falls_on")) | Q(since__lte=F("pair__started_on")),
            pair__shown_from__lte=timezone.now(),
        )
        return Q(Exists(mine))

    def _noted_by(self, user):
        notes = apps.get_model("conversations", "Note").objects.filter(conversation=OuterRef("pk"), author__user=user)
        return Q(Exists(notes))

    def marked_open_to(self, user):
        """Each with `is_open`: whether this person may read it."""
        return self.annotate(is_open=self._part_of(user))

    def shown(self):
        return self.filter(state__in=SHOWN)

    def held(self):
        return self.filter(state=State.HELD)

    def planned(self):
        return self.filter(state=State.PLANNED)

    def not_talked_since(self):
        """Without what a later conversation has overtaken: nobody is asked about it any more."""
        since = self.model.objects.held().filter(pair=OuterRef("pair"), falls_on__gte=OuterRef("falls_on"))
        return self.filter(~Exists(since))

    def ahead(self, *, now):
        return self.planned().filter(starts_at__gt=now)

    def latest_first(self):
        return self.order_by("-falls_on", F("starts_at").desc(nulls_last=True), "pk")

    def with_pair(self):
        """With the pair and everybody who is or was in it."""
        members = Membership.objects.select_related("participant__user")
        return self.select_related("pair__cohort__programme", "pair__first_meeting").prefetch_related(
            Prefetch("pair__memberships", queryset=members, to_attr="everybody")
        )

    def with_names(self, *, user=None, participant=None):
        """Each with `first_name` and `second_name` of the present partners of somebody; no second in most pairs."""
        others = _others(user, participant)
        return self.annotate(first_name=Subquery(others[:1]), second_name=Subquery(others[1:2]))


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A note has one reader, its author."""
        return self.filter(author__user=user)


class PromptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Leads of the cohort, who edit them; partners read them through the pages of their conversations."""
        return self.filter(led_whole_by(user))

    def in_order(self):
        """By the month that they are meant for, and within it as the lead put them."""
        return self.order_by("month", "order", "pk")


class MeetingQuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody: a question is opened by its link alone."""
        return self.none()
