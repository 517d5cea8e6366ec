"""The messages of the next seven days, as a lead of the cohort may see them: those that wait, and those to come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from cohorts.letters import letters_of, names_of
from cohorts.models import Participant
from cohorts.rules import is_whole_lead
from elements import clock
from elements.contract import Kind
from elements.registry import kinds
from reminders.choices import State
from reminders.due import ahead

DAYS = 7
NAMES_SHOWN = 100  # of one kind on one day


@dataclass(frozen=True)
class Sort:
    """The messages of one kind on one day. Without `names` they may only be counted."""

    label: str
    number: int
    names: list[tuple[str, str]]  # each with the page of what the message is about, where the viewer may see it
    url: str = ""  # the one page that all of them are about

    @property
    def more(self) -> int:
        """How many names are not written out."""
        return self.number - len(self.names) if self.names else 0


@dataclass(frozen=True)
class Day:
    on: date
    sorts: list[Sort]

    @property
    def number(self) -> int:
        return sum(sort.number for sort in self.sorts)

    @property
    def named(self) -> str:
        return clock.in_full(self.on)


class WeekAhead:
    """By day and kind, how many messages are due, and to whom. Kinds with a secret do not appear."""

    def __init__(self, *, cohort, user, now: datetime):
        self._cohort, self._user, self._now = cohort, user, now
        self._kinds = {kind.name: kind for kind in kinds() if not kind.secret}
        self._first = clock.local(now).date()

    @property
    def until(self) -> str:
        """The last of these days."""
        return clock.in_full(self._first + timedelta(days=DAYS - 1))

    @property
    def number(self) -> int:
        return sum(day.number for day in self.days)

    @cached_property
    def held(self) -> int:
        """How many are held back, and go out only when somebody releases them."""
        return self._letters().filter(state=State.HELD).count()

    @cached_property
    def days(self) -> list[Day]:
        """The days on which something is due."""
        due = [each for each in (*self._waiting(), *self._coming()) if each[1] in self._kinds]
        names = names_of(self._cohort, {person for _, _, person, _, _ in due if person})
        places = self._places(due)
        found = defaultdict(lambda: defaultdict(list))
        for (on, kind, person, address, _), place in zip(due, places, strict=True):
            found[on][kind].append((names.get(person) or address, place))
        return [
            Day(on, sorted((_sort(self._kinds[kind], to) for kind, to in by_kind.items()), key=lambda sort: sort.label))
            for on, by_kind in sorted(found.items())
        ]

    def _places(self, due) -> list[str]:
        """Where each of them leads: one question for all kinds that are asked in the same way."""
        asks = [None if self._kinds[kind].counted else self._kinds[kind].places for _, kind, *_ in due]
        refs = defaultdict(list)
        for ask, (*_, ref) in zip(asks, due, strict=True):
            refs[ask].append(ref)
        found = {ask: iter(ask(theirs, self._user) if ask else [""] * len(theirs)) for ask, theirs in refs.items()}
        return [next(found[ask]) for ask in asks]

    def _letters(self):
        return letters_of(self._cohort, self._user).filter(kind__in=self._kinds)

    def _waiting(self):
        """(day, kind, person, address, ref) of what is in the outbox; what should have gone already goes today."""
        end = clock.at(self._first + timedelta(days=DAYS), time())
        rows = self._letters().filter(state=State.QUEUED, next_at__lt=end).order_by()
        columns = ("kind", "recipient", "to_addr", "next_at", "expires_at", "ref")
        for kind, person, address, at, until, ref in rows.values_list(*columns):
            if until is None or until > max(at, self._now):
                yield max(clock.local(at).date(), self._first), kind, person, address, ref

    def _coming(self):
        """The same for what is not written yet."""
        mine = None
        if not is_whole_lead(self._user, self._cohort):
            people = Participant.objects.visible_to(self._user).filter(cohort=self._cohort)
            mine = set(people.values_list("user", flat=True))
        for each in ahead(now=self._now, days=DAYS):
            if each.scope == self._cohort.pk and (mine is None or each.to.pk in mine):
                yield each.on, each.kind, each.to.pk, each.to.email, each.ref


def _sort(kind: Kind, to: list[tuple[str, str]]) -> Sort:
    pages = {place for _, place in to}
    shared = pages.pop() if len(pages) == 1 and len(to) > 1 else ""
    named = sorted(((name, "" if shared else place) for name, place in to), key=lambda each: each[0].casefold())
    return Sort(kind.label, len(to), [] if kind.counted else named[:NAMES_SHOWN], shared)
