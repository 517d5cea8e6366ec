"""A date of a workshop, and who has caught up with what she missed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from bookings.models import Session
from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from workshops.models.series import Workshop
from workshops.querysets import CatchUpQuerySet, MeetingQuerySet


class Meeting(models.Model):
    """A session of the workshop: who comes, the waiting list and the register are the session's.

    When those who were there were asked for feedback, `feedback_until` is the last day for it. `is_closed` once that is
    over; `asked` is how many they were, known from then on. `is_told`: its answers are among those that are shown.
    """

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="meetings")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    feedback_until = models.DateField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)
    asked = models.PositiveSmallIntegerField(null=True, blank=True)
    is_told = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "session"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_closed=False, asked=None, is_told=False)
                | Q(is_closed=True, asked__isnull=False, feedback_until__isnull=False),
                name="meeting_asked_known_when_closed",
            ),
            SameCohort(field="workshop", name="meeting_workshop_of_cohort"),
            SameCohort(field="session", name="meeting_session_of_cohort"),
        ]

    def __str__(self) -> str:
        return "date of a workshop"

    def get_absolute_url(self) -> str:
        return reverse("meeting_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether those who were there are asked for feedback now, if the last day has not passed."""
        return self.feedback_until is not None and not self.is_closed


class CatchUp(models.Model):
    """Somebody who missed a workshop has read what there is. No text: it is a tick."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()

    objects = CatchUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "participant"], name="caught_up_once"),
            SameCohort(field="workshop", name="caught_up_workshop_of_cohort"),
            SameCohort(field="participant", name="caught_up_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return "somebody has caught up"


class Tries(models.Model):
    """How often somebody typed a wrong code of the room."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "participant"], name="tries_once"),
            SameCohort(field="participant", name="tries_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return "tries of a code"
