"""What people want from a workshop, said before it."""

from django.db import models
from django.db.models import Q

from cohorts.choices import Side
from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from workshops.models.series import Workshop
from workshops.querysets import NeedQuerySet


class Need(models.Model):
    """One person's answer: how confident today, and what the workshop should bring.

    The person may change it until the last day of asking; nobody else reads it as hers. It has no date. `side` is the
    one she was on when she said it. What is shown must not change by what becomes of one person: neither by another
    side, nor by her being forgotten, after which there is no `participant`.
    """

    is_confided = True  # who answered is nobody's to know

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="needs")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=1, choices=Side.choices)
    confidence = models.PositiveSmallIntegerField()
    words = models.CharField("what the workshop should bring", max_length=300, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "participant"], name="need_once"),
            models.CheckConstraint(condition=Q(confidence__range=(1, 5)), name="need_confidence_1_to_5"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="need_of_a_side"),
            SameCohort(field="workshop", name="need_workshop_of_cohort"),
            SameCohort(field="participant", name="need_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return "what somebody wants from a workshop"
