"""Settings of past cohorts: counts behind which five people stand, no names, no words, no total."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory
from pairs.models import Pair
from pairs.tests.test_views import text_of
from shadowing.models import Visit
from shadowing.tests.worlds import setting, two_of
from shadowing.worth_seeing import settings_seen

pytestmark = pytest.mark.django_db
ON = date(2027, 3, 1)
AT = datetime(2026, 5, 5, 14, tzinfo=UTC)


@pytest.fixture
def past():
    """A cohort that ended, of the programme of a present one."""
    return CohortFactory(starts_on=date(2026, 2, 1), ends_on=date(2026, 10, 31))


@pytest.fixture
def present(past):
    return CohortFactory(programme=past.programme)


def seen(cohort, code, pairs, *, visits=1, state="closed", **more):
    """So many pairs of new people, each with so many visits to a setting."""
    for _ in range(pairs):
        doctor, manager = two_of(cohort)
        pair = Pair.objects.create(
            cohort=cohort,
            started_on=cohort.starts_on,
            shown_from=AT,
            initiator=doctor,
            first_meeting_by=cohort.starts_on,
        )
        for _ in range(visits):
            given = {"setting": setting(code), "minutes": 60, "debrief_on": AT.date(), "agreed_at": AT}
            given |= {"starts_at": AT, "ends_at": AT + timedelta(hours=1), "changed_at": AT, **more}
            Visit.objects.create(cohort=cohort, pair=pair, visitor=doctor, host=manager, state=state, **given)


def shown(cohort, on=ON) -> dict[str, int]:
    return {each.name: each.value for each in settings_seen(cohort, on=on).shown}


def test_five_people_behind_a_setting_and_not_five_visits(past, present):
    seen(past, "operating-theatre", 3)
    seen(past, "ward-round", 2, visits=10)
    assert shown(present) == {"Operating theatre": 3}
    seen(past, "ward-round", 1)
    assert shown(present) == {"Ward round": 21, "Operating theatre": 3}


def test_somebody_who_sees_it_twice_is_one_person(past, present):
    seen(past, "mdt", 2, visits=3)
    assert shown(present) == {}


def test_only_visits_that_took_place_in_cohorts_of_the_programme_that_have_ended(past, present):
    seen(present, "mdt", 5)
    seen(CohortFactory(starts_on=date(2026, 2, 1), ends_on=date(2026, 10, 31)), "mdt", 5)
    seen(past, "mdt", 5, state="cancelled", debrief_on=None, minutes=None)
    assert shown(present) == {}
    seen(past, "mdt", 3)
    assert shown(present) == {"Multidisciplinary team meeting": 3}
    assert shown(present, on=past.ends_on) == {}
    assert shown(past) == shown(present)


def test_own_words_are_never_listed(past, present):
    seen(past, "mdt", 5, setting=None, setting_words="Quillfeather")
    assert shown(present) == {}


def test_the_page_and_the_form_list_them_without_names_or_totals(client, past, present, django_assert_num_queries):
    seen(past, "operating-theatre", 3)
    seen(past, "ward-round", 2)
    reader = ParticipantFactory(cohort=present)
    client.force_login(reader.user)
    page = text_of(client.get(reverse("setting_list", args=[reader.pk])))
    assert "Operating theatre: 3 visits" in page
    assert "Ward round" not in page
    assert "5 visits" not in page
    with django_assert_num_queries(1):
        settings_seen(present, on=ON)


def test_a_lead_reads_the_page_of_her_people_and_of_nobody_else(client, past, present):
    reader = ParticipantFactory(cohort=present)
    url = reverse("setting_list", args=[reader.pk])
    client.force_login(LeadFactory(cohort=present).user)
    assert "Nothing to show yet" in text_of(client.get(url))
    client.force_login(LeadFactory(cohort=CohortFactory(programme__organisations=[OrganisationFactory()])).user)
    assert client.get(url).status_code == 404
