"""Around the four clock changes of 2026 and 2027, nine is nine: on the page, in mail and in the calendar file."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from django.urls import reverse

from bookings.tests.factories import CHANGES, NINE_AROUND_CHANGES
from bookings.tests.overheard import read
from elements import calendar, clock, diary
from elements.registry import kind_named
from reminders.composing import compose
from reminders.models import Message
from workshops import actions
from workshops.forms.dates import DatesForm, TimeForm, day_field
from workshops.models import Meeting
from workshops.tests.test_series import browser
from workshops.tests.worlds import DAY, booked, cohort_with, one, planned, series

pytestmark = pytest.mark.django_db
EARLY = clock.at(date(2026, 1, 5), time(10))
UNTIL = date(2040, 1, 1)


def typed(day: date, name: str = "day") -> dict[str, str]:
    """What a lead types into the three boxes of a day."""
    return {f"{name}_{at}": str(figure) for at, figure in enumerate((day.day, day.month, day.year))}


def moments(day: date, starts="9am", ends="11am") -> dict[str, datetime]:
    form = TimeForm({**typed(day), "starts": starts, "ends": ends}, now=EARLY, until=UNTIL)
    assert form.is_valid(), form.errors
    return form.moments


def nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, NINE_AROUND_CHANGES[day], tzinfo=UTC)


def newest(user, kind: str) -> Message:
    return Message.objects.filter(recipient=user, kind=kind).latest("created_at")


def file_of(message: Message):
    [(_, file, _)] = compose(message, kind_named(message.kind)).email.attachments
    return vobject.readOne(file if isinstance(file, str) else file.decode()).vevent


@pytest.mark.parametrize("day", NINE_AROUND_CHANGES, ids=str)
def test_the_hour_that_was_typed_is_on_every_page_in_mail_and_in_the_file(day):
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], now=EARLY, **moments(day))
    booked(meeting, doctor, now=EARLY)
    words = f"{clock.in_full(day)}, 9am to 11am"
    assert meeting.session.starts_at == nine(day)
    pages = [meeting.get_absolute_url(), meeting.workshop.get_absolute_url()]
    pages.append(reverse("workshop_list", args=[cohort.pk]))
    for reader in (doctor.user, lead):
        assert [page for page in pages if words not in browser(reader).get(page).content.decode()] == []
    for reader, kind in ((doctor.user, "bookings.booked"), (facilitator, "bookings.hosting")):
        message = newest(reader, kind)
        assert words in read(message)
        assert file_of(message).dtstart.value == nine(day)
        assert file_of(message).dtstart.value.time() == time(9)
        feed = calendar.feed(diary.of([reader])[reader.pk], name="Mine").decode()
        [event] = [each for each in vobject.readOne(feed).vevent_list if each.summary.value == "How the NHS works"]
        assert event.dtstart.value == nine(day)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_what_is_moved_over_a_change_keeps_its_hour_on_the_wall(change):
    cohort, lead, _, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead, now=EARLY, **moments(change - DAY))
    booked(meeting, doctor, now=EARLY)
    before = file_of(newest(doctor.user, "bookings.booked"))
    actions.move_meeting(meeting=meeting, by=lead, now=EARLY, **moments(change + DAY))
    moved = newest(doctor.user, "bookings.moved")
    assert f"{clock.in_full(change + DAY)}, 9am to 11am" in read(moved)
    after = file_of(moved)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert (before.dtstart.value, after.dtstart.value) == (nine(change - DAY), nine(change + DAY))


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_series_that_is_set_in_one_form_has_one_hour_on_both_sides_of_a_change(change):
    cohort, lead, facilitator, _ = cohort_with()
    workshops = series(cohort, lead)
    days = [change + timedelta(days=number) for number in (-21, -7, -1, 0, 1, 14)]
    sent = {"starts": "9am", "ends": "11am", "place": "", "link": "", "capacity": "9", "hosts": [str(facilitator.pk)]}
    for workshop, day in zip(workshops, days, strict=True):
        sent |= typed(day, day_field(workshop))
    hosts = [(str(facilitator.pk), "Fay Oak")]
    form = DatesForm(sent, workshops=workshops, host_choices=hosts, now=EARLY, until=UNTIL)
    assert form.is_valid(), form.errors
    given = {"hosts": [facilitator], "place": "", "link": "", "capacity": 9, "asks_needs": False}
    actions.plan_dates(cohort=cohort, dates=form.days, by=lead, now=EARLY, **given)
    starts = list(Meeting.objects.values_list("session__starts_at", flat=True))
    assert [(clock.local(each).date(), clock.local(each).time()) for each in starts] == [(day, time(9)) for day in days]
    assert starts[2:5] == [nine(day) for day in days[2:5]]
