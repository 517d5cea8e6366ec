"""Organisations, programmes and cohorts; who holds which role; who takes part."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.choices import RoleKind, Side, State, TermList
from cohorts.querysets import (
    CohortQuerySet,
    LaunchQuerySet,
    OrganisationQuerySet,
    ParticipantQuerySet,
    ProgrammeQuerySet,
    RoleQuerySet,
    SheetImportQuerySet,
    TermQuerySet,
)
from cohorts.words import WordsField
from elements import clock


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


class Term(models.Model):
    """A row of a list: a setting, grade, band, directorate, theme … Old labels stay readable: rows are switched off."""

    list = models.CharField(max_length=20, choices=TermList.choices)
    code = models.SlugField(max_length=60)
    label = models.CharField(max_length=160)
    group = models.CharField(max_length=80, blank=True)
    flags = models.CharField(max_length=8, blank=True)  # settings: C clinical, O out of hours, P patients, X papers
    rank = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    aliases = WordsField()
    sort_order = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    valid_from = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["list", "sort_order", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "code"], condition=Q(organisation=None, cohort=None), name="term_once_for_all"
            ),
            models.UniqueConstraint(
                fields=["list", "code", "organisation"],
                condition=Q(cohort=None),
                name="term_once_in_organisation",
            ),
            models.UniqueConstraint(fields=["list", "code", "cohort"], name="term_once_in_cohort"),
        ]

    def __str__(self) -> str:
        return self.label


class Rung(models.Model):
    """What a grade or band means in a cohort: its level of seniority, and on which sides it is eligible."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="rungs")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    eligible_a = models.BooleanField(default=False)
    eligible_b = models.BooleanField(default=False)

    class Meta:
        ordering = ["term__list", "term__sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "term"], name="rung_once"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 5)), name="rung_level_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.term}: level {self.level}"


class Tie(models.Model):
    """The lead's reading of somebody's words: in this cohort these words mean that row of a list."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="ties")
    list = models.CharField(max_length=20, choices=TermList.choices)
    words = models.CharField(max_length=200)  # folded
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "list", "words"], name="tie_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.term}"


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


class SheetImport(models.Model):
    """An uploaded sheet between upload and confirmation; its cells are deleted when it is confirmed or dropped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    sheet = models.TextField(blank=True)  # `spreadsheets.sheet_to_json`; emptied when confirmed or dropped
    columns = models.JSONField(default=dict)  # column index to field
    answers = models.JSONField(default=dict)  # what the lead said about warnings, ties and names
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)  # counts of what the confirmed import did

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
