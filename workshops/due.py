"""Who is asked what about workshops, as today's rows say."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db.models import Prefetch

from bookings.choices import SessionState
from bookings.models import Attendee, Host
from bookings.querysets import may_host_still
from cohorts.choices import HOSTS, State
from cohorts.models import Participant
from elements import clock
from elements.contract import Reminder
from workshops.actions.feedback import OPEN_FOR
from workshops.choices import KIND
from workshops.models import Asked, Meeting
from workshops.querysets import TAKES_PART

FEEDBACK, REGISTER, CHOOSE = "workshops.feedback_asked", "workshops.register_open", "workshops.date_to_choose"
A_DAY = timedelta(days=1)
CHOOSE_BEFORE = timedelta(days=21)  # the first date of a workshop
REGISTER_FOR = timedelta(days=14)


def reminders(*, on: date, until: date) -> Iterator[Reminder]:
    """Six queries at most, whatever the number of people."""
    yield from _feedback(on, until)
    yield from _registers(on, until)
    yield from _dates(on, until)


def _feedback(on: date, until: date) -> Iterator[Reminder]:
    """Once, to everybody who was there at the same time, whether she has answered or not: so it tells nothing."""
    rows = Asked.objects.filter(
        participant__state__in=TAKES_PART,
        meeting__is_closed=False,
        meeting__feedback_until__gte=on,
        meeting__feedback_until__lte=until + OPEN_FOR,
    )
    for asked in rows.select_related("meeting__workshop", "participant__user", "cohort").order_by("pk"):
        if KIND in asked.cohort.elements_off:
            continue
        last = asked.meeting.feedback_until
        yield Reminder(
            kind=FEEDBACK,
            to=asked.participant.user,
            about=str(asked.meeting_id),
            at=clock.at(last - OPEN_FOR, time(0)),
            until=clock.at(last + A_DAY, time(0)),
            ref={"meeting": str(asked.meeting_id)},
            scope=asked.cohort_id,
        )


def _registers(on: date, until: date) -> Iterator[Reminder]:
    """The morning after, to whoever ran it, as long as nobody has said of everybody whether they came."""
    rows = Meeting.objects.untaken().filter(
        session__ends_at__gte=clock.at(on - REGISTER_FOR, time(0)),
        session__ends_at__lt=clock.at(until + A_DAY, time(0)),
    )
    hosts = Prefetch("session__hosts", Host.objects.filter(may_host_still(HOSTS)).select_related("user"))
    found = rows.select_related("session", "cohort").prefetch_related(hosts)
    for meeting in found.order_by("session__starts_at", "pk"):
        if KIND in meeting.cohort.elements_off:
            continue
        day = clock.local(meeting.session.ends_at).date()
        for host in meeting.session.hosts.all():
            yield Reminder(
                kind=REGISTER,
                to=host.user,
                about=str(meeting.pk),
                at=clock.at(day + A_DAY),
                until=clock.at(day + REGISTER_FOR, time(0)),
                ref={"meeting": str(meeting.pk)},
                scope=meeting.cohort_id,
                order=20,
            )


def _dates(on: date, until: date) -> Iterator[Reminder]:
    """From three weeks before the first date of a workshop on, to who takes part and has no place on any date."""
    near = Meeting.objects.filter(
        session__state=SessionState.PLANNED,
        session__starts_at__gte=clock.at(on, time(0)),
        session__starts_at__lt=clock.at(until + CHOOSE_BEFORE + A_DAY, time(0)),
    )
    first = {}
    for meeting in near.select_related("session", "cohort").order_by("session__starts_at", "pk"):
        if KIND not in meeting.cohort.elements_off:
            first.setdefault(meeting.workshop_id, meeting)
    if not first:
        return
    of = dict(Meeting.objects.filter(workshop__in=first).values_list("session", "workshop"))
    lines = Attendee.objects.live().filter(session__in=of).exclude(attendance__in=["apologies", "absent"])
    settled = {(participant, of[session]) for participant, session in lines.values_list("participant", "session")}
    cohorts = {meeting.cohort_id for meeting in first.values()}
    people = Participant.objects.filter(cohort__in=cohorts, state=State.ACCEPTED).select_related("user")
    for participant in people:
        for key, meeting in first.items():
            if participant.cohort_id != meeting.cohort_id or (participant.pk, key) in settled:
                continue
            yield Reminder(
                kind=CHOOSE,
                to=participant.user,
                about=str(key),
                at=clock.at(meeting.session.day - CHOOSE_BEFORE),
                until=meeting.session.starts_at,
                ref={"workshop": str(key), "meeting": str(meeting.pk)},
                scope=meeting.cohort_id,
                order=35,
            )
