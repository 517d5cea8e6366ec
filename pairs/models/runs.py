"""Runs of the matching with their proposals. A pair is born when its run is published."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cohorts.choices import Side
from cohorts.models import Cohort, Participant
from elements.clock import local
from pairs.choices import Aim, RunState
from pairs.models.keys import participant, person
from pairs.querysets import ProposalQuerySet, RunQuerySet


class Run(models.Model):
    """One solve, kept with everything it depended on, so that it can be checked and repeated later.

    `inputs` and `result` are the bench's own text of its problem and solution. `notes` is what the pages show
    without solving again: what was proved, who is left over and why, the aims side by side.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    aim = models.CharField(max_length=10, choices=Aim.choices)
    seed = models.CharField(max_length=64)
    weights = models.JSONField()
    versions = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    made_by = person()
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = person()
    published_at = models.DateTimeField(null=True, blank=True)
    # The heavy columns are the last: SQLite reads a row from its start, through all that stands before.
    notes = models.JSONField(default=dict)
    inputs = models.JSONField()
    result = models.JSONField()

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["cohort", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RunState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=RunState.PUBLISHED) & Q(published_at=None)),
                name="run_published_with_moment",
            ),
            models.UniqueConstraint(fields=["id", "cohort"], name="run_of_its_cohort"),
        ]

    def __str__(self) -> str:
        return f"run of {local(self.made_at):%d %B %Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("run_detail", args=[self.pk])


class Publication(models.Model):
    """What was chosen when a run was published last: after Undo its page offers the same again.

    No columns of the run: on SQLite they would stand behind its heavy ones.
    """

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.CASCADE, related_name="+")
    initiator_side = models.CharField(max_length=1, choices=Side.choices)
    first_meeting_by = models.DateField()

    def __str__(self) -> str:
        return f"publication of the {self.run}"


class Proposal(models.Model):
    """A pair, or a trio, that a run proposes. Nobody but the leads sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    a = participant()
    b = participant()
    third = participant(null=True, blank=True)
    score = models.PositiveSmallIntegerField()
    is_locked = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    override = models.CharField(max_length=300, blank=True)
    overridden = models.JSONField(default=list)  # the codes of the rules that the reason was written against
    reasons = models.JSONField(default=dict)  # sentence, parts and positive reasons, as the bench gave them

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["score", "id"]
        indexes = [
            models.Index(fields=["run", "score", "id"], name="proposal_weakest_first"),
            models.Index(fields=["run"], condition=Q(by_hand=True), name="proposal_by_hand"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "a"], name="proposal_a_once"),
            models.UniqueConstraint(fields=["run", "b"], name="proposal_b_once"),
            models.UniqueConstraint(fields=["run", "third"], name="proposal_third_once"),
            models.CheckConstraint(
                condition=~Q(a=F("b")) & (Q(third=None) | (~Q(third=F("a")) & ~Q(third=F("b")))),
                name="proposal_of_different_people",
            ),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="proposal_score_0_to_100"),
        ]

    def __str__(self) -> str:
        return " and ".join(person.name for person in self.people)

    @property
    def people(self) -> list[Participant]:
        return [person for person in (self.a, self.b, self.third) if person]
