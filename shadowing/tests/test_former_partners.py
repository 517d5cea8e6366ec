"""Access follows membership: who has left a pair reads what was dated while she was in it, and changes no visit."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests import worlds
from pairs.tests.test_views import text_of
from reminders.models import Message
from shadowing import actions
from shadowing.actions.visit_news import AGREED, CALLED_OFF, PROPOSED
from shadowing.models import Reflection, Visit
from shadowing.readers import readers_of
from shadowing.tests.reflecting import shared
from shadowing.tests.worlds import agreed, begun, offered, took_place
from shadowing.visit_letters import called_off_context

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now, timezone.localdate
# What changes a visit that has begun, with what it is given.
LATER = {
    "confirm_visit": {"minutes": 60},
    "correct_minutes": {"minutes": 61},
    "debrief_visit": {"debrief_on": TODAY()},
    "close_visit": {"skipped": True},
}
CHANGING = {
    "visit_accept": {},
    "visit_edit": {},
    "visit_prepare": {"objectives": "x"},
    "visit_confirm": {"minutes_1": "60", "talked": "yes"},
    "visit_minutes": {"minutes_1": "61"},
    "visit_debrief": {},
    "visit_close": {},
    "visit_remove": {},
    "visit_call_off": {"reason": "rota"},
    "visit_put_off": {"reason": "rota"},
}


def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person.user)
    return browser


def end(pair, lead) -> None:
    pair_actions.end_pair(pair=pair, kind="moved", on=TODAY(), by=lead)


def past_visits(pair, visitor, host) -> dict[str, Visit]:
    """One for each action of LATER, in the state that it begins from."""
    return {
        "confirm_visit": begun(agreed(pair, visitor, host)),
        "correct_minutes": took_place(pair, visitor, host),
        "debrief_visit": took_place(pair, visitor, host),
        "close_visit": took_place(pair, visitor, host, on_the_spot=True),
    }


def attempt(name: str, visit, by) -> Visit:
    return getattr(actions, name)(visit=visit, by=by.user, now=NOW(), **LATER[name])


@pytest.mark.parametrize("name", LATER)
def test_once_the_pair_has_ended_nobody_changes_a_past_visit(two, name):
    lead, pair, doctor, manager = two
    visit = past_visits(pair, doctor, manager)[name]
    end(pair, lead)
    for person in (doctor, manager):
        with pytest.raises(pair_actions.PairHasEnded):
            attempt(name, visit, person)
    after = Visit.objects.get(pk=visit.pk)
    assert (after.state, after.minutes, after.reflected_at) == (visit.state, visit.minutes, None)


@pytest.mark.parametrize("name", LATER)
def test_who_has_left_a_trio_changes_nothing_and_who_is_left_may(trio, name):
    lead, pair, (_, third), manager = trio
    visit = past_visits(pair, manager, third)[name]
    pair_actions.leave_pair(participant=third, on=TODAY(), by=lead)
    with pytest.raises(actions.IsNoPartner):
        attempt(name, visit, third)
    assert Visit.objects.get(pk=visit.pk).state == visit.state
    assert attempt(name, visit, manager).changed_at > visit.changed_at


def test_the_pages_of_a_past_visit_can_be_read_and_no_form_of_it_opens(two):
    lead, pair, doctor, manager = two
    visits = list(past_visits(pair, doctor, manager).values())
    end(pair, lead)
    for person in (doctor, manager):
        browser = signed_in(person)
        for visit in visits:
            assert browser.get(visit.get_absolute_url()).status_code == 200
            assert browser.get(reverse("visit_sheet", args=[visit.pk])).status_code == 200
            for name, post in CHANGING.items():
                answer = browser.post(reverse(name, args=[visit.pk]), post)
                assert answer.status_code == 403, name
                assert "partners now" in answer.content.decode()
    assert set(Visit.objects.values_list("state", "minutes")) == {(each.state, each.minutes) for each in visits}


def test_what_is_dated_after_she_left_is_missing(two):
    lead, pair, doctor, manager = two
    undated, later = offered(pair, doctor, manager, day=None), agreed(pair, doctor, manager)
    end(pair, lead)
    browser = signed_in(doctor)
    for visit in (undated, later):
        assert browser.get(visit.get_absolute_url()).status_code == 404
        for name, post in CHANGING.items():
            assert browser.post(reverse(name, args=[visit.pk]), post).status_code == 404, name


def addresses(page: str) -> set[str]:
    """Where links and forms of a page lead, in this house."""
    found = re.findall(r'(?:href|action)="(/[^"#]*)"', page)
    return {url for url in found if not url.startswith(("/static/", "/accounts/"))}


def test_no_link_of_hers_is_dead(two):
    lead, pair, doctor, manager = two
    visits = list(past_visits(pair, doctor, manager).values())
    moved = begun(agreed(pair, doctor, manager))
    successor = actions.put_off_visit(visit=moved, reason="rota", by=doctor.user, now=NOW())
    whole = signed_in(doctor).get(moved.get_absolute_url()).content.decode()
    assert successor.get_absolute_url() in addresses(whole)
    assert reverse("visit_list", args=[pair.pk]) in addresses(whole)
    end(pair, lead)
    for person in (doctor, manager):
        browser = signed_in(person)
        for visit in (*visits, moved):
            for name in ("visit_detail", "visit_sheet"):
                page = browser.get(reverse(name, args=[visit.pk])).content.decode()
                dead = [url for url in addresses(page) if browser.get(url).status_code not in {200, 302, 405}]
                assert dead == [], name
                assert not [
                    url for url in addresses(page) if re.search("/(close|minutes|confirm|debrief|missed)/", url)
                ]


def test_what_she_writes_about_it_stays_hers_and_the_visit_stays_as_it_is(two):
    lead, pair, doctor, manager = two
    visit = took_place(pair, doctor, manager, on_the_spot=True)
    end(pair, lead)
    browser = signed_in(doctor)
    url = reverse("reflection_create", args=[doctor.pk, visit.pk])
    page = browser.get(url).content.decode()
    assert 'name="skip"' not in page
    said = browser.post(url, {"skip": "1"}, follow=True)
    assert "This pair has ended." in said.content.decode()
    assert browser.post(url, {"box_take": "Ten people telephone"}).status_code == 302
    assert Reflection.objects.get().visit == visit
    assert Visit.objects.get().reflected_at is None


def test_a_page_that_was_open_when_the_pair_ended_leads_home_and_says_why(two, monkeypatch):
    """The row changes after the page was loaded: nothing ends in an error."""
    lead, pair, doctor, manager = two
    visit = took_place(pair, doctor, manager)
    real = actions.correct_minutes

    def ended_meanwhile(**given):
        end(Pair.objects.get(pk=pair.pk), lead)
        return real(**given)

    monkeypatch.setattr(actions, "correct_minutes", ended_meanwhile)
    answer = signed_in(doctor).post(reverse("visit_minutes", args=[visit.pk]), {"minutes_1": "61"}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("home")
    assert "This pair has ended." in answer.content.decode()
    assert Visit.objects.get().minutes == visit.minutes


def test_who_joins_a_pair_later_does_not_see_what_was_before(two):
    """The visit is of two people: a third one never sees it."""
    _, pair, doctor, manager = two
    visit = begun(agreed(pair, doctor, manager), ago=timedelta(days=2))
    third = worlds.person(pair.cohort, "a", 77)
    today = timezone.localdate()
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=today, told=True)
    assert signed_in(third).get(pair.get_absolute_url()).status_code == 200
    assert signed_in(third).get(visit.get_absolute_url()).status_code == 404


def test_what_was_never_agreed_is_no_lead_s_to_read_before_a_pair_ends(two, client):
    lead, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    Message.objects.filter(kind=PROPOSED).update(state="sent", sent_at=NOW())
    client.force_login(lead)
    url, why = reverse("pair_end", args=[pair.pk]), {"kind": "no_time", "reason": "No time"}
    text = text_of(client.post(url, why))
    assert "They have no dates ahead." in text
    assert "Nobody gets a message about a date." in text
    assert f"{manager.name} gets" not in text
    assert f"{doctor.name} gets" not in text
    assert "It reads like this" not in text
    actions.accept_visit(visit=visit, by=manager.user, now=NOW())
    Message.objects.filter(kind=AGREED).update(state="sent", sent_at=NOW())
    text = text_of(client.post(url, why))
    assert "get 2 messages about these dates" in text
    assert "Called off: your visit" in text
    assert "Declined" not in text
    assert f"ask the leads of {pair.cohort.programme.name}" in text


def test_a_lead_who_is_a_partner_herself_says_no_to_nothing_by_ending_the_pair(two):
    _, pair, doctor, manager = two
    visit = offered(pair, doctor, manager)
    pair_actions.end_pair(pair=pair, kind="moved", on=TODAY(), by=manager.user)
    letter = Message.objects.get(kind=CALLED_OFF, recipient=doctor.user)
    said = called_off_context(letter.ref, doctor.user)
    assert said["news"] == "Called off"
    assert said["sentence"].endswith("is called off.")
    assert AuditRecord.objects.filter(did="called a visit off", scope=visit.cohort_id).exists()
    assert not AuditRecord.objects.filter(did="declined a visit").exists()


def read_by(reflection, *people) -> set[str]:
    """Who of them can open it; the page of its author knows the same."""
    can = {each.name for each in people if Reflection.objects.visible_to(each.user).filter(pk=reflection.pk).exists()}
    assert {each.participant.name for each in readers_of(reflection, now=NOW())} == can
    return can


def long_ago(reflection, days=5) -> Reflection:
    """As if it had been shared some days before, when the pair was there already."""
    Membership.objects.filter(pair=reflection.pair_id).update(since=TODAY() - timedelta(days=days + 1))
    then = NOW() - timedelta(days=days)
    Reflection.objects.filter(pk=reflection.pk).update(shared_at=then, written_at=then, changed_at=then)
    return Reflection.objects.get(pk=reflection.pk)


def test_its_author_reads_who_can_still_read_it_when_the_pair_has_ended(two):
    lead, pair, doctor, manager = two
    made = long_ago(shared(doctor))
    browser = signed_in(doctor)
    page = browser.get(made.get_absolute_url()).content.decode()
    assert f"Who can read it: You and {manager.name}<" in page
    assert "When you change it" not in page
    end(pair, lead)
    assert read_by(made, manager) == {manager.name}
    page = browser.get(made.get_absolute_url()).content.decode()
    assert f"Who can read it: You, and {manager.name}, who was your partner<" in page
    assert f"When you stop, {manager.name} cannot open it any more" in page
    assert f"When you change it, {manager.name} cannot open it any more either." in page
    edit = reverse("reflection_edit", args=[made.pk])
    assert f"When you save a change, {manager.name} cannot" in browser.get(edit).content.decode()
    page = browser.post(edit, {"box_take": "Other words"}, follow=True).content.decode()
    made.refresh_from_db()
    assert read_by(made, manager) == set()
    assert "Who can read it: Only you now: the pair has ended<" in page
    assert "No partner can open it now." in page
    assert "Shared since" not in page
    assert manager.name not in page
    page = browser.post(reverse("reflection_unshare", args=[made.pk]), follow=True).content.decode()
    assert "Who can read it: Only you<" in page


def test_the_evaluators_still_stand_there_when_the_pair_has_ended(two):
    lead, pair, doctor, manager = two
    made = long_ago(shared(doctor))
    actions.offer_reflection(reflection=made, may_quote=False, by=doctor.user, now=NOW())
    end(pair, lead)
    page = signed_in(doctor).get(made.get_absolute_url()).content.decode()
    evaluators = "the evaluators, without your name"
    assert f"Who can read it: You and {evaluators}, and {manager.name}, who was your partner<" in page


def test_who_has_left_a_trio_is_named_with_who_is_there(trio):
    lead, _, (doctor, third), manager = trio
    made = long_ago(shared(manager))
    pair_actions.leave_pair(participant=third, on=TODAY(), by=lead)
    assert read_by(made, doctor, third) == {doctor.name, third.name}
    page = signed_in(manager).get(made.get_absolute_url()).content.decode()
    assert f"Who can read it: You and {doctor.name}, and {third.name}, who was your partner<" in page
    assert f"When you change it, {third.name} cannot" in page


def test_who_left_a_trio_reads_that_those_who_stay_can_read_hers(trio):
    lead, _, (doctor, third), manager = trio
    made = long_ago(shared(third))
    pair_actions.leave_pair(participant=third, on=TODAY(), by=lead)
    assert read_by(made, doctor, manager) == {doctor.name, manager.name}
    page = signed_in(third).get(made.get_absolute_url()).content.decode()
    assert "who were your partners<" in page
    assert "When you change it" not in page


def test_who_joins_later_is_not_said_to_read_what_was_shared_before(two):
    _, pair, doctor, manager = two
    made = long_ago(shared(doctor))
    Reflection.objects.filter(pk=made.pk).update(changed_at=NOW())
    Membership.objects.filter(participant=manager).update(until=TODAY())
    third = worlds.person(pair.cohort, "b", 78)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=TODAY(), told=True)
    made.refresh_from_db()
    assert read_by(made, manager, third) == set()
    page = signed_in(doctor).get(made.get_absolute_url()).content.decode()
    assert "Who can read it: Only you now<" in page
    assert f"So that {third.name} can read it, stop sharing it and share it again." in page
