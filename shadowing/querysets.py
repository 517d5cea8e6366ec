"""Reads of visits."""

from django.db import models
from django.db.models import Q


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those in which one is visitor or host; leads read counts and dates, and no visit."""
        return self.filter(Q(visitor__user=user) | Q(host__user=user))
