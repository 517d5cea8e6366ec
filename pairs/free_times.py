"""When partners are both free, as their page shows it. Of anybody's own times only what is common leaves it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.text import slugify

from elements import clock, diary, house
from elements.contract import Door
from elements.links import at_hour
from elements.phrases import in_a_row
from pairs import free_time
from pairs.actions.free_time import key_of_asking
from pairs.choices import HoursKind
from pairs.models import BusyTime, Pair, UsualHours
from pairs.own_times import last_day
from pairs.partners import Partnership
from reminders.models import Message

LONG = timedelta(hours=1)  # what counts among the longest
MOST_LONG = 3


@dataclass(frozen=True)
class Stretch:
    """A free time in words, and the address of the form that plans something for it ("" without one)."""

    words: str
    url: str
    day: str = ""


@dataclass(frozen=True)
class Choice:
    """One of the things that can be planned, with the address of this page for it."""

    label: str
    slug: str
    is_chosen: bool


@dataclass(frozen=True)
class FreeTimes:
    """The page. `working` and `agreed` are (day in full, stretches); `unsaid` are names of partners."""

    i_have_said: bool
    unsaid: str = ""
    unasked: str = ""  # of those, who can be asked today
    until: str = ""
    plans: str = ""  # what a click on a time plans
    choices: tuple[Choice, ...] = ()
    longest: tuple[Stretch, ...] = ()
    working: tuple[tuple[str, list[Stretch]], ...] = ()
    agreed: tuple[tuple[str, list[Stretch]], ...] = ()

    @property
    def is_known(self) -> bool:
        return self.i_have_said and not self.unsaid


def free_times(pair: Pair, seen: Partnership, *, user, now: datetime, plan: str = "") -> FreeTimes:
    """When everybody in the pair is free in the next four weeks: nothing of the programme stands in anybody's calendar.

    Two queries, and one to each element; one more, and none to them, where one has not said it.
    """
    people = (seen.me, *seen.partners)
    hours: dict = {person.pk: {kind: [] for kind in HoursKind} for person in people}
    for row in UsualHours.objects.filter(participant__in=people):
        hours[row.participant_id][row.kind].append(free_time.Hours(row.weekday, row.starts, row.ends))
    said = {person.pk for person in people if hours[person.pk][HoursKind.WORKING]}
    unsaid = [person for person in seen.partners if person.pk not in said]
    if unsaid or seen.me.pk not in said:
        return FreeTimes(seen.me.pk in said, _names(unsaid), _names(_unasked(pair, seen, unsaid, now)))
    busy: dict = {person.pk: [] for person in people}
    rows = BusyTime.objects.filter(participant__in=people).ahead(now)
    for key, starts_at, ends_at in rows.values_list("participant", "starts_at", "ends_at"):
        busy[key].append(free_time.Span(starts_at, ends_at))
    # Of anybody's dates, also those of another pair, the page shows as little as of her rota: that she is not free.
    dates = diary.of(person.user for person in people)
    for person in people:
        busy[person.pk] += [free_time.Span(*diary.hours_of(event)) for event in dates[person.user_id]]
    first = clock.local(now).date()
    last = min(last_day(first), pair.cohort.ends_on)
    asked = [
        free_time.Person(hours[person.pk][HoursKind.WORKING], hours[person.pk][HoursKind.AGREED], busy[person.pk])
        for person in people
    ]
    days = free_time.free_days(asked, first=first, last=last, after=now)
    doors = house.doors(viewer=user, where="free_time", pair=pair)
    door = next((door for door in doors if slugify(door.label) == plan), doors[0] if doors else None)
    longest = free_time.best(days, most=MOST_LONG, least=LONG) if len(days) > MOST_LONG else []
    return FreeTimes(
        i_have_said=True,
        until=clock.in_full(last),
        plans=door.label if door else "",
        choices=tuple(Choice(each.label, slugify(each.label), each is door) for each in doors),
        longest=tuple(_stretch(span, door, clock.span(span.starts_at, span.ends_at)) for span in longest),
        working=tuple(_day(each.day, each.working, door) for each in days if each.working),
        agreed=tuple(_day(each.day, each.agreed, door) for each in days if each.agreed),
    )


def _day(day, spans, door: Door | None) -> tuple[str, list[Stretch]]:
    name = clock.in_full(day)
    return name, [_stretch(span, door, _hours(span), name) for span in spans]


def _hours(span: free_time.Span) -> str:
    return f"{clock.in_figures(span.starts_at)} to {clock.in_figures(span.ends_at)}"


def _stretch(span: free_time.Span, door: Door | None, words: str, day: str = "") -> Stretch:
    return Stretch(words, at_hour(door.url, span.starts_at) if door else "", day)


def _unasked(pair: Pair, seen: Partnership, unsaid, now: datetime) -> list:
    """Those of them whom this person has not asked today."""
    keys = {key_of_asking(pair, seen.me, person, now): person for person in unsaid}
    asked = set(Message.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    return [person for key, person in keys.items() if key not in asked]


def _names(people) -> str:
    return in_a_row([person.name for person in people])
