"""Organisations, programmes and cohorts; who holds which role."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.choices import RoleKind, Side
from cohorts.querysets import CohortQuerySet, OrganisationQuerySet, ProgrammeQuerySet, RoleQuerySet
from cohorts.words import WordsField


class Organisation(models.Model):
    """A trust or other employer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation_edit", args=[self.pk])


class Programme(models.Model):
    """A paired learning programme; it may span organisations and has a cohort each time it runs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    organisations = models.ManyToManyField(Organisation, related_name="programmes")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme_detail", args=[self.pk])


class Cohort(models.Model):
    """One run of a programme, with its own dates, sides and rules. Every value is the lead's to change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=200)
    preset = models.CharField(max_length=40, default="blank")
    label_a = models.CharField("first side", max_length=60, default="doctor")
    plural_a = models.CharField("first side, plural", max_length=60, default="doctors")
    label_b = models.CharField("second side", max_length=60, default="manager")
    plural_b = models.CharField("second side, plural", max_length=60, default="managers")
    recruits_from = models.DateField("applications open", null=True, blank=True)
    recruits_until = models.DateField("applications close", null=True, blank=True)
    publishes_on = models.DateField("pairs published by", null=True, blank=True)
    starts_on = models.DateField("launch")
    ends_on = models.DateField("end")
    meets_every = models.PositiveSmallIntegerField("days between conversations", default=28)
    conversations_target = models.PositiveSmallIntegerField("conversations in all", default=9)
    visits_target = models.PositiveSmallIntegerField("shadowing visits each way", default=2)
    workshops_planned = models.PositiveSmallIntegerField("workshops", default=6)
    project_required = models.BooleanField("an improvement project is expected", default=True)
    elements_off = WordsField("elements switched off")
    minimum_weeks = models.PositiveSmallIntegerField(
        "weeks that partners must have in common", default=16, validators=[MaxValueValidator(104)]
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="cohort_named_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="cohort_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohort_detail", args=[self.pk])

    def label(self, side: str) -> str:
        return self.label_a if side == Side.A else self.label_b

    def plural(self, side: str) -> str:
        return self.plural_a if side == Side.A else self.plural_b


class Role(models.Model):
    """Somebody is lead, facilitator, evaluator or sponsor of a programme or of a cohort.

    With an organisation, the role reaches only the people of that organisation.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # As whoever gave the role wrote it: the name in the account may be known from another trust and stays there.
    name = models.CharField("full name", max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(programme=None, cohort__isnull=False) | Q(programme__isnull=False, cohort=None),
                name="role_of_programme_or_cohort",
            ),
            # Nulls are distinct to a database, so each shape of role has its own constraint.
            models.UniqueConstraint(
                fields=["user", "kind", "programme"], condition=Q(organisation=None), name="role_once_in_programme"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "cohort"], condition=Q(organisation=None), name="role_once_in_cohort"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "programme", "organisation"], name="role_once_in_programme_and_organisation"
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "cohort", "organisation"], name="role_once_in_cohort_and_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.programme or self.cohort}"
