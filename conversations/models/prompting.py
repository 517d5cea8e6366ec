"""A cohort's own questions to begin with."""

from django.db import models

from cohorts.models import Cohort
from conversations.querysets import PromptQuerySet


class Prompt(models.Model):
    """One question of a cohort. A cohort has rows from the first change on; until then the standard ones are shown."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    month = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    words = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    objects = PromptQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["cohort", "code"], name="prompt_once_in_cohort")]

    def __str__(self) -> str:
        return self.words
