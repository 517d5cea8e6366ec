"""Reads of the lists that people choose from."""

from django.apps import apps
from django.db import models
from django.db.models import Q


class TermQuerySet(models.QuerySet):
    def offered_to(self, cohort):
        """The active rows that this cohort may choose from: everybody's, its organisations' and its own."""
        return self.filter(
            Q(organisation=None) | Q(organisation__programmes=cohort.programme_id),
            Q(cohort=None) | Q(cohort=cohort),
            active=True,
        ).distinct()

    def in_list_of(self, cohort, name):
        """Every row of a list that concerns a cohort, switched off or not: its own first."""
        return self.filter(
            Q(organisation=None) | Q(organisation__programmes=cohort.programme_id),
            Q(cohort=None) | Q(cohort=cohort),
            list=name,
        ).order_by(models.F("cohort").desc(nulls_last=True), "sort_order", "label")

    def offered_or(self, cohort, kept):
        """What is offered, and the rows with these ids although they may be switched off: in the order of lists."""
        return self.filter(Q(pk__in=self.offered_to(cohort).values("pk")) | Q(pk__in=[pk for pk in kept if pk]))

    def visible_to(self, user):
        """Common rows, and those of organisations and cohorts that the user has a part in."""
        Cohort = apps.get_model("cohorts", "Cohort")
        Organisation = apps.get_model("cohorts", "Organisation")
        return self.filter(
            Q(organisation=None) | Q(organisation__in=Organisation.objects.visible_to(user)),
            Q(cohort=None) | Q(cohort__in=Cohort.objects.visible_to(user)),
        )
