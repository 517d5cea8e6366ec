"""What stands in people's calendars, put together from all elements, and what of it lies in the way of a time."""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from django.db.models import QuerySet, UUIDField, Value

from elements import clock
from elements.contract import Event
from elements.registry import all_elements

log = logging.getLogger(__name__)


def of(people: Iterable) -> dict[object, list[Event]]:
    """{primary key of a person: what stands in her calendar, without what is cancelled}.

    Each element is asked once, for all of them. One that fails leaves the others in it.
    """
    people = list(people)
    found: dict[object, list[Event]] = {person.pk: [] for person in people}
    for element in all_elements():
        try:
            told = [(found[event.whose], event) for event in element.calendar(users=people) if not event.cancelled]
        except Exception:
            log.exception("The calendar of %s is missing.", element.slug)
            continue
        for events, event in told:
            events.append(event)
    return found


def hours_of(event: Event) -> tuple[datetime, datetime]:
    """Beginning and end in UTC; of something without hours, the days from midnight to midnight."""
    first, last = (
        each if isinstance(each, datetime) else clock.at(each, time(0)) for each in (event.starts_at, event.ends_at)
    )
    return first.astimezone(UTC), last.astimezone(UTC)


def in_the_way(events: Iterable[Event], *, starts_at: datetime, ends_at: datetime) -> list[Event]:
    """Those of which any part lies between these moments, in the order of time; what only touches them does not."""
    found = []
    for event in events:
        begins, ends = hours_of(event)
        if begins < ends_at and ends > starts_at:
            found.append(replace(event, starts_at=begins, ends_at=ends))
    return sorted(found, key=lambda event: (event.starts_at, event.uid))


def told_of_way(
    events: Iterable[Event], *, starts_at: datetime, ends_at: datetime, but: Collection[str] = ()
) -> list[str]:
    """What is in her own way, as lines of a list for her; `but` are the `uid`s of what she is asked about."""
    found = in_the_way(events, starts_at=starts_at, ends_at=ends_at)
    return [f"{event.summary}: {clock.span(*hours_of(event))}" for event in found if event.uid not in but]


def rows_of_each(people: Iterable, rows_of: Callable[..., QuerySet]) -> Iterable:
    """The rows that `rows_of(person)` finds for each of these people, in one query; each bears her key as `whose`."""
    asked = [rows_of(person).order_by().annotate(whose=Value(person.pk, output_field=UUIDField())) for person in people]
    return asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0] if asked else ()
