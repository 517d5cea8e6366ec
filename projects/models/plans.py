"""How a project is to get there: what drives it, what is tried in cycles, and milestones."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from projects.choices import Act, DriverKind, MilestoneState
from projects.models.projects import Involvement, Project
from projects.querysets import OfProjectQuerySet, ReviewRequestQuerySet


class Driver(models.Model):
    """A branch of the driver tree: a driver of the aim, one of another driver, or an idea for a change at its tip."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="drivers")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="branches")
    kind = models.CharField(max_length=6, choices=DriverKind.choices)
    words = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField(default=0)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="driver_has_words")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def cohort(self):
        return self.project.cohort


class Cycle(models.Model):
    """Plan, do, study, act: `number` counts those of a project. Study and act are asked for, as they go missing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    idea = models.ForeignKey(Driver, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    plan = models.TextField("what is tried, by whom, where")
    prediction = models.TextField("what we think will happen")
    starts_on = models.DateField()
    ends_on = models.DateField("when the results should be there", null=True, blank=True)
    did = models.TextField("what was done, and what was seen", blank=True)
    studied = models.TextField("what it shows against the prediction", blank=True)
    act = models.CharField(max_length=7, choices=Act.choices, blank=True)
    act_words = models.TextField("what is next", blank=True)
    done_on = models.DateField(null=True, blank=True)
    studied_on = models.DateField(null=True, blank=True)
    acted_on = models.DateField(null=True, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="cycle_number_once"),
            models.CheckConstraint(condition=~Q(plan="") & ~Q(prediction=""), name="cycle_planned_with_prediction"),
            models.CheckConstraint(
                condition=Q(acted_on=None, act="") | (Q(acted_on__isnull=False) & ~Q(act="")),
                name="cycle_acts_with_act",
            ),
        ]

    def __str__(self) -> str:
        return f"cycle {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("cycle_detail", args=[self.pk])

    @property
    def cohort(self):
        return self.project.cohort

    @property
    def is_open(self) -> bool:
        return self.acted_on is None

    def comes_first(self, name: str) -> str:
        """What has to be written before this column is, as a sentence; "" where nothing has."""
        if name == "studied" and not self.did:
            return "First write what was done, then what it shows."
        if name == "act" and not self.studied:
            return "First write what it shows, then what follows from it."
        return ""


class Milestone(models.Model):
    """A point on the way. What was reached has a day, what was dropped a reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=MilestoneState.choices, default=MilestoneState.NOT_STARTED)
    reason = models.CharField("why it was dropped", max_length=300, blank=True)
    evidence = models.TextField("how it can be seen", blank=True)
    reached_on = models.DateField(null=True, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "title", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="milestone_has_title"),
            models.CheckConstraint(
                condition=~Q(state=MilestoneState.DROPPED) | ~Q(reason=""), name="milestone_dropped_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=MilestoneState.REACHED, reached_on__isnull=False)
                | (~Q(state=MilestoneState.REACHED) & Q(reached_on=None)),
                name="milestone_reached_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return "milestone"

    def get_absolute_url(self) -> str:
        return reverse("milestone_detail", args=[self.pk])

    @property
    def cohort(self):
        return self.project.cohort


class ReviewRequest(models.Model):
    """One critical friend was asked to review a milestone, last at this moment: each has a week of her own.

    Whoever leaves and comes back is involved anew, and not asked by what was asked before.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="review_requests")
    friend = models.ForeignKey(Involvement, on_delete=models.CASCADE, related_name="review_requests")
    asked_at = models.DateTimeField()

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "friend"], name="review_asked_once_of_a_friend"),
        ]

    def __str__(self) -> str:
        return f"asked for on {self.asked_at:%d %B %Y}"
