"""Next year's cohort: the series with what is read for it, and dates that a lead looks at before anybody hears."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Session
from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import CohortFactory, LeadFactory, UserFactory
from elements import clock, diary
from elements.working_time import is_working_day
from reminders.models import Message
from workshops import actions
from workshops.element import Workshops
from workshops.models import Material, Meeting, ProposedDate, Workshop
from workshops.presets import USUAL
from workshops.proposed import proposed_dates
from workshops.tests.test_meetings import dates_sent
from workshops.tests.test_series import browser
from workshops.tests.worlds import DAY, NOW, cohort_with, london, one, people, planned, series

pytestmark = pytest.mark.django_db
HOUSE = Workshops()
ON = clock.local(NOW).date()
YEAR = 364 * DAY


def next_cohort(source, **more):
    given = {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 12, 20), "programme": source.programme, **more}
    return CohortFactory(**given)


def copied(source, target, by, *, moved=lambda day: day + YEAR, now=NOW) -> None:
    actions.copy_series(source=source, target=target, moved=moved, by=by, now=now)


def hosting(cohort, kind=RoleKind.FACILITATOR, **more):
    return Role.objects.create(user=more.pop("user", None) or UserFactory(**more), kind=kind, cohort=cohort).user


def test_it_begins_with_the_series_its_aims_its_links_and_its_files_in_their_order():
    cohort, lead, _, _ = cohort_with()
    target = next_cohort(cohort)
    first, *_ = series(cohort, lead)
    Workshop.objects.filter(pk=first.pk).update(needs_until=ON)
    known = {"workshop": first, "by": lead, "now": NOW}
    actions.add_link(when="after", label="Second", url="https://a.example", **known)
    file = {"name": "a.pdf", "content_type": "application/pdf", "content": b"of last year"}
    actions.keep_file(when="after", label="Third", **file, **known | {"now": NOW + DAY})
    actions.add_link(when="before", label="First", url="https://b.example", **known | {"now": NOW + 2 * DAY})
    for _ in range(2):
        copied(cohort, target, lead)
    found = Workshop.objects.filter(cohort=target)
    assert [(each.title, each.aims) for each in found] == [(usual.title, usual.aims) for usual in USUAL]
    assert found[0].needs_until == ON + YEAR
    materials = list(Material.objects.filter(workshop__cohort=target))
    assert [(each.label, each.when, each.url) for each in materials] == [
        ("First", "before", "https://b.example"),
        ("Second", "after", "https://a.example"),
        ("Third", "after", ""),
    ]
    kept = materials[2]
    assert (kept.name, kept.content_type, kept.size, bytes(kept.content)) == (
        "a.pdf",
        "application/pdf",
        12,
        b"of last year",
    )


def test_dates_are_proposed_at_the_same_hours_and_nobody_hears_of_them_or_can_book_them():
    cohort, lead, facilitator, _ = cohort_with()
    target = next_cohort(cohort)
    hosting(target, user=facilitator)
    workshop = one(cohort, lead)
    planned(workshop, lead, hosts=[facilitator], starts_at=london(2027, 6, 8, 14), capacity=12)
    off = planned(workshop, lead, hosts=[facilitator], starts_at=london(2027, 6, 9, 14))
    actions.call_off_meeting(meeting=off, reason="Snow", by=lead, now=NOW)
    Message.objects.all().delete()
    before = Session.objects.count()
    for _ in range(2):
        copied(cohort, target, lead)
    [found] = proposed_dates(target, now=NOW)
    assert found.when == "Tuesday 6 June 2028, 2pm to 5pm"
    assert found.as_it_was == "Seminar room 2. 12 places. Facilitator: Fay Oak"
    assert (Session.objects.count(), Message.objects.count()) == (before, 0)
    assert not Meeting.objects.filter(cohort=target).exists()
    assert [event.starts_at.year for event in diary.of([facilitator])[facilitator.pk]] == [2027]


def test_a_day_off_where_the_other_was_none_becomes_the_next_working_day():
    cohort, lead, _, _ = cohort_with()
    target, workshop = next_cohort(cohort), one(cohort, lead)
    monday, saturday = london(2027, 5, 10, 14), london(2027, 5, 15, 14)
    assert [is_working_day(moment.date()) for moment in (monday, saturday)] == [True, False]
    for starts_at in (monday, saturday):
        planned(workshop, lead, starts_at=starts_at)
    moves = {date(2027, 5, 10): date(2028, 5, 1), date(2027, 5, 15): date(2028, 5, 13)}  # a bank holiday, a Saturday
    copied(cohort, target, lead, moved=moves.get)
    assert [each.falls_on for each in ProposedDate.objects.all()] == [date(2028, 5, 2), date(2028, 5, 13)]


def test_no_day_is_proposed_that_is_over_or_out_of_the_cohort():
    cohort, lead, _, _ = cohort_with()
    target, workshop = next_cohort(cohort), one(cohort, lead)
    days = [date(2027, 8, 31), date(2027, 9, 1), date(2028, 12, 20), date(2028, 12, 21)]
    for number in range(len(days)):
        planned(workshop, lead, starts_at=london(2027, 6, 7 + number, 14))
    moves = {date(2027, 6, 7 + number): day for number, day in enumerate(days)}
    copied(cohort, target, lead, moved=moves.get, now=london(2027, 9, 1, 9))
    assert [each.falls_on for each in ProposedDate.objects.all()] == [date(2028, 12, 20)]


def test_hosts_are_those_who_may_run_it_there_when_it_is_looked_at_else_whoever_takes_it_over():
    cohort, lead, facilitator, _ = cohort_with()
    target, leaving = next_cohort(cohort), hosting(cohort, name="Una Elm")
    planned(one(cohort, lead), lead, hosts=[facilitator, leaving], starts_at=london(2027, 6, 8, 14))
    planned(one(cohort, lead, title="Other"), lead, hosts=[leaving], starts_at=london(2027, 6, 9, 14))
    copied(cohort, target, lead)
    hosting(target, user=facilitator)  # named after the copy
    first, second = proposed_dates(target, now=NOW)
    assert (first.hosts, second.hosts) == ((facilitator,), ())
    new_lead = LeadFactory(cohort=target).user
    keys = [str(each.row.pk) for each in (first, second)]
    made = actions.take_over_dates(cohort=target, chosen=keys, by=new_lead, now=NOW)
    assert [[host.user for host in each.session.hosts.all()] for each in made] == [[facilitator], [new_lead]]


def _ahead(month: int, day: int):
    return london(clock.today().year + 1, month, day, 14)


def _copied_ahead():
    """(lead of the new cohort, facilitator of both, new cohort): two workshops with a date each, for real days."""
    now = timezone.now()
    cohort, lead, facilitator, _ = cohort_with()
    for number in (1, 2):
        of = one(cohort, lead, title=f"Workshop {number}")
        planned(of, lead, hosts=[facilitator], starts_at=_ahead(3, number), now=now)
    year = clock.today().year
    target = next_cohort(cohort, starts_on=date(year, 1, 1), ends_on=date(year + 3, 1, 1))
    hosting(target, user=facilitator)
    copied(cohort, target, lead, now=now)
    Message.objects.all().delete()
    return LeadFactory(cohort=target).user, facilitator, target


def test_a_lead_is_told_that_dates_are_proposed_and_nobody_else_sees_them():
    lead, facilitator, target = _copied_ahead()
    [doctor] = people(target, 1)
    page = reverse("workshop_list", args=[target.pk])
    said = browser(lead).get(page).content.decode()
    assert "2 dates are proposed after those there. Nobody has been told of them" in said
    assert said.count("Proposed: ") == 2
    assert reverse("proposed_list", args=[target.pk]) in said
    for user in (facilitator, doctor.user):
        other = browser(user).get(page).content.decode()
        assert "roposed" not in other
        assert other.count("No date yet") >= 2


def test_what_is_chosen_is_set_and_told_once_and_the_rest_is_dropped():
    lead, facilitator, target = _copied_ahead()
    page, client = reverse("proposed_list", args=[target.pk]), browser(lead)
    first, _ = proposed_dates(target, now=timezone.now())
    shown = client.get(page).content.decode()
    assert shown.count(" checked") == 2
    assert "Choose at least one date" in client.post(page, {}).content.decode()
    for _ in range(2):
        client.post(page, {"dates": [str(first.row.pk)]})
    [meeting] = Meeting.objects.filter(cohort=target)
    assert (meeting.workshop, meeting.session.when) == (first.workshop, first.when)
    assert [(each.kind, each.recipient) for each in Message.objects.all()] == [("bookings.hosting", facilitator)]
    assert not ProposedDate.objects.exists()
    assert "No date is proposed" in client.get(page).content.decode()


def test_the_form_of_dates_begins_with_the_proposed_days_and_takes_their_place():
    lead, facilitator, target = _copied_ahead()
    page, client = reverse("workshop_dates", args=[target.pk]), browser(lead)
    first = proposed_dates(target, now=timezone.now())[0]
    day = first.row.falls_on
    assert f'value="{day.day}"' in client.get(page).content.decode()
    client.post(page, dates_sent(facilitator, [first.workshop], f"{day.day} {day.month} {day.year}"))
    assert Meeting.objects.get(cohort=target).session.day == day
    assert [each.workshop.title for each in proposed_dates(target, now=timezone.now())] == ["Workshop 2"]
