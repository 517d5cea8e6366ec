"""What people thought of a workshop. Nothing here joins an answer to the register.

There are two tables without a key between them. `Asked` says who may answer, and whether she has: a yes without a day,
on a row that was made for everybody who was there at once. `Feedback` holds the answers, under random keys, without a
person and without a day. What still could join the two in a copy of the database, the order in which rows were written,
goes when the time for answering is over: the answers of a date are written again in random order, and its rows of
`Asked` are deleted.
"""

import uuid

from django.db import models
from django.db.models import Q

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from workshops.models.meetings import Meeting
from workshops.models.series import Workshop
from workshops.querysets import AskedQuerySet, FeedbackQuerySet

RATINGS = ("met_aims", "relevant", "facilitated", "confident")
TEXTS = ("keep", "change", "action")
TELLS = tuple(f"tells_{name}" for name in (*RATINGS, *TEXTS))


class Asked(models.Model):
    """Somebody who was there may say what she thought; `has_answered` is shown to nobody."""

    is_confided = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    has_answered = models.BooleanField(default=False)

    objects = AskedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "participant"], name="asked_once"),
            SameCohort(field="participant", name="asked_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return "somebody who is asked what she thought"


class Feedback(models.Model):
    """One answer. Its date of the workshop is known only as long as people can answer; then it is the workshop's.

    `is_shown` once it counts among the answers that were let out. Each number and text of it has its own yes,
    `tells_…`: what would show somebody's answer by the difference between two days is not told, or waits.
    """

    is_confided = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    met_aims = models.PositiveSmallIntegerField()
    relevant = models.PositiveSmallIntegerField("relevant to my work")
    facilitated = models.PositiveSmallIntegerField("well facilitated")
    confident = models.PositiveSmallIntegerField("confident to use it")
    keep = models.TextField(blank=True)
    change = models.TextField(blank=True)
    action = models.TextField("one action", blank=True)
    is_shown = models.BooleanField(default=False)
    tells_met_aims = models.BooleanField(default=False)
    tells_relevant = models.BooleanField(default=False)
    tells_facilitated = models.BooleanField(default=False)
    tells_confident = models.BooleanField(default=False)
    tells_keep = models.BooleanField(default=False)
    tells_change = models.BooleanField(default=False)
    tells_action = models.BooleanField(default=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(**{f"{name}__range": (1, 5)}), name=f"feedback_{name}_1_to_5")
            for name in RATINGS
        ] + [
            models.CheckConstraint(condition=Q(is_shown=False) | Q(meeting=None), name="feedback_shown_without_date"),
            models.CheckConstraint(
                condition=Q(is_shown=True) | Q(**dict.fromkeys(TELLS, False)), name="feedback_tells_once_shown"
            ),
        ]

    def __str__(self) -> str:
        return "what somebody thought of a workshop"
