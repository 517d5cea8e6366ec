"""What a whole cohort is told: its launch, and messages that a lead writes to many."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.choices import Audience, CircularState
from cohorts.models.places import Cohort
from cohorts.querysets import CircularQuerySet, LaunchChangeQuerySet, LaunchQuerySet
from elements import clock


class Launch(models.Model):
    """The hours and the place of a cohort's first day; the day is the cohort's own `starts_on`.

    `sequence` grows with whatever changes it in anybody's calendar.
    """

    cohort = models.OneToOneField(Cohort, primary_key=True, on_delete=models.CASCADE, related_name="launch")
    begins = models.TimeField("start time")
    ends = models.TimeField("end time")
    place = models.CharField(max_length=300)
    called_off = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = LaunchQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends__gt=models.F("begins")), name="launch_ends_after_start")]

    @property
    def starts_at(self):
        return clock.at(self.cohort.starts_on, self.begins)

    @property
    def ends_at(self):
        return clock.at(self.cohort.starts_on, self.ends)


class LaunchChange(models.Model):
    """A change of a launch that many are written to, with what was before it: for ten minutes it can be taken back.

    `sequence` is the launch's with this change; `undone_as` the number that the launch had used up when it was taken
    back, so that no calendar ever meets a number twice. Without `was_begins` there was no launch; without
    `was_starts_on` the day stayed.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sequence = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    undone_as = models.PositiveIntegerField(null=True)
    starts_on = models.DateField()
    was_starts_on = models.DateField(null=True)
    was_begins = models.TimeField(null=True)
    was_ends = models.TimeField(null=True)
    was_place = models.CharField(max_length=300, blank=True)
    was_called_off = models.BooleanField(default=False)

    objects = LaunchChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "sequence"], name="launch_change_once"),
        ]

    def __str__(self) -> str:
        return f"change {self.sequence} of the launch of {self.cohort}"


class Circular(models.Model):
    """A message that a lead writes to many people of a cohort: one to each, never with another's address.

    `times` counts how often it was sent: after Undo the messages of the first time are cancelled for good.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.TAKING_PART)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=CircularState.choices, default=CircularState.DRAFT)
    times = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CircularState.SENT, sent_at__isnull=False)
                | Q(state=CircularState.DRAFT, sent_at=None),
                name="circular_sent_with_moment",
            )
        ]
        indexes = [models.Index(fields=["cohort", "-made_at", "id"], name="circular_newest_first")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("circular_detail", args=[self.pk])
