"""Visits that were never arranged here are logged, and how long a visit took can be put right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from elements import clock, timeline
from pairs.models import Membership, Pair
from shadowing import actions
from shadowing.choices import VisitState
from shadowing.element import Shadowing
from shadowing.models import Visit
from shadowing.tests.worlds import agreed, begun, logged, setting, took_place

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def log(pair, visitor, host, *, by=None, day=None, **more):
    given = {"day": day or clock.today() - DAY, "minutes": 90, "setting": setting(), "now": timezone.now(), **more}
    return actions.log_visit(pair=pair, visitor=visitor, host=host, by=(by or visitor).user, **given)


def test_a_logged_visit_counts_is_known_by_its_day_and_comes_into_no_calendar(two):
    _, pair, doctor, manager = two
    visit = log(pair, doctor, manager)
    assert (visit.state, visit.minutes, visit.when) == (VisitState.DONE, 90, clock.in_full(clock.today() - DAY))
    [entry] = [each for each in timeline.of([pair], viewer=doctor.user)[pair.pk] if each.element == "Shadowing"]
    assert (entry.on, entry.starts_at, entry.minutes, entry.is_contact) == (clock.today() - DAY, None, 90, True)
    [line] = Shadowing().record(participant=doctor)
    assert (line.on, line.role, line.minutes) == (clock.today() - DAY, "visitor", 90)
    assert list(Shadowing().calendar(users=[doctor.user])) == []
    assert AuditRecord.objects.get(did="logged a visit").scope == pair.cohort_id


def test_a_setting_in_own_words_is_looked_at_for_patients_and_stays_off_the_record(two, client):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    day = clock.today() - DAY
    boxes = {"day_0": day.day, "day_1": day.month, "day_2": day.year, "minutes": "90"}
    sent = {"direction": f"visitor:{manager.pk}", "setting_words": "Clinic with Mrs Ash", **boxes}
    shown = client.post(reverse("visit_log", args=[pair.pk]), sent).content.decode()
    assert "<mark>Mrs Ash</mark>" in shown
    assert not Visit.objects.exists()
    log(pair, doctor, manager, setting=None, setting_words="Clinic with Mrs Ash")
    assert [line.label for line in Shadowing().record(participant=doctor)] == ["Visit"]


def test_of_today_it_is_past_however_long_it_took(two):
    _, pair, doctor, manager = two
    visit = log(pair, doctor, manager, day=clock.today(), minutes=1500)
    assert visit.has_begun(timezone.now())
    assert visit.day == clock.today()
    assert actions.debrief_visit(visit=visit, debrief_on=clock.today(), by=manager.user, now=timezone.now())


def test_it_counts_once_whoever_logs_it_and_what_was_arranged_for_the_day_is_confirmed_instead(two):
    _, pair, doctor, manager = two
    log(pair, doctor, manager)
    with pytest.raises(actions.VisitIsThere):
        log(pair, doctor, manager, by=manager)
    log(pair, manager, doctor)  # the other way is another visit
    there = begun(agreed(pair, doctor, manager), ago=5 * DAY)
    with pytest.raises(actions.VisitIsThere, match="Confirm that one") as refused:
        log(pair, doctor, manager, day=there.day)
    assert refused.value.other == there
    assert Visit.objects.count() == 3


def test_what_is_to_come_and_what_is_of_others_is_refused(two):
    _, pair, doctor, manager = two
    with pytest.raises(actions.CannotBe):
        log(pair, doctor, manager, day=clock.today() + DAY)
    other = Pair.objects.exclude(pk=pair.pk).get()
    stranger = Membership.objects.filter(pair=other).first().participant
    with pytest.raises(actions.IsNoPartner):
        log(pair, doctor, stranger)
    with pytest.raises(actions.IsNoPartner):
        log(pair, doctor, manager, by=stranger)
    assert not Visit.objects.exists()


def test_the_page_takes_it_and_the_list_leads_there(client, two):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    url = reverse("visit_log", args=[pair.pk])
    for name in ("visit_list", "visit_create"):
        assert url in client.get(reverse(name, args=[pair.pk])).content.decode()
    answer = client.post(url, logged(pair, manager, code="", setting_words="A board meeting"))
    visit = Visit.objects.get()
    assert answer["Location"] == visit.get_absolute_url()
    assert (visit.visitor, visit.host, visit.where) == (doctor, manager, "A board meeting")
    page = client.get(answer["Location"]).content.decode()
    assert "1 hour 30 minutes" in page
    assert "Sheet to print" not in page
    assert "12am" not in page
    assert "Not agreed yet" not in page
    again = client.post(url, logged(pair, manager)).content.decode()
    assert "Confirm that one, or correct how long it took" in again
    assert visit.get_absolute_url() in again


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"direction": ""}, "Choose who visits whom"),
        ({"setting": ""}, "Choose a setting, or enter one in your own words"),
        ({"minutes": "soon"}, "Enter the minutes as a whole number, like 120"),
        ({"day_2": "2099"}, "Enter a day that has come"),
        ({"day_2": "2001"}, "Enter a day from "),
        ({"day_0": ""}, "day"),
    ],
)
def test_what_is_wrong_is_said(client, two, wrong, words):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    page = client.post(reverse("visit_log", args=[pair.pk]), logged(pair, manager) | wrong).content.decode()
    assert words in page
    assert "There is a problem" in page
    assert not Visit.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "host"])
def test_either_corrects_how_long_it_took_also_when_the_visit_is_closed(client, two, who):
    _, pair, doctor, manager = two
    visit = took_place(pair, doctor, manager, on_the_spot=True)
    actions.close_visit(visit=visit, by=doctor.user, now=timezone.now(), skipped=True)
    client.force_login(getattr(visit, who).user)
    url = reverse("visit_minutes", args=[visit.pk])
    assert url in client.get(visit.get_absolute_url()).content.decode()
    assert "Enter at least 1 minute" in client.post(url, {"minutes": "0"}).content.decode()
    for _ in range(2):
        assert client.post(url, {"minutes": "75"})["Location"] == visit.get_absolute_url()
    visit.refresh_from_db()
    assert (visit.minutes, visit.state) == (75, VisitState.CLOSED)
    assert AuditRecord.objects.filter(did="corrected how long a visit took").count() == 1


def test_before_it_took_place_there_is_nothing_to_correct(client, two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    with pytest.raises(actions.CannotBe):
        actions.correct_minutes(visit=visit, minutes=5, by=doctor.user, now=timezone.now())
    client.force_login(doctor.user)
    url = reverse("visit_minutes", args=[visit.pk])
    assert client.post(url, {"minutes": "5"})["Location"] == visit.get_absolute_url()
    assert url not in client.get(visit.get_absolute_url()).content.decode()
    stranger = Membership.objects.exclude(pair=pair).first().participant
    with pytest.raises(actions.IsNoPartner):
        actions.correct_minutes(visit=visit, minutes=5, by=stranger.user, now=timezone.now())
