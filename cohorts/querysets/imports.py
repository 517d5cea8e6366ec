"""Reads of sheets that were handed in."""

from django.apps import apps
from django.db import models


class SheetImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own uploads into the cohorts that one leads: a sheet is its reader's until it is confirmed."""
        Cohort = apps.get_model("cohorts", "Cohort")
        return self.filter(by=user, cohort__in=Cohort.objects.led_by(user))

    def waiting_in(self, cohort):
        """Uploads that are neither saved nor dropped: one at most for each reader."""
        return self.filter(cohort=cohort, confirmed_at=None)
