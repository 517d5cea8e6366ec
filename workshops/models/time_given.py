"""Hours that people gave to the programme and that no session knows of."""

import uuid

from django.db import models
from django.db.models import Q

from cohorts.models import Cohort
from workshops.querysets import TimeGivenQuerySet

LONGEST = 100 * 60  # minutes of one line


class TimeGiven(models.Model):
    """A line that a lead added: what it was, on which day, how long. It names nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=160)
    spent_on = models.DateField()
    minutes = models.PositiveIntegerField()

    objects = TimeGivenQuerySet.as_manager()

    class Meta:
        ordering = ["-spent_on", "what", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="time_given_for_something"),
            models.CheckConstraint(condition=Q(minutes__range=(1, LONGEST)), name="time_given_in_minutes"),
        ]

    def __str__(self) -> str:
        return "hours given to the programme"
