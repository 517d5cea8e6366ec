"""Partners hear of a visit in time, are asked what is still to do, and no more often than helps."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from cohorts.models import Cohort
from elements import clock
from elements.registry import kind_named
from pairs import actions as pair_actions
from reminders.choices import State
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message, Nudge
from reminders.tests.days import told_in
from shadowing import actions, visits_due
from shadowing.choices import VisitState
from shadowing.element import Shadowing
from shadowing.models import Visit
from shadowing.tests.worlds import DAY, agreed, moments, offered, prepared, setting
from shadowing.visits_due import CONFIRM, DEBRIEF, PREPARE, SOON

pytestmark = pytest.mark.django_db
EVE = DAY - timedelta(days=1)


def rows(kind) -> list[tuple]:
    """(to, ref) of what was written: requests may share a message with others."""
    if kind_named(kind).nudge:
        return [(each.message.recipient, each.ref) for each in Nudge.objects.filter(kind=kind)]
    return [(each.recipient, each.ref) for each in Message.objects.filter(kind=kind)]


def posted(kind) -> list[str]:
    return sorted(to.name for to, _ in rows(kind))


def wanted(kind) -> list[str]:
    return sorted(to.name for to, ref in rows(kind) if kind_named(kind).wanted(ref, to))


def asked(kind, on: date) -> list[str]:
    """Who is yielded at nine on that day, whatever the post room makes of it."""
    found = [each for each in visits_due.reminders(on=on, until=on) if each.kind == kind]
    now = clock.at(on)
    return sorted(each.to.name for each in found if each.at <= now and (each.until is None or now < each.until))


def mail(kind):
    row = Message.objects.filter(kind=kind).first()
    return compose(row, kind_named(kind)).email


def ended(visit, starts_at: datetime) -> Visit:
    Visit.objects.filter(pk=visit.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    return Visit.objects.with_people().get(pk=visit.pk)


def test_both_hear_of_it_at_nine_the_day_before_and_once(two):
    _, pair, doctor, manager = two
    prepared(agreed(pair, doctor, manager))
    compose_due(now=clock.at(EVE, time(8, 59)))
    assert posted(SOON) == []
    for now in (clock.at(EVE), clock.at(EVE) + timedelta(hours=1), clock.at(DAY)):
        compose_due(now=now)
    assert posted(SOON) == wanted(SOON) == [doctor.name, manager.name]
    assert "What to wear: As for work, with your badge" in mail(SOON).body


def test_what_is_moved_is_announced_anew_and_what_was_said_of_the_old_day_is_not_sent(two):
    _, pair, doctor, manager = two
    visit = prepared(agreed(pair, doctor, manager))
    compose_due(now=clock.at(EVE))
    day = date(2027, 3, 9)
    actions.change_visit(visit=visit, by=doctor.user, now=clock.at(EVE), setting=visit.setting, **moments(day))
    assert wanted(SOON) == []
    compose_due(now=clock.at(day - timedelta(days=1)))
    assert wanted(SOON) == [doctor.name, manager.name]
    assert len(posted(SOON)) == 4


def test_who_has_left_something_open_is_asked_three_days_before(two):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    assert asked(PREPARE, DAY - timedelta(days=4)) == []
    assert asked(PREPARE, DAY - timedelta(days=3)) == [doctor.name, manager.name]
    everything = frozenset(item.code for item in visit.items)
    actions.prepare_visit(visit=visit, by=manager.user, now=timezone.now(), ticked=everything)
    assert asked(PREPARE, DAY - timedelta(days=3)) == [doctor.name]
    compose_due(now=clock.at(DAY - timedelta(days=3)))
    assert posted(PREPARE) == wanted(PREPARE) == [doctor.name]
    [(to, ref)] = rows(PREPARE)
    said = kind_named(PREPARE).context(ref, to)
    assert said["todo"] == "Write what you hope to learn.\n2 lines of your checklist to tick."
    assert said["link"].endswith(f"visits%2F{visit.pk}%2Fprepare%2F")
    actions.prepare_visit(visit=visit, by=doctor.user, now=timezone.now(), ticked=everything, objectives="Talk")
    assert wanted(PREPARE) == asked(PREPARE, EVE) == []


def test_the_day_after_both_are_asked_whether_it_took_place_until_one_says_so(two):
    """A night shift is over in the morning of the next day: nobody is asked before the day after that."""
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager, starts=time(20), hours=12, setting=setting("operating-theatre"))
    assert asked(CONFIRM, DAY + timedelta(days=1)) == []
    assert asked(CONFIRM, DAY + timedelta(days=2)) == [doctor.name, manager.name]
    compose_due(now=clock.at(DAY + timedelta(days=2)))
    assert wanted(CONFIRM) == [doctor.name, manager.name]
    actions.confirm_visit(visit=visit, minutes=700, by=doctor.user, now=clock.at(DAY + timedelta(days=2)))
    assert wanted(CONFIRM) == asked(CONFIRM, DAY + timedelta(days=3)) == []


def test_nobody_is_asked_for_ever(two):
    _, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    assert asked(CONFIRM, DAY + timedelta(days=30)) == [doctor.name, manager.name]
    assert asked(CONFIRM, DAY + timedelta(days=32)) == []


def test_talking_it_over_is_asked_for_once(two):
    _, pair, doctor, manager = two
    visit = ended(agreed(pair, doctor, manager), clock.at(DAY, time(14)))
    now = clock.at(DAY, time(17))
    actions.confirm_visit(visit=visit, minutes=120, by=doctor.user, now=now, debrief_on=DAY + timedelta(days=4))
    for days in range(1, 40):
        Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=timezone.now())
        compose_due(now=clock.at(DAY + timedelta(days=days)))
    assert posted(DEBRIEF) == [doctor.name, manager.name]
    assert {each.message.key.split(":")[1] for each in Nudge.objects.filter(kind=DEBRIEF)} == {"2027-03-10"}


@pytest.mark.parametrize("days", [57, 59, 61, 90, 200])
def test_a_day_to_talk_long_after_the_visit_is_asked_about_too(two, days):
    _, pair, doctor, manager = two
    visit = ended(agreed(pair, doctor, manager), clock.at(DAY, time(14)))
    talk = DAY + timedelta(days=days)
    actions.confirm_visit(visit=visit, minutes=60, by=doctor.user, now=clock.at(DAY, time(17)), debrief_on=talk)
    both = [doctor.name, manager.name]
    told = {day: asked(DEBRIEF, talk + timedelta(days=day)) for day in range(-3, 10)}
    assert told == {day: both if 1 <= day <= 6 else [] for day in range(-3, 10)}
    week = list(visits_due.reminders(on=talk - timedelta(days=6), until=talk + timedelta(days=1)))
    assert [each.to.name for each in week if each.kind == DEBRIEF] == both


def test_without_a_day_to_talk_a_week_is_given(two):
    _, pair, doctor, manager = two
    visit = ended(agreed(pair, doctor, manager), clock.at(DAY, time(14)))
    actions.confirm_visit(visit=visit, minutes=120, by=doctor.user, now=clock.at(DAY, time(17)))
    assert asked(DEBRIEF, DAY + timedelta(days=6)) == []
    assert asked(DEBRIEF, DAY + timedelta(days=7)) == [doctor.name, manager.name]


def test_who_is_no_partner_any_more_or_is_in_a_cohort_without_shadowing_hears_nothing(two):
    lead, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    assert len(list(visits_due.reminders(on=EVE, until=EVE))) == 6
    Cohort.objects.update(elements_off=["shadowing"])
    assert list(visits_due.reminders(on=EVE, until=EVE)) == []
    Cohort.objects.update(elements_off=[])
    pair_actions.end_pair(pair=pair, kind="moved", on=timezone.localdate(), by=lead)
    assert list(visits_due.reminders(on=EVE, until=EVE)) == []


def test_one_query_for_any_number_of_visits(two, django_assert_num_queries):
    _, pair, doctor, manager = two
    agreed(pair, doctor, manager)
    offered(pair, doctor, manager)
    with django_assert_num_queries(1):
        few = len(list(visits_due.reminders(on=EVE, until=EVE)))
    for _ in range(5):
        agreed(pair, manager, doctor)
    with django_assert_num_queries(1):
        assert len(list(visits_due.reminders(on=EVE, until=EVE))) == 6 * few


def test_a_week_at_once_is_what_each_of_its_days_is_by_itself(two):
    _, pair, doctor, manager = two
    for number in range(3):
        agreed(pair, doctor, manager, day=DAY + timedelta(days=number * 4))
    done = agreed(pair, manager, doctor)
    Visit.objects.filter(pk=done.pk).update(state=VisitState.DONE, minutes=60, debrief_on=DAY + timedelta(days=2))
    told = told_in(Shadowing(), DAY - timedelta(days=20), 40)
    assert min(told[kind] for kind in (SOON, PREPARE, CONFIRM, DEBRIEF)) > 10
