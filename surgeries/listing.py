"""The lead's list of surgeries, the same for page and file: days, hosts and numbers alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from bookings.choices import WAS_THERE
from bookings.models import Attendee
from bookings.reading import waiting
from elements import clock
from elements.contract import Column, Export
from elements.phrases import in_a_row
from surgeries.models import Surgery


@dataclass(frozen=True)
class Line:
    """A surgery with how many hold a place and wait."""

    surgery: Surgery
    now: datetime
    waiting: int

    @property
    def session(self):
        return self.surgery.session

    @property
    def hosts(self) -> str:
        return in_a_row([host.user.name for host in self.session.hosts.all()])

    @property
    def taken(self) -> str:
        return f"{self.session.taken} of {self.session.capacity}"

    @property
    def state(self) -> str:
        if self.session.is_off or self.session.is_over(self.now):
            return "Called off" if self.session.is_off else "Over"
        if self.session.opens_at and self.now < self.session.opens_at:
            return "Not open yet"
        return "Open" if self.session.free else "Full"

    @property
    def colour(self) -> str:
        return {"Open": "green", "Full": "yellow", "Called off": "red"}.get(self.state, "grey")


def lines_of(surgeries: Iterable[Surgery], *, now: datetime) -> list[Line]:
    """Of surgeries read `with_session()`. One query."""
    surgeries = list(surgeries)
    counts = waiting([each.session for each in surgeries])
    return [Line(each, now, counts.get(each.pk, 0)) for each in surgeries]


def rows(user, cohort, query) -> Iterator[tuple]:
    """One row for each surgery, past ones as well. Three queries."""
    now = timezone.now()
    found = Surgery.objects.visible_to(user).with_session().filter(cohort=cohort)
    lines = lines_of(found.order_by("session__starts_at", "session"), now=now)
    there = Q(attendance__in=sorted(WAS_THERE))
    people = Attendee.objects.booked().filter(session__in=[line.surgery.pk for line in lines]).order_by()
    counts = {
        key: counted
        for key, *counted in people.values_list("session").annotate(
            booked=Count("pk"),
            came=Count("pk", filter=there),
            walked_in=Count("pk", filter=Q(booking__is_walk_in=True)),
        )
    }
    for line in lines:
        booked, came, walked_in = counts.get(line.surgery.pk, (0, 0, 0))
        first, last = clock.local(line.session.starts_at), clock.local(line.session.ends_at)
        yield (
            first.date(),
            clock.in_figures(first),
            clock.in_figures(last),
            line.session.place or ("Online" if line.session.link else ""),
            line.hosts,
            "One after the other" if line.session.has_slots else "Group",
            line.session.capacity,
            booked,
            line.waiting,
            came,
            walked_in,
            f"{line.session.minutes / 60:.2f}",
            line.state,
        )


EXPORT = Export(
    name="surgeries",
    title="Design surgeries",
    row_meaning="One row is one surgery, also one that was called off.",
    columns=(
        Column("Day", "Day of the surgery", 14),
        Column("Start", "When it begins, by the clock on the wall", 10),
        Column("End", "When it ends", 10),
        Column("Place", "Room, or online", 28),
        Column("Hosts", "Names of the leads who host it", 28),
        Column("Kind", "Group, or one after the other", 18),
        Column("Places", "Places, or times, in all", 10),
        Column("People booked", "People who have or had a place, walk-ins among them", 14),
        Column("Waiting", "Bookings on the waiting list", 10),
        Column("Came", "People of whom the register says that they were there", 10),
        Column("Walked in", "People who came without a booking", 10),
        Column("Hours", "How long it lasts or lasted", 10),
        Column("State", "Open, full, not open yet, over or called off", 14),
    ),
    rows=rows,
    permission="surgeries.see_surgeries",
    filename="surgeries",
)
