"""Leads publish surgeries, change and move them, or call one off."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from bookings.actions import (
    WrongHosts,
    call_off_session,
    change_hosts,
    change_session,
    move_session,
    plan_session,
)
from bookings.models import Session
from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements import clock, once
from elements.refusals import Refusal
from surgeries.actions.news import tell_hosts
from surgeries.hosting import MOST_HOSTS, is_asked_for, leads_of
from surgeries.models import KIND, Allowance, Surgery

TITLE = "Design surgery"
OPENING = time(9)


class HostIsNoLead(Refusal):
    """Projects are talked over with leads of the cohort, who read what is asked."""

    unsaid = "Choose one or two leads of this cohort as hosts."


class NamesStayHidden(Refusal):
    """Whoever booked was told that others read no name."""

    unsaid = "Somebody has booked who was not told that names are shown. They can be shown in another surgery."


@transaction.atomic
def publish_surgeries(
    *,
    cohort: Cohort,
    times: Sequence[tuple[datetime, datetime]],
    hosts: Iterable,
    by,
    now: datetime,
    place: str = "",
    link: str = "",
    capacity: int | None = None,
    slot_minutes: int | None = None,
    opens_days: int = 0,
    cut_off_hours: int = 0,
    offer_hours: int = DEFAULT_OFFER_HOURS,
    shows_names: bool = False,
    mark: UUID | None = None,
) -> list[Surgery]:
    """One surgery at each of these times; the same page sent twice publishes them once.

    Each host hears of all of them in one message. Booking opens so many days before each, at nine; at once where that
    is 0. Raises WrongHosts, HostIsNoLead, WrongTimes.
    """
    take_turn(cohort)  # the same page sent twice at once
    hosts, are_several = _hosts(cohort, hosts), len(times) > 1
    series = (once.key(mark, str(by.pk), "series") or uuid4()) if are_several else None
    published, new = [], []
    for starts_at, ends_at in times:
        session = plan_session(
            cohort=cohort,
            kind=KIND,
            title=TITLE,
            starts_at=starts_at,
            ends_at=ends_at,
            by=by,
            now=now,
            hosts=hosts.values(),
            place=place,
            link=link,
            capacity=capacity,
            slot_minutes=slot_minutes,
            opens_at=_opens_at(starts_at, opens_days),
            cut_off_hours=cut_off_hours,
            offer_hours=offer_hours,
            shows_names=shows_names,
            mark=mark,
            tells_hosts=not are_several,
        )
        surgery, is_new = Surgery.objects.get_or_create(session=session, defaults={"cohort": cohort, "series": series})
        surgery.session = session
        published.append(surgery)
        if is_new and are_several:
            new.append(surgery)
    tell_hosts(new, cohort=cohort)
    return published


def _hosts(cohort: Cohort, users: Iterable) -> dict:
    """{key: user}. Raises WrongHosts, HostIsNoLead."""
    hosts = {user.pk: user for user in users}
    if not 1 <= len(hosts) <= MOST_HOSTS:
        raise WrongHosts("Choose one or two hosts.")
    if hosts.keys() - {user.pk for user in leads_of(cohort)}:
        raise HostIsNoLead
    return hosts


def _opens_at(starts_at: datetime, days: int) -> datetime | None:
    return clock.at(clock.local(starts_at).date() - timedelta(days=days), OPENING) if days else None


@transaction.atomic
def change_surgery(
    *,
    surgery: Surgery,
    hosts: Iterable,
    place: str,
    link: str,
    capacity: int,
    cut_off_hours: int,
    shows_names: bool,
    by,
    now: datetime,
    offer_hours: int | None = None,
) -> Surgery:
    """Another place or link, of which everybody hears once; other hosts, as where one covers for another.

    Names can be hidden at any time, and shown only while nobody has booked. Raises IsGone, SessionIsOff, WrongHosts,
    HostIsNoLead, NamesStayHidden, BelowTaken, WrongTimes.
    """
    session = Session.objects.locked(surgery.session_id)  # nobody books meanwhile
    if session and shows_names and not session.shows_names and is_asked_for(session):
        raise NamesStayHidden
    hosts = _hosts(surgery.cohort, hosts)
    there = set(surgery.session.hosts.values_list("user", flat=True))
    change_session(
        session=surgery.session,
        by=by,
        now=now,
        capacity=capacity,
        place=place,
        link=link,
        cut_off_hours=cut_off_hours,
        shows_names=shows_names,
        **({"offer_hours": offer_hours} if offer_hours else {}),
    )
    if hosts.keys() != there:
        change_hosts(session=surgery.session, hosts=hosts.values(), by=by, now=now, fewest=1, most=MOST_HOSTS)
    return surgery


@transaction.atomic
def move_surgery(*, surgery: Surgery, starts_at: datetime, ends_at: datetime, by, now: datetime) -> Surgery:
    """Another time; everybody keeps the place and is told once. Raises IsGone, SessionIsOff, WrongTimes."""
    surgery.session = move_session(session=surgery.session, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    return surgery


@transaction.atomic
def call_off_surgery(*, surgery: Surgery, reason: str, by, now: datetime) -> Surgery:
    """It does not take place; everybody hears so and why. Raises IsGone, NeedsReason, SessionIsOff."""
    surgery.session = call_off_session(session=surgery.session, reason=reason, by=by, now=now)
    return surgery


@transaction.atomic
def set_allowance(*, cohort: Cohort, open_bookings: int, by) -> Allowance:
    """How many open bookings each person of the cohort may have. What is booked already stays."""
    take_turn(cohort)
    found = Allowance.objects.filter(cohort=cohort).first() or Allowance(cohort=cohort)
    if found.open_bookings != open_bookings or found._state.adding:
        found.open_bookings = open_bookings
        found.save()
        audit.record(by=by, did="set how many surgeries each may book", on=cohort, scope=cohort.pk)
    return found
