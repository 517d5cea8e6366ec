"""Surgeries to use in tests: made through actions."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from bookings.models import Booking, Session
from cohorts.models import Cohort, Participant
from elements import clock
from surgeries import actions
from surgeries.models import Surgery
from surgeries.reading import of_surgeries
from surgeries.repeating import why_skipped

HOUR = timedelta(hours=1)


def ahead(days: int = 10, hour: time = time(14)) -> datetime:
    """An hour of a day that is so far ahead, bank holidays not counted: nothing is published on those."""
    day = clock.today()
    while days:
        day += timedelta(days=1)
        days -= not why_skipped(day)
    return clock.at(day, hour)


def published(cohort: Cohort, lead, *, starts_at: datetime | None = None, hosts=None, **more) -> Surgery:
    """A group of six, or with `slot_minutes` times one after the other, from 2pm to 4pm."""
    starts_at = starts_at or ahead()
    given = {
        "times": [(starts_at, starts_at + 2 * HOUR)],
        "hosts": hosts or [lead],
        "place": "Seminar room 2",
        "capacity": None if "slot_minutes" in more else 6,
        "now": timezone.now(),
        "mark": uuid4(),
        **more,
    }
    [surgery] = actions.publish_surgeries(cohort=cohort, by=lead, **given)
    return read(surgery)


def read(surgery: Surgery) -> Surgery:
    """As its pages read it."""
    return Surgery.objects.with_session().get(pk=surgery.pk)


def booked(surgery: Surgery, me: Participant, **more) -> Booking:
    given = {"words": "How do we measure it?", "now": timezone.now(), **more}
    booking = actions.book_surgery(surgery=surgery, me=me, by=me.user, **given)
    return as_read(booking, me.user)


def as_read(booking: Booking, user) -> Booking:
    return of_surgeries(user).get(pk=booking.pk)


def begun(surgery: Surgery, ago: timedelta = timedelta(minutes=30)) -> Surgery:
    """The same surgery, as if it had begun so long ago."""
    starts_at = timezone.now() - ago
    Session.objects.filter(pk=surgery.pk).update(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)
    return read(surgery)


def typed(lead, *, days: int = 10, **more) -> dict[str, str]:
    """What a lead types into the page that publishes one surgery."""
    day = clock.local(ahead(days)).date()
    boxes = {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year)}
    times = {"starts": "2pm", "ends": "4pm", "every": "0", "opens": "0", "cut_off": "24"}
    where = {"hosts": [str(lead.pk)], "place": "Seminar room 2", "mode": "places", "capacity": "6"}
    return {**boxes, **times, **where, **more}
