"""What people agreed to do."""

import uuid

from django.db import models
from django.db.models import Q

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from pairs.models import Pair
from projects.models.projects import Project
from projects.querysets import ActionQuerySet


class Action(models.Model):
    """Somebody said that she would do something, and by when.

    With a `project` it is one of its next steps, and `goes_to` says who goes on with it after the programme where that
    is somebody else; without one it belongs to the pair. `said_in` is the key of the conversation or surgery where it
    was said: those rooms lie above and are not named.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="actions")
    owner = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    said_on = models.DateField()
    said_in = models.UUIDField(null=True, blank=True)
    goes_to = models.CharField("who goes on with it after the programme", max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["said_on", "id"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="action_open_of_owner"),
            models.Index(fields=["said_in"], name="action_said_in"),
            models.Index(fields=["project", "due_on"], name="action_of_project"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="action_has_words"),
            SameCohort(field="pair", name="action_pair_of_cohort"),
            SameCohort(field="owner", name="action_owner_of_cohort"),
            SameCohort(field="project", name="action_project_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"action agreed on {self.said_on:%d %B %Y}"
