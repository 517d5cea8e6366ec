"""Pairs that have gone quiet, and pairs that have not met by their day: worked out from all elements' timelines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from cohorts.models import Cohort
from elements import clock, timeline
from elements.contract import Entry, Reminder
from elements.keys import as_written, day_of, written
from pairs.models import Pair
from reminders.choices import NUDGE_AGAIN

QUIET = "pairs.gone_quiet"
GRACE = timedelta(days=7)  # over the cohort's rhythm, before anybody is asked
ASKED_FOR = 2 * NUDGE_AGAIN  # partners are asked twice; then a lead sees it
AUGUST = 8
LEAD_AFTER = timedelta(days=14)  # from then on a lead sees that there is no date
DAY = timedelta(days=1)
NEVER = None, None  # no contact, and nothing planned


class Going(NamedTuple):
    """What is read of each of thousands of pairs that go on: a row in place of the models that a page does not show."""

    key: str  # as the database writes it
    cohort: str
    meets_every: int
    begins_on: date  # the first day of the cohort
    told_on: date
    resumed_on: date | None
    first_meeting_by: date
    is_dated: bool  # a first meeting is arranged


@dataclass(frozen=True)
class Watched:
    """A pair that goes on, as it stands on a day."""

    pair: Going
    last: date | None  # the last contact
    next: date | None  # what is planned
    since: date  # from when on silence is counted
    days: int  # of silence, August left out
    on: date

    @property
    def limit(self) -> int:
        return self.pair.meets_every + GRACE.days

    @property
    def is_quiet(self) -> bool:
        return self.days >= self.limit

    @property
    def is_to_be_asked(self) -> bool:
        """Whether it is quiet and nothing is planned for the days to come."""
        return self.is_quiet and not (self.next and self.next - self.on <= GRACE)

    @property
    def is_for_leads(self) -> bool:
        """Whether it stayed quiet although both were asked twice."""
        return self.days >= self.limit + ASKED_FOR.days

    @property
    def is_unmet(self) -> bool:
        """No contact of any kind, and the day to meet by is over."""
        return self.last is None and self.pair.first_meeting_by < self.on

    @property
    def is_undated(self) -> bool:
        """Two weeks after they were told their first meeting has no date, and the day to meet by is still to come."""
        if self.last is not None or self.is_unmet or self.pair.is_dated:
            return False
        return self.pair.told_on + LEAD_AFTER <= self.on


@dataclass(frozen=True)
class Concerns:
    """What leads see, those with the longest silence first."""

    quiet: list[Watched]
    unmet: list[Watched]
    undated: list[Watched]


@lru_cache(maxsize=2048)  # many fell silent on one day
def counted_days(first: date, last: date) -> int:
    """Days from one day to another, those of August left out: nobody is expected to meet in it."""
    days = max((last - first).days, 0)
    return days - sum(_shared(first, last, year) for year in range(first.year, last.year + 1)) if days else 0


def _shared(first: date, last: date, year: int) -> int:
    """How many of the days after `first`, until `last`, lie in August of that year."""
    begins, ends = max(first, date(year, AUGUST, 1) - DAY), min(last, date(year, AUGUST, 31))
    return max((ends - begins).days, 0)


Read = list[tuple[Pair, list[Entry]]]


def read(pairs, *, on: date, until: date) -> Read:
    """Of these (a queryset) the pairs of which contact is expected on one of these days, with what all elements
    say of them: told, not paused, before the end. One query, and one to each element.
    """
    told_by = clock.at(until + DAY, time(0))
    going_on = pairs.filter(ended_on=None, paused_on=None, cohort__ends_on__gte=on, shown_from__lt=told_by)
    found = list(going_on.with_dates())
    told = timeline.of(found, viewer=None) if found else {}
    return [(pair, told[pair.pk]) for pair in found]


def as_of(seen: Read, *, on: date) -> list[tuple[Pair, Watched]]:
    """Those that go on on this day, each with its silence."""
    told_by = clock.at(on + DAY, time(0))
    return [
        (pair, _watched(_going(pair), *_contact(entries, on), on))
        for pair, entries in seen
        if pair.cohort.ends_on >= on and pair.shown_from < told_by
    ]


def watched(pairs, *, on: date) -> list[Watched]:
    return [silence for _, silence in as_of(read(pairs, on=on, until=on), on=on)]


def met(seen: Read) -> list:
    """The keys of the pairs that were ever in touch."""
    return [pair.pk for pair, entries in seen if any(entry.is_contact for entry in entries)]


def _going(pair: Pair) -> Going:
    return Going(
        key=as_written(pair.pk),
        cohort=as_written(pair.cohort_id),
        meets_every=pair.cohort.meets_every,
        begins_on=pair.cohort.starts_on,
        told_on=clock.local(pair.shown_from).date(),
        resumed_on=pair.resumed_on,
        first_meeting_by=pair.first_meeting_by,
        is_dated=pair.meeting is not None,
    )


def _contact(entries: list[Entry], on: date) -> tuple[date | None, date | None]:
    """(the last contact until this day, what is planned next)."""
    last = max((each.on for each in entries if each.is_contact and each.on <= on), default=None)
    return last, min((each.on for each in entries if each.state == "planned" and each.on >= on), default=None)


def _watched(pair: Going, last: date | None, coming: date | None, on: date) -> Watched:
    # Who is told before the launch is not silent yet: nobody is expected to meet before it.
    since = max(day for day in (pair.told_on, pair.begins_on, last, pair.resumed_on) if day)
    return Watched(pair, last, coming, since, counted_days(since, on), on)


def reminders(seen: Iterable[tuple[Pair, Watched]], *, on: date) -> Iterator[Reminder]:
    """Both partners, every day at 09:00 while it is quiet; how often they are asked, the post room knows."""
    for pair, silence in seen:
        for member in pair.everybody if silence.is_to_be_asked else ():
            yield Reminder(
                kind=QUIET,
                to=member.participant.user,
                # The day is part of it, so that the next silence is asked about anew.
                about=f"{pair.pk}:{silence.since}",
                at=clock.at(on),
                ref={"pair": str(pair.pk), "since": silence.since.isoformat()},
                scope=pair.cohort_id,
                order=30,
            )


def concerns(pairs, *, cohorts: Iterable[Cohort], on: date) -> Concerns:
    """What leads see of a queryset of pairs of these cohorts.

    Values alone are read, and of what they do two days to each pair: one query, and one to each element.
    """
    going_on = {as_written(cohort.pk): cohort for cohort in cohorts if cohort.ends_on >= on}
    told_by = clock.at(on + DAY, time(0))
    pairs = pairs.filter(cohort__in=going_on.values(), ended_on=None, paused_on=None, shown_from__lt=told_by).order_by()
    columns = (
        written("pk"),
        written("cohort_id"),
        written("shown_from"),
        "resumed_on",
        "first_meeting_by",
        "first_meeting__called_off",
    )
    rows = list(pairs.values_list(*columns)) if going_on else []
    contacts = timeline.contacts(pairs, cohorts=going_on.values(), on=on) if rows else {}
    found = Concerns([], [], [])
    for key, in_cohort, shown_from, resumed_on, first_meeting_by, called_off in rows:
        # Without a first meeting it is unknown whether that is called off.
        cohort, is_dated = going_on[in_cohort], called_off is False
        days = cohort.meets_every, cohort.starts_on
        pair = Going(key, in_cohort, *days, day_of(shown_from), resumed_on, first_meeting_by, is_dated)
        each = _watched(pair, *contacts.get(key, NEVER), on)
        for lines, concerned in (
            (found.quiet, each.is_for_leads),
            (found.unmet, each.is_unmet),
            (found.undated, each.is_undated),
        ):
            if concerned:
                lines.append(each)
    for lines in (found.quiet, found.unmet, found.undated):
        lines.sort(key=_longest_first)
    return found


def _longest_first(each: Watched) -> tuple:
    return -each.days, each.since, each.pair.key


def in_words(days: int) -> str:
    """ "5 weeks", "1 week", "6 days": weeks are counted whole."""
    number, unit = (days // 7, "week") if days >= 7 else (days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"
