"""Who is kept apart, runs of the matching with their proposals, and pairs over time.

Proposals live in their run; a pair is born when the run is published. Keys to the floors below have no way back.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Side
from cohorts.models import Cohort, Participant
from elements.clock import local, span
from elements.links import is_address
from pairs.choices import FIRST_WEIGHTS, Aim, EndKind, RunState
from pairs.constraints import SameCohort
from pairs.querysets import (
    ExclusionQuerySet,
    LockQuerySet,
    MembershipQuerySet,
    PairQuerySet,
    PrivateWordQuerySet,
    ProposalQuerySet,
    RunQuerySet,
)


def first_weights() -> dict[str, int]:
    return {str(criterion): weight for criterion, weight in FIRST_WEIGHTS.items()}


def _participant(**more):
    return models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+", **more)


def _person(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", **more)


class Pairing(models.Model):
    """How a cohort is paired: what counts how much, and the aim."""

    cohort = models.OneToOneField(Cohort, primary_key=True, on_delete=models.CASCADE, related_name="+")
    weights = models.JSONField(default=first_weights)
    aim = models.CharField(max_length=10, choices=Aim.choices, default=Aim.EVERYONE)

    def __str__(self) -> str:
        return f"pairing of {self.cohort}"


class Exclusion(models.Model):
    """Two people who must not be partners, said by a lead. What one of the two says herself is a `PrivateWord`."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    one = _participant()
    other = _participant()
    named_by = _person()
    named_at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300, blank=True)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        ordering = ["one__name", "other__name"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="exclusion_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="exclusion_of_two_people"),
            SameCohort(field="one", name="exclusion_one_of_cohort"),
            SameCohort(field="other", name="exclusion_other_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other} are kept apart"


class PrivateWord(models.Model):
    """Somebody with whom a participant must not be paired, as she wrote it herself: a name or an address.

    Whom it means is worked out at each pairing, as with the application (`keeping_apart`). It is a row of its own and
    no part of the application, so that no import, no file and no lead's form can change it or carry it out.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    said_at = models.DateTimeField(auto_now_add=True)

    objects = PrivateWordQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["participant", "words"], name="private_word_once")]

    def __str__(self) -> str:
        return self.words


class Lock(models.Model):
    """Two people whom a lead wants together; `override` is the written reason where a rule forbids it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    a = _participant()
    b = _participant()
    override = models.CharField(max_length=300, blank=True)
    overridden = models.JSONField(default=list)  # the codes of the rules that the reason was written against
    made_by = _person()
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LockQuerySet.as_manager()

    class Meta:
        ordering = ["a__name"]
        constraints = [
            # The two columns are the two sides, so that each person is locked once at most.
            models.UniqueConstraint(fields=["a"], name="lock_a_once"),
            models.UniqueConstraint(fields=["b"], name="lock_b_once"),
            models.CheckConstraint(condition=~Q(a=F("b")), name="lock_of_two_people"),
            SameCohort(field="a", name="lock_a_of_cohort"),
            SameCohort(field="b", name="lock_b_of_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.a} and {self.b} are locked"


class Run(models.Model):
    """One solve, kept with everything it depended on, so that it can be checked and repeated later.

    `inputs` and `result` are the bench's own text of its problem and solution. `notes` is what the pages show
    without solving again: what was proved, who is left over and why, the aims side by side.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    aim = models.CharField(max_length=10, choices=Aim.choices)
    seed = models.CharField(max_length=64)
    weights = models.JSONField()
    versions = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    made_by = _person()
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = _person()
    published_at = models.DateTimeField(null=True, blank=True)
    # The heavy columns are the last: SQLite reads a row from its start, through all that stands before.
    notes = models.JSONField(default=dict)
    inputs = models.JSONField()
    result = models.JSONField()

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["cohort", "-made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RunState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=RunState.PUBLISHED) & Q(published_at=None)),
                name="run_published_with_moment",
            ),
            models.UniqueConstraint(fields=["id", "cohort"], name="run_of_its_cohort"),
        ]

    def __str__(self) -> str:
        return f"run of {local(self.made_at):%d %B %Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("run_detail", args=[self.pk])


class Publication(models.Model):
    """What was chosen when a run was published last: after Undo its page offers the same again.

    No columns of the run: on SQLite they would stand behind its heavy ones.
    """

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.CASCADE, related_name="+")
    initiator_side = models.CharField(max_length=1, choices=Side.choices)
    first_meeting_by = models.DateField()

    def __str__(self) -> str:
        return f"publication of the {self.run}"


class Proposal(models.Model):
    """A pair, or a trio, that a run proposes. Nobody but the leads sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="proposals")
    a = _participant()
    b = _participant()
    third = _participant(null=True, blank=True)
    score = models.PositiveSmallIntegerField()
    is_locked = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    override = models.CharField(max_length=300, blank=True)
    overridden = models.JSONField(default=list)  # the codes of the rules that the reason was written against
    reasons = models.JSONField(default=dict)  # sentence, parts and positive reasons, as the bench gave them

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["score", "id"]
        indexes = [
            models.Index(fields=["run", "score", "id"], name="proposal_weakest_first"),
            models.Index(fields=["run"], condition=Q(by_hand=True), name="proposal_by_hand"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "a"], name="proposal_a_once"),
            models.UniqueConstraint(fields=["run", "b"], name="proposal_b_once"),
            models.UniqueConstraint(fields=["run", "third"], name="proposal_third_once"),
            models.CheckConstraint(
                condition=~Q(a=F("b")) & (Q(third=None) | (~Q(third=F("a")) & ~Q(third=F("b")))),
                name="proposal_of_different_people",
            ),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="proposal_score_0_to_100"),
        ]

    def __str__(self) -> str:
        return " and ".join(person.name for person in self.people)

    @property
    def people(self) -> list[Participant]:
        return [person for person in (self.a, self.b, self.third) if person]


class Pair(models.Model):
    """Partners over time. `shown_from` is when they themselves learn of it; who belongs to it says `Membership`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.SET_NULL, related_name="pairs")
    started_on = models.DateField()
    shown_from = models.DateTimeField()
    initiator = _participant()
    first_meeting_by = models.DateField()
    reasons = models.JSONField(default=list)  # for the partners: from the positive list only
    override = models.CharField(max_length=300, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_kind = models.CharField(max_length=12, choices=EndKind.choices, blank=True)
    end_reason = models.TextField(blank=True)  # private to the leads
    ended_by = _person()

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "id"]
        indexes = [
            models.Index(fields=["cohort", "ended_on"]),
            models.Index(fields=["cohort", "-started_on", "id"], name="pair_newest_first"),
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
    set_by = _person()

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
