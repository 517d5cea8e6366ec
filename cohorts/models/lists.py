"""The lists of a cohort, and what its rows mean there."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cohorts.choices import TermList
from cohorts.models.places import Cohort, Organisation
from cohorts.querysets import TermQuerySet
from cohorts.words import WordsField


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
