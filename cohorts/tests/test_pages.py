"""The ground floor's pages, walked through as an administrator and a lead would."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.choices import RoleKind
from cohorts.models import Cohort, Organisation, Programme, Role
from cohorts.tests.factories import (
    AdministratorFactory,
    CohortFactory,
    LeadFactory,
    ParticipantFactory,
)
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = AdministratorFactory()
    client.force_login(person)
    return person


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def lead(client, cohort):
    person = LeadFactory(cohort=cohort, user__name="Leah Lead").user
    client.force_login(person)
    return person


def words(response) -> str:
    return response.content.decode()


def boxes(name: str, day: date) -> dict:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_from_an_empty_house_to_a_cohort(client, administrator):
    client.post(reverse("organisation_create"), {"name": "St Elsewhere"})
    organisation = Organisation.objects.get(name="St Elsewhere")
    client.post(reverse("programme_create"), {"name": "Pairs", "organisations": [organisation.pk]})
    programme = Programme.objects.get()
    assert list(programme.organisations.all()) == [organisation]
    answer = client.post(
        reverse("programme_role_add", args=[programme.pk]),
        {"kind": "lead", "name": "Leah", "email": "LEAD@trust.example"},
    )
    assert answer.status_code == 302
    role = Role.objects.get()
    assert (role.user.email, role.kind, role.programme) == ("lead@trust.example", RoleKind.LEAD, programme)
    assert Message.objects.get(kind="cohorts.role_given").recipient == role.user

    client.force_login(role.user)
    address = reverse("cohort_create", args=[programme.pk])
    assert "Guy&#x27;s and St Thomas&#x27;" in words(client.get(address))
    query = {"preset": "imperial", "starts_on_0": 1, "starts_on_1": 2, "starts_on_2": 2027}
    page = client.get(address, query)
    form = page.context["form"]
    assert form["ends_on"].value() == date(2027, 10, 31)
    sent = {name: value for name, value in form.initial.items() if not isinstance(value, date | list)}
    for name in ("recruits_from", "recruits_until", "pairs_by", "starts_on", "ends_on"):
        sent |= boxes(name, form.initial[name])
    sent |= {"name": "Spring 2027", "elements_on": form.initial["elements_on"]}
    answer = client.post(f"{address}?preset=imperial&starts_on_0=1&starts_on_1=2&starts_on_2=2027", sent)
    cohort = Cohort.objects.get()
    assert answer.url == cohort.get_absolute_url()
    assert (cohort.starts_on, cohort.ends_on) == (date(2027, 2, 1), date(2027, 10, 31))
    assert set(cohort.rungs.filter(eligible_b=True).values_list("term__code", flat=True)) == {"6", "7"}
    assert "Spring 2027" in words(client.get(cohort.get_absolute_url()))


@pytest.mark.parametrize(
    "name",
    [
        "cohort_detail",
        "cohort_timetable",
        "cohort_edit",
        "rung_edit",
        "role_list",
        "role_add",
        "term_list",
        "term_add",
        "participant_list",
        "participant_create",
    ],
)
def test_the_leads_pages_open(client, lead, cohort, name):
    ParticipantFactory(cohort=cohort)
    assert client.get(reverse(name, args=[cohort.pk])).status_code == 200


@pytest.mark.parametrize(
    "name", ["participant_detail", "participant_edit", "participant_state", "participant_withdraw"]
)
def test_the_pages_of_a_participant_open(client, lead, cohort, name):
    participant = ParticipantFactory(cohort=cohort)
    assert participant.name in words(client.get(reverse(name, args=[participant.pk])))
