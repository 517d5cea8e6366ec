"""Whether a visit took place; logging what was never arranged here; putting right how long a visit took."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from elements import clock, timeline
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from shadowing import actions
from shadowing.choices import VisitState
from shadowing.element import Shadowing
from shadowing.models import Reflection, Visit
from shadowing.tests.reflecting import reflected, shared
from shadowing.tests.worlds import agreed, begun, log, logged, took_place

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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
    boxes = {"day_0": day.day, "day_1": day.month, "day_2": day.year, "minutes_1": "90"}
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
        ({"direction": ""}, "Choose who visited whom"),
        ({"direction": "visitor:nobody"}, "Choose who visited whom"),
        ({"setting": ""}, "Choose a setting, or enter one in your own words"),
        ({"minutes_1": "soon"}, "Enter hours and minutes as whole numbers, like 2 and 30"),
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


def test_no_is_an_answer_as_plain_as_yes_and_leads_to_another_time_or_to_none(client, two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    missed, detail = reverse("visit_missed", args=[visit.pk]), visit.get_absolute_url()
    client.force_login(doctor.user)
    assert "No, it did not" not in client.get(detail).content.decode()
    assert client.get(missed)["Location"] == detail
    begun(visit)
    page = client.get(detail).content.decode()
    assert "Yes, it took place" in page
    assert f'href="{missed}">No, it did not</a>' in page
    ways = [reverse(name, args=[visit.pk]) for name in ("visit_put_off", "visit_call_off")]
    assert missed in client.get(reverse("visit_confirm", args=[visit.pk])).content.decode()
    page = client.get(missed).content.decode()
    assert all(way in page for way in ways)
    client.post(ways[0], {"reason": "rota"})
    visit.refresh_from_db()
    assert visit.state == VisitState.REARRANGED
    assert client.get(missed)["Location"] == detail


@pytest.mark.parametrize("who", ["visitor", "host"])
def test_either_corrects_how_long_it_took_also_when_the_visit_is_closed(client, two, who):
    _, pair, doctor, manager = two
    visit = took_place(pair, doctor, manager, on_the_spot=True)
    actions.close_visit(visit=visit, by=doctor.user, now=timezone.now(), skipped=True)
    client.force_login(getattr(visit, who).user)
    url = reverse("visit_minutes", args=[visit.pk])
    assert url in client.get(visit.get_absolute_url()).content.decode()
    assert "Enter at least 1 minute" in client.post(url, {"minutes_1": "0"}).content.decode()
    for _ in range(2):
        assert client.post(url, {"minutes_1": "75"})["Location"] == visit.get_absolute_url()
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
    assert client.post(url, {"minutes_1": "5"})["Location"] == visit.get_absolute_url()
    assert url not in client.get(visit.get_absolute_url()).content.decode()
    stranger = Membership.objects.exclude(pair=pair).first().participant
    with pytest.raises(actions.IsNoPartner):
        actions.correct_minutes(visit=visit, minutes=5, by=stranger.user, now=timezone.now())


# Logged by mistake


def remove(visit, by):
    return actions.remove_visit(visit=visit, by=by.user, now=timezone.now())


@pytest.mark.parametrize("who", ["visitor", "host"])
def test_either_removes_what_was_logged_by_mistake_and_it_counts_no_more(client, two, who):
    _, pair, doctor, manager = two
    visit = log(pair, doctor, manager)
    client.force_login(getattr(visit, who).user)
    url = reverse("visit_remove", args=[visit.pk])
    assert url in client.get(visit.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert "Remove this visit?" in page
    assert visit.when in page
    assert Visit.objects.exists()
    assert client.post(url)["Location"] == reverse("visit_list", args=[pair.pk])
    assert not Visit.objects.exists()
    assert list(Shadowing().record(participant=doctor)) == []
    assert AuditRecord.objects.get(did="removed a visit").scope == pair.cohort_id
    assert client.post(url).status_code == 404
    assert log(pair, manager, doctor)


def test_what_was_arranged_or_is_closed_or_reflected_on_stays(client, two):
    _, pair, doctor, manager = two
    arranged = took_place(pair, doctor, manager)
    closed = log(pair, doctor, manager, day=clock.today() - 2 * DAY)
    actions.debrief_visit(visit=closed, debrief_on=clock.today(), by=doctor.user, now=timezone.now())
    actions.close_visit(visit=closed, by=doctor.user, now=timezone.now(), skipped=True)
    told = log(pair, doctor, manager, day=clock.today() - 3 * DAY)
    shared(doctor, visit=told)
    client.force_login(manager.user)
    for visit in (arranged, closed, told):
        url = reverse("visit_remove", args=[visit.pk])
        assert url not in client.get(visit.get_absolute_url()).content.decode()
        assert client.get(url)["Location"] == client.post(url)["Location"] == visit.get_absolute_url()
        with pytest.raises(actions.CannotBe):
            remove(visit, manager)
    assert Visit.objects.count() == 3


def test_a_reflection_that_the_other_keeps_to_herself_is_not_betrayed_and_stays_hers(client, two):
    _, pair, doctor, manager = two
    visit = log(pair, doctor, manager)
    kept = reflected(doctor, visit=visit)
    with pytest.raises(actions.CannotBe):
        remove(visit, doctor)  # she knows
    client.force_login(manager.user)
    client.post(reverse("visit_remove", args=[visit.pk]))
    assert not Visit.objects.exists()
    client.force_login(doctor.user)
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert Reflection.objects.get().answers == kept.answers


def test_nobody_else_removes_it_and_nobody_once_the_pair_has_ended(two):
    lead, pair, doctor, manager = two
    visit = log(pair, doctor, manager)
    stranger = Membership.objects.exclude(pair=pair).first().participant
    with pytest.raises(actions.IsNoPartner):
        remove(visit, stranger)
    pair_actions.end_pair(pair=pair, kind="moved", on=clock.today(), by=lead)
    with pytest.raises(pair_actions.PairHasEnded):
        remove(visit, doctor)
    assert Visit.objects.exists()


def test_what_is_sent_of_a_visit_that_was_just_removed_is_answered(two):
    _, pair, doctor, manager = two
    visit = log(pair, doctor, manager)
    remove(log(pair, manager, doctor), doctor)
    remove(Visit.objects.get(pk=visit.pk), manager)
    with pytest.raises(actions.IsNoPartner, match="removed"):
        actions.correct_minutes(visit=visit, minutes=5, by=doctor.user, now=timezone.now())
    assert reflected(doctor, visit=visit).visit is None
