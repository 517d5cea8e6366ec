"""Next year's cohort begins with this one's surgeries; and somebody is forgotten."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid5

from django.db import transaction
from django.db.models import Count, Q

from accounts import audit
from accounts.models import User
from bookings.actions import plan_session
from bookings.choices import SessionState
from bookings.models import Booking
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements import clock
from surgeries.actions.news import tell_hosts
from surgeries.hosting import MOST_HOSTS, leads_of
from surgeries.models import KIND, Allowance, Note, Surgery, Topic
from surgeries.repeating import hours_on, why_skipped


@transaction.atomic
def copy_surgeries(
    *, source: Cohort, target: Cohort, moved: Callable[[date], date], by, now: datetime
) -> list[Surgery]:
    """The surgeries of this cohort on the days on which they fall next year, at the same hours; and the allowance.

    Those that would fall on a bank holiday, out of the cohort, or on a day that is over are left out. Their hosts host
    again where they lead the new cohort, else whoever copies, and hear of theirs in one message. A second time adds
    nothing, and nobody is written to.
    """
    take_turn(target)
    if (said := Allowance.objects.filter(cohort=source).first()) and not Allowance.objects.filter(cohort=target):
        Allowance.objects.create(cohort=target, open_bookings=said.open_bookings)
    leads = {user.pk: user for user in leads_of(target)}
    found = Surgery.objects.with_session().filter(cohort=source).exclude(session__state=SessionState.CALLED_OFF)
    made, new = [], []
    for surgery in found.order_by("session__starts_at", "session"):
        hosts = [leads[host.user_id] for host in surgery.session.hosts.all() if host.user_id in leads]
        if not hosts and by.pk in leads:
            hosts = [leads[by.pk]]
        times = _next_times(surgery, target, moved, now=now)
        if hosts and times:
            again, is_new = _again(surgery, target, times, hosts[:MOST_HOSTS], moved, by=by, now=now)
            made.append(again)
            if is_new:
                new.append(again)
    tell_hosts(new, cohort=target)
    if made:
        audit.record(by=by, did="copied surgeries from another cohort", on=target, scope=target.pk)
    return made


def _next_times(surgery: Surgery, target: Cohort, moved, *, now: datetime) -> tuple[datetime, datetime] | None:
    first, last = clock.local(surgery.session.starts_at), clock.local(surgery.session.ends_at)
    day = moved(first.date())
    if why_skipped(day) or not target.starts_on <= day <= target.ends_on:
        return None
    try:
        times = hours_on(day, first.time(), last.time())
    except clock.NoSuchTime:
        return None
    return times if times[0] > now and times[1] > times[0] else None


def _again(surgery: Surgery, target: Cohort, times, hosts, moved, *, by, now: datetime) -> tuple[Surgery, bool]:
    """The same surgery in the other cohort, and whether it is new there."""
    there = surgery.session
    session = plan_session(
        cohort=target,
        kind=KIND,
        title=there.title,
        starts_at=times[0],
        ends_at=times[1],
        by=by,
        now=now,
        hosts=hosts,
        place=there.place,
        link=there.link,
        capacity=there.capacity,
        slot_minutes=there.slot_minutes,
        opens_at=_opens_again(there.opens_at, moved),
        cut_off_hours=there.cut_off_hours,
        offer_hours=there.offer_hours,
        shows_names=there.shows_names,
        mark=uuid5(target.pk, str(surgery.pk)),
        tells_hosts=False,
    )
    series = uuid5(target.pk, str(surgery.series)) if surgery.series else None
    return Surgery.objects.get_or_create(session=session, defaults={"cohort": target, "series": series})


def _opens_again(opens_at: datetime | None, moved) -> datetime | None:
    if opens_at is None:
        return None
    here = clock.local(opens_at)
    return clock.at(moved(here.date()), here.time())


@transaction.atomic
def forget_person(*, user: User, by) -> None:
    """What she asked alone and what was noted of it goes; what was a partner's as well stays. Five queries."""
    Note.objects.filter(written_by=user).update(written_by=None)
    alone = Booking.objects.filter(session__kind=KIND).annotate(
        others=Count("attendees", filter=~Q(attendees__participant__user=user)), all_of_it=Count("attendees")
    )
    keys = list(alone.filter(others=0, all_of_it__gt=0).values_list("pk", flat=True))
    Topic.objects.filter(booking__in=keys).update(words="")
    Note.objects.filter(booking__in=keys).delete()
    audit.record(by=by, did="took somebody out of the surgeries", on=user)
