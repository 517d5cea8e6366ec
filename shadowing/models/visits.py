"""A visit of one partner to the other's work."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cohorts.models import Participant, Term
from elements.clock import span
from pairs.models import Pair
from shadowing.choices import OFF, TOOK_PLACE, OffReason, VisitState
from shadowing.querysets import VisitQuerySet


class Visit(models.Model):
    """One partner, the visitor, comes to see the work of the other, the host.

    `setting` is a row of the catalogue, or `setting_words` what somebody called it. `sequence` grows with each change
    of time or place, so that calendars know the newest. A visit that is put off stays, and `successor` is the new one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.OFFERED)
    setting = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    setting_words = models.CharField(max_length=160, blank=True)
    site = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    out_of_hours = models.BooleanField(default=False)
    objectives = models.TextField("what the visitor hopes to learn", blank=True)
    notice = models.TextField("what the host wants the visitor to notice", blank=True)
    minutes = models.PositiveSmallIntegerField("minutes that it took", null=True, blank=True)
    off_reason = models.CharField(max_length=10, choices=OffReason.choices, blank=True)
    successor = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="original")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "id"]
        indexes = [models.Index(fields=["pair", "starts_at"], name="visit_of_pair")]
        constraints = [
            models.CheckConstraint(condition=~Q(visitor=F("host")), name="visit_of_two_people"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")), name="visit_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.OFFERED) | Q(state__in=sorted(OFF)) | Q(starts_at__isnull=False),
                name="visit_agreed_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(TOOK_PLACE)) | Q(minutes__isnull=False), name="visit_done_with_minutes"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OFF)) | Q(off_reason=""), name="visit_reason_only_if_off"
            ),
        ]

    def __str__(self) -> str:
        return f"visit to {self.where}"

    @property
    def where(self) -> str:
        return self.setting.label if self.setting_id else self.setting_words

    @property
    def when(self) -> str:
        return span(self.starts_at, self.ends_at) if self.starts_at else "No date yet"
