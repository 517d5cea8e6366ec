"""When somebody can meet, as she said it: usual hours, and times at which she cannot. Nobody else reads them.

Of a rota only beginnings and ends are kept: neither what a shift is called, nor where it is, nor who else is on it.
"""

from django.db import models
from django.db.models import F, Q

from elements.clock import in_figures_of, span
from pairs.choices import BusySource, HoursKind
from pairs.models.keys import participant
from pairs.querysets import BusyTimeQuerySet, OwnTimesQuerySet


class UsualHours(models.Model):
    """Hours of a weekday (0 is Monday) by the clock on the wall; an end before the start is of the next day."""

    participant = participant()
    kind = models.CharField(max_length=8, choices=HoursKind.choices)
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    objects = OwnTimesQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind", "weekday", "starts"], name="usual_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="usual_hours_of_a_weekday"),
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="usual_hours_have_a_length"),
            models.CheckConstraint(condition=Q(kind__in=HoursKind.values), name="usual_hours_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{in_figures_of(self.starts)} to {in_figures_of(self.ends)}"


class BusyTime(models.Model):
    """From one moment until another somebody cannot meet. It goes when it is over."""

    participant = participant()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    source = models.CharField(max_length=5, choices=BusySource.choices, default=BusySource.TYPED)

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "ends_at", "pk"]
        indexes = [models.Index(fields=["ends_at"], name="busy_time_over")]
        constraints = [
            models.UniqueConstraint(fields=["participant", "source", "starts_at", "ends_at"], name="busy_time_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_time_ends_after_start"),
            models.CheckConstraint(condition=Q(source__in=BusySource.values), name="busy_time_of_a_source"),
        ]

    def __str__(self) -> str:
        return span(self.starts_at, self.ends_at)
