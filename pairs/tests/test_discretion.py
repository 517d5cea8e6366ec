"""Who must not learn what: canary words in private places, looked for in everything that a reader is given."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Side
from cohorts.tests.factories import LeadFactory, ParticipantFactory
from elements.registry import export_named
from pairs import actions
from pairs.models import Exclusion, Pair
from pairs.tests.worlds import cohort_of, person, published, shown

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather"


@pytest.fixture
def both():
    """A cohort in which one lead takes part herself, and a colleague asked in private not to be with her.

    Somebody else is called as she is: what was written fits both.
    """
    cohort, other_lead, doctors, managers = cohort_of(3, 3)
    self_lead = LeadFactory(cohort=cohort).user
    herself = ParticipantFactory(
        cohort=cohort, side=Side.B, user=self_lead, name="Hazel Lead", sites=["North"], days="01234"
    )
    managers.append(person(cohort, Side.B, 7, user__name="Hazel Lead", sites=["North"], days="01234"))
    doctors[0].kept_apart_from, doctors[0].manager_name = ["Hazel Lead"], "Hazel Lead"
    doctors[0].save()
    actions.name_in_private(participant=doctors[1], words=self_lead.email, by=doctors[1].user)
    actions.exclude(cohort=cohort, one=herself, other=doctors[2], by=other_lead, why=CANARY)
    return cohort, self_lead, other_lead, herself, doctors, managers


def pages_of(cohort, run, people):
    yield reverse("exclusion_list", args=[cohort.pk])
    yield reverse("question_list", args=[cohort.pk])
    yield reverse("lock_list", args=[cohort.pk])
    yield reverse("pairing", args=[cohort.pk])
    for name in ("run_detail", "run_left_over", "run_aims", "run_swap", "run_publish"):
        yield reverse(name, args=[run.pk])
    yield f"{reverse('run_compare', args=[run.pk])}?other={actions.find_pairs(cohort=cohort, by=None).pk}"
    for each in people:
        yield reverse("run_person", args=[run.pk, each.pk])


def test_a_lead_who_takes_part_reads_no_exclusion_that_names_her_and_another_lead_does(client, both):
    cohort, self_lead, other_lead, herself, doctors, managers = both
    run = actions.find_pairs(cohort=cohort, by=other_lead)
    read = {}
    for reader in (self_lead, other_lead):
        client.force_login(reader)
        answers = [client.get(url) for url in pages_of(cohort, run, [*doctors, *managers, herself])]
        assert {answer.status_code for answer in answers} == {200}
        read[reader] = " ".join(answer.content.decode() for answer in answers)
    named = "wrote “Hazel Lead” as somebody not to be paired with"
    secrets = [CANARY, "kept apart by an exclusion", named, "should not be paired with Hazel Lead"]
    assert [words for words in secrets if words not in read[other_lead]] == []
    assert [words for words in secrets if words in read[self_lead]] == []


def test_what_is_held_back_is_held_back_without_an_exclusion_too(client, both):
    cohort, self_lead, other_lead, herself, doctors, _managers = both
    url = reverse("run_person", args=[actions.find_pairs(cohort=cohort, by=other_lead).pk, herself.pk])
    client.force_login(self_lead)
    with_exclusions = client.get(url).content.decode()
    Exclusion.objects.all().delete()
    doctors[0].kept_apart_from = []
    doctors[0].save()
    run = actions.find_pairs(cohort=cohort, by=other_lead)
    without = client.get(reverse("run_person", args=[run.pk, herself.pk])).content.decode()
    assert "another lead can see this" in with_exclusions
    assert "another lead can see this" in without


def test_a_lead_who_takes_part_decides_nothing_about_her_own_pair(both):
    cohort, self_lead, other_lead, herself, doctors, _ = both
    for doctor in doctors:
        with pytest.raises(actions.LockRefused, match="You take part yourself"):
            actions.lock(cohort=cohort, a=doctor, b=herself, by=self_lead)
    with pytest.raises(actions.LockRefused, match="kept apart"):
        actions.lock(cohort=cohort, a=doctors[1], b=herself, by=other_lead)


def test_the_reason_of_an_end_is_read_by_leads_who_are_not_in_the_pair(client):
    cohort, lead, doctors, _ = cohort_of(1, 0)
    self_lead = LeadFactory(cohort=cohort).user
    ParticipantFactory(cohort=cohort, side=Side.B, user=self_lead, name="Hazel Lead")
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    actions.end_pair(pair=pair, kind="other", reason=CANARY, on=timezone.localdate(), by=lead)
    client.force_login(lead)
    assert CANARY in client.get(pair.get_absolute_url()).content.decode()
    for reader in (self_lead, doctors[0].user):
        client.force_login(reader)
        urls = [pair.get_absolute_url(), reverse("pair_list", args=[cohort.pk])]
        assert CANARY not in " ".join(client.get(url).content.decode() for url in urls)
    rows = list(export_named("pairs").rows(lead, cohort, QueryDict()))
    assert len(rows) == 1
    assert CANARY not in str(rows)


def test_partners_read_positive_reasons_and_never_a_score_or_a_rule(client):
    cohort, lead, _doctors, _managers = cohort_of(0, 0)
    doctor = person(cohort, Side.A, 0, directorates=["Zebra ward"], sites=["North"], wants=["board meeting"])
    manager = person(cohort, Side.B, 0, directorates=["Zebra ward"], sites=["North"], offers=["Board  Meeting"])
    actions.set_weights(
        cohort=cohort,
        weights={"directorate": 3, "site": 3, "days": 1, "wishes": 3, "interests": 0, "theme": 0, "seniority": 3},
        aim="everyone",
        by=lead,
    )
    shown(published(cohort, lead))
    client.force_login(doctor.user)
    page = client.get(Pair.objects.get().get_absolute_url()).content.decode()
    assert "You both work at North" in page
    assert manager.name in page
    assert [words for words in ("Zebra ward", "of 100", "seniority", "points") if words in page] == []


def test_a_lead_of_one_organisation_reads_no_name_of_another(client):
    cohort, lead, doctors, _managers = cohort_of(1, 0)
    far = person(cohort, Side.B, 5, user__name=CANARY, organisation=None)
    own_lead = LeadFactory(cohort=cohort, organisation=doctors[0].organisation).user
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    client.force_login(own_lead)
    for url in (reverse("pair_list", args=[cohort.pk]), pair.get_absolute_url()):
        page = client.get(url).content.decode()
        assert doctors[0].name in page
        assert "somebody of another organisation" in page
        assert far.name not in page
    rows = list(export_named("pairs").rows(own_lead, cohort, QueryDict()))
    assert doctors[0].name in str(rows)
    assert far.name not in str(rows)
    assert client.get(reverse("pairing", args=[cohort.pk])).status_code == 403
