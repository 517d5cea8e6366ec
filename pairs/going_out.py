"""Runs published a moment ago: their messages wait, and everything can still be taken back."""

from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cohorts.models import Cohort
from elements import clock
from pairs.actions.publishing import UNDO_FOR
from pairs.choices import RunState
from pairs.models import Membership, Run


def can_be_undone() -> QuerySet[Run]:
    """The runs whose messages wait, the newest first."""
    recent = Run.objects.filter(state=RunState.PUBLISHED, published_at__gt=timezone.now() - UNDO_FOR)
    return recent.order_by("-published_at")


def going_out(cohort: Cohort) -> list[Run]:
    """The runs of a cohort that can still be taken back, with `letters` (how many people they write to)."""
    members = Membership.objects.live().filter(pair__run=OuterRef("pk")).order_by().values("pair__run")
    letters = Coalesce(Subquery(members.annotate(n=Count("pk")).values("n")), 0)
    return list(can_be_undone().filter(cohort=cohort).only("cohort_id", "published_at").annotate(letters=letters))


def is_waiting(run: Run) -> bool:
    """Whether the messages of a run wait at this moment."""
    return run.state == RunState.PUBLISHED and timezone.now() < run.published_at + UNDO_FOR


def leaving_at(published_at: datetime) -> str:
    """When the messages of a run published at this moment go out: "8:56am"."""
    return clock.in_figures(published_at + UNDO_FOR)
