"""Who takes part finds whom to ask, and a lead finds what to do next."""

import re

import pytest
from django.urls import reverse

from cohorts.choices import RoleKind, State
from cohorts.contacts import leads_for
from cohorts.models import Role
from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory, UserFactory
from elements import house

pytestmark = pytest.mark.django_db


def lead(name: str, **where) -> Role:
    return Role.objects.create(user=UserFactory(), name=name, kind=RoleKind.LEAD, **where)


def test_leads_of_the_cohort_come_before_those_of_the_programme(django_assert_num_queries):
    person = ParticipantFactory()
    far = lead("Pru Programme", programme=person.cohort.programme)
    with django_assert_num_queries(1):
        assert leads_for([person]) == {person.pk: [far]}
    near = lead("Cora Cohort", cohort=person.cohort)
    lead("Olga Other", cohort=CohortFactory())
    assert leads_for([person]) == {person.pk: [near]}


def test_a_lead_of_another_organisation_is_not_named():
    person = ParticipantFactory()
    lead("Olga Other", cohort=person.cohort, organisation=OrganisationFactory())
    own = lead("Una Ours", cohort=person.cohort, organisation=person.organisation)
    assert leads_for([person]) == {person.pk: [own]}


@pytest.mark.parametrize("page", ["home", "participant_detail"])
def test_a_participant_reads_whom_to_ask_in_the_page_and_at_its_foot(client, page):
    person = ParticipantFactory(state=State.ACCEPTED)
    role = lead("Cora Cohort", cohort=person.cohort)
    client.force_login(person.user)
    address = reverse(page) if page == "home" else person.get_absolute_url()
    said = client.get(address).content.decode()
    assert said.count(f"mailto:{role.user.email}") == 2
    assert said.count("Cora Cohort") == 2


def test_the_green_button_of_a_cohort_follows_what_is_next(client):
    cohort = CohortFactory()
    client.force_login(LeadFactory(cohort=cohort).user)

    def next_page() -> str:
        return client.get(cohort.get_absolute_url()).context["next_door"].url

    assert next_page() == reverse("import_upload", args=[cohort.pk])
    person = ParticipantFactory(cohort=cohort, state=State.ACCEPTED)
    assert next_page() == reverse("pairing", args=[cohort.pk])
    person.state = State.WITHDRAWN
    person.save()
    assert next_page() == reverse("cohort_timetable", args=[cohort.pk])


def test_the_doors_of_a_cohort_stand_under_headings_each_once_and_in_their_order(client):
    cohort = CohortFactory()
    client.force_login(LeadFactory(cohort=cohort).user)
    answer = client.get(cohort.get_absolute_url())
    groups, doors = (
        answer.context["groups"],
        house.doors(viewer=answer.wsgi_request.user, where="cohort", cohort=cohort),
    )
    assert [heading for heading, _ in groups] == ["People", "Pairs", "What they do", "Messages and settings"]
    assert [door for _, those in groups for door in those] == doors
    assert [those[0].label for _, those in groups] == [
        "Participants",
        "Pairing",
        "Support asked for",
        "Write to people",
    ]
    told = re.findall(r'<h([23])[^>]*>(?:<a[^>]*href="([^"]*)")?', answer.content.decode().partition("<main")[2])
    assert [url for level, url in told if level == "3"] == [door.url for door in doors]
