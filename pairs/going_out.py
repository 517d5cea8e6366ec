"""Runs published a moment ago: their messages wait, and everything can still be taken back."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone

from cohorts.models import Cohort
from elements.clock import local
from pairs.actions.publishing import UNDO_FOR
from pairs.choices import RunState
from pairs.models import Run


def going_out(cohorts: Iterable[Cohort]) -> list[Run]:
    """The runs of these cohorts that can still be taken back, with `letters` (how many people they write to).

    One query, whatever the number of cohorts.
    """
    recent = Run.objects.filter(
        cohort__in=[cohort.pk for cohort in cohorts],
        state=RunState.PUBLISHED,
        published_at__gt=timezone.now() - UNDO_FOR,
    )
    members = Count("pairs__memberships", filter=Q(pairs__memberships__until=None))
    return list(recent.only("cohort_id", "published_at").annotate(letters=members).order_by("published_at"))


def is_waiting(run: Run) -> bool:
    """Whether the messages of a run wait at this moment."""
    return run.state == RunState.PUBLISHED and timezone.now() < run.published_at + UNDO_FOR


def leaving_at(run: Run) -> str:
    """When the messages of a published run go out: "08:56"."""
    return f"{local(run.published_at + UNDO_FOR):%H:%M}"
