"""Days and counts that surgeries tell the house: when partners were there together, and who was there how long."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from bookings.choices import WAS_THERE, BookingState
from bookings.models import Attendee
from elements import clock
from elements.contract import Counts, Entry, RecordLine
from elements.keys import written
from elements.links import links_to
from surgeries.glance import is_used
from surgeries.models import KIND, Surgery, Topic
from surgeries.written import ELEMENT

LABEL = "Design surgery"
THERE = sorted(WAS_THERE)
TOGETHER = 2  # people of one pair in one surgery

ATTENDEES = "booking__attendees__participant"
COUNTED = {
    "people": Count(ATTENDEES, distinct=True),
    "came": Count(ATTENDEES, distinct=True, filter=Q(booking__attendees__attendance__in=THERE)),
}


def timeline(*, pairs, viewer) -> Iterator[Entry]:
    """Surgeries for which both partners have or had a place; contact once the register says that both came. One query.

    Who comes alone, from a pair or not, is no matter of the two.
    """
    pairs = {pair.pk: pair for pair in pairs if is_used(pair.cohort)}
    if not pairs:
        return
    session = "booking__session__"
    rows = Topic.objects.filter(pair__in=pairs, booking__state__in=[BookingState.BOOKED, BookingState.OFF]).order_by()
    columns = ("pair_id", f"{session}pk", f"{session}starts_at", f"{session}ends_at", "booking__state")
    if viewer is not None:
        seen = Surgery.objects.visible_to(viewer).filter(pk=OuterRef("booking__session"))
        rows, columns = rows.annotate(is_open=Exists(seen)), (*columns, "is_open")
    address = links_to("surgery_detail") if viewer else None
    for pair, key, starts_at, ends_at, state, *is_open, people, came in rows.values_list(*columns).annotate(**COUNTED):
        if people < TOGETHER:
            continue
        is_done = came >= TOGETHER
        yield Entry(
            pair=pair,
            on=clock.local(starts_at).date(),
            label=LABEL,
            state="cancelled" if state == BookingState.OFF else "done" if is_done else "planned",
            is_contact=is_done,
            starts_at=starts_at,
            minutes=round((ends_at - starts_at).total_seconds() / 60) if is_done else None,
            url=address(key) if address and is_open[0] else "",
        )


def contacts(*, pairs, on: date) -> Iterator[tuple]:
    """The same days, a line to each surgery of a pair: no cohort is asked for. One query."""
    rows = Topic.objects.filter(pair__in=pairs, booking__state=BookingState.BOOKED).order_by()
    told = rows.values_list(written("pair_id"), "booking__session", "booking__session__starts_at").annotate(**COUNTED)
    for pair, _, starts_at, people, came in told:
        day = clock.local(starts_at).date()
        if people >= TOGETHER:
            is_done = came >= TOGETHER
            yield pair, day if is_done and day <= on else None, day if not is_done and day >= on else None


def measures(*, cohorts) -> dict[object, Counts]:
    """How many surgeries each person was at. One query."""
    came = Attendee.objects.booked().filter(cohort__in=cohorts, session__kind=KIND, attendance__in=THERE).order_by()
    rows = came.values_list("participant").annotate(number=Count("pk"))
    return {participant: {"surgeries": number} for participant, number in rows}


def record(*, participant) -> Iterator[RecordLine]:
    """Surgeries that this person was at, with the minutes. One query."""
    mine = Attendee.objects.booked().filter(participant=participant, session__kind=KIND, attendance__in=THERE)
    for starts_at, minutes in mine.order_by("session__starts_at", "pk").values_list("session__starts_at", "minutes"):
        yield RecordLine(element=ELEMENT, on=clock.local(starts_at).date(), label=LABEL, minutes=minutes)
