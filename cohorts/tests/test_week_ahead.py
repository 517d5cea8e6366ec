"""A lead reads what goes out in the next seven days: what waits, what is to come, and nothing confidential."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import CohortFactory, OrganisationFactory
from cohorts.tests.post import lead_of, member, words, write
from cohorts.week_ahead import NAMES_SHOWN, WeekAhead
from elements import clock
from elements.contract import Reminder
from reminders import actions
from reminders.choices import State
from reminders.due import compose_due
from reminders.models import Message
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
DAY = date(2027, 2, 27)
NOW = clock.at(DAY, time(8))


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def lead(cohort, client):
    return lead_of(cohort, client)


def due(to, about, *, days=0, kind="trial.soon", scope, at=None):
    at = at or clock.at(DAY + timedelta(days=days))
    trial.DUE.append(Reminder(kind=kind, to=to.user, about=about, at=at, ref={"about": about}, scope=scope.pk))


def said(cohort, user) -> list[tuple]:
    week = WeekAhead(cohort=cohort, user=user, now=NOW)
    sorts = [(day, sort) for day in week.days for sort in day.sorts]
    return [(day.on, sort.label, sort.number, [name for name, _ in sort.names]) for day, sort in sorts]


def test_what_waits_and_what_is_to_come_stand_together_by_day(cohort, lead):
    ann, bob = member(cohort, "Ann Elm"), member(cohort, "Bob Fir")
    write(cohort, ann.user, kind="trial.told", next_at=NOW - timedelta(days=3))
    write(cohort, bob.user, kind="trial.told", next_at=NOW + timedelta(days=2))
    write(cohort, bob.user, kind="trial.told", next_at=NOW + timedelta(days=7))
    write(cohort, bob.user, kind="trial.told", next_at=NOW, expires_at=NOW)
    write(cohort, bob.user, kind="trial.told", state=State.CANCELLED, next_at=NOW)
    write(cohort, bob.user, kind="trial.told", state=State.HELD, next_at=NOW)
    due(ann, "visit", days=2, scope=cohort), due(bob, "visit", days=2, scope=cohort)
    due(ann, "later", days=7, scope=cohort)
    assert said(cohort, lead) == [
        (DAY, "News", 1, ["Ann Elm"]),
        (DAY + timedelta(days=2), "News", 1, ["Bob Fir"]),
        (DAY + timedelta(days=2), "Soon", 2, ["Ann Elm", "Bob Fir"]),
    ]
    week = WeekAhead(cohort=cohort, user=lead, now=NOW)
    assert (week.number, week.until, week.held) == (4, "Friday 5 March 2027", 1)


def test_what_is_written_already_is_not_said_twice(cohort, lead):
    due(member(cohort, "Ann Elm"), "visit", scope=cohort)
    compose_due(now=NOW + timedelta(hours=2))
    Message.objects.update(next_at=NOW)
    assert said(cohort, lead) == [(DAY, "Soon", 1, ["Ann Elm"])]


def test_other_cohorts_and_what_is_switched_off_do_not_appear(cohort, lead):
    ann, far = member(cohort, "Ann Elm"), CohortFactory()
    actions.choose(person=ann.user, muted=["trial.soon"], quiet_from=time(20), quiet_until=time(7), by=ann.user)
    due(ann, "visit", scope=cohort)
    due(member(far, "Foreign Yew"), "visit", scope=far)
    write(far, member(far, "Foreign Ash").user, next_at=NOW)
    assert said(cohort, lead) == []


def test_counted_kinds_are_numbers_and_secret_ones_do_not_appear(client, cohort, lead):
    people = [member(cohort, f"Answerer {n}") for n in range(3)]
    for kind in ("trial.asked", "trial.hidden"):
        for one in people[:2]:
            write(cohort, one.user, kind=kind, next_at=NOW)
        due(people[2], "wave", days=1, kind=kind, scope=cohort)
    write(cohort, people[0].user, kind="trial.hidden", state=State.HELD)
    assert said(cohort, lead) == [(DAY, "Question", 2, []), (DAY + timedelta(days=1), "Question", 1, [])]
    assert WeekAhead(cohort=cohort, user=lead, now=NOW).held == 0


def test_the_lead_of_one_organisation_sees_its_people_alone(client, cohort):
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    for name, organisation in (("Ann Here", here), ("Bob There", there)):
        person = member(cohort, name, organisation=organisation)
        write(cohort, person.user, kind="trial.told", next_at=NOW)
        due(person, "visit", days=1, scope=cohort)
    limited = lead_of(cohort, client, organisation=here)
    assert [names for *_, names in said(cohort, limited)] == [["Ann Here"], ["Ann Here"]]


def test_the_page_says_how_many_and_opens_the_names(client, cohort, lead):
    for n in range(NAMES_SHOWN + 2):
        write(cohort, member(cohort, f"Person {n:03}").user, kind="trial.told")
    write(cohort, member(cohort, "<b>Held</b>").user, kind="trial.told", state=State.HELD)
    write(cohort, member(cohort, "<b>Ann</b>").user, kind="trial.asked_for")
    page = words(client.get(reverse("post_week", args=[cohort.pk])))
    assert f"{NAMES_SHOWN + 3} messages are due by" in page
    assert f"News: {NAMES_SHOWN + 2}" in page
    assert "and 2 more" in page
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert "1 held back" in page
    assert reverse("post_week", args=[cohort.pk]) in words(client.get(reverse("post_list", args=[cohort.pk])))


def test_an_empty_week_says_so(client, cohort, lead):
    assert "No messages are due by" in words(client.get(reverse("post_week", args=[cohort.pk])))


def test_as_many_queries_for_many_as_for_one(client, cohort, lead):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("post_week", args=[cohort.pk]))
        return len(asked)

    def add(name):
        person = member(cohort, name)
        write(cohort, person.user, kind="trial.told")
        due(person, "visit", scope=cohort, at=timezone.now())
        due(person, "thing", kind="trial.asked_for", scope=cohort, at=timezone.now())

    add("Person")
    queries()  # the first page of a session marks when it began
    one = queries()
    for n in range(30):
        add(f"Person {n}")
    assert queries() == one
    assert "93 messages are due" in words(client.get(reverse("post_week", args=[cohort.pk])))


def test_lines_lead_to_what_they_are_about_where_the_viewer_may_see_it(client, cohort, lead):
    ann, bob = member(cohort, "Ann Elm"), member(cohort, "Bob Fir")
    ref = {"cohort": str(cohort.pk), "sequence": 1}
    for one in (ann, bob):
        write(cohort, one.user, kind="cohorts.launch_set", next_at=NOW, ref=ref)
    write(cohort, ann.user, kind="cohorts.invitation_waiting", next_at=NOW, ref={"participant": str(ann.pk)})
    sorts = {sort.label: sort for day in WeekAhead(cohort=cohort, user=lead, now=NOW).days for sort in day.sorts}
    invitation = sorts["Invitation to the launch"]
    assert invitation.url == reverse("launch_edit", args=[cohort.pk])
    assert sorts["Signing in for the first time"].names == [("Ann Elm", ann.get_absolute_url())]
    limited = lead_of(cohort, client, organisation=ann.organisation)
    limited_sorts = WeekAhead(cohort=cohort, user=limited, now=NOW).days[0].sorts
    assert {sort.url for sort in limited_sorts} == {""}, "the launch is not a limited lead's to change"
