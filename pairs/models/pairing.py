"""How a cohort is paired, and who is kept apart or together."""

from django.db import models
from django.db.models import F, Q

from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from pairs.choices import FIRST_WEIGHTS, Aim
from pairs.models.keys import participant, person
from pairs.querysets import ExclusionQuerySet, LockQuerySet, PrivateWordQuerySet


def first_weights() -> dict[str, int]:
    return {str(criterion): weight for criterion, weight in FIRST_WEIGHTS.items()}


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
    one = participant()
    other = participant()
    named_by = person()
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

    is_confided = True  # that somebody named anybody is for the leads alone

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200)
    said_at = models.DateTimeField(auto_now_add=True)

    objects = PrivateWordQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["participant", "words"], name="private_word_once")]

    def __str__(self) -> str:
        return "private word"


class Lock(models.Model):
    """Two people whom a lead wants together; `override` is the written reason where a rule forbids it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    a = participant()
    b = participant()
    override = models.CharField(max_length=300, blank=True)
    overridden = models.JSONField(default=list)  # the codes of the rules that the reason was written against
    made_by = person()
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
