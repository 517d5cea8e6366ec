"""When somebody can meet, as her own page shows it to her."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, Q

from cohorts.models import Participant
from elements import clock
from elements.phrases import in_a_row
from pairs.actions.free_time import WEEKS_AHEAD
from pairs.choices import WEEKDAYS, BusySource, HoursKind
from pairs.models import BusyTime, UsualHours


@dataclass(frozen=True)
class OwnTimes:
    """`working` and `agreed` are (days, hours) in words; `rota` is a sentence, "" without one."""

    working: list[tuple[str, str]]
    agreed: list[tuple[str, str]]
    rota: str


def last_day(on: date) -> date:
    """The last of the four weeks in which a time is looked for."""
    return on + WEEKS_AHEAD - timedelta(days=1)


def own_times(participant: Participant, *, now: datetime) -> OwnTimes:
    """Two queries."""
    hours = list(UsualHours.objects.of(participant))
    rota = Q(source=BusySource.ROTA)
    found = (
        BusyTime.objects.of(participant)
        .ahead(now)
        .aggregate(
            rota=Count("pk", filter=rota),
            first=Min("starts_at", filter=rota),
            last=Max("ends_at", filter=rota),
        )
    )
    words = shifts_in_words(found["rota"], found["first"], found["last"]) if found["rota"] else ""
    return OwnTimes(
        working=_in_words(each for each in hours if each.kind == HoursKind.WORKING),
        agreed=_in_words(each for each in hours if each.kind == HoursKind.AGREED),
        rota=words,
    )


def shifts_in_words(count: int, first: datetime, last: datetime) -> str:
    """ "41 shifts between Monday 4 January 2027 and Sunday 31 January 2027"."""
    days = [clock.in_full(clock.local(moment).date()) for moment in (first, last - timedelta(seconds=1))]
    between = f"on {days[0]}" if days[0] == days[1] else f"between {days[0]} and {days[1]}"
    return f"{count} {'shift' if count == 1 else 'shifts'} {between}"


def _in_words(rows: Iterable[UsualHours]) -> list[tuple[str, str]]:
    """Days with the same hours stand in one line: ("Monday and Tuesday", "9am to 5pm")."""
    of_day: dict[int, list[str]] = {}
    for row in rows:
        of_day.setdefault(row.weekday, []).append(str(row))
    alike: dict[str, list[int]] = {}
    for weekday, hours in of_day.items():
        alike.setdefault(in_a_row(hours), []).append(weekday)
    return [(_days(weekdays), hours) for hours, weekdays in alike.items()]


def _days(weekdays: list[int]) -> str:
    """ "Monday to Friday", "Monday and Wednesday"."""
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return f"{WEEKDAYS[weekdays[0]]} to {WEEKDAYS[weekdays[-1]]}"
    return in_a_row([WEEKDAYS[weekday] for weekday in weekdays])
