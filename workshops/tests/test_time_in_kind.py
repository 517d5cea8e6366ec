"""What the programme cost in hours: counted from sessions, and added by leads."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.models import Cohort
from elements import clock
from workshops import actions
from workshops.models import TimeGiven
from workshops.tests.test_series import browser
from workshops.tests.worlds import DAY, STARTS_AT, booked, cohort_with, line, one, over, planned
from workshops.time_in_kind import time_in_kind

pytestmark = pytest.mark.django_db


def test_hours_are_the_length_of_a_session_for_each_who_ran_it_and_the_real_minutes_of_those_who_came():
    cohort, lead, facilitator, (doctor, manager) = cohort_with()
    workshop = one(cohort, lead)
    held = planned(workshop, lead, hosts=[lead, facilitator])
    planned(workshop, lead, hosts=[lead], starts_at=STARTS_AT + 30 * DAY)  # still to come
    off = planned(workshop, lead, hosts=[lead], starts_at=STARTS_AT + DAY)
    actions.call_off_meeting(meeting=off, reason="Snow", by=lead, now=STARTS_AT)
    booked(held, doctor, manager)
    actions.mark_all_present(meeting=held, by=lead, now=over(held))
    left_early = {"attendee": line(held, manager), "attendance": "part", "minutes": 45}
    actions.mark_in_register(by=lead, now=over(held), **left_early)
    actions.add_time(cohort=cohort, what="Preparing", spent_on=STARTS_AT.date(), minutes=90, by=lead)
    found = time_in_kind(cohort, now=over(off))
    assert [(each.noun, each.sessions, each.of_hosts, each.of_participants) for each in found.kinds] == [
        ("workshop", 1, 360, 225)
    ]
    assert (found.total, found.total_words) == (450, "7 hours 30 minutes")


def test_lines_are_added_and_removed_on_the_page():
    cohort, lead, _, _ = cohort_with()
    client, page = browser(lead), reverse("time_given_list", args=[cohort.pk])
    day = {"spent_on_0": "3", "spent_on_1": "3", "spent_on_2": "2026"}
    assert "Enter what it was" in client.post(page, {**day, "what": "", "minutes_0": "2"}).content.decode()
    client.post(page, {**day, "what": "Invitations", "minutes_0": "2", "minutes_1": "30"})
    assert "Tuesday 3 March 2026, 2 hours 30 minutes" in client.get(page).content.decode()
    remove = reverse("time_given_remove", args=[TimeGiven.objects.get().pk])
    assert client.post(remove).status_code == 302
    assert client.post(remove).status_code == 404
    assert not TimeGiven.objects.exists()


def test_hours_of_a_coming_day_are_not_spent_yet():
    cohort, lead, _, _ = cohort_with()
    client, page = browser(lead), reverse("time_given_list", args=[cohort.pk])
    for days, is_refused in ((1, True), (0, False)):
        day = clock.today() + days * DAY
        sent = {"spent_on_0": str(day.day), "spent_on_1": str(day.month), "spent_on_2": str(day.year)}
        answer = client.post(page, {**sent, "what": "Invitations", "minutes_0": "2"}, follow=True)
        assert ("Enter today or a day before it" in answer.content.decode()) is is_refused
        assert TimeGiven.objects.exists() is not is_refused


def test_a_button_pressed_twice_adds_one_line_and_the_same_words_of_a_new_page_another():
    cohort, lead, _, _ = cohort_with()
    client, page = browser(lead), reverse("time_given_list", args=[cohort.pk])
    words = {"what": "Invitations", "minutes_0": "2", "minutes_1": "30"}
    words |= {"spent_on_0": "3", "spent_on_1": "3", "spent_on_2": "2026"}
    for number in (1, 2):
        sent = words | {"sending": str(client.get(page).context["form"]["sending"].value())}
        for _ in range(2):
            assert client.post(page, sent).status_code == 302
        assert TimeGiven.objects.count() == number
    assert client.post(page, words | {"sending": "nonsense"}).status_code == 302


def test_no_line_is_without_words_or_hours():
    cohort, _, _, _ = cohort_with()
    for wrong in ({"what": "", "minutes": 5}, {"what": "A", "minutes": 0}, {"what": "A", "minutes": 6001}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TimeGiven.objects.create(cohort=cohort, spent_on=STARTS_AT.date(), **wrong)


@pytest.mark.parametrize("off", [[], ["workshops"], ["surgeries"]])
def test_a_lead_reaches_the_hours_and_adds_some_as_long_as_there_are_workshops_or_surgeries(off):
    cohort, lead, facilitator, _ = cohort_with()
    Cohort.objects.update(elements_off=off)
    client, page = browser(lead), reverse("time_given_list", args=[cohort.pk])
    assert f'href="{page}"' in client.get(cohort.get_absolute_url()).content.decode()
    sent = {"spent_on_0": "3", "spent_on_1": "3", "spent_on_2": "2026", "what": "Rooms", "minutes_0": "2"}
    assert client.post(page, sent, follow=True).status_code == 200
    assert "Tuesday 3 March 2026, 2 hours" in client.get(page).content.decode()
    remove = reverse("time_given_remove", args=[TimeGiven.objects.get().pk])
    assert browser(facilitator).post(remove).status_code == 404
    assert browser(facilitator).get(page).status_code == (404 if "workshops" in off else 403)
    assert client.post(remove).status_code == 302


def test_where_there_is_neither_there_are_no_hours():
    cohort, lead, _, _ = cohort_with()
    Cohort.objects.update(elements_off=["workshops", "surgeries"])
    client, page = browser(lead), reverse("time_given_list", args=[cohort.pk])
    assert page not in client.get(cohort.get_absolute_url()).content.decode()
    assert client.get(page).status_code == 404
