"""Who runs a date, who comes to it, and who might: as its pages show them."""

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from bookings.choices import Attendance, BookingState
from bookings.models import Attendee, Booking
from cohorts.choices import State
from cohorts.models import Cohort, Participant, Role
from elements import clock
from workshops.models import Meeting, Tries
from workshops.room_code import TRIES


def host_choices(cohort: Cohort, meeting: Meeting | None = None) -> list[tuple[str, str]]:
    """(key, name) of everybody who may run a workshop: leads and facilitators of the cohort and its programme.

    Who hosts this date already is among them, also without such a role by now: nobody is dropped unsaid.
    """
    roles = Role.objects.hosting([cohort]).select_related("user")
    found = {str(role.user_id): role.name or role.user.name for role in roles}
    for host in meeting.session.hosts.select_related("user") if meeting else ():
        found.setdefault(str(host.user_id), f"{host.user.name} (no longer leads or facilitates here)")
    return sorted(found.items(), key=lambda each: (each[1].casefold(), each[0]))


def hosts_named(cohort: Cohort, keys: list[str], meeting: Meeting | None = None) -> list[User]:
    """The people that a form chose out of these."""
    named = Q(pk__in=Role.objects.hosting([cohort]).order_by().values("user"))
    if meeting:
        named |= Q(pk__in=meeting.session.hosts.order_by().values("user"))
    return list(User.objects.filter(named, pk__in=keys))


def who_runs(meeting: Meeting) -> list[str]:
    """Their names. One query, however many they are."""
    return [host.user.name for host in meeting.session.hosts.select_related("user")]


TAGS = {
    Attendance.ATTENDED: "green",
    Attendance.LATE: "yellow",
    Attendance.PART: "yellow",
    Attendance.APOLOGIES: "grey",
    Attendance.ABSENT: "red",
}


@dataclass(frozen=True)
class Person:
    """A line of the register, as those who look after the date read it."""

    attendee: Attendee
    side: str

    @property
    def name(self) -> str:
        return self.attendee.participant.name

    @property
    def adjustments(self) -> str:
        return self.attendee.participant.adjustments

    @property
    def mark(self) -> str:
        return self.attendee.get_attendance_display() if self.attendee.attendance else "Not said yet"

    @property
    def colour(self) -> str:
        return TAGS.get(self.attendee.attendance, "blue")

    @property
    def minutes(self) -> str:
        """Where they are not simply the whole time."""
        is_part = self.attendee.attendance in {Attendance.LATE, Attendance.PART}
        return clock.duration(self.attendee.minutes) if is_part else ""


@dataclass(frozen=True)
class Register:
    """Who comes to a date, and who waits: for its hosts and leads alone."""

    people: list[Person]
    waiting: list[Booking]

    @property
    def unmarked(self) -> int:
        return sum(1 for each in self.people if not each.attendee.attendance)


def register_of(meeting: Meeting) -> Register:
    """Two queries and one for the names of those who wait."""
    lines = Attendee.objects.booked().filter(session=meeting.pk).select_related("participant")
    people = [Person(line, meeting.cohort.label(line.participant.side)) for line in lines]
    held = [BookingState.WAITING, BookingState.GATHERING, BookingState.OFFERED]
    queue = Booking.objects.filter(session=meeting.pk, state__in=held).order_by("line")
    return Register(people, list(queue.prefetch_related("attendees__participant")))


def tries_left(meeting: Meeting, participant: Participant) -> int:
    """How many more wrong codes of this person are looked at."""
    wrong = Tries.objects.filter(meeting=meeting, participant=participant).values_list("wrong", flat=True).first()
    return max(TRIES - (wrong or 0), 0)


def may_walk_in(meeting: Meeting) -> dict[str, Participant]:
    """Those who take part in the cohort and have no place on this date, by their keys: for whoever looks after it."""
    here = Attendee.objects.booked().filter(session=meeting.pk).order_by().values("participant")
    rest = Participant.objects.filter(cohort=meeting.cohort_id, state=State.ACCEPTED).exclude(pk__in=here)
    return {str(each.pk): each for each in rest.order_by("name", "pk")}
