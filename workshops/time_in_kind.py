"""What the programme cost in hours: of those who ran sessions, of those who came, and what leads added."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from bookings.choices import SessionState
from bookings.models import Attendee, Session
from bookings.pages import noun_of
from cohorts.models import Cohort
from elements import clock
from workshops.models import TimeGiven


@dataclass(frozen=True)
class Kind:
    """Sessions of one kind that took place. Minutes of hosts are the length of a session times those who ran it."""

    noun: str
    sessions: int
    of_hosts: int
    of_participants: int

    @property
    def hosts_words(self) -> str:
        return clock.duration(self.of_hosts)

    @property
    def participants_words(self) -> str:
        return clock.duration(self.of_participants)


@dataclass(frozen=True)
class TimeInKind:
    """Everything, with the lines that leads added."""

    kinds: list[Kind]
    lines: list[tuple[TimeGiven, str]]
    total: int

    @property
    def total_words(self) -> str:
        return clock.duration(self.total)


def time_in_kind(cohort: Cohort, *, now: datetime) -> TimeInKind:
    """Three queries. Hours of those who took part are shown beside the total and no part of it: they came to learn."""
    ended = Session.objects.exclude(state=SessionState.CALLED_OFF).filter(cohort=cohort, ends_at__lte=now)
    rows = ended.annotate(hosting=Count("hosts")).order_by("kind")
    theirs = Attendee.objects.booked().filter(session__in=ended.order_by().values("pk"))
    lines = theirs.filter(minutes__isnull=False).order_by()
    there = dict(lines.values_list("session__kind").annotate(minutes=Sum("minutes")))
    found = defaultdict(lambda: [0, 0, ""])
    for session in rows:
        kind = found[session.kind]
        kind[0] += 1
        kind[1] += session.hosting * round((session.ends_at - session.starts_at) / timedelta(minutes=1))
        kind[2] = noun_of(session)
    kinds = [Kind(noun, number, hosts, there.get(key, 0)) for key, (number, hosts, noun) in found.items()]
    added = list(TimeGiven.objects.filter(cohort=cohort))
    total = sum(kind.of_hosts for kind in kinds) + sum(line.minutes for line in added)
    return TimeInKind(kinds, [(line, clock.duration(line.minutes)) for line in added], total)
