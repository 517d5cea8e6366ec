"""Reads of agreed actions. `visible_to(user)` is the only way a view begins."""

from django.db import models
from django.db.models import F, Q

from pairs.models import Pair


class ActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's present pairs; one's own for good. Leads read none."""
        return self.filter(Q(owner__user=user) | Q(pair__in=Pair.objects.of(user).values("pk")))

    def open(self):
        return self.filter(done_on=None)

    def in_order(self):
        """What is due first; what has no date comes last."""
        return self.order_by(F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "said_on", "pk")

    def with_people(self):
        return self.select_related("owner", "pair")
