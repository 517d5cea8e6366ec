"""A session with places, and who hosts it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bookings.choices import Mode, SessionState
from bookings.pages import noun_of, path_of
from bookings.querysets import SessionQuerySet
from cohorts.models import Cohort
from elements import clock

MOST_PLACES = 1000
DEFAULT_OFFER_HOURS = 4  # working hours
LONGEST_OFFER = 80  # working hours: two weeks


class Session(models.Model):
    """Something that takes place once, with so many places. `kind` is the word of the room that it belongs to.

    `taken` counts the places that are taken or held for somebody; `lines` counts who ever asked, and the next one gets
    the next number. `next_lapse_at` is when the first of its offers runs out. Whoever changes any of the three holds
    the row lock. `sequence` grows with each change of time, place or title, so that calendars know the newest.
    `once` is the same for one form sent twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.PLACES)
    slot_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField("when booking opens", null=True, blank=True)
    cut_off_hours = models.PositiveSmallIntegerField("hours before the start until which people cancel", default=0)
    offer_hours = models.PositiveSmallIntegerField("working hours that an offer stands", default=DEFAULT_OFFER_HOURS)
    next_lapse_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    reason = models.CharField("why it is called off", max_length=300, blank=True)
    shows_names = models.BooleanField("those who come see each other's names", default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    once = models.UUIDField(null=True, editable=False)

    is_asked: bool  # where it is read `with_asked`

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["cohort", "kind", "starts_at"], name="session_of_cohort"),
            models.Index(fields=["starts_at", "ends_at"], name="session_by_time"),
            models.Index(fields=["next_lapse_at"], condition=Q(next_lapse_at__isnull=False), name="session_offer_over"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["id", "cohort"], name="session_of_its_cohort"),
            models.UniqueConstraint(fields=["cohort", "once"], name="session_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="session_not_overbooked"),
            models.CheckConstraint(condition=Q(capacity__range=(1, MOST_PLACES)), name="session_has_places"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(kind=""), name="session_has_title"),
            models.CheckConstraint(
                condition=Q(state=SessionState.CALLED_OFF) & ~Q(reason="")
                | ~Q(state=SessionState.CALLED_OFF) & Q(reason=""),
                name="session_called_off_with_reason",
            ),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_of_a_state"),
            models.CheckConstraint(
                condition=Q(mode=Mode.PLACES, slot_minutes=None)
                | Q(mode=Mode.SLOTS, slot_minutes__isnull=False, slot_minutes__range=(5, 480)),
                name="session_slots_with_minutes",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="http://") | Q(link__startswith="https://"),
                name="session_link_is_of_the_web",
            ),
            models.CheckConstraint(condition=Q(offer_hours__range=(1, LONGEST_OFFER)), name="session_offer_has_hours"),
            models.CheckConstraint(condition=Q(cut_off_hours__lte=1000), name="session_cut_off_in_sight"),
        ]

    def __str__(self) -> str:
        return f"{noun_of(self)} on {clock.in_full(self.day)}"

    def get_absolute_url(self) -> str:
        return path_of(self.kind, self.pk)

    @property
    def day(self):
        return clock.local(self.starts_at).date()

    @property
    def when(self) -> str:
        return clock.span(self.starts_at, self.ends_at)

    @property
    def minutes(self) -> int:
        """Counted in UTC, whatever the clock on the wall does meanwhile."""
        return round((self.ends_at - self.starts_at) / timedelta(minutes=1))

    @property
    def cut_off(self) -> datetime:
        """Until when people cancel by themselves; 24 hours before are the same hour of the day before, by the wall."""
        wall = clock.local(self.starts_at).replace(tzinfo=None) - timedelta(hours=self.cut_off_hours)
        return min(clock.at(wall.date(), wall.time()), self.starts_at)

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def is_off(self) -> bool:
        return self.state == SessionState.CALLED_OFF

    @property
    def has_slots(self) -> bool:
        return self.mode == Mode.SLOTS

    @property
    def last_begins_at(self) -> datetime:
        """From when on nobody more can come: the start, or that of the last slot."""
        return self.slot(self.capacity)[0] if self.has_slots else self.starts_at

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at <= now

    def is_over(self, now: datetime) -> bool:
        return self.state == SessionState.HELD or self.ends_at <= now

    def ahead(self, now: datetime) -> int:
        """How many places have not begun, whoever has them."""
        if not self.has_slots:
            return 0 if self.has_begun(now) else self.capacity
        return sum(self.slot(number)[0] > now for number in range(1, self.capacity + 1))

    def slot(self, number: int) -> tuple[datetime, datetime]:
        """Beginning and end of a slot, the first being 1."""
        length = timedelta(minutes=self.slot_minutes)
        first = self.starts_at + (number - 1) * length
        return first, first + length


class Host(models.Model):
    """Somebody who runs a session. Whoever is named again after a while is a row of its own, new to calendars."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="hosts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["user__name", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "user"], name="host_once")]

    def __str__(self) -> str:
        return f"host of a {noun_of(self.session)}"
