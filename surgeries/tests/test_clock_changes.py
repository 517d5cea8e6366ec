"""Around the four clock changes of 2026 and 2027, nine is nine: on the page, in mail and in the calendar file."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
import vobject
from django.http import QueryDict
from django.urls import reverse

from bookings.tests.factories import CHANGES, NINE_AROUND_CHANGES
from bookings.tests.overheard import read
from elements import clock
from elements.registry import kind_named
from pairs.tests.test_views import text_of
from reminders.composing import compose
from reminders.models import Message
from surgeries import actions
from surgeries.actions.news import SERIES
from surgeries.forms.publishing import PublishForm
from surgeries.hosting import leads_of
from surgeries.models import Surgery
from surgeries.repeating import hours_on
from surgeries.tests.worlds import HOUR, booked, published, typed
from surgeries.tests.worlds import read as surgery_of

pytestmark = pytest.mark.django_db
EARLY = clock.at(date(2026, 1, 5), time(10))
DAY = timedelta(days=1)


@pytest.fixture
def long(two):
    """(lead, cohort, doctor) of a programme over both years."""
    lead, pair, doctor, _ = two
    cohort = pair.cohort
    cohort.starts_on, cohort.ends_on = date(2026, 1, 1), date(2027, 12, 31)
    cohort.save()
    return lead, cohort, doctor


def nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, NINE_AROUND_CHANGES[day], tzinfo=UTC)


def on(day: date) -> list[tuple[datetime, datetime]]:
    return [hours_on(day, time(9), time(11))]


def newest(user, kind: str, surgery) -> Message:
    return Message.objects.filter(recipient=user, kind=kind, ref__session=str(surgery.pk)).latest("created_at")


def sent_with(message: Message):
    [(_, file, _)] = compose(message, kind_named(message.kind)).email.attachments
    return vobject.readOne(file if isinstance(file, str) else file.decode())


def file_of(message: Message):
    return sent_with(message).vevent


@pytest.mark.parametrize("day", NINE_AROUND_CHANGES, ids=str)
def test_the_hour_is_on_every_page_in_mail_and_in_the_file(long, client, day):
    lead, cohort, doctor = long
    surgery = published(cohort, lead, times=on(day), now=EARLY)
    booking = booked(surgery, doctor, now=EARLY)
    words = f"{clock.in_full(day)}, 9am to 11am"
    assert surgery.session.starts_at == nine(day)
    for reader in (doctor.user, lead):
        client.force_login(reader)
        for page in (surgery.get_absolute_url(), reverse("place_detail", args=[booking.pk])):
            assert words in text_of(client.get(page))
    for reader, kind in ((doctor.user, "bookings.booked"), (lead, "bookings.hosting")):
        message = newest(reader, kind, surgery)
        assert words in read(message)
        assert file_of(message).dtstart.value == nine(day)
        assert file_of(message).dtstart.value.time() == time(9)


@pytest.mark.parametrize("day", NINE_AROUND_CHANGES, ids=str)
def test_a_slot_has_its_own_hour(long, client, day):
    lead, cohort, doctor = long
    surgery = published(cohort, lead, times=on(day), slot_minutes=20, now=EARLY)
    booking = booked(surgery, doctor, slot=4, now=EARLY)
    words = f"{clock.in_full(day)}, 10am to 10:20am"
    client.force_login(doctor.user)
    assert words in text_of(client.get(reverse("place_detail", args=[booking.pk])))
    message = newest(doctor.user, "bookings.booked", surgery)
    assert words in read(message)
    assert file_of(message).dtstart.value == nine(day) + timedelta(hours=1)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_what_is_moved_over_a_change_keeps_its_hour_on_the_wall(long, change):
    lead, cohort, doctor = long
    surgery = published(cohort, lead, times=on(change - DAY), now=EARLY)
    booked(surgery, doctor, now=EARLY)
    before = file_of(newest(doctor.user, "bookings.booked", surgery))
    [(starts_at, ends_at)] = on(change + DAY)
    actions.move_surgery(surgery=surgery_of(surgery), starts_at=starts_at, ends_at=ends_at, by=lead, now=EARLY)
    moved = newest(doctor.user, "bookings.moved", surgery)
    assert f"{clock.in_full(change + DAY)}, 9am to 11am" in read(moved)
    after = file_of(moved)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert (before.dtstart.value, after.dtstart.value) == (nine(change - DAY), nine(change + DAY))


@pytest.mark.parametrize("change", CHANGES, ids=str)
@pytest.mark.parametrize("weekday", [-1, 0, 2], ids=["Saturdays", "Sundays", "Tuesdays"])
def test_a_series_over_a_change_has_one_hour_on_the_page_in_mail_and_in_the_files(long, client, change, weekday):
    lead, cohort, _ = long
    days = [change + timedelta(days=weekday + 7 * week) for week in (-1, 0, 1)]
    boxes = {f"day_{at}": str(figure) for at, figure in enumerate((days[0].day, days[0].month, days[0].year))}
    sent = {**typed(lead), **boxes, "every": "1", "times": "3", "starts": "9am", "ends": "11am"}

    def form_of(data) -> PublishForm:
        return PublishForm(data, cohort=cohort, leads=leads_of(cohort), by=lead, now=EARLY)

    first = form_of(_several(sent))
    assert not first.is_valid()
    again = form_of(_several({**sent, "seen": first.data["seen"], "dates": first.data.getlist("dates")}))
    assert again.is_valid(), again.errors
    actions.publish_surgeries(cohort=cohort, by=lead, now=EARLY, **again.chosen)
    surgeries = list(Surgery.objects.with_session())
    starts = [each.session.starts_at for each in surgeries]
    assert [clock.local(each).date() for each in starts] == days
    weeks = {later - earlier - timedelta(days=7) for earlier, later in pairwise(starts)}
    assert weeks in ({timedelta(0), HOUR}, {timedelta(0), -HOUR})  # one of the two weeks has the change in it
    client.force_login(lead)
    message = Message.objects.get(recipient=lead, kind=SERIES)
    for day, surgery in zip(days, surgeries, strict=True):
        words = f"{clock.in_full(day)}, 9am to 11am"
        assert words in text_of(client.get(surgery.get_absolute_url()))
        assert words in read(message)
    entries = [each.dtstart.value for each in sent_with(message).vevent_list]
    assert [each.time() for each in entries] == [time(9)] * 3
    assert entries == starts


def _several(data: dict):
    """As a browser sends it: a name may come more than once."""
    found = QueryDict(mutable=True)
    for name, value in data.items():
        found.setlist(name, value if isinstance(value, list) else [value])
    return found
