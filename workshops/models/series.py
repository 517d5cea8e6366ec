"""A workshop of the series, and what is read before and after it."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.models import Cohort
from workshops.choices import Topic, When
from workshops.querysets import MaterialQuerySet, WorkshopQuerySet


class Workshop(models.Model):
    """One of the series; it may take place on several dates, and everybody goes to one of them.

    `place` is its turn in the series. `needs_until` is the last day on which people say what they want from it; none
    where nobody is asked. `topic` says what it is about whatever it is called, so that cohorts can be compared.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=10, choices=Topic.choices)
    title = models.CharField(max_length=160)
    aims = models.TextField(blank=True)
    needs_until = models.DateField(null=True, blank=True)
    asks_feedback = models.BooleanField(default=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        indexes = [models.Index(fields=["cohort", "place", "id"], name="workshop_in_turn")]
        constraints = [
            models.UniqueConstraint(fields=["id", "cohort"], name="workshop_of_its_cohort"),
            models.CheckConstraint(condition=~Q(title=""), name="workshop_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshop_detail", args=[self.pk])

    @property
    def aim_lines(self) -> list[str]:
        return self.aims.splitlines()

    def asks_needs(self, on: date) -> bool:
        """Whether people can say what they want from it today."""
        return self.needs_until is not None and on <= self.needs_until

    def knows_needs(self, on: date) -> bool:
        """Whether nobody can say any more what they want, so that what was said is shown and does not change."""
        return self.needs_until is not None and on > self.needs_until


class Material(models.Model):
    """A file or a link, read before or after a workshop. It stays whatever becomes of the workshop's dates.

    The file is kept in the database, so that one backup holds everything.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="materials")
    when = models.CharField(max_length=6, choices=When.choices)
    label = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True)
    name = models.CharField("name of the file", max_length=120, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    content = models.BinaryField(null=True)
    added_at = models.DateTimeField()

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["-when", "added_at", "id"]  # before comes first, as the later word of the two
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="material_has_label"),
            models.CheckConstraint(
                condition=(~Q(url="") & Q(content=None, name=""))
                | (Q(url="", content__isnull=False) & ~Q(name="") & ~Q(content_type="")),
                name="material_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def cohort(self):
        return self.workshop.cohort

    @property
    def is_file(self) -> bool:
        return not self.url
