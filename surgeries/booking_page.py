"""A booking as its party or its hosts read it."""

from dataclasses import dataclass
from datetime import datetime

from bookings.choices import IN_LINE, BookingState
from bookings.company import Company, who_is_coming
from bookings.entries import times
from bookings.models import Booking
from bookings.reading import place_in_line
from elements import clock
from projects.models import Action
from surgeries.models import Note, Topic
from surgeries.reading import COLOURS, names_of, ordinal, state_of, times_of, told_of
from surgeries.running import is_day


@dataclass(frozen=True)
class PlacePage:
    """A booking as its party or its hosts read it."""

    booking: Booking
    now: datetime
    topic: Topic | None
    note: Note | None
    actions: list[Action]
    is_party: bool
    runs: bool
    position: int
    company: Company | None

    @property
    def names(self) -> str:
        return names_of(self.booking)

    @property
    def when(self) -> str:
        return times_of(self.booking)

    @property
    def state(self) -> str:
        return "Over" if self.booking.is_booked and self.is_over else state_of(self.booking)

    @property
    def colour(self) -> str:
        return "grey" if self.state == "Over" else COLOURS.get(BookingState(self.booking.state), "grey")

    @property
    def in_line(self) -> str:
        """ "3rd in line"; "" for whoever does not wait."""
        return f"{ordinal(self.position)} in line" if self.position else ""

    @property
    def is_offered(self) -> bool:
        return self.booking.state == BookingState.OFFERED and not self.is_over

    @property
    def offered_until(self) -> str:
        until = clock.local(self.booking.lapses_at)
        return f"{clock.in_figures(until)} {clock.from_today(until.date(), on=clock.local(self.now).date())}"

    @property
    def is_over(self) -> bool:
        """Of one time among several, with that time."""
        session = self.booking.session
        return session.is_over(self.now) or times(session, self.booking.slot)[1] <= self.now

    @property
    def is_ahead(self) -> bool:
        """For whoever comes: a place, an offer or a turn in the line, of a time that has not begun."""
        session = self.booking.session
        is_planned = self.is_party and self.booking.is_live and not session.is_off
        return is_planned and self.now < times(session, self.booking.slot)[0]

    @property
    def can_cancel(self) -> bool:
        session = self.booking.session
        if not self.booking.is_live or self.is_over or session.is_off:
            return False
        if self.is_offered and not self.runs:
            return False  # it is taken or let go, and there are buttons for both
        return self.runs or not self.booking.is_booked or self.now <= session.cut_off

    @property
    def is_late(self) -> bool:
        """Whether it stands, and the time in which people change it by themselves has gone by."""
        return self.booking.is_booked and not self.is_over and self.now > self.booking.session.cut_off

    @property
    def can_swap(self) -> bool:
        return self.is_party and self.booking.is_booked and self.can_cancel

    @property
    def can_word(self) -> bool:
        return self.is_party and self.booking.is_live and not self.is_over

    @property
    def can_note(self) -> bool:
        """From the morning of the day on, of whoever has a place."""
        is_there = self.runs and self.booking.is_booked
        return is_there and is_day(self.booking.session, on=clock.local(self.now).date())

    @property
    def cancel_until(self) -> str:
        until = clock.local(self.booking.session.cut_off)
        return f"{clock.in_figures(until)} {clock.from_today(until.date(), on=clock.local(self.now).date())}"


def place_page(booking: Booking, *, user, is_party: bool, runs: bool, now: datetime) -> PlacePage:
    """Of a booking read as `of_surgeries`; at most five queries."""
    topics, notes = told_of([booking], user=user)
    is_shown = is_party and booking.is_booked and not booking.session.is_over(now)
    return PlacePage(
        booking,
        now,
        topics.get(booking.pk),
        notes.get(booking.pk),
        actions_of(booking),
        is_party,
        runs,
        place_in_line(booking) if booking.state in IN_LINE else 0,
        who_is_coming(booking.session, user) if is_shown else None,
    )


def actions_of(booking: Booking) -> list[Action]:
    """What was agreed on in this talk. Whoever may read the note reads these, which stood beside it."""
    return list(Action.objects.filter(said_in=booking.pk).select_related("owner").in_order())
