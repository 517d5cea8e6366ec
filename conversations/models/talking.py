"""A conversation of partners, and what each writes of it for nobody else."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Participant
from conversations.choices import State, Way
from conversations.querysets import ConversationQuerySet, NoteQuerySet
from elements.clock import duration, in_full, span
from elements.links import is_address
from pairs.models import Pair


class Conversation(models.Model):
    """Partners talk, or are going to. What was logged afterwards has a day and may have no hour.

    `summary` is shared between the partners. `sequence` grows with each change, so that calendars know the newest and
    a page knows whether it is out of date; `set_by` is who changed it last. `warned` says that whoever
    wrote the summary was asked whether it names a patient; what was found is kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    falls_on = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    prompts = models.JSONField(default=list, blank=True)  # codes of the questions that were used
    summary = models.TextField(blank=True)
    warned = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-falls_on", "id"]
        indexes = [
            models.Index(fields=["pair", "-falls_on"], name="conversation_of_pair"),
            models.Index(fields=["falls_on"], condition=Q(state="planned"), name="conversation_ahead"),
        ]
        constraints = [
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and such a check would let it pass.
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="conversation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.HELD, State.REMOVED]) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="conversation_planned_with_time",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=1440),
                name="conversation_minutes_of_a_day",
            ),
            # Both partners may record the same: it counts once.
            models.UniqueConstraint(
                fields=["pair", "falls_on"], condition=Q(state="held"), name="conversation_held_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"conversation on {in_full(self.falls_on)}"

    def get_absolute_url(self) -> str:
        return reverse("conversation_detail", args=[self.pk])

    @property
    def when(self) -> str:
        """Day and hours, or the day alone where nobody said more."""
        return span(self.starts_at, self.ends_at) if self.starts_at else in_full(self.falls_on)

    @property
    def lasted(self) -> str:
        """ "45 minutes", "1 hour"; nothing where nobody said so."""
        return duration(self.minutes) if self.minutes else ""

    @property
    def is_online(self) -> bool:
        """Whether the place is nothing but a link."""
        return is_address(self.place)

    @property
    def is_to_come(self) -> bool:
        return self.state == State.PLANNED and self.starts_at > timezone.now()

    @property
    def waits_for_word(self) -> bool:
        """Whether it was planned, its time has come and nobody has said that it took place."""
        return self.state == State.PLANNED and self.starts_at <= timezone.now()


class Note(models.Model):
    """What somebody wrote of a conversation for herself. It has one reader, its author.

    `warned` says that she was asked whether it names a patient; what was found is kept nowhere.
    """

    is_confided = True  # that somebody keeps notes is nobody's to know

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    warned = models.BooleanField(default=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "author"], name="note_once_for_each_author"),
            models.CheckConstraint(condition=~Q(words=""), name="note_has_words"),
        ]

    def __str__(self) -> str:
        return "private note"
