"""What others give a project: a critical friend's review, and what leads answer."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from elements import once
from projects.choices import CLOSED, SupportKind, SupportState
from projects.models.plans import Milestone
from projects.models.projects import Project
from projects.querysets import ReviewQuerySet, SupportQuerySet


class Review(models.Model):
    """What a critical friend says at a milestone. The owners and the friend read it, and nobody else."""

    is_confided = True  # that somebody was worried is nobody else's to know

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reviews")
    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="reviews")
    friend = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    strong = models.TextField("what is strong", blank=True)
    worries = models.TextField("what worries me", blank=True)
    ask = models.TextField("what I would ask", blank=True)
    next_words = models.TextField("what next", blank=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "friend"], name="review_once_per_milestone"),
            models.CheckConstraint(
                condition=~Q(strong="", worries="", ask="", next_words=""), name="review_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.written_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("review_detail", args=[self.pk])

    @property
    def cohort(self):
        return self.project.cohort


class SupportRequest(models.Model):
    """What the owners need from their leads, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="requests")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SupportKind.choices)
    words = models.TextField()
    asked_by = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=SupportState.choices, default=SupportState.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    once = models.UUIDField(null=True, editable=False)

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "id"]
        indexes = [models.Index(fields=["cohort", "state", "asked_at"], name="support_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["project", "once"], name="support_once"),
            models.CheckConstraint(condition=~Q(words=""), name="support_has_words"),
            models.CheckConstraint(
                condition=Q(state=SupportState.OPEN, answered_at=None)
                | (~Q(state=SupportState.OPEN) & Q(answered_at__isnull=False)),
                name="support_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=SupportState.NOT_POSSIBLE) | ~Q(answer=""), name="support_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False) | (~Q(state__in=CLOSED) & Q(closed_at=None)),
                name="support_closed_at_a_moment",
            ),
            SameCohort(field="project", name="support_project_of_cohort"),
            SameCohort(field="asked_by", name="support_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"request for support of {self.asked_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("support_detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @property
    def answer_key(self):
        """Stands for the answer that a page shows, so that no other is overwritten unread."""
        return once.key(self.pk, self.state, self.answer)
