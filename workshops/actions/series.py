"""A lead puts the series together: the usual six, one more, another order."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from accounts import audit
from bookings import actions as sessions
from bookings.choices import SessionState
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements import clock, once
from elements.refusals import IsGone, Refusal
from workshops.models import Need, Workshop
from workshops.presets import USUAL


class SeriesIsThere(Refusal):
    """The usual six are set up in an empty series."""

    unsaid = "There is a workshop already. Add others one by one."


class NeedsAreClosed(Refusal):
    """What people said is shown from the day after the last day of asking, and must not change then."""

    unsaid = "The last day for saying what people want has passed, and what was said is shown. It stays as it is"


class StillNeeded(Refusal):
    """Something hangs on the workshop that would be lost with it."""

    unsaid = "Something hangs on this workshop, so it stays."


@transaction.atomic
def set_up_usual_workshops(*, cohort: Cohort, by) -> list[Workshop]:
    """The six of the preset, in their order. Raises SeriesIsThere."""
    take_turn(cohort)
    if Workshop.objects.filter(cohort=cohort).exists():
        raise SeriesIsThere
    workshops = Workshop.objects.bulk_create(
        Workshop(cohort=cohort, place=place, topic=usual.topic, title=usual.title, aims=usual.aims)
        for place, usual in enumerate(USUAL, 1)
    )
    audit.record(by=by, did="set up the usual workshops", on=cohort, scope=cohort.pk)
    return workshops


@transaction.atomic
def add_workshop(
    *,
    cohort: Cohort,
    topic: str,
    title: str,
    aims: str,
    asks_feedback: bool,
    needs_until: date | None,
    by,
    mark: UUID | None = None,
) -> Workshop:
    """One more, after all others; the same form sent twice (`mark`) adds one."""
    take_turn(cohort)
    key = once.key(mark, str(cohort.pk), topic, title, aims, asks_feedback, str(needs_until))
    if key and (there := Workshop.objects.filter(cohort=cohort, pk=key).first()):
        return there
    last = Workshop.objects.filter(cohort=cohort).aggregate(last=Max("place"))["last"] or 0
    workshop = Workshop.objects.create(
        pk=key or uuid4(),
        cohort=cohort,
        place=last + 1,
        topic=topic,
        title=title,
        aims=aims,
        asks_feedback=asks_feedback,
        needs_until=needs_until,
    )
    audit.record(by=by, did="added a workshop", on=workshop, scope=cohort.pk)
    return workshop


@transaction.atomic
def change_workshop(
    *,
    workshop: Workshop,
    topic: str,
    title: str,
    aims: str,
    asks_feedback: bool,
    needs_until: date | None,
    by,
    now: datetime,
) -> Workshop:
    """Other words; of another title everybody who has a place hears, because it stands in calendars.

    Raises IsGone, NeedsAreClosed: what people wanted is shown once, and not again after one more.
    """
    workshop, on = held(workshop), clock.local(now).date()
    if workshop.knows_needs(on) and needs_until != workshop.needs_until and Need.objects.filter(workshop=workshop):
        raise NeedsAreClosed
    if title != workshop.title:
        _rename_dates(workshop, title, by=by, now=now)
    workshop.topic, workshop.title, workshop.aims = topic, title, aims
    workshop.asks_feedback, workshop.needs_until = asks_feedback, needs_until
    workshop.save(update_fields=["topic", "title", "aims", "asks_feedback", "needs_until"])
    audit.record(by=by, did="changed a workshop", on=workshop, scope=workshop.cohort_id)
    return workshop


def _rename_dates(workshop: Workshop, title: str, *, by, now: datetime) -> None:
    """The dates to come are called like their workshop."""
    for meeting in workshop.meetings.filter(session__state=SessionState.PLANNED, session__ends_at__gt=now):
        sessions.change_session(session=meeting.session, title=title, by=by, now=now)


@transaction.atomic
def move_workshop(*, workshop: Workshop, up: bool, by) -> None:
    """One turn earlier or later; at the end nothing happens. Raises IsGone."""
    workshop = held(workshop)
    rows = list(Workshop.objects.filter(cohort=workshop.cohort_id).only("pk", "place"))
    at = rows.index(workshop)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    rows[at], rows[other] = rows[other], rows[at]
    number(rows)
    audit.record(by=by, did="moved a workshop in the series", on=workshop, scope=workshop.cohort_id)


@transaction.atomic
def remove_workshop(*, workshop: Workshop, by) -> None:
    """It was never there: only while nothing hangs on it. Raises IsGone, StillNeeded."""
    workshop = held(workshop)
    if said := hangs_on(workshop):
        raise StillNeeded(said)
    audit.record(by=by, did="removed a workshop", on=workshop, scope=workshop.cohort_id)
    workshop.delete()
    number(list(Workshop.objects.filter(cohort=workshop.cohort_id).only("pk", "place")))


def hangs_on(workshop: Workshop) -> str:
    """Why a workshop cannot be removed, as a sentence; "" where it can."""
    if workshop.meetings.exists():
        return "It has dates. What has a date stays, also when all its dates are called off."
    if workshop.materials.exists():
        return "It has materials that people may read for ever. Remove them first if nobody has needed them."
    if workshop.needs.exists():
        return "People have said what they want from it, so it stays."
    return ""


def held(workshop: Workshop) -> Workshop:
    """The workshop as it is now, in its cohort's turn and under its own lock. Raises IsGone."""
    take_turn(workshop.cohort)
    found = Workshop.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk=workshop.pk).first()
    if found is None:
        raise IsGone
    return found


def number(rows: list[Workshop]) -> None:
    """Turns from 1 on."""
    for place, each in enumerate(rows, 1):
        each.place = place
    Workshop.objects.bulk_update(rows, ["place"])
