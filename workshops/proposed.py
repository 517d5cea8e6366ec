"""Dates that a lead can take over from the series of another cohort, as they would be today."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from cohorts.models import Cohort, Role
from elements import clock
from workshops.models import ProposedDate, Workshop


@dataclass(frozen=True)
class Proposed:
    """`hosts` are those who ran the other date and may run one here; none where nobody of them may."""

    row: ProposedDate
    hosts: tuple[User, ...] = ()

    @property
    def key(self) -> str:
        return str(self.row.pk)

    @property
    def workshop(self) -> Workshop:
        return self.row.workshop

    @property
    def session(self):
        """That of the other date."""
        return self.row.like.session

    @property
    def starts_at(self) -> datetime:
        return self._at(self.session.starts_at)

    @property
    def ends_at(self) -> datetime:
        return self._at(self.session.ends_at)

    def _at(self, moment: datetime) -> datetime:
        """The same hour by the clock on the wall."""
        return clock.at(self.row.falls_on, clock.local(moment).time())

    @property
    def when(self) -> str:
        return clock.span(self.starts_at, self.ends_at)

    @property
    def as_it_was(self) -> str:
        """ "Seminar room 2. 30 places. Facilitator: Fay Oak"."""
        number = self.session.capacity
        where = self.session.place or ("Online" if self.session.link else "No place yet")
        names = ", ".join(user.name for user in self.hosts) or "you, as none of those who ran it may run it here"
        many = "s" if len(self.hosts) > 1 else ""
        return f"{where}. {number} place{'' if number == 1 else 's'}. Facilitator{many}: {names}"


def proposed_dates(cohort: Cohort, *, now: datetime) -> list[Proposed]:
    """Those that are still to come, in the order of the series. Four queries; one where there are none."""
    found = ProposedDate.objects.filter(cohort=cohort).select_related("workshop__cohort", "like__session")
    rows = list(found.prefetch_related("like__session__hosts__user"))
    if not rows:
        return []
    may = set(Role.objects.hosting([cohort]).filter(user__is_active=True).values_list("user", flat=True))
    dates = []
    for row in rows:
        hosted = row.like.session.hosts.all()
        dates.append(Proposed(row, tuple(host.user for host in hosted if host.user_id in may)))
    return [each for each in dates if now < each.starts_at < each.ends_at]


def days_proposed(cohort: Cohort, *, now: datetime) -> dict:
    """{key of a workshop: the first day proposed for it}. One query."""
    today, days = clock.local(now).date(), {}
    rows = ProposedDate.objects.filter(cohort=cohort, falls_on__gte=today).order_by("-falls_on")
    for workshop, day in rows.values_list("workshop", "falls_on"):
        days[workshop] = day
    return days
