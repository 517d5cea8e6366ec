"""One's own choices, and a private calendar whose address is a secret that can be renewed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import vobject
from django.urls import reverse

from accounts.models import User
from elements.contract import Event
from reminders import actions, feeds
from reminders.models import Feed, Preference
from reminders.preferences import Wishes, wishes_of
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
START = datetime(2027, 3, 3, 14, tzinfo=UTC)


@pytest.fixture
def ann():
    return User.objects.create(email="ann@trust.example", name="Ann")


def path_of(person) -> str:
    return feeds.address_of(person).removeprefix("http://localhost:8000")


def test_without_a_choice_the_standard_holds(ann):
    assert wishes_of(ann) == Wishes(frozenset(), time(20), time(7))


def test_what_is_not_ticked_is_switched_off(client, ann):
    client.force_login(ann)
    page = client.get(reverse("preferences")).content.decode()
    assert "Something to do" in page
    assert "Several things to do" not in page, "a message of several is made of the others"
    heard = ["trial.soon"]
    answer = client.post(reverse("preferences"), {"heard": heard, "quiet_from": "22:00", "quiet_until": "06:00"})
    assert answer.status_code == 302
    wishes = wishes_of(ann)
    assert "trial.asked_for" in wishes.muted
    assert "trial.soon" not in wishes.muted
    assert (wishes.quiet_from, wishes.quiet_until) == (time(22), time(6))
    assert 'value="trial.soon" checked' in " ".join(client.get(reverse("preferences")).content.decode().split())


@pytest.mark.parametrize("value", [{"quiet_from": "25:00"}, {"quiet_until": ""}, {"heard": ["pairs.pair_published"]}])
def test_what_is_not_offered_is_refused_in_words(client, ann, value):
    client.force_login(ann)
    answer = client.post(reverse("preferences"), {"quiet_from": "22:00", "quiet_until": "06:00", **value})
    assert answer.status_code == 200
    assert "from the list" in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_address_opens_ones_own_calendar_without_sign_in(client, ann):
    trial.EVENTS["1"] = Event("1@x.example", 0, "First meeting", START, START + timedelta(hours=1), START)
    actions.renew_feed(person=ann, by=ann)
    answer = client.get(path_of(ann))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert vobject.readOne(answer.content.decode()).vevent.summary.value == "First meeting"


def test_each_element_is_asked_for_this_person(client, ann, monkeypatch):
    asked = []
    monkeypatch.setattr(trial.Trial, "calendar", lambda self, users: asked.extend(users) or [])
    actions.renew_feed(person=ann, by=ann)
    client.get(path_of(ann))
    assert asked == [ann]


def test_a_room_that_fails_leaves_the_others_in_the_calendar(client, ann, monkeypatch, caplog):
    trial.EVENTS["1"] = Event("1@x.example", 0, "First meeting", START, START + timedelta(hours=1), START)

    def half(self, users):
        yield replace(trial.EVENTS["1"], whose=ann.pk)
        raise ZeroDivisionError

    monkeypatch.setattr("reminders.element.PostRoom.calendar", half)
    actions.renew_feed(person=ann, by=ann)
    answer = client.get(path_of(ann))
    assert [each.summary.value for each in vobject.readOne(answer.content.decode()).vevent_list] == ["First meeting"]
    assert "The calendar of reminders is missing." in caplog.text


def test_a_renewed_address_replaces_the_old_one(client, ann):
    actions.renew_feed(person=ann, by=ann)
    old = path_of(ann)
    client.force_login(ann)
    client.post(reverse("feed_renew"))
    assert path_of(ann) != old
    client.logout()
    assert client.get(old).status_code == 404
    assert client.get(path_of(ann)).status_code == 200


def test_nothing_else_opens_it(client, ann):
    bob = User.objects.create(email="bob@trust.example")
    for person in (ann, bob):
        actions.renew_feed(person=person, by=person)
    right = path_of(ann)
    stem, _, token = right.removesuffix(".ics").rpartition("/")
    wrong = [f"{stem}/{token[:-1]}{'0' if token[-1] != '0' else '1'}.ics", right.replace(str(ann.pk), str(bob.pk))]
    assert [client.get(path).status_code for path in wrong] == [404, 404]
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get(right).status_code == 404


def test_an_address_taken_back_is_gone(client, ann):
    actions.renew_feed(person=ann, by=ann)
    path = path_of(ann)
    client.force_login(ann)
    client.post(reverse("feed_drop"))
    assert not Feed.objects.exists()
    assert client.get(path).status_code == 404
    assert "Make a private calendar address" in client.get(reverse("preferences")).content.decode()


def test_the_address_lives_through_a_change_of_the_key(client, ann, settings):
    actions.renew_feed(person=ann, by=ann)
    path = path_of(ann)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of more than fifty letters, as is asked for here"
    assert client.get(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(path).status_code == 404


def test_looking_at_it_changes_nothing(client, ann, django_assert_max_num_queries):
    actions.renew_feed(person=ann, by=ann)
    with django_assert_max_num_queries(14) as asked:  # twice: whose it is, and one to each element with a calendar
        client.head(path_of(ann)), client.get(path_of(ann))
    assert not any(each["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for each in asked.captured_queries)


def test_only_who_may_get_a_message_chooses_it_and_keeps_what_was_chosen(client, ann, monkeypatch):
    actions.choose(person=ann, muted=["cohorts.unanswered"], quiet_from=time(20), quiet_until=time(7), by=ann)
    client.force_login(ann)
    assert "Somebody has not answered" not in client.get(reverse("preferences")).content.decode()
    client.post(reverse("preferences"), {"heard": ["trial.soon"], "quiet_from": "20:00", "quiet_until": "07:00"})
    assert "cohorts.unanswered" in wishes_of(ann).muted, "a choice made as a lead is there when she leads again"
    monkeypatch.setattr(User, "has_perm", lambda self, permission, about=None: permission == "cohorts.see_post")
    assert "Somebody has not answered" in client.get(reverse("preferences")).content.decode()
