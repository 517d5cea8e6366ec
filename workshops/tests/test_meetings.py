"""Dates: six in one form, moved and called off; places booked, changed to another date, offered and given back."""

import re
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings import actions as sessions
from bookings.choices import BookingState
from bookings.models import Booking, Session
from cohorts.models import Role
from elements import clock, diary
from elements.contract import Event
from elements.working_time import is_working_day
from pairs.tests.test_views import text_of
from reminders.models import Message
from tests.reliability.forms_drawn import forms_drawn
from workshops import actions
from workshops.dates import standings
from workshops.forms.dates import DatesForm, day_field
from workshops.models import Meeting, Workshop
from workshops.tests.test_series import browser
from workshops.tests.worlds import DAY, HOUR, NOW, STARTS_AT, booked, cohort_with, one, people, planned, series

pytestmark = pytest.mark.django_db


def dates_sent(facilitator, workshops, *days: str, **more) -> dict:
    """A day for each of these workshops in turn."""
    sent = {"starts": "2pm", "ends": "5pm", "place": "Room 2", "link": "", "capacity": "30", "asks_needs": "on"}
    sent |= {"hosts": [str(facilitator.pk)], **more}
    for workshop, day in zip(workshops, days, strict=False):
        for box, figure in enumerate(day.split()):
            sent[f"{day_field(workshop)}_{box}"] = figure
    return sent


def state_of(participant) -> list[tuple]:
    rows = Booking.objects.filter(attendees__participant=participant).order_by("session__starts_at", "line")
    return [(each.session.starts_at, each.state) for each in rows]


def test_six_dates_are_set_in_one_form():
    cohort, lead, facilitator, _ = cohort_with()
    workshops, year = series(cohort, lead), clock.today().year + 1
    page = reverse("workshop_dates", args=[cohort.pk])
    sent = dates_sent(facilitator, workshops, *(f"{number} 3 {year}" for number in range(1, 7)))
    assert browser(lead).post(page, sent).status_code == 302
    meetings = list(Meeting.objects.select_related("session"))
    assert [each.workshop_id for each in meetings] == [each.pk for each in workshops]
    assert [each.session.day for each in meetings] == [date(year, 3, number) for number in range(1, 7)]
    assert {(each.session.place, each.session.capacity, each.session.minutes) for each in meetings} == {
        ("Room 2", 30, 180)
    }
    assert [host.user for each in meetings for host in each.session.hosts.all()] == [facilitator] * 6
    assert [each.needs_until for each in Workshop.objects.all()] == [each.session.day - 7 * DAY for each in meetings]
    assert "Every workshop has a date" in browser(lead).get(page).content.decode()


def test_the_lead_says_for_how_many_working_hours_an_offer_stands():
    cohort, lead, facilitator, _ = cohort_with()
    workshops, year, client = series(cohort, lead), clock.today().year + 1, browser(lead)
    page = reverse("workshop_dates", args=[cohort.pk])
    assert client.get(page).context["form"]["offer_hours"].value() == 4
    wrong = client.post(page, dates_sent(facilitator, workshops, f"1 3 {year}", offer_hours="41"))
    assert "Enter how many working hours as a whole number from 1 to 40" in wrong.content.decode()
    client.post(page, dates_sent(facilitator, workshops, f"1 3 {year}", offer_hours="8"))
    sent = dates_sent(facilitator, []) | {"day_0": "2", "day_1": "3", "day_2": str(year), "offer_hours": ""}
    client.post(reverse("meeting_create", args=[workshops[1].pk]), sent)
    found = list(Session.objects.order_by("starts_at"))
    assert [each.offer_hours for each in found] == [8, 4]
    page = reverse("meeting_change", args=[found[0].pk])
    assert client.get(page).context["form"]["offer_hours"].value() == 8
    client.post(page, dates_sent(facilitator, [], offer_hours="2"))
    found[0].refresh_from_db()
    assert found[0].offer_hours == 2


def test_a_wrong_day_and_a_wrong_hour_are_said_at_once():
    cohort, lead, facilitator, _ = cohort_with()
    sent = dates_sent(facilitator, series(cohort, lead), "1 3 2020", starts="2")
    page = browser(lead).post(reverse("workshop_dates", args=[cohort.pk]), sent).content.decode()
    assert "Enter a day that is still to come" in page
    assert "Do you mean 2am or 2pm?" in page


def test_no_date_is_after_the_cohort_has_ended():
    cohort, lead, facilitator, _ = cohort_with()
    [first, second, *_], last = series(cohort, lead), cohort.ends_on
    now, sentence = timezone.now(), f"Enter a day up to {clock.in_full(last)}, when the cohort ends"
    meeting = planned(first, lead, starts_at=now + DAY, now=now)
    after, there = (last + DAY).strftime("%d %m %Y"), last.strftime("%d %m %Y")
    for name, thing in (("workshop_dates", cohort), ("meeting_create", second), ("meeting_move", meeting)):
        page = reverse(name, args=[thing.pk])
        for day, is_refused in ((after, True), (there, False)):
            sent = dates_sent(facilitator, [second], day) | dict(
                zip(("day_0", "day_1", "day_2"), day.split(), strict=True)
            )
            answer = browser(lead).post(page, sent)
            assert (sentence in answer.content.decode()) is is_refused
            assert answer.status_code == (200 if is_refused else 302)
    assert {each.day for each in Session.objects.all()} == {last}


def test_who_waits_reads_her_number_on_every_page_that_shows_the_date_and_it_moves_up():
    cohort, lead, _, everybody = cohort_with(4)
    workshop, now = one(cohort, lead), timezone.now()
    meeting = planned(workshop, lead, capacity=1, starts_at=now + 30 * DAY, now=now)
    booked(meeting, *everybody[:3], now=now)
    last, third = everybody[3], everybody[2]
    said = browser(last.user).post(reverse("meeting_book", args=[meeting.pk]), follow=True).content.decode()
    assert "You are number 3 on the waiting list. We write to you" in said
    pages = [workshop.get_absolute_url(), meeting.get_absolute_url(), reverse("workshop_list", args=[cohort.pk])]
    actions.give_place_back(booking=Booking.objects.get(attendees__participant=third), by=third.user, now=now)
    for page in pages:
        assert "You are number 2 on the waiting list" in browser(last.user).get(page).content.decode()


def test_a_facilitator_finds_what_she_runs_and_nothing_else():
    cohort, lead, facilitator, (doctor, _) = cohort_with()
    now = timezone.now()
    mine, other, off = (one(cohort, lead, title=title) for title in ("Mine", "Not mine", "Called off"))
    planned(mine, lead, hosts=[facilitator], starts_at=now + DAY, now=now)
    booked(planned(mine, lead, hosts=[facilitator], starts_at=now - DAY, now=now - 9 * DAY), doctor, now=now - 9 * DAY)
    planned(other, lead, hosts=[lead], starts_at=now + DAY, now=now)
    gone = planned(off, lead, hosts=[facilitator], starts_at=now + DAY, now=now)
    actions.call_off_meeting(meeting=gone, reason="Snow", by=lead, now=now)
    client, page = browser(facilitator), reverse("hosted_list")
    assert page in client.get(reverse("home")).content.decode()
    shown = client.get(page).content.decode()
    assert shown.count("Mine") == 3  # twice, and in the words of the link to the register
    assert "Not mine" not in shown
    assert "Called off" not in shown
    assert shown.count("Take the register") == 1
    type(cohort).objects.filter(pk=cohort.pk).update(elements_off=["workshops"])
    assert "You run no workshop yet" in client.get(page).content.decode()


def test_one_wrong_day_saves_none_and_keeps_what_was_typed():
    cohort, lead, facilitator, _ = cohort_with()
    sent = dates_sent(facilitator, series(cohort, lead), f"1 3 {clock.today().year + 1}", "1 3 2020")
    answer = browser(lead).post(reverse("workshop_dates", args=[cohort.pk]), sent)
    assert answer.status_code == 200
    assert "Enter a day that is still to come" in answer.content.decode()
    assert 'value="2020"' in answer.content.decode()
    assert not Session.objects.exists()


def days_of(workshops) -> list:
    """The day of each, None for one without a date."""
    days = {each.workshop_id: each.session.day for each in Meeting.objects.select_related("session")}
    return [days.get(each.pk) for each in workshops]


def test_a_form_of_many_days_sent_twice_plans_each_once_and_shifts_none():
    cohort, lead, facilitator, _ = cohort_with()
    workshops, year = series(cohort, lead), clock.today().year + 1
    client, page = browser(lead), reverse("workshop_dates", args=[cohort.pk])
    three = [f"{number} 3 {year}" for number in (1, 2, 3)]
    sent = dates_sent(facilitator, workshops, *three, sending=str(uuid4()))
    for _ in range(2):
        answer = client.post(page, sent, follow=True)
        assert "3 workshops have a date." in answer.content.decode()
        assert days_of(workshops) == [*(date(year, 3, number) for number in (1, 2, 3)), None, None, None]
    assert Meeting.objects.count() == 3


def test_all_six_sent_twice_are_the_same_six():
    cohort, lead, facilitator, _ = cohort_with()
    workshops, year = series(cohort, lead), clock.today().year + 1
    client, page = browser(lead), reverse("workshop_dates", args=[cohort.pk])
    days = [f"{number} 3 {year}" for number in range(1, 7)]
    sent = dates_sent(facilitator, workshops, *days, sending=str(uuid4()))
    for _ in range(2):
        assert "6 workshops have a date." in client.post(page, sent, follow=True).content.decode()
    assert Meeting.objects.count() == 6


def test_what_another_lead_has_planned_meanwhile_is_said_and_no_day_slips_to_another_workshop():
    cohort, lead, facilitator, _ = cohort_with()
    workshops, year = series(cohort, lead), clock.today().year + 1
    page = reverse("workshop_dates", args=[cohort.pk])
    three = [f"{number} 3 {year}" for number in (1, 2, 3)]
    theirs = dates_sent(facilitator, workshops, f"9 3 {year}")
    assert browser(lead).post(page, theirs).status_code == 302
    answer = browser(lead).post(page, dates_sent(facilitator, workshops, *three))
    assert answer.status_code == 200
    assert "It has a date meanwhile" in answer.content.decode()
    third = re.search(rf'<input[^>]* name="{day_field(workshops[2])}_0"[^>]*>', answer.content.decode())
    assert 'value="3"' in third.group()  # what was typed stays
    assert days_of(workshops) == [date(year, 3, 9), *[None] * 5]
    rest = dates_sent(facilitator, workshops[1:], *three[1:])
    assert browser(lead).post(page, rest).status_code == 302
    assert days_of(workshops) == [date(year, 3, number) for number in (9, 2, 3)] + [None] * 3


def test_two_workshops_of_one_title_have_a_date_on_one_day():
    cohort, lead, facilitator, _ = cohort_with()
    alike, day = [one(cohort, lead) for _ in range(2)], f"1 3 {clock.today().year + 1}"
    sent = dates_sent(facilitator, alike, day, day, sending=str(uuid4()))
    for _ in range(2):
        answer = browser(lead).post(reverse("workshop_dates", args=[cohort.pk]), sent)
        assert answer.status_code == 302
    assert {each.workshop_id for each in Meeting.objects.all()} == {each.pk for each in alike}
    assert Meeting.objects.count() == 2


def test_a_form_without_any_workshop_saves_nothing_and_says_so():
    cohort, lead, facilitator, _ = cohort_with()
    for workshop in series(cohort, lead):
        planned(workshop, lead)
    answer = browser(lead).post(reverse("workshop_dates", args=[cohort.pk]), dates_sent(facilitator, []))
    assert answer.status_code == 200
    assert "Every workshop has a date" in answer.content.decode()
    assert "0 workshops" not in answer.content.decode()


def test_the_same_form_sent_twice_plans_once():
    cohort, lead, facilitator, _ = cohort_with()
    series(cohort, lead)
    form = DatesForm(workshops=[], host_choices=[], now=NOW, until=cohort.ends_on)
    mark = str(form["sending"].initial)
    client, page = browser(lead), reverse("meeting_create", args=[Workshop.objects.first().pk])
    sent = {"starts": "2pm", "ends": "5pm", "place": "", "link": "", "capacity": "9", "hosts": [str(facilitator.pk)]}
    sent |= {"day_0": "1", "day_1": "3", "day_2": str(clock.today().year + 1), "sending": mark}
    for _ in range(2):
        assert client.post(page, sent).status_code == 302
    assert Meeting.objects.count() == 1


def test_another_date_begins_as_the_last_one_is_and_says_its_own_day():
    cohort, lead, facilitator, _ = cohort_with()
    workshop = one(cohort, lead)
    client, page = browser(lead), reverse("meeting_create", args=[workshop.pk])
    assert "checked" not in client.get(page).content.decode()
    planned(workshop, lead, hosts=[facilitator], capacity=23)
    off = planned(workshop, lead, hosts=[facilitator], starts_at=STARTS_AT + DAY, capacity=24)
    actions.call_off_meeting(meeting=off, reason="Snow", by=lead, now=NOW)
    form = client.get(page).context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "sending"}
    assert shown == {
        "day": None,
        "starts": "2pm",
        "ends": "5pm",
        "place": "Seminar room 2",
        "link": "",
        "capacity": 23,
        "offer_hours": 4,
        "hosts": [str(facilitator.pk)],
    }


def test_a_workshop_whose_only_date_is_called_off_is_offered_another():
    cohort, lead, _, _ = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 30 * DAY, now=now)
    client, page, form = browser(lead), reverse("workshop_list", args=[cohort.pk]), "workshop_dates"
    assert reverse(form, args=[cohort.pk]) not in client.get(page).content.decode()
    actions.call_off_meeting(meeting=meeting, reason="Snow", by=lead, now=now)
    assert reverse(form, args=[cohort.pk]) in client.get(page).content.decode()


def test_whoever_runs_a_date_reads_that_it_is_a_day_off():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop, now = one(cohort, lead), timezone.now()
    friday = clock.today() + DAY * ((4 - clock.today().weekday()) % 7 + 7)
    while not is_working_day(friday):
        friday += 7 * DAY
    words = "This is a weekend or a bank holiday"
    for days, is_off in ((0, False), (1, True)):
        meeting = planned(workshop, lead, starts_at=clock.at(friday + days * DAY), now=now)
        pages = [meeting.get_absolute_url(), workshop.get_absolute_url(), reverse("workshop_list", args=[cohort.pk])]
        for page in pages:
            assert (words in browser(lead).get(page).content.decode()) is is_off
            assert words not in browser(doctor.user).get(page).content.decode()


@pytest.mark.parametrize("hour", ["1:30am", "01:30"])
def test_an_hour_that_the_clocks_leave_out_is_refused_with_those_that_there_are(hour):
    march = date(clock.today().year + 1, 3, 31)
    day = f"{march.day - march.isoweekday() % 7} 3 {march.year}"  # its last Sunday
    cohort, lead, facilitator, _ = cohort_with()
    sent = dates_sent(facilitator, series(cohort, lead), day, starts=hour, ends="9am")
    answer = browser(lead).post(reverse("workshop_dates", args=[cohort.pk]), sent)
    assert "The clocks go forward then. Choose 12:45am or 2am." in answer.content.decode()


def test_what_the_page_of_a_date_leads_to_is_there():
    """Pairs have first meetings, whose addresses go by the same names."""
    cohort, lead, facilitator, _ = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now + 30 * DAY, now=now)
    client = browser(lead)
    page = client.get(meeting.get_absolute_url()).content.decode()
    links = {link for link in re.findall(r'href="([^"]+)"', page) if str(meeting.pk) in link}
    assert len(links) >= 4
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_who_books_has_a_place_and_twice_is_once():
    cohort, lead, _, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, doctor, doctor)
    assert state_of(doctor) == [(STARTS_AT, "booked")]


def test_nobody_has_a_place_on_two_dates_of_one_workshop_and_the_old_one_is_never_lost_first():
    cohort, lead, _, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead)
    first, second = planned(workshop, lead), planned(workshop, lead, starts_at=STARTS_AT + DAY, capacity=1)
    booked(first, doctor)
    booked(second, doctor)
    assert state_of(doctor) == [(STARTS_AT, "cancelled"), (STARTS_AT + DAY, "booked")]
    booked(first, manager)
    booked(second, manager)  # full: she waits there and keeps what she has
    assert state_of(manager) == [(STARTS_AT, "booked"), (STARTS_AT + DAY, "waiting")]


def test_an_offer_on_another_date_is_taken_with_the_old_place_given_back():
    cohort, lead, _, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead)
    first, second = planned(workshop, lead), planned(workshop, lead, starts_at=STARTS_AT + DAY, capacity=1)
    booked(second, doctor)
    booked(first, manager)
    booked(second, manager)
    mine = Booking.objects.get(session=second.pk, attendees__participant=doctor)
    actions.give_place_back(booking=mine, by=doctor.user, now=NOW)
    offered = Booking.objects.get(session=second.pk, state=BookingState.OFFERED)
    known = {"meeting": second, "participant": manager, "booking": offered}
    actions.take_offer(by=manager.user, now=NOW, **known)
    assert state_of(manager) == [(STARTS_AT, "cancelled"), (STARTS_AT + DAY, "booked")]


def test_a_date_that_has_begun_holds_nobody_from_another():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead)
    first, second = planned(workshop, lead), planned(workshop, lead, starts_at=STARTS_AT + DAY)
    booked(first, doctor)
    booked(second, doctor, now=STARTS_AT + HOUR)
    assert [state for _, state in state_of(doctor)] == ["booked", "booked"]


def test_another_workshop_is_no_other_date():
    cohort, lead, _, (doctor, _) = cohort_with()
    a, b = (planned(one(cohort, lead, title=title), lead) for title in "AB")
    booked(a, doctor)
    booked(b, doctor)
    assert [state for _, state in state_of(doctor)] == ["booked", "booked"]


def test_what_somebody_sees_of_each_workshop():
    cohort, lead, _, (doctor, manager) = cohort_with()
    a, b, c, d = (one(cohort, lead, title=title) for title in "ABCD")
    of_a, of_b = planned(a, lead), planned(b, lead, capacity=1)
    planned(c, lead)
    booked(of_b, manager)
    booked(of_a, doctor)
    booked(of_b, doctor)
    found = standings([a, b, c, d], doctor, NOW)
    assert [found[each.pk].tag[0] for each in (a, b, c, d)] == [
        "Booked",
        "On the waiting list",
        "Choose a date",
        "No date yet",
    ]


def test_a_date_is_moved_and_called_off_with_a_message_to_everybody_once():
    cohort, lead, facilitator, (doctor, manager) = cohort_with()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator])
    booked(meeting, doctor, manager)
    later = STARTS_AT + 2 * HOUR
    for _ in range(2):
        actions.move_meeting(meeting=meeting, starts_at=later, ends_at=later + HOUR, by=lead, now=NOW)
    heard = Message.objects.filter(kind="bookings.moved")
    assert sorted(each.recipient_id for each in heard) == sorted([facilitator.pk, doctor.user_id, manager.user_id])
    actions.call_off_meeting(meeting=meeting, reason="Snow", by=lead, now=NOW)
    assert Message.objects.filter(kind="bookings.called_off").count() == 3


def test_who_hosts_a_date_and_has_lost_the_role_stays_until_a_lead_says_otherwise():
    cohort, lead, facilitator, _ = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator, lead], starts_at=now + 9 * DAY, now=now)
    Role.objects.filter(user=facilitator).delete()
    client, page = browser(lead), reverse("meeting_change", args=[meeting.pk])
    form = client.get(page).context["form"]
    assert sorted(form["hosts"].value()) == sorted(str(each.pk) for each in (facilitator, lead))
    assert f"{facilitator.name} (no longer leads or facilitates here)" in client.get(page).content.decode()
    for hosts in ([facilitator, lead], [lead]):
        sent = {"place": "Room 3", "link": "", "capacity": "20", "hosts": [str(each.pk) for each in hosts]}
        assert client.post(page, sent).status_code == 302
        assert {each.user for each in meeting.session.hosts.all()} == set(hosts)
    assert client.post(page, sent | {"hosts": [str(facilitator.pk)]}).status_code == 200  # she is no choice any more


def test_the_calendar_shows_the_workshop_where_it_is_now():
    cohort, lead, _, (doctor, _) = cohort_with()
    meeting = planned(one(cohort, lead), lead)
    booked(meeting, doctor)
    later = STARTS_AT + 2 * HOUR
    actions.move_meeting(meeting=meeting, starts_at=later, ends_at=later + HOUR, by=lead, now=NOW)
    (event,) = [each for each in diary.of([doctor.user])[doctor.user.pk] if each.kind == "workshop"]
    assert isinstance(event, Event)
    assert (event.starts_at, event.summary) == (later, "How the NHS works")
    assert reverse("meeting_detail", args=[meeting.pk]) in event.url


def test_a_place_is_booked_and_given_back_on_pages():
    cohort, lead, _, (doctor, manager) = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 30 * DAY, now=now, capacity=1)
    client = browser(doctor.user)
    page = client.get(meeting.workshop.get_absolute_url()).content.decode()
    assert "1 place left" in page
    assert client.post(reverse("meeting_book", args=[meeting.pk])).status_code == 302
    assert "You have a place" in client.get(meeting.get_absolute_url()).content.decode()
    cancel = reverse("meeting_cancel", args=[meeting.pk])
    assert client.get(cancel).status_code == 200
    assert state_of(doctor)[0][1] == "booked"
    booked(meeting, manager, now=now)
    off_the_list = browser(manager.user).post(cancel, follow=True).content.decode()
    assert "You are off the waiting list." in off_the_list
    assert "free for somebody else" not in off_the_list
    assert "Your place is free for somebody else." in client.post(cancel, follow=True).content.decode()
    assert state_of(doctor)[0][1] == "cancelled"
    assert client.post(cancel).status_code == 409


def test_a_date_that_is_left_where_it_was_is_not_said_to_be_moved():
    cohort, lead, _, (doctor, _) = cohort_with()
    starts_at, now = clock.at(clock.today() + 30 * DAY, time(14)), timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=starts_at, now=now)
    booked(meeting, doctor, now=now)
    day = {f"day_{place}": str(text) for place, text in enumerate((starts_at.day, starts_at.month, starts_at.year))}
    for ends, said in (("5pm", "It is at that time already. Nobody is told anything."), ("4pm", "The date is moved.")):
        sent = {**day, "starts": "2pm", "ends": ends}
        answer = browser(lead).post(reverse("meeting_move", args=[meeting.pk]), sent, follow=True)
        assert said in answer.content.decode()
        assert Message.objects.filter(kind="bookings.moved").count() == (ends == "4pm")


def test_who_books_a_date_or_holds_a_place_reads_what_else_she_has_then():
    cohort, lead, _, (doctor, manager) = cohort_with()
    now = timezone.now()
    workshop, starts_at = one(cohort, lead), now + 30 * DAY
    meeting = planned(workshop, lead, starts_at=starts_at, now=now)
    twin = planned(workshop, lead, starts_at=starts_at, now=now, place="Room 9")
    other = planned(one(cohort, lead, title="What it costs"), lead, starts_at=starts_at + HOUR, now=now)

    def said(person=doctor.user, *, of=meeting) -> str:
        return text_of(browser(person).get(of.get_absolute_url()))

    something = "You have something else then"
    assert something not in said()
    booked(other, doctor, now=now)
    line = f": What it costs: {other.session.when}"
    assert f"{something}. You can book all the same{line}" in said()
    booked(meeting, doctor, now=now)
    assert f"{something}{line}" in said()
    assert f"{something}. You can book all the same{line}" in said(of=twin)  # of one workshop she keeps one place
    assert "all the same: How the NHS works" not in said(of=twin)
    assert said(of=twin).count("What it costs") == 1
    assert something not in said(manager.user)
    assert something not in said(lead)
    actions.give_place_back(
        booking=Booking.objects.get(session=other.pk, attendees__participant=doctor), by=doctor.user, now=now
    )
    assert something not in said()
    booked(other, doctor, now=now)
    actions.call_off_meeting(meeting=meeting, reason="Ill", by=lead, now=now)
    assert something not in said()


def test_what_is_in_the_way_is_asked_as_often_with_few_as_with_many():
    cohort, lead, _, (doctor, _) = cohort_with()
    now = timezone.now()
    workshop, starts_at = one(cohort, lead), now + 30 * DAY
    meeting = planned(workshop, lead, starts_at=starts_at, now=now)
    client, numbers = browser(doctor.user), []
    for titles in ("A", "BCD"):
        for title in titles:
            booked(planned(one(cohort, lead, title=title), lead, starts_at=starts_at, now=now), doctor, now=now)
        client.get(meeting.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            assert "You have something else then" in text_of(client.get(meeting.get_absolute_url()))
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 24


def test_a_lead_goes_from_the_page_of_a_date_to_whatever_she_can_change():
    cohort, lead, facilitator, _ = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, hosts=[facilitator], starts_at=now + 9 * DAY, now=now)
    client = browser(lead)
    page = client.get(meeting.get_absolute_url()).content.decode()
    links = [link for link in re.findall(r'href="(/[^"]+)"', page) if str(meeting.pk) in link]
    assert len(links) >= 5
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("where", ["workshop", "date"])
def test_the_button_for_a_place_is_sent_with_its_token(where):
    cohort, lead, _, (doctor, _) = cohort_with()
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 30 * DAY, now=now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(doctor.user)
    shown = client.get((meeting.workshop if where == "workshop" else meeting).get_absolute_url()).content.decode()
    book = reverse("meeting_book", args=[meeting.pk])
    [form] = [each for each in forms_drawn(shown) if each.action == book]
    assert client.post(book, form.sent()).status_code == 302
    assert state_of(doctor)[0][1] == "booked"


def test_others_are_a_number_to_those_who_come():
    cohort, lead, _, everybody = cohort_with(3)
    now = timezone.now()
    meeting = planned(one(cohort, lead), lead, starts_at=now + 30 * DAY, now=now)
    booked(meeting, *everybody, now=now)
    page = browser(everybody[0].user).get(meeting.get_absolute_url()).content.decode()
    assert "2 other people have a place." in page
    assert not any(each.name in page for each in everybody[1:])


def test_adjustments_are_shown_to_hosts_of_the_date_and_leads_alone():
    cohort, lead, facilitator, (doctor, manager) = cohort_with()
    type(doctor).objects.filter(pk=doctor.pk).update(adjustments="A seat by the door")
    now = timezone.now()
    workshop = one(cohort, lead)
    meeting = planned(workshop, lead, hosts=[facilitator], starts_at=now + 30 * DAY, now=now)
    other = planned(workshop, lead, starts_at=now + 31 * DAY, now=now)
    booked(meeting, doctor, now=now)
    page = reverse("meeting_register", args=[meeting.pk])
    for reader in (lead, facilitator):
        assert "A seat by the door" in browser(reader).get(page).content.decode()
    assert browser(manager.user).get(page).status_code == 403
    assert browser(facilitator).get(reverse("meeting_register", args=[other.pk])).status_code == 403


def test_a_session_is_a_date_of_its_own_cohort():

    cohort, lead, _, _ = cohort_with()
    far, far_lead, _, _ = cohort_with()
    session, workshop = planned(one(far, far_lead), far_lead).session, one(cohort, lead)
    Meeting.objects.all().delete()

    def joined():
        with transaction.atomic():
            Meeting.objects.create(session=session, workshop=workshop, cohort=cohort)
            connection.check_constraints()

    with pytest.raises(IntegrityError):
        joined()


def test_whoever_has_been_there_is_not_asked_to_choose():
    cohort, lead, _, (doctor, _) = cohort_with()
    workshop = one(cohort, lead)
    meeting, _ = planned(workshop, lead), planned(workshop, lead, starts_at=STARTS_AT + 7 * DAY)
    booked(meeting, doctor)
    sessions.all_present(session=meeting.session, by=lead, now=STARTS_AT + HOUR)
    assert not standings([workshop], doctor, STARTS_AT + DAY)[workshop.pk].is_to_choose
    (new,) = people(cohort, 1)
    assert standings([workshop], new, STARTS_AT + DAY)[workshop.pk].is_to_choose
