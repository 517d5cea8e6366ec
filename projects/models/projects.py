"""A project of improvement: what it is, who belongs to it, and what is said of it as a whole."""

import re
import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from pairs.models import Pair
from projects.choices import CHECKS, EndKind, Part, Shape, StillGoing
from projects.querysets import MethodLinkQuerySet, OfProjectQuerySet, ProjectQuerySet

# A whole aim is specific, measured and dated: what, how much, by when. `Project.has_aim` asks the same of one.
HAS_AIM = ~Q(aim="") & ~Q(aim_amount="") & Q(aim_by__isnull=False)

# What many begin with and what needs no capital within a sentence; any other word may be a name.
NO_NAME = re.compile(
    r"(adults|all|an?|any|anybody|anyone|children|clinicians|doctors|each|every|everybody|everyone|families|inpatients"
    r"|managers|new|nurses|older|our|outpatients|parents|patients|people|relatives|staff|the|those|visitors)\b",
    re.IGNORECASE,
)


class Project(models.Model):
    """An idea, at first with a title alone; nothing else is demanded until it ends.

    Who belongs to it says `Involvement`, so that a change of partner leaves no project without its people; `pair` is
    where it began. `changed_at` is the last activity of any kind. `place` is its turn at the showcase, nothing
    before it has one. `once` is the same for one page sent twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    shape = models.CharField(max_length=6, choices=Shape.choices)
    title = models.CharField(max_length=200)
    problem = models.TextField(blank=True)
    aim = models.CharField("what should become better", max_length=300, blank=True)
    aim_amount = models.CharField("how much", max_length=200, blank=True)
    aim_for = models.CharField("for whom", max_length=200, blank=True)
    aim_by = models.DateField("by when", null=True, blank=True)
    stakeholders = models.TextField("who else is affected or must agree", blank=True)
    patients_voice = models.TextField("what patients say", blank=True)
    registration = models.CharField("the organisation's own number", max_length=80, blank=True)
    registration_url = models.URLField("link to it", max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    gain_patients = models.TextField("what patients gained", blank=True)
    gain_service = models.TextField("what the running of the service gained", blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=10, choices=EndKind.choices, blank=True)
    learned = models.TextField("what was learned", blank=True)
    handed_to = models.CharField("who goes on with it", max_length=200, blank=True)
    changed_at = models.DateTimeField()
    once = models.UUIDField(null=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "id"]
        indexes = [
            models.Index(fields=["cohort", "-changed_at", "id"], name="project_latest_first"),
            models.Index(fields=["pair"], name="project_of_pair"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "cohort"], name="project_of_its_cohort"),
            models.UniqueConstraint(fields=["pair", "once"], name="project_once"),
            models.CheckConstraint(condition=~Q(title=""), name="project_has_title"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_kind="") | (Q(ended_on__isnull=False) & ~Q(end_kind="")),
                name="project_ends_with_kind",
            ),
            models.CheckConstraint(
                condition=~Q(end_kind=EndKind.STOPPED) | ~Q(learned=""), name="project_stopped_with_what_was_learned"
            ),
            SameCohort(field="pair", name="project_pair_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"project begun on {self.begun_on:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("project_detail", args=[self.pk])

    @property
    def has_aim(self) -> bool:
        """As `HAS_AIM` asks of many."""
        return bool(self.aim and self.aim_amount and self.aim_by)

    @property
    def owners_word(self) -> str:
        """ "owner" where there is one now, else "owners"; of a project read `with_people()`."""
        return "owner" if sum(each.part == Part.OWNER for each in self.everybody) == 1 else "owners"

    @property
    def aim_whom(self) -> str:
        """For whom, as the sentence of the aim goes on: "all of ward 7" where "For all of ward 7" was typed."""
        whom = self.aim_for[4:].lstrip() if self.aim_for[:4].lower() == "for " else self.aim_for
        return whom[:1].lower() + whom[1:] if NO_NAME.match(whom) else whom


class Involvement(models.Model):
    """Somebody owns a project or is its critical friend, from a day until a day. Owners stay when a pair ends."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="involved")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=Part.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "participant"], condition=Q(until=None), name="involved_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="involved_until_after_since"
            ),
            SameCohort(field="project", name="involved_project_of_cohort"),
            SameCohort(field="participant", name="involved_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} since {self.since:%d %B %Y}"


class Score(models.Model):
    """How far an owner says that the project is: 0.5 to 5.0 in steps of a half. The latest counts, all stay."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="scores")
    value = models.DecimalField(max_digits=2, decimal_places=1)
    said_by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    objects = OfProjectQuerySet.as_manager()

    STEPS = tuple(Decimal(half) / 2 for half in range(1, 11))

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [models.Index(fields=["project", "-said_at"], name="score_latest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__in=[Decimal(half) / 2 for half in range(1, 11)]), name="score_in_half_steps"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} of 5"


class Check(models.Model):
    """What became of a project half a year and a year after the programme."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="checks")
    months = models.PositiveSmallIntegerField()
    still = models.CharField("whether it still goes on", max_length=6, choices=StillGoing.choices)
    words = models.TextField(blank=True)
    said_by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["project", "months"], name="check_once"),
            models.CheckConstraint(condition=Q(months__in=CHECKS), name="check_after_6_or_12_months"),
        ]

    def __str__(self) -> str:
        return f"check after {self.months} months"


class Deck(models.Model):
    """The slides or the poster of a project, kept in the database so that one backup holds everything."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="deck")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("bytes")
    content = models.BinaryField()
    added_at = models.DateTimeField()

    objects = OfProjectQuerySet.as_manager()

    def __str__(self) -> str:
        return f"file of {self.added_at:%d %B %Y}"


class MethodLink(models.Model):
    """Where a cohort's people find the organisation's way of improving, and its courses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    url = models.URLField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    objects = MethodLinkQuerySet.as_manager()

    class Meta:
        ordering = ["place", "label", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "url"], name="method_link_once"),
            models.CheckConstraint(condition=~Q(label=""), name="method_link_has_label"),
        ]

    def __str__(self) -> str:
        return self.label
