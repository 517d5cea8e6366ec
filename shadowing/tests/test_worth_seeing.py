"""Settings of past cohorts: counts behind which five people stand, no names, no words, no total."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory
from pairs.models import Pair
from pairs.tests.test_views import text_of
from shadowing.models import Reflection, Visit
from shadowing.tests.worlds import setting, two_of
from shadowing.worth_seeing import found_useful, settings_seen, worth_seeing

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


def seen(cohort, code, pairs, *, visits=1, state="closed", **more) -> list[Visit]:
    """So many pairs of new people, each with so many visits to a setting."""
    made = []
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
            row = {"cohort": cohort, "pair": pair, "visitor": doctor, "host": manager, "state": state, **given}
            made.append(Visit.objects.create(**row))
    return made


def said(visits, *numbers, at=AT, by="visitor") -> None:
    """What so many of these visitors (or hosts) said of how useful it was."""
    for visit, number in zip(visits, numbers, strict=False):
        given = {"visit": visit, "pair": visit.pair, "guide": "short", "answers": {"take": "x"}, "usefulness": number}
        Reflection.objects.create(author=getattr(visit, by), written_at=at, changed_at=at, **given)


def useful(cohort, on=ON) -> list[str]:
    return sorted(found_useful(cohort, on=on))


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


def test_most_found_it_useful_is_said_once_five_visitors_have_said_so(past, present):
    visits = seen(past, "mdt", 6)
    said(visits, 5, 5, 4, 4)
    assert useful(present) == []
    said(visits[4:], 1)
    assert useful(present) == ["Multidisciplinary team meeting"]


@pytest.mark.parametrize(
    ("numbers", "is_said"),
    [((4, 4, 5, 3, 3), True), ((5, 5, 3, 3, 3), False), ((5, 5, 5, 3, 3, 3), False), ((1,) * 5, False)],
)
def test_most_are_more_than_half_and_no_figure_is_told(past, present, numbers, is_said, client):
    said(seen(past, "mdt", 6), *numbers)
    assert useful(present) == ["Multidisciplinary team meeting"] * is_said
    reader = ParticipantFactory(cohort=present)
    client.force_login(reader.user)
    page = text_of(client.get(reverse("setting_list", args=[reader.pk])))
    assert ("meeting: 6 visits. Most visitors found it useful From" in page) == is_said
    assert ("meeting: 6 visits From" in page) != is_said


def test_whether_all_or_most_found_it_useful_reads_the_same(past, present):
    """Where all are alike a figure would tell everybody's answer."""
    said(seen(past, "mdt", 5), 5, 5, 5, 5, 5)
    said(seen(past, "ward-round", 5), 4, 4, 4, 1, 1)
    assert {(each.visits, each.is_useful) for each in worth_seeing(present, on=ON)} == {(5, True)}


def test_five_answers_of_four_people_are_not_five_people(past, present):
    first, second, *others = seen(past, "mdt", 4, visits=2)
    said([first, second, *others[::2]], *[5] * 5)
    assert useful(present) == []


def test_only_visitors_of_past_cohorts_count_and_what_they_said_by_its_end(past, present):
    visits = seen(past, "mdt", 6)
    said(visits, *[5] * 6, by="host")
    assert useful(present) == []
    said(visits, *[5] * 4)
    late = datetime(2026, 11, 1, 9, tzinfo=UTC)
    said(visits[4:], 5, at=late)
    assert useful(present) == []
    said(visits[5:], 5, at=late - timedelta(hours=10))
    assert useful(present) == ["Multidisciplinary team meeting"]
    assert useful(present, on=past.ends_on) == []
    said(seen(present, "ward-round", 6), *[5] * 6)
    said(seen(past, "board-round", 6, setting=None, setting_words="Quillfeather"), *[5] * 6)
    assert useful(present) == ["Multidisciplinary team meeting"]


def test_what_most_found_useful_stands_first(past, present, django_assert_num_queries):
    seen(past, "operating-theatre", 9)
    said(seen(past, "mdt", 5), *[5] * 5)
    seen(past, "ward-round", 7)
    with django_assert_num_queries(2):
        found = [(each.name, each.visits, each.is_useful) for each in worth_seeing(present, on=ON)]
    assert found == [
        ("Multidisciplinary team meeting", 5, True),
        ("Operating theatre", 9, False),
        ("Ward round", 7, False),
    ]


def test_a_lead_reads_the_page_of_her_people_and_of_nobody_else(client, past, present):
    reader = ParticipantFactory(cohort=present)
    url = reverse("setting_list", args=[reader.pk])
    client.force_login(LeadFactory(cohort=present).user)
    assert "Nothing to show yet" in text_of(client.get(url))
    client.force_login(LeadFactory(cohort=CohortFactory(programme__organisations=[OrganisationFactory()])).user)
    assert client.get(url).status_code == 404
