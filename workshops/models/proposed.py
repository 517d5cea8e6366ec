"""Dates that a cohort could have, after those of another cohort."""

import uuid

from django.db import models

from cohorts.constraints import SameCohort
from cohorts.models import Cohort
from workshops.models.meetings import Meeting
from workshops.models.series import Workshop


class ProposedDate(models.Model):
    """A day on which a workshop could take place as another did: at its hours, in its place, by those who ran it.

    It is no session until a lead has looked at it: a session stands in the calendars of its hosts, and whoever takes
    part can book it. What it says beside the day is read from the date that it is like, and only leads read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="proposed")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    like = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    falls_on = models.DateField()

    class Meta:
        ordering = ["workshop__place", "falls_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "like"], name="proposed_once"),
            SameCohort(field="workshop", name="proposed_workshop_of_cohort"),
        ]

    def __str__(self) -> str:
        return "proposed date of a workshop"
