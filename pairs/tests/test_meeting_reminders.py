"""Partners hear of their first meeting the day before, and are asked for a date while there is none."""

from datetime import UTC, date, time, timedelta

import pytest
from django.urls import reverse

from cohorts.models import Cohort
from elements import clock
from elements.registry import kind_named
from pairs import actions
from pairs.element import Hall
from pairs.first_meetings import MISSING, SOON
from pairs.models import FirstMeeting, Membership, Pair
from pairs.tests.worlds import MEET_BY, arranged, cohort_of, published, shown
from reminders.choices import State
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message, Nudge
from reminders.tests.days import told_in

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 5)
EVE = DAY - timedelta(days=1)
HOUR = timedelta(hours=1)


def posted(kind) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def wanted(kind) -> list[str]:
    rows = Message.objects.filter(kind=kind).select_related("recipient")
    return sorted(row.recipient.name for row in rows if kind_named(kind).wanted(row.ref, row.recipient))


# The day before


def test_both_hear_of_it_at_nine_the_day_before_and_once(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(EVE, time(8, 59)))
    assert posted(SOON) == []
    for now in (clock.at(EVE), clock.at(EVE) + HOUR, clock.at(DAY)):
        compose_due(now=now)
    assert posted(SOON) == wanted(SOON) == [doctor.name, manager.name]
    row = Message.objects.filter(kind=SOON).first()
    assert (row.scope, row.expires_at) == (pair.cohort_id, clock.at(DAY, time(14)))


def test_what_was_missed_is_caught_up_until_it_begins(two):
    _, pair, doctor, manager = two
    meeting = arranged(pair, doctor.user, DAY)
    compose_due(now=meeting.starts_at)
    assert posted(SOON) == []
    compose_due(now=meeting.starts_at - timedelta(minutes=1))
    assert posted(SOON) == [doctor.name, manager.name]


def test_a_meeting_that_is_moved_is_announced_anew_and_what_was_said_of_the_old_day_is_not_sent(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(EVE))
    arranged(pair, doctor.user, DAY, hour=time(16))
    assert wanted(SOON) == []
    compose_due(now=clock.at(EVE) + HOUR)
    assert wanted(SOON) == [doctor.name, manager.name]
    assert len(posted(SOON)) == 4


def test_what_was_arranged_just_now_is_not_said_again_at_once(two):
    _, pair, doctor, _ = two
    noon = clock.at(EVE, time(12))
    arranged(pair, doctor.user, DAY, now=noon)
    compose_due(now=noon + timedelta(hours=2, minutes=59))
    assert posted(SOON) == []
    compose_due(now=noon + timedelta(hours=3))
    assert len(posted(SOON)) == 2


def test_a_meeting_that_is_called_off_is_never_announced(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(EVE))
    actions.call_off_meeting(pair=pair, by=manager.user, now=clock.at(EVE) + HOUR)
    assert wanted(SOON) == []
    assert [each for each in Hall().reminders(on=DAY) if each.kind == SOON] == []


def test_who_has_left_hears_nothing_of_it(two):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(EVE))
    Membership.objects.filter(participant=doctor).update(until=EVE)
    assert wanted(SOON) == [manager.name]
    assert [each.to for each in Hall().reminders(on=DAY) if each.kind == SOON] == [manager.user]


@pytest.mark.parametrize(("today", "word"), [(EVE, "Tomorrow"), (DAY, "Today")])
def test_its_subject_is_right_on_the_day_of_sending(today, word, two, monkeypatch):
    _, pair, doctor, manager = two
    arranged(pair, doctor.user, DAY)
    compose_due(now=clock.at(EVE))
    monkeypatch.setattr(clock, "today", lambda: today)
    email = compose(Message.objects.get(kind=SOON, recipient=doctor.user), kind_named(SOON)).email
    assert email.subject == f"{word} at 2pm: your first meeting with {manager.name}"
    assert f"You meet {manager.name} {word.lower()} at 2pm." in email.body
    assert reverse("preferences") in email.body


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        *((date(2027, 3, 28), hour) for hour in (time(0, 30), time(2, 30), time(23, 30))),
        *((date(2027, 3, 29), hour) for hour in (time(0, 30), time(23, 30))),
        *((date(2027, 10, 31), hour) for hour in (time(0, 30), time(1, 30), time(2, 30), time(23, 30))),
        *((date(2027, 10, 30), hour) for hour in (time(0, 30), time(23, 30))),
        (date(2027, 5, 5), time(0, 30)),
    ],
)
def test_nine_is_nine_by_the_clock_on_the_wall_also_around_its_changes(day, hour, two):
    _, pair, doctor, _ = two
    meeting = arranged(pair, doctor.user, day, hour)
    found = {
        (each.at, each.about, each.until)
        for on in (day - timedelta(days=2), day - timedelta(days=1), day, day + timedelta(days=1))
        for each in Hall().reminders(on=on)
        if each.kind == SOON
    }
    [(at, about, until)] = found
    assert clock.local(at).replace(tzinfo=None).isoformat() == f"{day - timedelta(days=1)}T09:00:00"
    assert (about, until) == (f"{meeting.pk}:{meeting.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M}", meeting.starts_at)


# No date yet


@pytest.fixture
def undated(two):
    """The two alone, told on 10 February in the afternoon."""
    lead, pair, doctor, manager = two
    Pair.objects.exclude(pk=pair.pk).delete()
    Pair.objects.update(shown_from=clock.at(date(2027, 2, 10), time(15)))
    pair.refresh_from_db()
    return lead, pair, doctor, manager


A_WEEK = date(2027, 2, 17)


def asked(on) -> list[str]:
    return sorted(each.to.name for each in Hall().reminders(on=on) if each.kind == MISSING)


def test_partners_without_a_date_are_asked_a_week_after_they_were_told_and_twice_in_all(undated):
    _, pair, doctor, manager = undated
    days = {}
    for number in range(40):
        on = A_WEEK - timedelta(days=2) + timedelta(days=number)
        compose_due(now=clock.at(on, time(8, 59)))
        compose_due(now=clock.at(on))
        Message.objects.filter(state=State.QUEUED).update(state=State.SENT, sent_at=clock.at(on))
    for nudge in Nudge.objects.filter(kind=MISSING).select_related("message__recipient"):
        days.setdefault(nudge.message.recipient, []).append((nudge.on, nudge.about))
    twice = [(A_WEEK, f"{pair.pk}:0"), (A_WEEK + timedelta(days=7), f"{pair.pk}:0")]
    assert days == {doctor.user: twice, manager.user: twice}


def test_what_is_asked_leads_through_a_code_to_the_page_where_it_is_done(undated, monkeypatch):
    _, pair, doctor, manager = undated
    compose_due(now=clock.at(A_WEEK))
    path = reverse("meeting_edit", args=[pair.pk]).replace("/", "%2F")
    for today, words in ((MEET_BY, "Please meet by"), (A_WEEK, "The day to meet by was")):
        monkeypatch.setattr(clock, "today", lambda today=today: today)
        email = compose(Message.objects.get(kind=MISSING, recipient=doctor.user), kind_named(MISSING)).email
        said = ", which was due by" if words.startswith("The day") else ", to meet by"
        day = f"{said} {clock.in_full(pair.first_meeting_by)}"
        assert email.subject == f"Set a date for your first meeting with {manager.name}{day}"
        assert (
            f"Enter the day of your first meeting:\nhttp://localhost:8000/accounts/login/code/?next={path}"
            in email.body
        )
        assert f"{words} Monday 15 February 2027." in email.body


def dated(lead, pair, doctor):
    arranged(pair, doctor.user, now=clock.at(A_WEEK))


def paused(lead, pair, doctor):
    actions.pause_pair(pair=pair, on=A_WEEK, by=lead)


def ended(lead, pair, doctor):
    actions.end_pair(pair=pair, kind="moved", on=A_WEEK, by=lead)


@pytest.mark.parametrize("change", [dated, paused, ended])
def test_nobody_is_asked_who_has_a_date_or_is_paused_or_has_ended(change, undated):
    lead, pair, doctor, manager = undated
    compose_due(now=clock.at(A_WEEK))
    assert wanted(MISSING) == asked(A_WEEK) == [doctor.name, manager.name]
    change(lead, pair, doctor)
    assert wanted(MISSING) == asked(A_WEEK) == []


def test_who_left_is_not_asked_and_who_stays_is(undated):
    _, _, doctor, manager = undated
    compose_due(now=clock.at(A_WEEK))
    Membership.objects.filter(participant=doctor).update(until=A_WEEK)
    assert wanted(MISSING) == asked(A_WEEK) == [manager.name]


def test_nobody_is_asked_in_the_first_week_nor_two_months_after_the_day_to_meet_by(undated):
    last = MEET_BY + timedelta(days=60)
    days = [A_WEEK - timedelta(days=1), A_WEEK, last, last + timedelta(days=1)]
    assert [bool(asked(day)) for day in days] == [False, True, True, False]


def test_nobody_is_asked_for_a_date_when_the_cohort_is_over(undated, monkeypatch):
    _, _, doctor, manager = undated
    last = MEET_BY + timedelta(days=20)
    Cohort.objects.update(ends_on=last)
    compose_due(now=clock.at(A_WEEK))
    found = {}
    for on in (last, last + timedelta(days=1)):
        monkeypatch.setattr(clock, "today", lambda on=on: on)
        found[on] = (asked(on), wanted(MISSING))
    both = [doctor.name, manager.name]
    assert found == {last: (both, both), last + timedelta(days=1): ([], [])}


def test_who_called_it_off_has_a_week_to_agree_anew_and_is_then_asked_afresh(undated):
    _, pair, doctor, manager = undated
    arranged(pair, doctor.user, now=clock.at(A_WEEK))
    actions.call_off_meeting(pair=pair, by=doctor.user, now=clock.at(A_WEEK, time(16)))
    week = A_WEEK + timedelta(days=7)
    assert asked(week - timedelta(days=1)) == []
    assert asked(week) == [doctor.name, manager.name]
    assert {each.about for each in Hall().reminders(on=week) if each.kind == MISSING} == {f"{pair.pk}:2"}


def test_reminders_cost_the_same_queries_for_few_pairs_and_for_many(django_assert_max_num_queries):
    numbers = []
    for size in (1, 20):
        cohort, lead, doctors, _ = cohort_of(size, size)
        shown(published(cohort, lead))
        Pair.objects.filter(cohort=cohort).update(shown_from=clock.at(date(2026, 11, 1)))
        for doctor in doctors[::2]:
            arranged(Pair.objects.get(memberships__participant=doctor), doctor.user, DAY)
        with django_assert_max_num_queries(11) as queries:  # five of them of the rooms' timelines
            found = list(Hall().reminders(on=EVE))
        numbers.append(len(queries))
    assert FirstMeeting.objects.count() == 11
    assert [sum(each.kind == kind for each in found) for kind in (SOON, MISSING)] == [22, 20]
    assert numbers == [11, 11]


def test_seven_days_at_once_are_what_each_of_them_is_by_itself():
    """The hall is asked once for the week ahead, and day by day when the days come."""
    cohort, lead, *_ = cohort_of(8, 8)
    shown(published(cohort, lead))
    pairs = list(Pair.objects.filter(cohort=cohort).order_by("pk"))
    for number, pair in enumerate(pairs):
        by = pair.memberships.first().participant.user
        pair.shown_from = clock.at(DAY - timedelta(days=number * 2), time(number))
        pair.first_meeting_by = DAY - timedelta(days=55 - number)
        pair.save()
        if number % 3:
            arranged(pair, by, DAY + timedelta(days=number - 2), now=clock.at(DAY - timedelta(days=number)))
        if number % 3 == 2:
            actions.call_off_meeting(pair=pair, by=by, now=clock.at(DAY - timedelta(days=number), time(16)))
    told = told_in(Hall(), DAY - timedelta(days=10), 25)
    assert min(told[SOON], told[MISSING]) > 20
