"""What of the surgeries needs their leads, as today's rows say: nobody hosts or booked, or nobody said who came."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Prefetch, Q
from django.urls import reverse

from bookings.choices import BookingState, SessionState
from bookings.coming import NEWS_LASTS
from bookings.models import Host
from bookings.querysets import lacks_a_host, may_host_still
from cohorts.choices import RoleKind
from cohorts.querysets import led_whole_by
from elements import clock
from elements.contract import Attention, Reminder
from elements.house import is_switched_off
from elements.working_time import before_working_days
from surgeries.models import KIND, Surgery

EMPTY = "surgeries.empty"
NOTICE = 2  # working days before, a lead is offered to call off what nobody has booked
LONGEST = timedelta(days=14)  # that two working days can be, over Christmas
ASKED_FOR = timedelta(days=30)  # after that nobody is asked who was there


def asked_on(surgery: Surgery) -> date:
    """The day on which a lead is offered to call off an empty surgery."""
    return before_working_days(surgery.session.day, NOTICE)


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """Each host of a surgery that is near and empty. Two queries."""
    near = Surgery.objects.empty().filter(
        session__state=SessionState.PLANNED,
        session__starts_at__gte=clock.at(on, time(0)),
        session__starts_at__lt=clock.at(until + LONGEST, time(0)),
    )
    hosts = Prefetch("session__hosts", Host.objects.filter(may_host_still([RoleKind.LEAD])).select_related("user"))
    near = near.select_related("session", "cohort__programme").prefetch_related(hosts)
    for surgery in near.order_by("session__starts_at", "session"):
        session = surgery.session
        # What was published or moved just now is not asked about at once: its host knows.
        at = max(clock.at(asked_on(surgery)), session.changed_at + NEWS_LASTS)
        if (
            clock.local(at).date() > until
            or is_switched_off(KIND, surgery)
            or (session.opens_at and session.opens_at > at)
        ):
            continue
        for host in session.hosts.all():
            yield Reminder(
                kind=EMPTY,
                to=host.user,
                about=f"{session.pk}:{int(session.starts_at.timestamp())}",
                at=at,
                until=session.starts_at,
                ref={"surgery": str(session.pk), "starts": int(session.starts_at.timestamp())},
                scope=session.cohort_id,
                order=30,
            )


def attention(*, cohorts, on: date, viewer) -> Iterator[Attention]:
    """Surgeries without a host who leads, near ones that nobody has booked, and past ones without a register.

    Of those that she runs. One query.
    """
    known = {cohort.pk: cohort for cohort in cohorts}
    if not known:
        return
    people, lacks_host = "session__attendees", lacks_a_host([RoleKind.LEAD])
    found = Surgery.objects.filter(
        led_whole_by(viewer) | Q(session__hosts__user=viewer),
        Q(session__starts_at__lt=clock.at(on + LONGEST, time(0))) | lacks_host,
        cohort__in=known,
        session__state=SessionState.PLANNED,
        session__starts_at__gte=clock.at(on - ASKED_FOR, time(0)),
    ).annotate(lacks_host=ExpressionWrapper(lacks_host, output_field=BooleanField()))
    counted = found.select_related("session").annotate(
        live=Count(people, filter=Q(**{f"{people}__is_live": True}), distinct=True),
        open=Count(
            people,
            filter=Q(
                **{
                    f"{people}__is_live": True,
                    f"{people}__attendance": "",
                    f"{people}__booking__state": BookingState.BOOKED,
                }
            ),
            distinct=True,
        ),
    )
    empty, unsaid, unhosted = defaultdict(list), defaultdict(list), defaultdict(list)
    for surgery in counted.order_by("session__starts_at", "session"):
        if surgery.session.day >= on and surgery.lacks_host:
            unhosted[surgery.cohort_id].append(surgery)
        if surgery.session.day < on and surgery.open:
            unsaid[surgery.cohort_id].append(surgery)
        elif surgery.session.day >= on and not surgery.live and asked_on(surgery) <= on:
            empty[surgery.cohort_id].append(surgery)
    for key, cohort in known.items():
        yield from _told(cohort, unhosted[key], "with a host who leads no more, or with none", "surgery_change", 24)
        yield from _told(cohort, empty[key], "that nobody has booked", "surgery_call_off", 25)
        yield from _told(cohort, unsaid[key], "without a register", "surgery_register", 27)


def _told(cohort, surgeries: list[Surgery], words: str, page: str, order: int) -> Iterator[Attention]:
    if not surgeries:
        return
    first, number = surgeries[0], len(surgeries)
    noun = "design surgery" if number == 1 else "design surgeries"
    hint = f"{first.session.when}." if number == 1 else f"The first is on {first.session.when}."
    yield Attention(cohort, f"{noun} {words}", number, reverse(page, args=[first.pk]), order, hint)
