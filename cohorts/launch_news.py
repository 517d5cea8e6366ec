"""What a change of the launch says, and to whom, before it is made: a lead reads it first, and says yes to it."""

import hashlib
from copy import copy
from datetime import date, datetime, time
from functools import cached_property

from cohorts.launches import CALLED_OFF, SET, called_off_facts, coming, entry, guests_of, launch_of, set_facts
from cohorts.models import Cohort, Launch
from elements.contract import Event
from elements.registry import kind_named
from reminders.heard import anything_heard
from reminders.wording import Words, words_of


class News:
    """One change, not made yet: how the launch would be, who is written to, and one message as it reads."""

    def __init__(self, launch: Launch, *, kind: str = SET, is_change: bool = False):
        self.launch, self.cohort, self.kind = launch, launch.cohort, kind
        self._is_change = is_change

    @cached_property
    def guests(self):
        return guests_of(self.cohort)

    @property
    def number(self) -> int:
        return self.guests.number

    @cached_property
    def facts(self) -> dict[str, str]:
        if self.kind == CALLED_OFF:
            return called_off_facts(self.launch)
        has_heard = self._is_change and anything_heard(scope=self.cohort.pk, kinds=[SET])
        return set_facts(self.launch, is_new=not has_heard)

    @property
    def event(self) -> Event:
        """The entry that goes with it."""
        return entry(self.launch, cancelled=self.kind == CALLED_OFF)

    @cached_property
    def example(self) -> Words:
        return words_of(kind_named(self.kind), self.cohort.pk).filled(self.facts)

    @property
    def mark(self) -> str:
        """A mark of the people and the words that a reader says yes to."""
        people = [f"{number} {called}" for number, called in self.guests.sides]
        parts = [*people, *self.guests.names, *self.guests.hosts, self.example.subject, self.example.body]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def setting(
    cohort: Cohort, *, begins: time, ends: time, place: str, now: datetime, starts_on: date | None = None
) -> News | None:
    """The launch on this day, with these hours and this place; None where nobody is to be told."""
    launch, day = launch_of(cohort), starts_on or cohort.starts_on
    given = {"begins": begins, "ends": ends, "place": place, "called_off": False}
    is_same = launch and all(getattr(launch, column) == value for column, value in given.items())
    if is_same and day == cohort.starts_on:
        return None
    planned = Launch(cohort=copy(cohort), changed_at=now, **given)
    planned.cohort.starts_on = day
    return _to_somebody(planned, is_change=bool(launch and not launch.called_off), now=now)


def calling_off(cohort: Cohort, *, now: datetime) -> News | None:
    """The launch does not take place."""
    launch = coming(cohort, now=now)
    if launch is None:
        return None
    off = copy(launch)
    off.called_off = True
    return News(off, kind=CALLED_OFF)


def _to_somebody(launch: Launch, *, is_change: bool, now: datetime) -> News | None:
    news = News(launch, is_change=is_change)
    return news if launch.ends_at > now and news.number else None
