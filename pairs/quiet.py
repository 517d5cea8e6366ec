"""Pairs that have gone quiet, and pairs that have not met by their day: worked out from all elements' timelines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from elements import clock, timeline
from elements.contract import Entry, Reminder
from pairs.models import Pair
from reminders.choices import NUDGE_AGAIN

QUIET = "pairs.gone_quiet"
GRACE = timedelta(days=7)  # over the cohort's rhythm, before anybody is asked
ASKED_FOR = 2 * NUDGE_AGAIN  # partners are asked twice; then a lead sees it
AUGUST = 8
LEAD_AFTER = timedelta(days=14)  # from then on a lead sees that there is no date
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Watched:
    """A pair that goes on, as it stands on a day."""

    pair: Pair
    last: date | None  # the last contact
    next: date | None  # what is planned
    since: date  # from when on silence is counted
    days: int  # of silence, August left out
    on: date

    @property
    def limit(self) -> int:
        return self.pair.cohort.meets_every + GRACE.days

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
        had_time = clock.local(self.pair.shown_from).date() + LEAD_AFTER <= self.on
        return self.last is None and not self.is_unmet and self.pair.meeting is None and had_time


@dataclass(frozen=True)
class Concerns:
    """What leads see, those with the longest silence first."""

    quiet: list[Watched]
    unmet: list[Watched]
    undated: list[Watched]


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


def as_of(seen: Read, *, on: date) -> list[Watched]:
    """Those that go on on this day, each with its silence."""
    told_by = clock.at(on + DAY, time(0))
    return [
        _watched(pair, entries, on) for pair, entries in seen if pair.cohort.ends_on >= on and pair.shown_from < told_by
    ]


def watched(pairs, *, on: date) -> list[Watched]:
    return as_of(read(pairs, on=on, until=on), on=on)


def met(seen: Read) -> list:
    """The keys of the pairs that were ever in touch."""
    return [pair.pk for pair, entries in seen if any(entry.is_contact for entry in entries)]


def _watched(pair: Pair, entries: list[Entry], on: date) -> Watched:
    last = max((each.on for each in entries if each.is_contact and each.on <= on), default=None)
    coming = min((each.on for each in entries if each.state == "planned" and each.on >= on), default=None)
    since = max(day for day in (clock.local(pair.shown_from).date(), last, pair.resumed_on) if day)
    return Watched(pair, last, coming, since, counted_days(since, on), on)


def reminders(seen: Iterable[Watched], *, on: date) -> Iterator[Reminder]:
    """Both partners, every day at 09:00 while it is quiet; how often they are asked, the post room knows."""
    for silence in seen:
        for member in silence.pair.everybody if silence.is_to_be_asked else ():
            yield Reminder(
                kind=QUIET,
                to=member.participant.user,
                # The day is part of it, so that the next silence is asked about anew.
                about=f"{silence.pair.pk}:{silence.since}",
                at=clock.at(on),
                ref={"pair": str(silence.pair.pk), "since": silence.since.isoformat()},
                scope=silence.pair.cohort_id,
                order=30,
            )


def concerns(pairs, *, on: date) -> Concerns:
    """What leads see of a queryset of pairs."""
    seen = sorted(watched(pairs, on=on), key=lambda each: (-each.days, each.since, str(each.pair.pk)))
    return Concerns(
        quiet=[each for each in seen if each.is_for_leads],
        unmet=[each for each in seen if each.is_unmet],
        undated=[each for each in seen if each.is_undated],
    )


def in_words(days: int) -> str:
    """ "5 weeks", "1 week", "6 days": weeks are counted whole."""
    number, unit = (days // 7, "week") if days >= 7 else (days, "day")
    return f"{number} {unit}{'' if number == 1 else 's'}"
