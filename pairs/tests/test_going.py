"""People who left after a run was made, and messages that still wait."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.choices import State
from cohorts.tests.factories import LeadFactory
from pairs import actions
from pairs.actions.revising import CannotChange
from pairs.element import Hall
from pairs.models import Pair, Proposal
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, published, shown

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 20)


def labels(cohort) -> dict[str, int]:
    viewer = LeadFactory(cohort=cohort).user
    return {each.label: each.count for each in Hall().attention(cohorts=[cohort], on=TODAY, viewer=viewer)}


def test_who_was_put_on_the_reserve_list_is_offered_no_trio(client):
    cohort, lead, doctors, _ = cohort_of(3, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    [waiting] = run.notes["left_over"]
    person = next(doctor for doctor in doctors if str(doctor.pk) == waiting)
    client.force_login(lead)
    assert "Confirm this trio" in text_of(client.get(run.get_absolute_url()))
    actions.put_on_reserve(run=run, participant=person, by=lead)
    page = text_of(client.get(run.get_absolute_url()))
    assert f"{person.name} is on the reserve list." in page
    assert "Confirm this trio" not in page
    assert "Reserve list" not in page
    person.refresh_from_db()
    with pytest.raises(CannotChange, match=f"{person.name} is on the reserve list"):
        actions.confirm_trio(run=run, newcomer=person, proposal=run.proposals.with_people()[0], by=lead)


def test_a_draft_with_somebody_who_left_is_refused_at_review_in_words(client):
    cohort, lead, doctors, _ = cohort_of(2, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    type(doctors[0]).objects.filter(pk=doctors[0].pk).update(state=State.WITHDRAWN)
    client.force_login(lead)
    assert f"Cannot be paired {doctors[0].name} has withdrawn." in text_of(client.get(run.get_absolute_url()))
    refused = text_of(client.post(reverse("run_review", args=[run.pk]), follow=True))
    assert f"{doctors[0].name} has withdrawn. Find pairs again" in refused
    run.refresh_from_db()
    assert run.state == "draft"


def test_runs_whose_people_are_paired_do_not_wait_to_be_published():
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)
    waits = "runs in review, waiting to be published"
    assert labels(cohort)[waits] == 1
    shown(published(cohort, lead))
    assert waits not in labels(cohort)
    Pair.objects.all().delete()
    person = Proposal.objects.filter(run=run).with_people()[0].b
    type(person).objects.filter(pk=person.pk).update(state=State.RESERVE)
    assert waits not in labels(cohort)


def test_leads_are_led_to_undo_while_messages_wait_and_no_longer(client):
    cohort, lead, _, _ = cohort_of(2, 2)
    run = published(cohort, lead)
    [(label, count)] = [each for each in labels(cohort).items() if "go out at" in each[0]]
    assert count == 4
    client.force_login(lead)
    moment = label.partition("go out at ")[2].partition(" unless")[0]  # "1:30am GMT" where the clock shows it twice
    pairing = client.get(reverse("pairing", args=[cohort.pk]))
    assert f"4 messages go out at {moment}." in text_of(pairing)
    assert reverse("run_published", args=[run.pk]) in pairing.content.decode()
    listed = reverse("pair_list", args=[cohort.pk])
    assert "Not told yet" in text_of(client.get(listed))
    shown(run)
    assert not [each for each in labels(cohort) if "go out at" in each]
    assert "Not told yet" not in text_of(client.get(listed))
