"""Somebody says when she can meet, and asks her partner to say so too."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from accounts import audit
from cohorts.models import Participant
from elements import clock
from elements.refusals import Refusal
from pairs.actions.living import IsNoPartner, live
from pairs.choices import NO_LONGER, BusySource, HoursKind
from pairs.free_time import Span
from pairs.models import BusyTime, Pair, UsualHours
from reminders import outbox

ASKED = "pairs.free_time_asked"
WEEKS_AHEAD = timedelta(weeks=4)
MOST_TYPED = 200  # times that one person enters by hand

Day = Sequence[tuple[time, time]]


class TakesNoPart(Refusal):
    """Somebody has left the programme, and keeps no times here."""


class TooManyTimes(Refusal):
    """Somebody has entered as many times as one can."""


@transaction.atomic
def say_usual_hours(*, participant: Participant, working: Mapping[int, Day], agreed: Mapping[int, Day], by) -> None:
    """Her usual hours and those that are all right beside them, by weekday, in place of what she said before.

    Raises TakesNoPart.
    """
    participant = _taking_part(participant)
    UsualHours.objects.of(participant).delete()
    UsualHours.objects.bulk_create(
        UsualHours(participant=participant, kind=kind, weekday=weekday, starts=starts, ends=ends)
        for kind, week in ((HoursKind.WORKING, working), (HoursKind.AGREED, agreed))
        for weekday, hours in week.items()
        for starts, ends in dict(hours).items()
    )
    audit.record(by=by, did="said usual hours", on=participant)


@transaction.atomic
def add_busy_time(*, participant: Participant, starts_at: datetime, ends_at: datetime, by, now: datetime) -> None:
    """She cannot meet then. Saying it twice is saying it once. Raises TakesNoPart, TooManyTimes."""
    participant = _taking_part(participant)
    _drop_old(now)
    own = BusyTime.objects.of(participant).filter(source=BusySource.TYPED)
    if own.filter(starts_at=starts_at, ends_at=ends_at).exists():
        return
    if own.count() >= MOST_TYPED:
        raise TooManyTimes(f"You have entered {MOST_TYPED} times. Remove one first, or upload a rota")
    BusyTime.objects.create(participant=participant, starts_at=starts_at, ends_at=ends_at)
    audit.record(by=by, did="entered a time that does not suit", on=participant)


@transaction.atomic
def remove_busy_time(*, busy: BusyTime, by) -> None:
    """She can meet then after all."""
    audit.record(by=by, did="removed a time that does not suit", on=busy.participant)
    busy.delete()


@transaction.atomic
def keep_rota(*, participant: Participant, shifts: Iterable[Span], replace: bool, by, now: datetime) -> None:
    """Beginnings and ends of what a rota says, in place of the rota before or beside it. Raises TakesNoPart."""
    participant = _taking_part(participant)
    _drop_old(now)
    if replace:
        BusyTime.objects.of(participant).filter(source=BusySource.ROTA).delete()
    rows = [
        BusyTime(participant=participant, starts_at=shift.starts_at, ends_at=shift.ends_at, source=BusySource.ROTA)
        for shift in shifts
        if shift.ends_at > now
    ]
    BusyTime.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    audit.record(by=by, did="read in a rota", on=participant)


@transaction.atomic
def drop_rota(*, participant: Participant, by) -> None:
    """Nothing that came from a rota is kept."""
    BusyTime.objects.of(participant).filter(source=BusySource.ROTA).delete()
    audit.record(by=by, did="removed a rota", on=participant)


@transaction.atomic
def drop_times(*, participant: Participant, by) -> None:
    """Nothing of when somebody can meet is kept: she takes part no longer."""
    gone = BusyTime.objects.of(participant).delete()[0] + UsualHours.objects.of(participant).delete()[0]
    if gone:
        audit.record(by=by, did="removed all times of somebody who left", on=participant)


@transaction.atomic
def ask_for_times(*, pair: Pair, by, now: datetime) -> list[Participant]:
    """Ask those partners who have not said when they can meet, by one message a day; returns whom it reaches.

    Raises PairHasEnded, IsNoPartner.
    """
    pair = live(pair)
    people = [each.participant for each in pair.memberships.live().select_related("participant__user")]
    me = next((person for person in people if person.user_id == by.pk), None)
    if me is None or pair.shown_from > now:
        raise IsNoPartner("Only partners look for a time together.")
    said = set(said_by(people))
    asked = [person for person in people if person.pk not in {me.pk, *said}]
    letters = [
        outbox.Letter(
            to=person.user,
            key=key_of_asking(pair, me, person, now),
            ref={"pair": pair.pk, "from": me.pk, "to": person.pk},
            reply_to=[by],
            until=clock.at(clock.local(now).date() + timedelta(days=7)),
        )
        for person in asked
    ]
    if outbox.post_all(kind=ASKED, letters=letters, scope=pair.cohort_id):
        audit.record(by=by, did="asked a partner for times", on=pair, scope=pair.cohort_id)
    return asked


def key_of_asking(pair: Pair, me: Participant, to: Participant, now: datetime) -> str:
    """One message for each day, pair, asker and person asked."""
    return f"{ASKED}:{pair.pk}:{me.pk}:{to.pk}:{clock.local(now):%Y-%m-%d}"


def said_by(people: Iterable[Participant]) -> Iterable:
    """Primary keys of those who have said when they usually work."""
    rows = UsualHours.objects.filter(participant__in=list(people), kind=HoursKind.WORKING)
    return rows.order_by().values_list("participant", flat=True).distinct()


@transaction.atomic
def forget_old_times(now: datetime) -> int:
    """Delete times that are over; returns how many. For the clock, which is nobody."""
    return _drop_old(now)


def _drop_old(now: datetime) -> int:
    return BusyTime.objects.filter(ends_at__lte=now).delete()[0]


def _taking_part(participant: Participant) -> Participant:
    """The row under a lock, of somebody who still takes part: whoever withdraws meanwhile waits or came first."""
    found = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if found.state in NO_LONGER:
        raise TakesNoPart("You no longer take part, so that nothing is kept of when you can meet.")
    return found
