"""Who takes part, and whom they mean by a name."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from cohorts.choices import Side, State
from cohorts.models.lists import Term
from cohorts.models.places import Cohort, Organisation
from cohorts.querysets import ParticipantQuerySet
from cohorts.words import WordsField


class Participant(models.Model):
    """One person in one cohort, on one side, from draft to completed or withdrawn. Lists keep people's own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=1, choices=Side.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("full name", max_length=200)
    preferred_name = models.CharField(max_length=200, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    second_email = models.EmailField("another email address", blank=True)
    role_title = models.CharField("job title", max_length=200, blank=True)
    grade = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    grade_text = models.CharField("grade or band, as written", max_length=100, blank=True)
    staff_group = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    directorates = WordsField("directorate or specialty")
    sites = WordsField("sites")
    working_pattern = models.CharField("working days, as written", max_length=200, blank=True)
    days = models.CharField(max_length=7, blank=True)  # digits, 0 is Monday; empty is missing
    leaves_on = models.DateField("leaves this organisation on", null=True, blank=True)
    manager_name = models.CharField("line manager or supervisor", max_length=200, blank=True)
    manager_email = models.EmailField("their email address", blank=True)
    offers = WordsField("can offer a partner to see")
    wants = WordsField("would like to see")
    interests = WordsField("interests")
    idea = models.TextField("improvement idea", blank=True)
    kept_apart_from = WordsField("should not be paired with")  # names or addresses, as written
    statement = models.TextField("what I hope for", blank=True)
    biography = models.TextField("about me", blank=True)
    adjustments = models.TextField("adjustments needed", blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="participant_once_per_cohort"),
            # What refers to a participant and a cohort together is tied to this pair of columns.
            models.UniqueConstraint(fields=["id", "cohort"], name="participant_of_its_cohort"),
        ]
        indexes = [
            models.Index(fields=["cohort", "side", "state", "name"]),
            models.Index(fields=["cohort", "name", "id"], name="participant_by_name"),  # the order of the list
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("participant_detail", args=[self.pk])


class Meant(models.Model):
    """The lead's answer to "is this who they mean?" where a line manager or exclusion is given by a name.

    Without an answer a name that fits counts: the rule holds until a lead says otherwise.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20, choices=[("manager", "line manager"), ("exclusion", "exclusion")])
    other = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    is_meant = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "part", "other"], name="meant_once")]

    def __str__(self) -> str:
        return f"{self.participant} {'means' if self.is_meant else 'does not mean'} {self.other}"
