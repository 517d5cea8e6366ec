"""What is counted over time, and what is said of the counts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from projects.choices import ChartKind, Good, MeasureKind
from projects.models.projects import Project
from projects.querysets import OfMeasureQuerySet, OfProjectQuerySet

LARGEST = 1e12  # of a value, either way: what a chart still draws
MOST_MEASURES = 20  # of a project
MOST_POINTS = 5_000  # of a measure
LEAST_BASELINE = 5  # points of a baseline: as few as the bench takes
MOST_REMARKS = 100  # annotations of a measure, and recalculations


class Measure(models.Model):
    """What is measured, and how. `baseline` is how many points at the start give the first centre line; None is all.

    One measure of a project is its main one, which stands on its page of the showcase.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="measured")
    kind = models.CharField(max_length=9, choices=MeasureKind.choices)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    good = models.CharField("which way is better", max_length=7, choices=Good.choices)
    source = models.CharField("where the figures come from", max_length=200, blank=True)
    frequency = models.CharField("how often", max_length=100, blank=True)
    target = models.FloatField(null=True, blank=True)
    target_by = models.DateField(null=True, blank=True)
    chart = models.CharField(max_length=3, choices=ChartKind.choices, default=ChartKind.RUN)
    baseline = models.PositiveSmallIntegerField("points of the baseline", null=True, blank=True)
    at_zero = models.BooleanField("values cannot be below zero", default=False)
    is_main = models.BooleanField(default=False)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-is_main", "kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=Q(is_main=True), name="measure_one_main"),
            models.UniqueConstraint(fields=["project", "name"], name="measure_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="measure_has_name"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gte=-LARGEST, target__lte=LARGEST), name="measure_target_in_range"
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | Q(baseline__gte=LEAST_BASELINE), name="measure_baseline_long_enough"
            ),
        ]

    def __str__(self) -> str:
        return "measure"

    def get_absolute_url(self) -> str:
        return reverse("measure_detail", args=[self.pk])

    @property
    def cohort(self):
        return self.project.cohort


class OfMeasure:
    """What a row of a measure is asked by loaders and rules; `measure` is read with its project."""

    measure: Measure

    @property
    def project(self) -> Project:
        return self.measure.project

    @property
    def cohort(self):
        return self.measure.project.cohort


class Point(OfMeasure, models.Model):
    """The value of one day."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="points")
    day = models.DateField()
    value = models.FloatField()
    note = models.CharField(max_length=200, blank=True)

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "day"], name="point_once_a_day"),
            models.CheckConstraint(condition=Q(value__gte=-LARGEST, value__lte=LARGEST), name="point_value_in_range"),
        ]

    def __str__(self) -> str:
        return f"point of {self.day:%d %B %Y}"


class Recalculation(OfMeasure, models.Model):
    """From this day on, centre and limits are reckoned anew, because somebody judged so: with the reason."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="recalculations")
    day = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "day"], name="recalculation_once_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="recalculation_has_reason"),
        ]

    def __str__(self) -> str:
        return f"recalculation from {self.day:%d %B %Y}"


class Annotation(OfMeasure, models.Model):
    """What happened on a day, written beside the chart."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="annotations")
    day = models.DateField()
    words = models.CharField(max_length=200)

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="annotation_has_words")]

    def __str__(self) -> str:
        return f"annotation of {self.day:%d %B %Y}"
