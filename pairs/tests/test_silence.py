"""What a lead who takes part could learn from words about others, or from words that are missing."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Side
from cohorts.tests.factories import LeadFactory, ParticipantFactory
from pairs import actions
from pairs.discretion import HELD_BACK, NO_PAIRS_FOUND
from pairs.forms.revising import CompareForm
from pairs.models import Exclusion, Pair
from pairs.reading import left_over_of, person_of_run
from pairs.tests.worlds import cohort_of, published, shown

pytestmark = pytest.mark.django_db
SITE_ONLY = {"directorate": 0, "site": 3, "days": 0, "wishes": 0, "interests": 0, "theme": 0, "seniority": 0}
SEED = "5" * 32


def led(doctors, managers, site="North"):
    """(cohort, a lead who takes part as manager "Hazel Lead", another lead, herself, doctors, managers)."""
    cohort, other_lead, doctors, managers = cohort_of(doctors, managers)
    self_lead = LeadFactory(cohort=cohort).user
    herself = ParticipantFactory(cohort=cohort, side=Side.B, user=self_lead, name="Hazel Lead", sites=[site])
    return cohort, self_lead, other_lead, herself, doctors, managers


def at_sites(people, *sites):
    for person, site in zip(people, sites, strict=True):
        person.sites = [site]
        person.save()


def site_run(cohort, lead):
    return actions.find_pairs(cohort=cohort, by=lead, weights=SITE_ONLY, seed=SEED)


def asked_both_ways(cohort, ask):
    """What `ask` of a new run answers with the exclusions of a cohort, and without."""
    first = ask()
    assert Exclusion.objects.filter(cohort=cohort).delete()[0]
    return first, ask()


def test_why_not_of_somebody_else_says_nothing_of_her_with_an_exclusion_or_without():
    cohort, self_lead, other_lead, herself, doctors, _ = led(2, 1)
    actions.exclude(cohort=cohort, one=doctors[0], other=herself, by=other_lead)
    run = site_run(cohort, other_lead)
    assert "Hazel Lead would wait" in person_of_run(run, doctors[1], user=other_lead)["why_not"]

    def ask():
        run = site_run(cohort, other_lead)
        return [person_of_run(run, doctor, user=self_lead)["why_not"] for doctor in doctors]

    assert asked_both_ways(cohort, ask) == ([HELD_BACK] * 2, [HELD_BACK] * 2)


def test_a_rule_between_two_others_is_read_unless_one_about_her_could_come_before_it():
    cohort, self_lead, other_lead, herself, doctors, managers = led(2, 2, site="Far")
    at_sites(doctors, "North", "South")
    at_sites(managers, "North", "South")
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=other_lead)
    run = site_run(cohort, other_lead)
    assert "kept apart by an exclusion" in person_of_run(run, doctors[0], user=self_lead)["why_not"]
    at_sites([herself], "North")
    run = site_run(cohort, other_lead)
    assert {person_of_run(run, doctor, user=self_lead)["why_not"] for doctor in doctors} == {HELD_BACK}


def test_why_a_doctor_must_wait_says_by_silence_that_she_is_no_partner_so_it_is_held_back():
    cohort, self_lead, other_lead, herself, doctors, _ = led(2, 0)
    actions.exclude(cohort=cohort, one=doctors[0], other=herself, by=other_lead)
    [waiting] = left_over_of(site_run(cohort, other_lead), user=other_lead)
    assert waiting.words == "Rules or locks leave no manager for Doctor 0000."

    def ask():
        return [each.words for each in left_over_of(site_run(cohort, other_lead), user=self_lead)]

    assert asked_both_ways(cohort, ask) == ([HELD_BACK], [HELD_BACK])


def test_partners_listed_without_her_are_held_back():
    cohort, self_lead, other_lead, herself, doctors, _ = led(3, 1)
    for doctor in doctors[:2]:
        actions.exclude(cohort=cohort, one=doctor, other=herself, by=other_lead)
    run = site_run(cohort, other_lead)
    [waiting] = left_over_of(run, user=other_lead)
    assert "2 doctors may only be paired with the same 1 manager" in waiting.words
    assert [each.words for each in left_over_of(run, user=self_lead)] == [HELD_BACK]


def test_why_somebody_of_her_own_side_must_wait_is_read_where_it_does_not_concern_her():
    cohort, self_lead, other_lead, herself, doctors, _ = led(1, 2)
    actions.exclude(cohort=cohort, one=doctors[0], other=herself, by=other_lead)
    words = {each.participant.name: each.words for each in left_over_of(site_run(cohort, other_lead), user=self_lead)}
    assert words.pop("Hazel Lead") == HELD_BACK
    [other] = words.values()
    assert "two must wait" in other


def test_no_pairs_found_is_told_her_without_names_whichever_lock_is_the_cause(client):
    cohort, self_lead, other_lead, herself, doctors, managers = led(2, 2)
    said = {}
    for manager in (herself, managers[0]):
        lock = actions.lock(cohort=cohort, a=doctors[0], b=manager, by=other_lead)
        exclusion = actions.exclude(cohort=cohort, one=doctors[0], other=manager, by=other_lead)
        for reader in (self_lead, other_lead):
            client.force_login(reader)
            page = client.post(reverse("pairs_find", args=[cohort.pk]), follow=True)
            said[manager, reader] = [str(message) for message in page.context["messages"]]
        lock.delete()
        exclusion.delete()
    assert said[herself, self_lead] == said[managers[0], self_lead] == [NO_PAIRS_FOUND]
    assert "Hazel Lead" in said[herself, other_lead][0]


def test_a_reason_between_others_that_speaks_of_her_reads_as_if_none_were_written(client):
    cohort, self_lead, other_lead, _herself, doctors, managers = led(3, 3)
    for number, why in enumerate(("Quill: Hazel's rota", "Fern: both on call")):
        actions.exclude(cohort=cohort, one=doctors[number], other=managers[number], by=other_lead, why=why)
    url = reverse("exclusion_list", args=[cohort.pk])
    assert read_by(client, other_lead, url, "Quill", "Fern") == ["Quill", "Fern"]
    assert read_by(client, self_lead, url, "Quill", "Fern", HELD_BACK) == ["Fern"]


@pytest.mark.parametrize("named", ["Quill: they both work for LEAD, Hazel.", "Quill: see hazel@trust.example"])
def test_the_reason_of_an_end_between_others_that_names_her_is_not_hers_to_read(client, named):
    cohort, lead, _, _ = cohort_of(2, 2)
    self_lead = LeadFactory(cohort=cohort, user__email="hazel@trust.example").user
    shown(published(cohort, lead))
    ParticipantFactory(cohort=cohort, side=Side.B, user=self_lead, name="Hazel Lead")
    for pair, reason in zip(Pair.objects.all(), (named, "Fern: moved away"), strict=True):
        actions.end_pair(pair=pair, kind="other", reason=reason, on=timezone.localdate(), by=lead)
    urls = [pair.get_absolute_url() for pair in Pair.objects.all()]
    found = [read_by(client, reader, url, "Quill", "Fern") for reader in (lead, self_lead) for url in urls]
    assert sorted(found[:2]) == [["Fern"], ["Quill"]]
    assert sorted(found[2:]) == [[], ["Fern"]]


def test_she_is_not_asked_whether_a_line_manager_is_herself(client):
    cohort, self_lead, other_lead, herself, doctors, _ = led(1, 1)
    doctors[0].manager_name = "Hazel Lead"
    doctors[0].save()
    asked, card = reverse("question_list", args=[cohort.pk]), f'name="other" value="{herself.pk}"'
    assert read_by(client, other_lead, asked, card) == [card]
    assert read_by(client, self_lead, asked, card) == []
    assert read_by(client, other_lead, reverse("pairing", args=[cohort.pk]), "1 open") == ["1 open"]
    assert read_by(client, self_lead, reverse("pairing", args=[cohort.pk]), "1 open") == []


def test_a_run_is_called_by_the_hour_on_the_wall():
    cohort, lead, _, _ = cohort_of(1, 1)
    run, other = site_run(cohort, lead), site_run(cohort, lead)
    type(run).objects.update(made_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    run.refresh_from_db()
    assert str(run) == "run of 02 July 2026 00:30"
    labels = [label for _, label in CompareForm(run=other).fields["other"].choices]
    assert any(label.startswith("2 July 2026, 00:30") for label in labels)


def read_by(client, reader, url, *words):
    """Which of these words the reader finds on a page."""
    client.force_login(reader)
    page = client.get(url)
    assert page.status_code == 200
    return [each for each in words if each in page.content.decode()]


def test_reasons_against_rules_cost_her_the_same_queries_with_few_and_with_many(client, django_assert_max_num_queries):
    counts = []
    for size in (2, 20):
        cohort, self_lead, other_lead, _, _, _ = led(size, size - 1)
        run = site_run(cohort, other_lead)
        run.proposals.update(override="Both asked for it")
        client.force_login(self_lead)
        address = reverse("run_detail", args=[run.pk])
        client.get(address)
        with django_assert_max_num_queries(12) as queries:
            page = client.get(address).content.decode()
        counts.append(len(queries))
        assert page.count("Both asked for it") == size - 1  # all but her own pair's
    assert counts[0] == counts[1]
