"""A design surgery, what people bring to it, and what is noted of each talk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from bookings.models import Booking, Session
from cohorts.constraints import SameCohort
from cohorts.models import Cohort, Participant
from pairs.models import Pair
from projects.models import Project
from surgeries.querysets import OfBookingQuerySet, SurgeryQuerySet

KIND = "surgeries"  # of the sessions
DEFAULT_OPEN, MOST_OPEN = 1, 10


class Surgery(models.Model):
    """A session in which projects are talked over with one or two leads. Its key is that of the session.

    What was published in one form has one `series`.
    """

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    series = models.UUIDField(null=True, blank=True)

    objects = SurgeryQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "session"]
        indexes = [models.Index(fields=["cohort", "series"], name="surgery_of_series")]
        constraints = [SameCohort(field="session", name="surgery_session_of_cohort")]

    def __str__(self) -> str:
        return str(self.session)

    def get_absolute_url(self) -> str:
        return reverse("surgery_detail", args=[self.pk])

    def part_of(self, user) -> Participant | None:
        """Who somebody is in the cohort of this surgery, while she takes part. Asked once for each."""
        if user.pk not in (known := self.__dict__.setdefault("known", {})):
            found = Participant.objects.own(user).taking_part().filter(cohort=self.cohort_id)
            known[user.pk] = found.only("cohort_id", "user_id", "name").order_by("pk").first()
        return known[user.pk]


class OfBooking(models.Model):
    """What belongs to one booking of a surgery. Those booked with it, the hosts of the session and leads read it.

    `warned` says that its writer was asked whether the words name a patient; what was found is kept nowhere.
    """

    booking = models.OneToOneField(Booking, primary_key=True, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    warned = models.BooleanField(default=False)

    objects = OfBookingQuerySet.as_manager()

    class Meta:
        abstract = True


class Topic(OfBooking):
    """What somebody wants to discuss: her question, the project if there is one, and else the pair that it is about."""

    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField("what to discuss", blank=True)

    class Meta:
        constraints = [
            SameCohort(field="project", name="topic_project_of_cohort"),
            SameCohort(field="pair", name="topic_pair_of_cohort"),
        ]

    def __str__(self) -> str:
        return "question for a surgery"


class Note(OfBooking):
    """What was said in a surgery about one booking, as its hosts noted it."""

    words = models.TextField("note of the surgery")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="surgery_note_has_words")]

    def __str__(self) -> str:
        return "note of a surgery"


class Allowance(models.Model):
    """How many open bookings each person of a cohort may have. A cohort has a row from the first change on."""

    cohort = models.OneToOneField(Cohort, primary_key=True, on_delete=models.CASCADE, related_name="+")
    open_bookings = models.PositiveSmallIntegerField("open bookings of each person", default=DEFAULT_OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(open_bookings__range=(1, MOST_OPEN)), name="allowance_of_some_bookings")
        ]

    def __str__(self) -> str:
        return f"{self.open_bookings} open bookings each"
