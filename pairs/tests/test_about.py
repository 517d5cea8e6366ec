"""A lead reads on a person's page with whom that person is or was paired; nobody else does."""

import pytest
from django.utils import timezone

from cohorts.choices import RoleKind
from cohorts.models import Role
from cohorts.tests.factories import OrganisationFactory, UserFactory
from elements import house
from pairs import actions
from pairs.about import pairs_about
from pairs.models import Pair
from pairs.tests.worlds import cohort_of, published, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def paired():
    cohort, lead, [doctor], [manager] = cohort_of(1, 1)
    shown(published(cohort, lead))
    return cohort, lead, doctor, manager


def test_a_lead_reads_the_partner_and_the_former_one_in_one_query(paired, django_assert_num_queries):
    cohort, lead, doctor, manager = paired
    assert lead.has_perm("pairs.find_pairs", cohort)  # as every page asks first: her roles are read
    with django_assert_num_queries(1):
        [line] = pairs_about(participant=doctor, viewer=lead)
    assert line.names == [manager.name]
    assert line.pair.ended_on is None
    actions.end_pair(pair=Pair.objects.get(), kind="other", on=timezone.localdate(), by=lead)
    [line] = pairs_about(participant=doctor, viewer=lead)
    assert line.names == [manager.name]
    assert line.pair.ended_on


def test_a_lead_of_one_organisation_reads_no_name_of_another(paired):
    cohort, _, doctor, manager = paired
    manager.organisation = OrganisationFactory()
    manager.save()
    limited = UserFactory()
    Role.objects.create(user=limited, kind=RoleKind.LEAD, cohort=cohort, organisation=doctor.organisation)
    [line] = pairs_about(participant=doctor, viewer=limited)
    assert (line.names, line.hidden) == ([], 1)


@pytest.mark.parametrize("page", ["", "withdraw/"])
def test_the_pages_of_a_person_name_the_partner_for_a_lead(client, paired, page):
    _, lead, doctor, manager = paired
    client.force_login(lead)
    said = client.get(f"{doctor.get_absolute_url()}{page}").content.decode()
    assert manager.name in said
    assert Pair.objects.get().get_absolute_url() in said


def test_the_person_herself_gets_no_panel(paired):
    _, _, doctor, _ = paired
    assert house.about(participant=doctor, viewer=doctor.user) == []


def test_a_partner_reads_whom_to_ask_at_the_foot_of_the_page(client, paired):
    _, lead, doctor, _ = paired
    client.force_login(doctor.user)
    said = client.get(Pair.objects.get().get_absolute_url()).content.decode()
    assert f"mailto:{lead.email}" in said
