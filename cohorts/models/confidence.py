"""A word to the leads in confidence."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cohorts.constraints import SameCohort
from cohorts.models.people import Cohort, Participant
from cohorts.querysets import ConfidentialWordQuerySet, waits
from elements import clock


class ConfidentialWord(models.Model):
    """What somebody who takes part tells the leads. `answered_at` is when one of them has dealt with it.

    `warned` says that the author was asked whether the text names a patient; what was found is kept nowhere.
    `once` is the same for the same words sent twice from one page (`elements.once`).
    """

    is_confided = True  # that somebody spoke is for those leads alone

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")  # the author's: lists begin with it
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    warned = models.BooleanField(default=False)
    once = models.UUIDField(null=True, editable=False)
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConfidentialWordQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "id"]
        indexes = [
            models.Index(fields=["author", "-said_at", "id"], name="confidential_word_newest"),
            # The list of a cohort in its order; whose each is, is looked at before a row is fetched.
            models.Index(
                "cohort", waits().desc(), F("said_at").desc(), "id", "author", name="confidential_word_waiting"
            ),
        ]
        constraints = [
            SameCohort(field="author", name="confidential_word_of_cohort"),
            models.UniqueConstraint(fields=["author", "once"], name="confidential_word_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(answered_by=None), name="confidential_word_answered_at"
            ),
        ]

    def __str__(self) -> str:
        return f"word in confidence of {clock.in_full(clock.local(self.said_at).date())}"

    def get_absolute_url(self) -> str:
        return reverse("word_detail", args=[self.pk])
