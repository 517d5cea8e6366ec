"""Launches as people know them, while the messages about a change still wait."""

from collections.abc import Iterable, Iterator
from copy import copy

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from cohorts.models import Launch, LaunchChange

WAS = tuple(f"was_{name}" for name in ("starts_on", "begins", "ends", "place", "called_off"))


def told_of(found: Iterable[Launch]) -> Iterator[Launch]:
    """These launches, read `with_what_waits`, as people know them; none that they have not heard of yet. No query.

    While the messages about a change wait, pages and calendars of those who take part show what was before: what a lead
    takes back, nobody has seen. Whoever is accepted meanwhile is written to at once, and is ahead by these minutes.
    """
    yield from filter(None, map(_before_what_waits, found))


def with_what_waits(found):
    """These launches (a queryset) with their cohorts, and what was before a change whose messages wait still."""
    waiting = LaunchChange.objects.filter(cohort=OuterRef("pk"), undone_as=None, leaves_at__gt=timezone.now())
    first = waiting.order_by("sequence")
    before = {f"told_{name}": Subquery(first.values(name)[:1]) for name in ("sequence", "made_at", *WAS)}
    return found.with_cohort().annotate(**before)


def _before_what_waits(launch: Launch) -> Launch | None:
    if launch.told_sequence is None:
        return launch
    if launch.told_was_begins is None:
        return None
    before = copy(launch)
    before.cohort = copy(launch.cohort)
    before.begins, before.ends, before.place = launch.told_was_begins, launch.told_was_ends, launch.told_was_place
    before.called_off = launch.told_was_called_off
    # Below the number of the change, so that a calendar takes the change when it comes.
    before.sequence, before.changed_at = launch.told_sequence - 1, launch.told_made_at
    if launch.told_was_starts_on:
        before.cohort.starts_on = launch.told_was_starts_on
    return before
