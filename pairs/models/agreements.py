"""What partners agree on, in versions, each signed by every one of them; and how they look at their goals again."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.models import Participant
from pairs.choices import GoalState, Point
from pairs.models.keys import participant, person
from pairs.models.living import Pair
from pairs.querysets import AgreementQuerySet


class Agreement(models.Model):
    """One version of a learning agreement. A change is a new version, which waits for every signature again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    rhythm = models.CharField(max_length=300)
    place = models.CharField(max_length=300, blank=True)
    first_move = participant(null=True, blank=True, on_delete=models.SET_NULL)
    notice = models.CharField(max_length=300, blank=True)
    silence = models.CharField(max_length=300, blank=True)
    goals = models.JSONField()
    left_out = models.TextField(blank=True)
    between_us = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    written_by = person()
    written_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "version"], name="agreement_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="agreement_version_from_one"),
            models.CheckConstraint(condition=~Q(rhythm=""), name="agreement_has_rhythm"),
        ]
        indexes = [models.Index(fields=["review_on"], name="agreement_to_review")]

    def __str__(self) -> str:
        return f"learning agreement, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("agreement_version", args=[self.pk])


class Signature(models.Model):
    """A partner has agreed to one version."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "participant"], name="signature_once")]

    def __str__(self) -> str:
        return f"signature of {self.signed_at:%d %B %Y}"


class GoalReview(models.Model):
    """How far partners have come with one goal of an agreement, half way or near the end: one word of both."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reviews")
    point = models.CharField(max_length=10, choices=Point.choices)
    number = models.PositiveSmallIntegerField()  # the place of the goal in the agreement, from 1
    state = models.CharField(max_length=10, choices=GoalState.choices)
    note = models.TextField(blank=True)
    marked_by = person()
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["point", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "point", "number"], name="goal_review_once"),
            models.CheckConstraint(
                condition=Q(point__in=[Point.MIDDLE, Point.END], number__range=(1, 3)), name="goal_review_of_a_goal"
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.number}: {self.get_state_display()}"
