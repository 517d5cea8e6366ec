"""Pairs over time: partners, and when they meet first."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from elements.clock import span
from elements.links import is_address
from pairs.choices import EndKind
from pairs.models.keys import participant, person
from pairs.models.runs import Run
from pairs.querysets import MembershipQuerySet, PairQuerySet


class Pair(models.Model):
    """Partners over time. `shown_from` is when they themselves learn of it; who belongs to it says `Membership`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.SET_NULL, related_name="pairs")
    started_on = models.DateField()
    shown_from = models.DateTimeField()
    initiator = participant()
    first_meeting_by = models.DateField()
    reasons = models.JSONField(default=list)  # for the partners: from the positive list only
    override = models.CharField(max_length=300, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)  # the end of the last pause: silence is counted from it
    ended_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=12, choices=EndKind.choices, blank=True)
    end_reason = models.TextField(blank=True)  # private to the leads
    ended_by = person()

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "id"]
        indexes = [
            models.Index(fields=["cohort", "ended_on"]),
            models.Index(fields=["cohort", "-started_on", "id"], name="pair_newest_first"),
            models.Index(fields=["cohort", "started_on", "id"], condition=Q(ended_on=None), name="pair_going_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "cohort"], name="pair_of_its_cohort"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_kind="", end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_kind="")),
                name="pair_ends_with_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="pair_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"pair of {self.started_on:%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("pair_detail", args=[self.pk])

    @property
    def meeting(self) -> "FirstMeeting | None":
        """The first meeting as it was arranged, of a pair read with it; None without one, or where it is called off."""
        found = getattr(self, "first_meeting", None)
        return None if found is None or found.called_off else found

    @property
    def state(self) -> str:
        if self.ended_on:
            return "Ended"
        if self.shown_from > timezone.now():
            return "Not told yet"
        return "Paused" if self.paused_on else "Live"


class FirstMeeting(models.Model):
    """When and where partners meet first, as one of them arranged it; it stays when it is called off.

    `sequence` grows with each change, so that calendars know the newest; `set_by` is who changed it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="first_meeting")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    called_off = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    set_by = person()

    class Meta:
        indexes = [models.Index(fields=["starts_at"], condition=Q(called_off=False), name="first_meeting_ahead")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="first_meeting_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"first meeting on {self.when}"

    @property
    def when(self) -> str:
        return span(self.starts_at, self.ends_at)

    @property
    def is_online(self) -> bool:
        """Whether the place is nothing but a link."""
        return is_address(self.place)

    @property
    def is_to_come(self) -> bool:
        return not self.called_off and self.starts_at > timezone.now()


class Membership(models.Model):
    """Somebody belongs to a pair from one day until another. One live pair for each person in a cohort.

    `told` is False for who left before the pair was shown: those never were partners.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    told = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["participant__side", "participant__name"]
        constraints = [
            models.UniqueConstraint(fields=["participant"], condition=Q(until=None), name="membership_live_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="membership_until_after"),
            SameCohort(field="pair", name="membership_pair_of_cohort"),
            SameCohort(field="participant", name="membership_person_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.participant} since {self.since:%d %B %Y}"
