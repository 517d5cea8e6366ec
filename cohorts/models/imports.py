"""A sheet between upload and confirmation."""

import uuid

from django.conf import settings
from django.db import models

from cohorts.models.places import Cohort
from cohorts.querysets import SheetImportQuerySet


class SheetImport(models.Model):
    """An uploaded sheet between upload and confirmation; its cells are deleted when it is confirmed or dropped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    sheet = models.TextField(blank=True)  # `spreadsheets.sheet_to_json`; emptied when confirmed or dropped
    columns = models.JSONField(default=dict)  # column index to field
    answers = models.JSONField(default=dict)  # what the lead said about warnings, ties and names
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)  # counts of what the confirmed import did

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
