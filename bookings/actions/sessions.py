"""A session is planned, changed, moved, held or called off, and gets its hosts."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from bookings.actions import news
from bookings.actions.in_hand import Places, held, planned
from bookings.actions.refused import BelowTaken, NeedsReason, SessionIsOff, WrongHosts, WrongTimes
from bookings.choices import IN_LINE, TIMED, WAS_THERE, BookingState, Mode, SessionState
from bookings.models import Attendee, Host, Seat, Session
from bookings.models.sessions import DEFAULT_OFFER_HOURS, MOST_PLACES
from cohorts.models import Cohort
from elements import once

TOLD = ("title", "place", "link")  # a change of which everybody hears
QUIET = ("shows_names", "opens_at", "cut_off_hours", "offer_hours")


@transaction.atomic
def plan_session(
    *,
    cohort: Cohort,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by,
    now: datetime,
    hosts: Iterable = (),
    place: str = "",
    link: str = "",
    capacity: int | None = None,
    slot_minutes: int | None = None,
    opens_at: datetime | None = None,
    cut_off_hours: int = 0,
    offer_hours: int = DEFAULT_OFFER_HOURS,
    shows_names: bool = False,
    mark: UUID | None = None,
    tells_hosts: bool = True,
) -> Session:
    """A new session; with `slot_minutes` it is cut into slots, as many as fit in unless `capacity` says fewer.

    The same form sent twice (`mark`) plans one. Its hosts hear of it, with the entry for the calendar, unless the room
    tells them of several in one message. Raises WrongTimes.
    """
    key = once.key(mark, kind, title, starts_at.isoformat(), ends_at.isoformat())
    if key and (there := Session.objects.filter(cohort=cohort, once=key).first()):
        return there
    session = Session(
        cohort=cohort,
        kind=kind,
        title=title,
        starts_at=starts_at.astimezone(UTC),
        ends_at=ends_at.astimezone(UTC),
        place=place,
        link=link,
        mode=Mode.SLOTS if slot_minutes else Mode.PLACES,
        slot_minutes=slot_minutes,
        opens_at=opens_at,
        cut_off_hours=cut_off_hours,
        offer_hours=offer_hours,
        shows_names=shows_names,
        changed_at=now,
        once=key,
    )
    _in_order(session, now=now)
    session.capacity = capacity or (_slots_in(session) if slot_minutes else 0)
    _fits(session)
    session.save(force_insert=True)
    for user in hosts:
        host = Host.objects.create(session=session, user=user)
        if tells_hosts:
            news.tell_host(news.HOSTING, host, session)
    Places(session, by=by, now=now).noted("planned a session")
    return session


def _in_order(session: Session, *, now: datetime) -> None:
    if session.ends_at <= session.starts_at:
        raise WrongTimes("Enter an end that is after the start.")
    if session.starts_at <= now:
        raise WrongTimes("Enter a day and time that are still to come.")


def _slots_in(session: Session) -> int:
    return session.minutes // session.slot_minutes


def _fits(session: Session) -> None:
    """As many places as there can be."""
    if session.has_slots and session.capacity > _slots_in(session):
        number = _slots_in(session)
        much = f"{number} appointment{'' if number == 1 else 's'} of {session.slot_minutes} minutes"
        raise WrongTimes(f"Between start and end there is room for {much}. Enter a later end, or fewer appointments.")
    if not 1 <= session.capacity <= MOST_PLACES:
        raise WrongTimes(f"Enter how many places there are, between 1 and {MOST_PLACES}.")


@transaction.atomic
def change_session(*, session: Session, by, now: datetime, capacity: int | None = None, **changes) -> Session:
    """Another title, place or link, of which everybody hears; other settings quietly; more or fewer places.

    `changes` are any of title, place, link, shows_names, opens_at, cut_off_hours, offer_hours. Without a change nothing
    happens. Raises IsGone, SessionIsOff, BelowTaken, WrongTimes.
    """
    if unknown := changes.keys() - {*TOLD, *QUIET}:
        raise TypeError(f"No such setting: {', '.join(sorted(unknown))}.")
    with held(session, by=by, now=now) as places:
        session = planned(places.session)
        changed = {name for name, value in changes.items() if getattr(session, name) != value}
        for name in changed:
            setattr(session, name, changes[name])
        is_resized = capacity is not None and capacity != session.capacity
        if is_resized:
            _resize(places, capacity)
        if changed & {*TOLD}:
            _tell_change(places)
        if changed or is_resized:
            places.noted("changed a session")
        if is_resized:
            places.move_up()
    return session


def _resize(places: Places, capacity: int) -> None:
    session = places.session
    if capacity < session.taken:
        held_for = f"{session.taken} place{' is' if session.taken == 1 else 's are'} taken or held for somebody"
        raise BelowTaken(f"{held_for}. Enter {session.taken} or more, or cancel bookings first.")
    if places.has_slot_above(capacity):
        raise BelowTaken("One of the last times is taken. Cancel that booking first, or keep as many times as now.")
    session.capacity = capacity
    _fits(session)


def _tell_change(places: Places) -> None:
    """Calendars learn of it by a higher number."""
    session = places.session
    session.sequence, session.changed_at = session.sequence + 1, places.now
    news.tell_everybody(news.MOVED, session, bookings=list(session.bookings.live()))


@transaction.atomic
def move_session(*, session: Session, starts_at: datetime, ends_at: datetime, by, now: datetime) -> Session:
    """Another time; everybody who has a place or waits, and each host, hears of it once.

    Offers end at the latest when it, or their slot, begins. Without a change nothing happens. Raises IsGone,
    SessionIsOff, WrongTimes.
    """
    with held(session, by=by, now=now) as places:
        session = _not_under_way(planned(places.session), now=now)
        # In UTC: of an hour that comes twice, Python calls a moment in London equal to no other.
        new = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
        if new == (session.starts_at, session.ends_at):
            return session
        session.starts_at, session.ends_at = new
        _in_order(session, now=now)
        _fits(session)
        for booking in session.bookings.filter(state__in=sorted(TIMED), lapses_at__gt=session.starts_at):
            booking.lapses_at = min(booking.lapses_at, places.latest(booking))
            booking.save(update_fields=["lapses_at"])
            places.offers_moved()
        _tell_change(places)
        places.noted("moved a session")
        places.move_up()
    return session


@transaction.atomic
def call_off_session(*, session: Session, reason: str, by, now: datetime) -> Session:
    """It does not take place; everybody hears so and why. A second time nothing happens.

    Raises IsGone, NeedsReason, SessionIsOff of one that was held.
    """
    with held(session, by=by, now=now) as places:
        session = places.session
        if session.is_off:
            return session
        _not_under_way(planned(session), now=now)
        if not reason.strip():
            raise NeedsReason
        bookings = list(session.bookings.live())
        for booking in bookings:
            places.move(booking, BookingState.OFF)
        Attendee.objects.filter(booking__in=bookings).update(is_live=False)
        Seat.objects.filter(session=session).delete()
        session.taken, session.state, session.reason = 0, SessionState.CALLED_OFF, reason
        session.sequence, session.changed_at = session.sequence + 1, now
        news.tell_everybody(news.CALLED_OFF, session, bookings=bookings)
        places.noted("called a session off")
    return session


def _not_under_way(session: Session, *, now: datetime) -> Session:
    """The same, unless somebody was there in one of its slots already: what was is not undone. Raises SessionIsOff."""
    was_there = session.attendees.booked().filter(attendance__in=sorted(WAS_THERE))
    if session.has_slots and session.has_begun(now) and was_there.exists():
        raise SessionIsOff("Somebody was there already, so it takes place. Cancel the bookings still to come.")
    return session


def hold(places: Places) -> None:
    """Mark a session under its lock as held: the waiting list is closed, and what was offered is over."""
    session = places.session
    for booking in session.bookings.filter(state__in=sorted(IN_LINE | TIMED)):
        booking.session = session
        places.end(booking, BookingState.MISSED)
    session.state = SessionState.HELD
    places.noted("held a session")


@transaction.atomic
def change_hosts(
    *, session: Session, hosts: Iterable, by, now: datetime, fewest: int = 1, most: int | None = None
) -> Session:
    """These are the hosts from now on, as where one covers for another; who is new or out of it hears so.

    How many there are is the room's rule. Raises IsGone, SessionIsOff, WrongHosts.
    """
    hosts = {user.pk: user for user in hosts}
    if not fewest <= len(hosts) <= (most or len(hosts)):
        raise WrongHosts(_how_many(fewest, most))
    with held(session, by=by, now=now) as places:
        session = planned(places.session)
        were = {host.user_id: host for host in session.hosts.select_related("user")}
        for user in were.keys() - hosts.keys():
            news.tell_host(news.NOT_HOSTING, were[user], session)
            were[user].delete()
        for user in hosts.keys() - were.keys():
            news.tell_host(news.HOSTING, Host.objects.create(session=session, user=hosts[user]), session)
        if were.keys() != hosts.keys():
            places.noted("changed the hosts of a session")
    return session


def _how_many(fewest: int, most: int | None) -> str:
    if most is None:
        return f"Choose at least {fewest} host{'' if fewest == 1 else 's'}."
    numbers = f"{fewest}" if fewest == most else f"{fewest} {'or' if most == fewest + 1 else 'to'} {most}"
    return f"Choose {numbers} host{'' if most == 1 else 's'}."
