"""How a pairing goes, as one of the partners tells the leads, and nobody else."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from pairs.choices import SCALE, Point
from pairs.models.keys import person
from pairs.models.living import Pair
from pairs.querysets import PulseQuerySet, asks


class Pulse(models.Model):
    """What one person answered at one point; answering again replaces it and asks for the leads anew."""

    is_confided = True  # that somebody said so is for the leads alone

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="pulses")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    point = models.CharField(max_length=10, choices=Point.choices)
    met_enough = models.PositiveSmallIntegerField()  # U1
    works_for_me = models.PositiveSmallIntegerField()  # U2
    wants_call = models.BooleanField(default=False)  # U3
    is_not_working = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    said_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)  # a lead has been in touch
    heard_by = person()

    objects = PulseQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "participant", "point"], name="pulse_once_at_a_point"),
            models.CheckConstraint(
                condition=Q(met_enough__range=(1, 5), works_for_me__range=(1, 5)), name="pulse_on_the_scale"
            ),
            models.CheckConstraint(condition=~Q(point=Point.END), name="pulse_after_a_month_or_half_way"),
            SameCohort(field="pair", name="pulse_pair_of_cohort"),
            SameCohort(field="participant", name="pulse_person_of_cohort"),
        ]
        indexes = [
            models.Index(fields=["cohort", "-said_at"], name="pulse_newest_first"),
            # In the order of the leads' list; the last two are there so that counting it reads nothing else.
            models.Index(
                F("cohort"),
                asks().desc(),
                F("said_at").desc(),
                F("id"),
                F("pair"),
                F("participant"),
                name="pulse_asking_first",
            ),
        ]

    def __str__(self) -> str:
        return f"pulse of {self.said_at:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("pulse_detail", args=[self.pk])

    @property
    def met_enough_in_words(self) -> str:
        return SCALE[self.met_enough]

    @property
    def works_for_me_in_words(self) -> str:
        return SCALE[self.works_for_me]

    @property
    def asks_for_lead(self) -> bool:
        """Whether a lead should be in touch, and has not been."""
        return (self.is_not_working or self.wants_call) and self.heard_at is None
