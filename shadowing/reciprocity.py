"""Visits and hours each way: counted per person over all pairs of the cohort, so trios and the re-paired are in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Sum, Value

from cohorts.models import Cohort
from elements.clock import duration
from pairs.models import Membership, Pair
from shadowing.models import Visit

_made = Visit.objects.took_place().filter(visitor=OuterRef("participant"))
_members = Membership.objects.live().filter(pair=OuterRef("pk"))
SOMEBODY_HAS, SOMEBODY_HAS_NOT = Exists(_members.filter(Exists(_made))), Exists(_members.filter(~Exists(_made)))
STEPS = 10  # of the bar that goes with the words


@dataclass(frozen=True)
class Tally:
    """What one person has done: visits made and visits hosted, with the minutes that they really took."""

    made: int = 0
    made_minutes: int = 0
    hosted: int = 0
    hosted_minutes: int = 0

    @property
    def made_hours(self) -> str:
        return duration(self.made_minutes)


@dataclass(frozen=True)
class Meter:
    """One direction as a page shows it: whose visits, how many of how many, how long."""

    label: str
    done: int
    target: int
    hours: str

    @property
    def words(self) -> str:
        of = f"{self.done} of {counted(self.target)}" if self.target else counted(self.done)
        return f"{of}, {self.hours}" if self.done else of

    @property
    def steps(self) -> int:
        """How much of the bar is full, from 0 to STEPS."""
        whole = max(self.target, 1)
        return min(STEPS, self.done * STEPS // whole)


def counted(number: int) -> str:
    return f"{number} visit{'' if number == 1 else 's'}"


def tallies(participants: Iterable) -> dict[object, Tally]:
    """{primary key of a participant: the tally}. One query, whatever the number of people."""
    ids = [getattr(each, "pk", each) for each in participants]
    counts: dict[object, list[int]] = {pk: [0, 0, 0, 0] for pk in ids}
    for place, person, number, minutes in _summed("visitor", ids, 0).union(_summed("host", ids, 2), all=True):
        counts[person][place : place + 2] = number, minutes
    return {pk: Tally(*numbers) for pk, numbers in counts.items()}


def _summed(part: str, ids: list, place: int):
    """Visits and minutes of each of these people in one part, by an index of its own.

    Asked for visitor or host at once, SQLite walks through all visits that took place, of every cohort.
    """
    took_place = Visit.objects.took_place().order_by().filter(**{f"{part}__in": ids}).annotate(place=Value(place))
    return took_place.values_list("place", part).annotate(number=Count("pk"), minutes_in_all=Sum("minutes"))


def meters(pair: Pair, *, viewer) -> list[Meter]:
    """One for each present member of a pair read `with_members()`: the visits that this person made. One query.

    One's own comes first; a lead reads them in the order in which her page names the members.
    """
    present = [each.participant for each in pair.everybody if each.until is None]
    found, target = tallies(present), pair.cohort.visits_target
    me = next((person for person in present if person.user_id == viewer.pk), None)
    shown = sorted(present, key=lambda person: person != me)
    return [
        Meter(
            "Visits you made" if person == me else f"Visits {person.name} made",
            found[person.pk].made,
            target,
            found[person.pk].made_hours,
        )
        for person in shown
    ]


def mid_point(cohort: Cohort) -> date:
    return cohort.starts_on + timedelta(days=(cohort.ends_on - cohort.starts_on).days // 2)


def one_sided(pairs):
    """Of these pairs (a queryset), the live ones in which somebody has made a visit and somebody else none yet."""
    return going_on(pairs).filter(SOMEBODY_HAS, SOMEBODY_HAS_NOT)


def without_visit(pairs):
    """Of these pairs, the live ones in which nobody has made a visit yet: both directions are empty."""
    return going_on(pairs).exclude(SOMEBODY_HAS)


def going_on(pairs):
    return pairs.filter(ended_on=None, paused_on=None)
