"""What visits hand to the house: timeline, calendar, record, doors, steps; each in one query."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort
from elements import timeline
from elements.registry import _elements
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from shadowing import actions, reflected, visiting
from shadowing.models import Reflection
from shadowing.tests.reflecting import reflected as written
from shadowing.tests.reflecting import shared
from shadowing.tests.worlds import agreed, offered, setting, took_place

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def room():
    return _elements["shadowing"]


def read(pair) -> Pair:
    return Pair.objects.with_members().get(pk=pair.pk)


def test_the_timeline_says_that_they_met_and_gives_only_the_two_an_address(two, room):
    lead, pair, doctor, manager = two
    done = took_place(pair, doctor, manager, minutes=90, setting=None, setting_words="Quillfeather")
    ahead = agreed(pair, manager, doctor)
    off = agreed(pair, manager, doctor)
    actions.call_off_visit(visit=off, reason="rota", by=doctor.user, now=NOW())
    offered(pair, doctor, manager)
    for viewer, has_url in ((None, False), (lead, False), (doctor.user, True)):
        entries = {each.state: each for each in room.timeline(pairs=[read(pair)], viewer=viewer)}
        assert set(entries) == {"done", "planned", "cancelled"}
        assert [state for state, each in entries.items() if each.is_contact] == ["done"]
        assert entries["done"].minutes == 90
        assert entries["done"].label == "Visit"
        # Where somebody goes is for the two.
        assert entries["planned"].label == ("Visit: Finance and performance meeting" if has_url else "Visit")
        assert (entries["done"].url, entries["planned"].url) == (
            (done.get_absolute_url(), ahead.get_absolute_url()) if has_url else ("", "")
        )
    assert timeline.last_contacts([pair], on=timezone.localdate())[pair.pk] == done.day


def test_the_third_of_a_trio_gets_no_address(trio, room):
    _, pair, (doctor, third), manager = trio
    agreed(pair, doctor, manager)
    assert [each.url for each in room.timeline(pairs=[read(pair)], viewer=third.user)] == [""]


def test_the_calendar_holds_what_is_agreed_with_place_and_time(two, room):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    offered(pair, doctor, manager)
    [entry] = room.calendar(users=[manager.user])
    assert (entry.summary, entry.place) == (f"{doctor.name} visits you: {setting().label}", "Room 4, North")
    assert entry.uid == f"visit-{visit.pk}@pairedlearning"
    actions.call_off_visit(visit=visit, reason="rota", by=doctor.user, now=NOW())
    assert list(room.calendar(users=[manager.user])) == []


def test_the_record_holds_hours_and_roles(two, room):
    _, pair, doctor, manager = two
    took_place(pair, doctor, manager, minutes=90)
    agreed(pair, manager, doctor)
    for person, role in ((doctor, "visitor"), (manager, "host")):
        [line] = room.record(participant=person)
        assert (line.role, line.minutes, line.label) == (role, 90, setting().label)


def test_each_part_is_one_query_and_none_for_doors(two, room, django_assert_num_queries):
    lead, pair, doctor, manager = two
    pair = read(pair)
    agreed(pair, doctor, manager)
    took_place(pair, manager, doctor)
    shared(doctor)
    on = timezone.localdate()
    parts = (
        lambda: list(room.panels(pair=pair, viewer=doctor.user)),
        lambda: list(visiting.next_steps(participants=[doctor, manager], on=on)),
        lambda: list(reflected.next_steps(participants=[doctor, manager], on=on, now=NOW())),
        lambda: list(room.timeline(pairs=[pair], viewer=doctor.user)),
        lambda: list(room.calendar(users=[doctor.user])),
        lambda: list(visiting.record(participant=doctor)),
    )
    for asked in parts:
        with django_assert_num_queries(1):
            assert asked()
    with django_assert_num_queries(0):
        assert [door.label for door in room.doors(viewer=doctor.user, pair=pair)] == [
            "Arrange a visit",
            "Arrange a visit",
            "Your visits",
            "Write a reflection",
            "Your reflections",
        ]
    assert list(room.doors(viewer=lead, pair=pair)) == []
    for _ in range(4):
        agreed(pair, doctor, manager)
        took_place(pair, manager, doctor)
        shared(doctor)
    for asked in parts:
        with django_assert_num_queries(1):
            assert asked()


def test_offers_without_a_date_come_first_whatever_the_database_thinks_of_nothing(two, room, monkeypatch):
    _, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    offered(pair, manager, doctor, day=None)
    monkeypatch.setattr(visiting, "ON_A_LIST", 1)
    with CaptureQueriesContext(connection) as asked:
        [step] = room.next_steps(participants=[doctor], on=timezone.localdate())
    assert "NULLS FIRST" in asked[0]["sql"]
    assert step.label.startswith("Say yes or no")


def news(room, person, on=None) -> list[tuple[str, str]]:
    steps = room.next_steps(participants=[person], on=on or timezone.localdate())
    return [(step.label, step.url) for step in steps if "shared" in step.label]


def test_the_partner_is_told_for_two_weeks_of_what_is_shared(two, room, client):
    _, _, doctor, manager = two
    written(doctor)
    assert news(room, manager) == []
    made = shared(doctor)
    assert news(room, manager) == [(f"{doctor.name} shared a reflection with you", made.get_absolute_url())]
    assert news(room, doctor) == []
    client.force_login(manager.user)
    assert f"{doctor.name} shared a reflection with you" in client.get("/").content.decode()
    assert client.get(news(room, manager)[0][1]).status_code == 200
    today = timezone.localdate()
    assert news(room, manager, today + reflected.NEWS)
    assert news(room, manager, today + reflected.NEWS + timedelta(days=1)) == []
    shared(doctor)
    both = reverse("reflection_list", args=[manager.pk])
    assert news(room, manager) == [(f"{doctor.name} shared 2 reflections with you", both)]
    for each in Reflection.objects.all():
        actions.unshare_reflection(reflection=each, by=doctor.user)
    assert news(room, manager) == []


def test_who_joins_later_or_has_left_is_not_told_of_what_is_shared(trio, room):
    lead, _, (doctor, third), manager = trio
    made = shared(doctor)
    told = [(f"{doctor.name} shared a reflection with you", made.get_absolute_url())]
    assert news(room, third) == news(room, manager) == told
    Membership.objects.filter(participant=third).update(since=timezone.localdate() + timedelta(days=1))
    assert (news(room, third), news(room, manager)) == ([], told)
    Membership.objects.filter(participant=third).update(since=timezone.localdate())
    pair_actions.leave_pair(participant=third, on=timezone.localdate(), by=lead)
    assert (news(room, third), news(room, manager)) == ([], told)


def test_a_cohort_that_has_switched_it_off_has_none_of_it_but_its_record(two, room):
    _, pair, doctor, manager = two
    took_place(pair, doctor, manager)
    shared(manager)
    Cohort.objects.update(elements_off=["shadowing"])
    pair = read(pair)
    doctor.refresh_from_db()
    on = timezone.localdate()
    assert list(room.next_steps(participants=[doctor], on=on)) == []
    assert list(room.timeline(pairs=[pair], viewer=doctor.user)) == []
    assert list(room.calendar(users=[doctor.user])) == []
    assert len(list(room.record(participant=doctor))) == 1
