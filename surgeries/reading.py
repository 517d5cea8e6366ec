"""What the pages of surgeries show: how full each is, what is one's own, what is asked and noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from bookings.choices import IN_LINE, WAS_THERE, BookingState
from bookings.company import Company, who_is_coming
from bookings.models import Attendee, Booking, Session
from bookings.reading import availability, places_left, why_no_offer
from cohorts.models import Participant
from elements import clock
from elements.phrases import in_a_row
from pairs.models import Pair
from surgeries.allowances import open_bookings_of
from surgeries.models import KIND, Note, Surgery, Topic
from surgeries.own import pair_keys
from surgeries.querysets import led_by
from surgeries.running import is_day

COLOURS = {
    BookingState.BOOKED: "green",
    BookingState.OFFERED: "orange",
    BookingState.WAITING: "yellow",
    BookingState.GATHERING: "yellow",
}
SHOWN_PAST = 20
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th"."""
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ORDINALS.get(number % 10, 'th')}"


def times_of(booking: Booking) -> str:
    """When a party comes, of a booking read with session and seats: its own time where there are slots."""
    session, seats = booking.session, booking.seats.all()
    if session.has_slots and seats:
        return clock.span(*session.slot(seats[0].number))
    return session.when


def names_of(booking: Booking) -> str:
    """Everybody of a booking read `with_people()`."""
    return in_a_row([each.participant.name for each in booking.attendees.all()])


def of_surgeries(user):
    """The bookings of surgeries that somebody may see, one's own and what one leads, with people and seats."""
    own = Attendee.objects.filter(participant__user=user).order_by().values("booking")
    found = Booking.objects.filter(Q(pk__in=own) | Q(cohort__in=led_by(user)), session__kind=KIND)
    return found.with_people().prefetch_related("seats")


# What somebody can book


@dataclass(frozen=True)
class Line:
    """A surgery as a participant finds it in the list: `booking` is her own, where there is one."""

    surgery: Surgery
    left: str
    is_open: bool
    booking: Booking | None

    @property
    def hosts(self) -> str:
        return in_a_row([host.user.name for host in self.surgery.session.hosts.all()])

    @property
    def url(self) -> str:
        return self.surgery.get_absolute_url()

    @property
    def state(self) -> str:
        return state_of(self.booking) if self.booking else self.left

    @property
    def colour(self) -> str:
        if self.booking:
            return COLOURS[BookingState(self.booking.state)]
        return "blue" if self.is_open and self.surgery.session.free else "grey"


def state_of(booking: Booking) -> str:
    """ "Booked", "Offered a place", "On the waiting list"."""
    return "On the waiting list" if booking.state in IN_LINE else BookingState(booking.state).label


def coming(participant: Participant, *, user, now: datetime) -> list[Line]:
    """What this person can book or has booked, the next one first; nothing for who takes no part. Three queries."""
    seen = Surgery.objects.visible_to(user).with_session().filter(cohort=participant.cohort_id)
    surgeries = list(seen.to_come(now))
    mine = {
        each.session_id: each.booking
        for each in Attendee.objects.live()
        .filter(participant=participant, session__in=[surgery.pk for surgery in surgeries])
        .select_related("booking")
    }
    return [line(surgery, mine.get(surgery.pk), now=now) for surgery in surgeries]


def line(surgery: Surgery, booking: Booking | None, *, now: datetime) -> Line:
    session = surgery.session
    is_open = not (session.opens_at and now < session.opens_at) and session.last_begins_at > now
    return Line(surgery, availability(session, now), is_open, booking)


def been_to(participant: Participant, *, now: datetime) -> list[Booking]:
    """Where this person was, or the register does not say yet, the latest first. Three queries."""
    found = Attendee.objects.booked().filter(participant=participant, session__kind=KIND, session__starts_at__lte=now)
    found = found.filter(attendance__in=["", *WAS_THERE])
    keys = found.order_by("-session__starts_at").values_list("booking", flat=True)[:SHOWN_PAST]
    bookings = Booking.objects.filter(pk__in=list(keys)).select_related("session").prefetch_related("seats")
    return sorted(bookings, key=lambda booking: booking.session.starts_at, reverse=True)


@dataclass(frozen=True)
class Room:
    """How many open bookings somebody has, and how many she may have."""

    used: int
    most: int

    @property
    def is_left(self) -> bool:
        return self.used < self.most

    @property
    def sentence(self) -> str:
        """What the page says about it."""
        much = "one open booking" if self.most == 1 else f"{self.most} open bookings"
        if self.is_left:
            return f"Each of you may have {much}. When you have been to a surgery, you can book the next."
        return f"You have {much}, which is as many as each may have. When that surgery is over you can book the next."


def room_of(participant: Participant, *, now: datetime) -> Room:
    """Two queries."""
    used = Attendee.objects.open(kind=KIND, cohort=participant.cohort_id, now=now).filter(participant=participant)
    return Room(used.count(), open_bookings_of(participant.cohort_id))


# One surgery


@dataclass(frozen=True)
class Asked:
    """A booking as those read it who run the surgery."""

    booking: Booking
    topic: Topic | None
    note: Note | None
    position: int = 0

    @property
    def names(self) -> str:
        return names_of(self.booking)

    @property
    def when(self) -> str:
        return times_of(self.booking)

    @property
    def hour(self) -> str:
        """The time of a slot alone: the day stands above the list."""
        session, seats = self.booking.session, self.booking.seats.all()
        if not (session.has_slots and seats):
            return ""
        first, last = session.slot(seats[0].number)
        return f"{clock.in_figures(first)} to {clock.in_figures(last)}"

    @property
    def adjustments(self) -> list[tuple[str, str]]:
        """What somebody of the party needs, for those alone who run the surgery."""
        people = [each.participant for each in self.booking.attendees.all()]
        return [(person.name, person.adjustments) for person in people if person.adjustments]

    @property
    def there(self) -> str:
        """What the register says: "Attended", of a pair each by name; "" before it says anything."""
        lines = self.booking.attendees.all()
        said = [(each.participant.name, each.get_attendance_display()) for each in lines if each.attendance]
        return said[0][1] if said and len(lines) == 1 else ", ".join(f"{name}: {how.lower()}" for name, how in said)

    @property
    def can_be_passed_over(self) -> bool:
        return self.booking.state == BookingState.GATHERING

    @property
    def is_offered(self) -> bool:
        return self.booking.state == BookingState.OFFERED


def asked_in(session: Session, *, user) -> list[Asked]:
    """Everybody who has a place, is offered one or waits, with what they want to discuss. Five queries."""
    bookings = list(of_surgeries(user).live().filter(session=session).order_by("line"))
    topics, notes = told_of(bookings, user=user)
    waiting = [each.pk for each in bookings if each.state in IN_LINE]
    return [
        Asked(
            each,
            topics.get(each.pk),
            notes.get(each.pk),
            waiting.index(each.pk) + 1 if each.pk in waiting else 0,
        )
        for each in sorted(bookings, key=_by_time)
    ]


def _by_time(booking: Booking) -> tuple:
    seats = booking.seats.all()
    return seats[0].number if booking.session.has_slots and seats else 0, booking.line


def told_of(bookings: Iterable[Booking], *, user) -> tuple[dict, dict]:
    """({booking: what they want to discuss}, {booking: its note}), as far as this reader may see them. Two queries."""
    keys = [each.pk for each in bookings]
    topics = Topic.objects.visible_to(user).filter(booking__in=keys).select_related("project")
    notes = Note.objects.visible_to(user).filter(booking__in=keys).select_related("written_by")
    return {each.pk: each for each in topics}, {each.pk: each for each in notes}


@dataclass(frozen=True)
class SurgeryPage:
    """What one reader sees of one surgery: `mine` is her own booking; `asked` is for those who run it."""

    surgery: Surgery
    now: datetime
    me: Participant | None
    mine: Booking | None
    runs: bool
    company: Company | None
    asked: list[Asked]
    why_no_offer: str
    places_left: int

    @property
    def session(self) -> Session:
        return self.surgery.session

    @property
    def left(self) -> str:
        """ "2 places left"; whoever is on the list already is not asked to join it."""
        said = availability(self.session, self.now, left=self.places_left)
        return "Full" if self.mine and not self.places_left and self.is_ahead else said

    @property
    def hosts(self) -> str:
        return in_a_row([host.user.name for host in self.session.hosts.all()])

    @property
    def how(self) -> str:
        session = self.session
        if session.has_slots:
            return f"{session.capacity} appointments of {session.slot_minutes} minutes, one after the other"
        return f"A group of up to {session.capacity}"

    @property
    def booked(self) -> list[Asked]:
        return [each for each in self.asked if each.booking.is_booked]

    @property
    def in_line(self) -> list[Asked]:
        return sorted((each for each in self.asked if not each.booking.is_booked), key=lambda each: each.booking.line)

    @property
    def is_ahead(self) -> bool:
        return not self.session.is_off and not self.session.has_begun(self.now)

    @property
    def is_day(self) -> bool:
        return is_day(self.session, on=clock.local(self.now).date())

    @property
    def shows_needs(self) -> bool:
        """What people need is shown until the surgery is over, and to nobody afterwards."""
        return self.session.ends_at > self.now

    @property
    def is_empty(self) -> bool:
        return not self.asked

    @property
    def can_book(self) -> bool:
        session = self.session
        is_open = not (session.opens_at and self.now < session.opens_at)
        is_ahead = session.last_begins_at > self.now and not session.is_off and not session.is_over(self.now)
        return self.me is not None and self.mine is None and is_ahead and is_open


def surgery_page(surgery: Surgery, *, user, runs: bool, now: datetime) -> SurgeryPage:
    """At most twelve queries, however many come."""
    me = surgery.part_of(user)
    mine = own_booking(surgery.session, me)
    is_shown = bool(mine) and mine.is_booked and not surgery.session.is_over(now)
    company = who_is_coming(surgery.session, user) if is_shown else None
    asked = asked_in(surgery.session, user=user) if runs else []
    waits = runs and any(each.position for each in asked)
    return SurgeryPage(
        surgery,
        now,
        me,
        mine,
        runs,
        company,
        asked,
        why_no_offer(surgery.session, now) if waits else "",
        places_left(surgery.session, now),
    )


def own_booking(session: Session, me: Participant | None) -> Booking | None:
    """One query, or none for whoever takes no part."""
    if me is None:
        return None
    found = Booking.objects.live().filter(session=session, attendees__participant=me, attendees__is_live=True)
    return found.select_related("session").first()


def pairs_of(me: Participant, *, now: datetime) -> list[Pair]:
    """The present pairs of somebody, with everybody in them: one query without any, else three."""
    mine = pair_keys(me, now=now)
    return list(Pair.objects.filter(pk__in=mine).with_members()) if mine else []
