"""What somebody makes of a visit, or of anything else in the programme."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cohorts.models import Participant
from elements import clock
from pairs.models import Pair
from shadowing.guides import GUIDES, Guide, guide_named
from shadowing.models.visits import Visit
from shadowing.querysets import ReflectionQuerySet


class Reflection(models.Model):
    """One reflection. It is private until its author shares it with the partner or offers it to the evaluation.

    `shared_at` and `offered_at` are two choices of their own: what is offered, the partner reads only if it is shared
    as well. `pair` is the author's at the time of writing. `warned` says that the author was asked once whether the
    text names a patient; what was found is kept nowhere. A text that was redacted is gone, and its row stays. `once` is
    the same for the same words sent twice from one page (`elements.once`).
    """

    is_confided = True  # that somebody reflects is nobody's to know

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guide = models.CharField(max_length=10, choices=[(guide.code, guide.name) for guide in GUIDES])
    answers = models.JSONField(default=dict)  # {code of a box: text}
    tags = models.JSONField(default=list)  # codes of leadership dimensions, ticked by the author
    usefulness = models.PositiveSmallIntegerField("how useful it was, 1 to 5", null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    may_quote = models.BooleanField(default=False)
    warned = models.BooleanField(default=False)
    once = models.UUIDField(null=True, editable=False)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "id"]
        indexes = [models.Index(fields=["author", "-written_at", "id"], name="reflection_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["visit", "author"], name="reflection_once_per_visit"),
            models.UniqueConstraint(fields=["author", "once"], name="reflection_once"),
            models.CheckConstraint(
                condition=Q(usefulness=None) | Q(usefulness__range=(1, 5)), name="reflection_useful_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=False) | Q(may_quote=False), name="reflection_quoted_if_offered"
            ),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(pair__isnull=False), name="reflection_shared_in_pair"
            ),
            models.CheckConstraint(
                condition=Q(redacted_at=None) | Q(shared_at=None, offered_at=None),
                name="reflection_redacted_is_nowhere",
            ),
        ]

    def __str__(self) -> str:
        return f"reflection of {clock.in_full(self.day)}"

    def get_absolute_url(self) -> str:
        return reverse("reflection_detail", args=[self.pk])

    @property
    def cohort(self):
        return self.author.cohort

    @property
    def day(self):
        return clock.local(self.written_at).date()

    @property
    def layout(self) -> Guide:
        return guide_named(self.guide)

    @property
    def about(self) -> str:
        """What it is about, in a title: of a reflection read with its visit."""
        if self.visit_id and self.visit.where:
            return f"Visit to {self.visit.where}"
        return f"Reflection of {clock.in_full(self.day)}"

    @property
    def title(self) -> str:
        """What it is about, with the day."""
        day = clock.in_full(self.day)
        return self.about if self.about.endswith(day) else f"{self.about}, {day}"

    @property
    def number(self) -> str:
        """ "1 of 2", of one read `numbered()` where several of a day are called the same: no word of it tells which."""
        return f"{self.place} of {self.namesakes}" if getattr(self, "namesakes", 1) > 1 else ""

    @property
    def full_title(self) -> str:
        """The title, with the number where one is needed."""
        return f"{self.title}, {self.number}" if self.number else self.title

    @property
    def boxes(self) -> list[tuple[str, str]]:
        """(label, text) of each box with something in it."""
        return [(label, self.answers[code]) for code, label in self.layout.boxes if self.answers.get(code)]

    @property
    def text(self) -> str:
        """All of it as plain words."""
        return "\n\n".join(f"{label}\n{text}" for label, text in self.boxes)
