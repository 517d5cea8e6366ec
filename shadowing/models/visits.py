"""A visit of one partner to the other's work."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant, Term
from elements.clock import in_full, local, span
from pairs.models import Pair
from shadowing.checklists import Item, items_for, needs_area
from shadowing.choices import AHEAD, OFF, TOOK_PLACE, OffReason, Part, VisitState, WayOff
from shadowing.querysets import VisitQuerySet

NOT_YET = sorted({VisitState.OFFERED, *OFF})  # states that a visit may have without ever being agreed
LONGEST = 25 * 60  # minutes: a day on which the clocks go back


class Visit(models.Model):
    """One partner, the visitor, comes to see the work of the other, the host.

    `setting` is a row of the catalogue, or `setting_words` what somebody called it; `flags` are those of the setting.
    `sequence` grows with each change of time or place, so that calendars know the newest. `agreed_at` is when it came
    into calendars first. A visit that is put off stays, and `successor` is the new one. `ticks` is the checklist:
    {code of an item: {"by": participant, "at": moment}}. Of a visit that was logged afterwards only the day is known
    (`is_day_only`): it begins at midnight, so that it is past however long it took.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="+")
    visitor = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.OFFERED)
    setting = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    setting_words = models.CharField(max_length=160, blank=True)
    flags = models.CharField(max_length=8, blank=True)
    site = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_day_only = models.BooleanField(default=False)
    out_of_hours = models.BooleanField(default=False)
    objectives = models.TextField("what the visitor hopes to learn", blank=True)
    notice = models.TextField("what the host wants the visitor to notice", blank=True)
    dress = models.CharField("what to wear", max_length=200, blank=True)
    contact = models.CharField("contact for the day", max_length=200, blank=True)
    ticks = models.JSONField(default=dict, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes that it took", null=True, blank=True)
    debrief_on = models.DateField("the day to talk it over, or on which it was", null=True, blank=True)
    reflected_at = models.DateTimeField("when the visitor reflected, or skipped it", null=True, blank=True)
    off_reason = models.CharField(max_length=10, choices=OffReason.choices, blank=True)
    successor = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="original")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_at").desc(nulls_first=True), "id"]
        indexes = [
            models.Index(fields=["pair", "starts_at"], name="visit_of_pair"),
            models.Index(fields=["state", "starts_at"], name="visit_by_state"),
            models.Index(fields=["visitor", "state"], name="visit_of_visitor"),
            models.Index(fields=["host", "state"], name="visit_of_host"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(visitor=F("host")), name="visit_of_two_people"),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and a database lets that pass.
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_YET) | Q(starts_at__isnull=False, agreed_at__isnull=False),
                name="visit_agreed_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(TOOK_PLACE)) | Q(minutes__isnull=False, minutes__range=(1, LONGEST)),
                name="visit_done_with_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[VisitState.DEBRIEFED, VisitState.CLOSED]) | Q(debrief_on__isnull=False),
                name="visit_debriefed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OFF)) | Q(off_reason=""), name="visit_reason_only_if_off"
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.REARRANGED) | Q(successor=None), name="visit_followed_only_if_put_off"
            ),
            models.CheckConstraint(
                condition=Q(setting__isnull=False, setting_words="") | (Q(setting=None) & ~Q(setting_words="")),
                name="visit_to_one_setting",
            ),
            SameCohort(field="pair", name="visit_pair_of_cohort"),
            SameCohort(field="visitor", name="visit_visitor_of_cohort"),
            SameCohort(field="host", name="visit_host_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"visit to {self.setting.label}" if self.setting_id else "visit"

    def get_absolute_url(self) -> str:
        return reverse("visit_detail", args=[self.pk])

    @property
    def where(self) -> str:
        """As the two call it."""
        return self.setting.label if self.setting_id else self.setting_words

    @property
    def label(self) -> str:
        """As mail, calendars and leads may call it: without words that somebody typed."""
        return f"Visit: {self.setting.label}" if self.setting_id else "Visit"

    @property
    def when(self) -> str:
        if self.starts_at is None:
            return "No date yet"
        return in_full(self.day) if self.is_day_only else span(self.starts_at, self.ends_at)

    @property
    def day(self):
        return local(self.starts_at).date() if self.starts_at else None

    @property
    def planned_minutes(self) -> int:
        """Counted in UTC, whatever the clock on the wall does meanwhile."""
        return round((self.ends_at - self.starts_at) / timedelta(minutes=1)) if self.starts_at else 0

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @property
    def is_off(self) -> bool:
        return self.state in OFF

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether the visitor belongs to another organisation, or to none that is known."""
        return self.visitor.organisation_id is None or self.visitor.organisation_id != self.host.organisation_id

    @property
    def items(self) -> tuple[Item, ...]:
        return items_for(flags=self.flags, out_of_hours=self.out_of_hours, from_elsewhere=self.is_from_elsewhere)

    def open_items(self, part: Part | None = None) -> list[Item]:
        """What nobody has ticked yet; with `part`, what this one of the two should tick."""
        return [item for item in self.items if item.code not in self.ticks and part in {None, item.part}]

    @property
    def hopes(self) -> list[str]:
        """What the visitor hopes to learn, one each."""
        return self.objectives.splitlines()

    @property
    def area_agrees(self) -> bool:
        """Whether the host area has said yes, or need not."""
        return not needs_area(self.flags) or not any(item.asks_area for item in self.open_items())

    @property
    def is_prepared(self) -> bool:
        return bool(self.objectives) and self.area_agrees and not self.open_items()

    def part_of(self, user) -> Part | None:
        """Which of the two this user is; None for everybody else. No queries."""
        return {self.visitor.user_id: Part.VISITOR, self.host.user_id: Part.HOST}.get(user.pk)

    def other(self, user) -> Participant:
        return self.host if self.visitor.user_id == user.pk else self.visitor

    def way_off(self, user) -> WayOff:
        """What it is when this person calls off a visit that is ahead: a proposal is declined, or taken back."""
        if self.agreed_at or self.part_of(user) is None:
            return WayOff.CALLED_OFF
        return WayOff.TAKEN_BACK if self.proposed_by_id == user.pk else WayOff.DECLINED

    def has_begun(self, now) -> bool:
        return self.starts_at is not None and self.starts_at <= now
