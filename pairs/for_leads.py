"""What of the pairs of cohorts needs their lead today, but for the pairs that she should call."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from cohorts.choices import State
from cohorts.models import Cohort, Participant
from elements.contract import Attention
from pairs import pulses
from pairs.choices import RunState
from pairs.going_out import can_be_undone, leaving_at
from pairs.models import Membership, Run
from pairs.standing import publishable

NO_RUN = Cast(Value(None), UUIDField())
NEVER = Cast(Value(None), DateTimeField())


class Counted(NamedTuple):
    """So many of one thing in a cohort; of messages that wait also the run and when it was published."""

    what: str
    cohort: UUID
    run: UUID | None
    published_at: datetime | None
    number: int


def attention(cohorts: Iterable[Cohort], *, viewer) -> Iterator[Attention]:
    """One query: counts side by side, which are written faster than as columns of the cohorts."""
    cohorts = list(cohorts)
    found: dict[object, dict[str, Counted]] = defaultdict(dict)
    for line in map(Counted._make, _counted([cohort.pk for cohort in cohorts], viewer) if cohorts else ()):
        known = found[line.cohort].get(line.what)
        if not known or (line.published_at and line.published_at > known.published_at):
            found[line.cohort][line.what] = line
    for cohort in cohorts:
        yield from _lines(cohort, found[cohort.pk])


def _counted(ids: list, viewer) -> QuerySet:
    live = Membership.objects.live().filter(participant=OuterRef("participant"))
    left = Membership.objects.filter(participant__state=State.ACCEPTED).exclude(until=None).exclude(Exists(live))
    ever = Membership.objects.filter(participant=OuterRef("pk"))
    never_paired = Participant.objects.filter(state=State.ACCEPTED).exclude(Exists(ever))
    first, *others = (
        _rows("alone", left, ids, of="participant"),
        _rows("unpaired", never_paired, ids),
        _rows("in review", publishable(Run.objects.filter(state=RunState.REVIEW)), ids),
        _rows("asking", pulses.asking(viewer), ids),
        _rows(
            "letters",
            Membership.objects.live().filter(pair__run__in=can_be_undone().order_by()),
            ids,
            run=F("pair__run"),
            published_at=F("pair__run__published_at"),
        ),
    )
    return first.union(*others, all=True)


def _rows(what: str, rows: QuerySet, ids: list, *, of: str = "pk", run=NO_RUN, published_at=NEVER) -> QuerySet:
    kept = rows.filter(cohort__in=ids).order_by().annotate(what=Value(what), of_run=run, at=published_at)
    return kept.values_list("what", "cohort", "of_run", "at").annotate(number=Count(of, distinct=of != "pk"))


def _lines(cohort: Cohort, counted: dict[str, Counted]) -> Iterator[Attention]:
    pairing = reverse("pairing", args=[cohort.pk])
    if letters := counted.get("letters"):
        label = f"messages about new pairs, which go out at {leaving_at(letters.published_at)} unless you undo"
        yield Attention(cohort, label, letters.number, reverse("run_published", args=[letters.run]), 5)
    for what, label, url, order in (
        ("alone", "without a partner because their pair has ended", reverse("pair_create", args=[cohort.pk]), 10),
        (
            "asking",
            "people who would like a lead to be in touch about their pair",
            reverse("pulse_list", args=[cohort.pk]),
            8,
        ),
        ("in review", "runs in review, waiting to be published", pairing, 20),
        ("unpaired", "accepted people without a partner", pairing, 30),
    ):
        if line := counted.get(what):
            yield Attention(cohort, label, line.number, url, order)
