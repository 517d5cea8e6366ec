"""When somebody can meet: her own in full, to her partner only what both have free, to leads nothing."""

import re
from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cohorts.actions.states import withdraw_participant
from elements import clock, registry
from elements.contract import Door, Element
from elements.links import at_hour, hour_asked
from pairs import actions, tasks
from pairs.asking_letters import context, is_wanted
from pairs.forms.free_time import BusyForm, HoursField, sealed_shifts
from pairs.free_time import Span
from pairs.models import BusyTime, UsualHours
from pairs.tests.test_views import text_of
from pairs.tests.worlds import have_said, shift, week_typed
from reminders.models import Message

pytestmark = pytest.mark.django_db
ROUND_THE_CLOCK = {weekday: [(time(0), time(12)), (time(12), time(0))] for weekday in range(7)}
NOON = clock.at(date(2027, 1, 6), time(12))


def page(name, thing):
    return reverse(name, args=[thing.pk])


def rota_of(*shifts, more=""):
    events = "".join(
        f"BEGIN:VEVENT\nDTSTART:{each.starts_at:%Y%m%dT%H%M%SZ}\nDTEND:{each.ends_at:%Y%m%dT%H%M%SZ}\n{more}\nEND:VEVENT\n"
        for each in shifts
    )
    return f"BEGIN:VCALENDAR\n{events}END:VCALENDAR"


@pytest.fixture
def said(two):
    lead, pair, doctor, manager = two
    pair.cohort.ends_on = clock.today() + timedelta(days=200)
    pair.cohort.starts_on = clock.today()
    pair.cohort.save()
    for person in (doctor, manager):
        have_said(person, working=ROUND_THE_CLOCK)
    return lead, pair, doctor, manager


def test_hours_are_prefilled_from_the_application_and_kept_by_weekday(client, two):
    _, _, doctor, _ = two
    type(doctor).objects.filter(pk=doctor.pk).update(days="02")
    client.force_login(doctor.user)
    form = client.get(page("usual_hours_edit", doctor)).context["form"]
    assert [form[f"day_{n}"].value() for n in range(3)] == ["9am to 5pm", None, "9am to 5pm"]
    typed = week_typed("9am to 1pm, 9pm-7am", agreed_weekdays="6pm until 8pm")
    assert client.post(page("usual_hours_edit", doctor), typed).status_code == 302
    kept = UsualHours.objects.of(doctor).values_list("kind", "weekday", "starts", "ends")
    agreed = [("agreed", weekday, time(18), time(20)) for weekday in range(5)]
    assert sorted(kept) == sorted([*agreed, ("working", 0, time(9), time(13)), ("working", 0, time(21), time(7))])
    shown = text_of(client.get(page("when_you_can", doctor)))
    assert "Monday 9am to 1pm and 9pm to 7am" in shown
    assert "Also all right, Monday to Friday 6pm to 8pm" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nine to five", "Monday must be hours like 9am to 5pm"),
        ("9 to 5", "Do you mean 5am or 5pm? Monday must say am or pm, like 9am to 5pm"),
        ("9am", "Monday must be hours like 9am to 5pm"),
        ("9am to 9am", "Monday must end at another time than it begins"),
        ("5pm to 1pm", "Monday 5pm to 1pm would end the next day, after 20 hours. Enter an end on the same day"),
        ("1am to 2am, 3am to 4am, 5am to 6am, 7am to 8am", "Monday must have at most 3 times"),
        ("9am to 5pm" * 20, "Monday must be hours like 9am to 5pm"),
        ("", "Enter the hours of at least one day of the week"),
    ],
)
def test_hours_that_cannot_be_are_refused_and_stay(typed, said, client, two):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    answer = client.post(page("usual_hours_edit", doctor), week_typed(typed))
    assert said in text_of(answer)
    assert answer.context["form"]["day_0"].value() == typed
    assert not UsualHours.objects.exists()


def test_hours_are_read_as_people_write_them():
    field = HoursField(name="Monday")
    for text in ("9am to 5pm", "09:00-17:00", "9.00 am – 5 pm", "0900 until 1700", "9AM TO 5PM"):
        assert field.clean(text) == [(time(9), time(17))]
    assert field.clean("midday to midnight and 8am to 9am") == [(time(8), time(9)), (time(12), time(0))]
    assert field.clean("6am to midnight") == [(time(6), time(0))]
    assert field.clean("5pm to 9am") == [(time(17), time(9))]


@pytest.mark.parametrize(
    ("day", "starts", "ends", "until", "expected"),
    [
        ("7 1 2027", "2pm", "3pm", "", "Thursday 7 January 2027, 2pm to 3pm"),
        ("7 1 2027", "", "", "", "Thursday 7 January 2027, midnight to Friday 8 January 2027, midnight"),
        ("7 1 2027", "9pm", "7am", "", "Thursday 7 January 2027, 9pm to Friday 8 January 2027, 7am"),
        ("7 1 2027", "", "", "9 1 2027", "Thursday 7 January 2027, midnight to Sunday 10 January 2027, midnight"),
        ("7 1 2027", "", "", "6 1 2027", "Enter a last day that is not before the first"),
        ("5 1 2027", "", "", "", "Enter a time that is not over yet"),
        ("1 1 1000", "", "", "", "Enter a day that is still to come"),
        ("4 2 2027", "", "", "", "Enter a day in the next four weeks, up to Tuesday 2 February 2027"),
        ("7 1 2027", "", "", "31 12 9999", "Enter a last day within a year"),
        ("7 1 2027", "3pm", "2pm", "7 1 2027", "Enter a time that is after the start"),
    ],
)
def test_a_time_that_does_not_suit_is_a_part_of_a_day_whole_days_or_a_night(day, starts, ends, until, expected):
    data = {"starts": starts, "ends": ends}
    for name, text in (("day", day), ("until", until)):
        data |= {f"{name}_{number}": part for number, part in enumerate(text.split())}
    form = BusyForm(data, now=NOON)
    said = clock.span(**form.chosen) if form.is_valid() else " ".join(str(form.errors).split())
    assert expected in said


def test_times_are_added_listed_and_removed_by_oneself_alone(client, two):
    lead, _, doctor, manager = two
    client.force_login(doctor.user)
    day = clock.today() + timedelta(days=3)
    typed = {"day_0": day.day, "day_1": day.month, "day_2": day.year, "starts": "2pm", "ends": "3pm"}
    for _ in range(2):  # twice is once
        assert client.post(page("when_you_can", doctor), typed).status_code == 302
    [busy] = BusyTime.objects.all()
    assert str(busy) in text_of(client.get(page("when_you_can", doctor)))
    for other in (manager.user, lead):
        client.force_login(other)
        assert client.post(page("busy_time_remove", busy)).status_code == 404
    client.force_login(doctor.user)
    assert client.post(page("busy_time_remove", busy)).status_code == 302
    assert not BusyTime.objects.exists()


def test_a_rota_is_read_shown_and_kept_only_after_a_yes_and_nothing_but_moments(client, two, settings):
    _, _, doctor, manager = two
    client.force_login(doctor.user)
    have_said(doctor)
    text = rota_of(
        shift(1), shift(2, time(21), 10), more="SUMMARY:canary\nLOCATION:canary\nATTENDEE:mailto:canary@x.example"
    )
    text = text.replace("END:VCALENDAR", "BEGIN:VEVENT\nDTSTART:canary\nEND:VEVENT\nEND:VCALENDAR")
    file = SimpleUploadedFile("canary.ics", text.encode())
    preview = client.post(page("rota_read", doctor), {"file": file})
    assert "We read 2 shifts between" in text_of(preview)
    assert "1 could not be read" in text_of(preview)
    assert "canary" not in preview.content.decode()
    assert not BusyTime.objects.exists()
    sealed = preview.context["keep"]["shifts"].value()
    kept = {"shifts": sealed, "how": "replace"}
    assert client.post(page("rota_keep", doctor), kept).status_code == 302
    assert client.post(page("rota_keep", doctor), kept | {"how": "add"}).status_code == 302
    assert [(each.starts_at, each.ends_at, each.source) for each in BusyTime.objects.of(doctor)] == [
        (each.starts_at, each.ends_at, "rota") for each in (shift(1), shift(2, time(21), 10))
    ]
    rows = [row for model in apps.get_models() for row in model._base_manager.values_list()]
    assert rows
    assert "canary" not in repr(rows)
    client.force_login(manager.user)
    assert client.post(page("rota_keep", manager), kept).status_code == 302  # sealed for somebody else
    assert not BusyTime.objects.of(manager).exists()


def test_replacing_a_rota_leaves_what_was_typed_and_dropping_it_too(client, two):
    _, _, doctor, _ = two
    typed, first, second = shift(1, time(8), 1), shift(2), shift(3)
    now = timezone.now()
    actions.add_busy_time(participant=doctor, starts_at=typed.starts_at, ends_at=typed.ends_at, by=doctor.user, now=now)
    for each in (first, second):
        actions.keep_rota(participant=doctor, shifts=[each], replace=True, by=doctor.user, now=now)
    assert [each.starts_at for each in BusyTime.objects.of(doctor)] == [typed.starts_at, second.starts_at]
    client.force_login(doctor.user)
    client.post(page("rota_drop", doctor))
    assert [each.starts_at for each in BusyTime.objects.of(doctor)] == [typed.starts_at]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a calendar file, or paste what is in it"),
        (
            {"text": "webcal://rota.example/a.ics"},
            "Addresses are not opened. Save the calendar as a file and upload it",
        ),
        ({"text": "https://rota.example/a.ics"}, "or paste what is in it"),
        ({"text": "hello"}, "This is no calendar file"),
        ({"text": "x" * 500_001}, "The text is too long to paste"),
        (
            {"text": rota_of(Span(NOON - timedelta(days=900), NOON - timedelta(days=899)))},
            "There are no times in this calendar",
        ),
    ],
)
def test_a_bad_rota_is_refused_in_a_sentence_and_nothing_is_fetched(sent, said, client, two, monkeypatch):
    monkeypatch.setattr("socket.create_connection", lambda *given, **more: pytest.fail("somebody is called"))
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    assert said in text_of(client.post(page("rota_read", doctor), sent))


def test_a_file_that_is_too_large_or_no_calendar_is_refused(client, two):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    for content, said in (
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"", "no calendar file"),
        (b"\xff\x00", "no calendar file"),
    ):
        answer = client.post(page("rota_read", doctor), {"file": SimpleUploadedFile("a.ics", content)})
        assert answer.status_code == 200
        assert said in text_of(answer)


class Planner(Element):
    slug = "planner-of-the-test"
    optional = True

    def doors(self, *, viewer, pair=None, cohort=None):
        yield Door("Plan a thing", "/things/new/?of=1", "free_time", order=1)


def test_common_times_lead_to_each_form_that_plans_with_day_and_hour(client, said, monkeypatch):
    _, pair, doctor, manager = said
    monkeypatch.setitem(registry._elements, Planner.slug, Planner())
    day = clock.today() + timedelta(days=2)
    for person, low, high in ((doctor, time(0), time(14)), (manager, time(15), time(23))):
        starts_at, ends_at = clock.at(day, low), clock.at(day, high)
        actions.add_busy_time(
            participant=person, starts_at=starts_at, ends_at=ends_at, by=person.user, now=timezone.now()
        )
    client.force_login(doctor.user)
    answer = client.get(page("free_time", pair))
    html = answer.content.decode()
    assert f"/things/new/?of=1&amp;day={day}&amp;hour=14:00" in html
    shown = text_of(answer)
    assert f"{clock.in_full(day)} 2pm to 3pm" in shown
    assert "11pm to midnight" in shown
    other = client.get(page("free_time", pair), {"plan": "first-meeting"}).content.decode()
    meeting = at_hour(page("meeting_edit", pair), clock.at(day, time(14)))
    assert meeting.replace("&", "&amp;") in other
    form = client.get(meeting).context["form"]
    assert (form["day"].value(), form["hour"].value()) == (day, "2pm")
    pair.cohort.elements_off = [Planner.slug]
    pair.cohort.save()
    assert "/things/new/" not in client.get(page("free_time", pair)).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"day": "2027-01-06"},
        {"day": "x", "hour": "14:00"},
        {"day": "2027-02-30", "hour": "14:00"},
        {"day": "2027-01-06", "hour": "25:00"},
        {"day": "٢٠٢٧-01-06", "hour": "14:00"},
    ],
)
def test_nonsense_in_the_address_is_passed_over(query, client, two):
    _, pair, doctor, _ = two
    assert hour_asked(RequestFactory().get("/", query).GET) == {}
    client.force_login(doctor.user)
    assert client.get(page("meeting_edit", pair), query).context["form"]["hour"].value() is None


def test_a_partner_sees_what_is_common_and_nothing_else_and_leads_nothing(client, said):
    lead, pair, doctor, manager = said
    have_said(manager, working={0: [(time(9, 30), time(11))]})
    actions.keep_rota(
        participant=manager, shifts=[shift(2, time(3), 2)], replace=True, by=manager.user, now=timezone.now()
    )
    client.force_login(doctor.user)
    shown = text_of(client.get(page("free_time", pair)))
    assert "9:30am to 11am" in shown
    assert "3am" not in shown
    for name in ("when_you_can", "usual_hours_edit", "rota_read"):
        assert client.get(page(name, manager)).status_code == 404
    client.force_login(lead)
    assert client.get(page("free_time", pair)).status_code == 403
    assert client.get(page("when_you_can", manager)).status_code == 403


def test_who_has_not_said_it_is_asked_once_a_day_and_no_more_when_it_is_said(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    assert "Neither of you has said yet" in text_of(client.get(page("free_time", pair)))
    have_said(doctor)
    assert f"Ask {manager.name}" in text_of(client.get(page("free_time", pair)))
    for _ in range(3):
        client.post(page("free_time_ask", pair))
    [letter] = Message.objects.filter(kind="pairs.free_time_asked")
    assert letter.recipient == manager.user
    assert f"You have asked {manager.name} today" in text_of(client.get(page("free_time", pair)))
    assert is_wanted(letter.ref, manager.user)
    assert not is_wanted(letter.ref, doctor.user)
    assert context(letter.ref, manager.user)["partner"] == doctor.name
    actions.ask_for_times(pair=pair, by=doctor.user, now=timezone.now() + timedelta(days=1))
    assert Message.objects.filter(kind="pairs.free_time_asked").count() == 2
    have_said(manager)
    assert not is_wanted(letter.ref, manager.user)
    actions.ask_for_times(pair=pair, by=doctor.user, now=timezone.now() + timedelta(days=2))
    assert Message.objects.filter(kind="pairs.free_time_asked").count() == 2
    with pytest.raises(actions.IsNoPartner):
        actions.ask_for_times(pair=pair, by=two[0], now=timezone.now())


def test_a_page_without_anything_in_common_says_what_may_help(client, said):
    _, pair, doctor, manager = said
    have_said(doctor, working={0: [(time(9), time(10))]})
    have_said(manager, working={1: [(time(9), time(10))]})
    client.force_login(doctor.user)
    assert "You have no half-hour in common" in text_of(client.get(page("free_time", pair)))


def test_what_is_over_goes_and_who_leaves_leaves_nothing(client, two):
    lead, _, doctor, manager = two
    have_said(doctor)
    for person in (doctor, manager):
        actions.keep_rota(
            participant=person, shifts=[shift(1), shift(2)], replace=True, by=person.user, now=timezone.now()
        )
    BusyTime.objects.filter(participant=manager, starts_at=shift(1).starts_at).update(
        starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    assert tasks.forget_old_times() == 1
    withdraw_participant(participant=doctor, by=lead)
    assert [each.participant_id for each in BusyTime.objects.all()] == [manager.pk]
    assert not UsualHours.objects.exists()
    doctor.refresh_from_db()
    with pytest.raises(actions.TakesNoPart):
        have_said(doctor)
    with pytest.raises(actions.TakesNoPart):
        actions.keep_rota(participant=doctor, shifts=[shift(1)], replace=True, by=doctor.user, now=timezone.now())


def test_the_database_refuses_what_must_never_be(two):
    _, _, doctor, _ = two
    now = timezone.now()
    hours = {"participant": doctor, "kind": "working", "weekday": 0, "starts": time(9), "ends": time(17)}
    UsualHours.objects.create(**hours)
    busy = {"participant": doctor, "starts_at": now, "ends_at": now + timedelta(hours=1), "source": "rota"}
    BusyTime.objects.create(**busy)
    wrong = [
        (UsualHours, hours),
        (UsualHours, hours | {"weekday": 7}),
        (UsualHours, hours | {"weekday": 1, "ends": time(9)}),
        (UsualHours, hours | {"weekday": 1, "kind": "holiday"}),
        (BusyTime, busy),
        (BusyTime, busy | {"ends_at": now}),
        (BusyTime, busy | {"source": "web"}),
    ]
    for model, values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**values)


def test_the_page_of_the_pair_leads_to_it(client, two):
    _, pair, doctor, _ = two
    client.force_login(doctor.user)
    assert re.search(
        rf'href="{page("free_time", pair)}"[^>]*>\s*Find a time', client.get(pair.get_absolute_url()).content.decode()
    )


def test_a_page_that_is_too_old_saves_nothing(client, two):
    _, _, doctor, _ = two
    client.force_login(doctor.user)
    good = sealed_shifts(doctor, [shift(1)])
    for sent in ({"shifts": good[:-2] + "zz", "how": "add"}, {"shifts": good, "how": "x"}, {}):
        assert "Nothing was saved" in text_of(client.post(page("rota_keep", doctor), sent, follow=True))
    assert not BusyTime.objects.exists()
