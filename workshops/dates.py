"""Dates of workshops as somebody sees them: how many places, what is hers, what she can do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bookings.choices import IN_LINE, WAS_THERE, Attendance, BookingState
from bookings.models import Attendee, Host, Session
from bookings.querysets import may_host_still
from bookings.reading import availability, waiting
from cohorts.choices import HOSTS
from cohorts.models import Participant
from elements import clock
from elements.working_time import is_working_day
from workshops.choices import KIND
from workshops.models import CatchUp, Meeting, Workshop

CLOSED_TO = {Attendance.APOLOGIES, Attendance.ABSENT}


@dataclass(frozen=True)
class Date:
    """One date: `mine` is one's own line of it, read `with_turn()`; None for whoever has none."""

    meeting: Meeting
    mine: Attendee | None
    waiting: int
    now: datetime

    @property
    def session(self) -> Session:
        return self.meeting.session

    @property
    def is_off(self) -> bool:
        return self.session.is_off

    @property
    def is_ahead(self) -> bool:
        return not self.is_off and not self.session.is_over(self.now)

    @property
    def places(self) -> str:
        """ "2 places left", "Full, join the waiting list", "Called off"."""
        return availability(self.session, self.now)

    @property
    def filled(self) -> str:
        """For whoever runs it: "12 of 20 places taken, 2 waiting"."""
        number = self.session.capacity
        words = f"{self.session.taken} of {number} place{'' if number == 1 else 's'} taken"
        return f"{words}, {self.waiting} waiting" if self.waiting else words

    @property
    def is_on_a_day_off(self) -> bool:
        """At a weekend or on a bank holiday, which is more often a slip than a wish."""
        return self.is_ahead and not is_working_day(self.session.day)

    @property
    def needs_register(self) -> bool:
        """It has begun, and of somebody who has a place the register does not say yet whether she came."""
        return self.meeting.has_gap and not self.is_off and self.session.has_begun(self.now)

    @property
    def has(self) -> str:
        """ "booked", "offered", "waiting", "there", "missed" or ""."""
        if self.mine is None or self.is_off:
            return ""
        if self.mine.attendance:
            return "there" if self.mine.attendance in WAS_THERE else "missed"
        state = self.mine.booking.state
        if state == BookingState.BOOKED:
            return "booked"
        return "waiting" if state in IN_LINE else "offered" if state == BookingState.OFFERED else ""

    @property
    def is_past(self) -> bool:
        """Whatever the register says by now: until its end nobody has been there for all of it."""
        return self.session.ends_at <= self.now

    @property
    def says(self) -> str:
        """What one's own line is, in words."""
        if self.has == "there" and not self.is_past:
            return "You are marked as there"
        if self.has in {"there", "missed"}:
            return attended(self.mine)
        if self.has == "booked":
            return "You have a place" if self.is_ahead else "You had a place; the register is not taken yet"
        if self.has == "offered":
            until = clock.local(self.mine.booking.lapses_at)
            day = f"{clock.in_full(until.date())}, {clock.in_figures(until)}"
            return f"A place is held for you until {day}"
        return f"You are number {self.mine.turn} on the waiting list" if self.has == "waiting" else ""

    @property
    def can_cancel(self) -> bool:
        return self.is_ahead and self.has in {"booked", "waiting", "offered"}


def attended(line: Attendee) -> str:
    """ "You were there", "You came late: 90 minutes", "You sent apologies"."""
    if line.attendance == Attendance.ATTENDED:
        return f"You were there: {clock.duration(line.minutes)}"
    if line.attendance == Attendance.LATE:
        return f"You came late: {clock.duration(line.minutes)} counted"
    if line.attendance == Attendance.PART:
        return f"You were there for part of it: {clock.duration(line.minutes)}"
    return "You sent apologies" if line.attendance == Attendance.APOLOGIES else "You did not attend"


def dates_of(workshops: Iterable[Workshop], me: Participant | None, now: datetime) -> dict:
    """{key of a workshop: its dates, the next first}. Three queries."""
    meetings = list(Meeting.objects.with_gaps().filter(workshop__in=list(workshops)).select_related("session"))
    queues = waiting([each.session for each in meetings]) if meetings else {}
    own: dict = {}
    if me is not None and meetings:
        lines = Attendee.objects.filter(participant=me, session__in=[each.pk for each in meetings], is_live=True)
        own = {line.session_id: line for line in lines.select_related("booking").with_turn()}
    found = defaultdict(list)
    for each in meetings:
        found[each.workshop_id].append(Date(each, own.get(each.pk), queues.get(each.pk, 0), now))
    return found


def hosted_by(user, now: datetime) -> tuple[list[Date], list[Date]]:
    """The dates that somebody runs still: (to come, the next first; past, the latest first). Two queries."""
    mine = Host.objects.filter(may_host_still(HOSTS), user=user).order_by().values("session")
    rows = Meeting.objects.standing().with_gaps().filter(session__in=mine).select_related("session", "workshop__cohort")
    meetings = [each for each in rows if KIND not in each.workshop.cohort.elements_off]
    queues = waiting([each.session for each in meetings])
    dates = [Date(each, None, queues.get(each.pk, 0), now) for each in meetings]
    past = [each for each in dates if not each.is_ahead]
    return [each for each in dates if each.is_ahead], past[::-1]


@dataclass(frozen=True)
class Standing:
    """How somebody stands with one workshop, out of all its dates. `is_caught_up` of one that was missed."""

    dates: tuple[Date, ...]
    is_caught_up: bool = False

    def first(self, *has: str) -> Date | None:
        return next((each for each in self.dates if each.has in has), None)

    @property
    def was_there(self) -> Date | None:
        return self.first("there")

    @property
    def booked(self) -> Date | None:
        return next((each for each in self.dates if each.has == "booked" and each.is_ahead), None)

    @property
    def held(self) -> Date | None:
        """Where a place is booked, offered or waited for, in this order."""
        return self.booked or self.first("offered") or self.first("waiting")

    @property
    def open_dates(self) -> tuple[Date, ...]:
        return tuple(each for each in self.dates if each.is_ahead and not each.session.has_begun(each.now))

    @property
    def has_missed(self) -> bool:
        """Was not there, has no place ahead, and it has taken place at least once."""
        took_place = any(not each.is_off and each.session.is_over(each.now) for each in self.dates)
        unmarked = any(each.has == "booked" and not each.is_ahead for each in self.dates)
        return took_place and not (self.was_there or self.booked or unmarked)

    @property
    def is_to_choose(self) -> bool:
        return bool(self.open_dates) and not (self.was_there or self.held)

    @property
    def tag(self) -> tuple[str, str]:
        """(words, colour) for a list."""
        if self.was_there:
            return "You were there" if self.was_there.is_past else "Marked as there", "green"
        if self.held:
            return {"booked": ("Booked", "blue"), "offered": ("Answer an offer", "orange")}.get(
                self.held.has, ("On the waiting list", "yellow")
            )
        if self.is_to_choose:
            return "Choose a date", "blue"
        if self.has_missed:
            return ("Caught up", "green") if self.is_caught_up else ("You missed it", "grey")
        return ("No date yet", "grey") if not self.dates else ("Over", "grey")


def standings(workshops: Iterable[Workshop], me: Participant, now: datetime) -> dict:
    """{key of a workshop: how this person stands with it}. Four queries."""
    workshops = list(workshops)
    dates = dates_of(workshops, me, now)
    caught_up = set(CatchUp.objects.filter(participant=me).values_list("workshop", flat=True))
    return {each.pk: Standing(tuple(dates[each.pk]), each.pk in caught_up) for each in workshops}
