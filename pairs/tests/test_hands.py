"""What a lead's hand does on the pages of a run and of its pairs."""

import pytest
from django.urls import reverse

from pairs import actions
from pairs.actions.revising import CannotChange
from pairs.choices import rules_named
from pairs.models import Lock, Pair, Run
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of, published
from reminders.models import Message

pytestmark = pytest.mark.django_db


def test_somebody_is_taken_out_of_a_trio_and_the_pair_is_as_it_was(client):
    cohort, lead, _, _ = cohort_of(3, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    trio = run.notes["trios"][0]
    before = run.proposals.get(a=trio["a"])
    client.force_login(lead)
    client.post(reverse("run_trio", args=[run.pk]), {"newcomer": trio["newcomer"], "proposal": before.pk})
    page = text_of(client.get(run.get_absolute_url()))
    assert "1 pair and 1 trio, 0 left over" in page
    shared = run.proposals.get(pk=before.pk)
    assert f"Take {shared.third.name} out of this trio" in page
    done = client.post(reverse("run_dissolve", args=[run.pk]), {"proposal": before.pk}, follow=True)
    assert "2 pairs, 1 left over" in text_of(done)
    after = run.proposals.get(pk=before.pk)
    assert (after.third, after.score, after.reasons, after.by_hand) == (None, before.score, before.reasons, False)
    actions.review_run(run=run, by=lead)
    with pytest.raises(CannotChange, match="only a draft"):
        actions.dissolve_trio(run=run, proposal=after, by=lead)


def test_a_reason_against_a_rule_names_the_rule(client):
    cohort, lead, doctors, managers = cohort_of(2, 2)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    client.force_login(lead)
    url, two = reverse("lock_list", args=[cohort.pk]), {"a": doctors[0].pk, "b": managers[0].pk}
    refused = client.post(url, two)
    assert "Write down why" in refused.context["form"].errors["override"][0]
    client.post(url, {**two, "override": "both asked for it"})
    assert Lock.objects.count() == 1
    run = actions.find_pairs(cohort=cohort, by=lead)
    assert "Against a rule (kept apart): because both asked for it" in text_of(client.get(run.get_absolute_url()))
    first, second = run.proposals.order_by("-is_locked")
    cost = text_of(client.get(reverse("run_swap", args=[run.pk]), {"first": first.pk, "second": second.pk}))
    assert f"{first}: locked together by a lead" in cost
    assert rules_named(["excluded:7", "weeks"]) == "kept apart, too few weeks in common"


@pytest.mark.parametrize("leaver", ["pair", "person"])
def test_letters_that_wait_are_called_off_when_a_pair_ends(leaver):
    cohort, lead, doctors, _ = cohort_of(2, 2)
    published(cohort, lead)
    pair = Pair.objects.get(memberships__participant=doctors[0])
    if leaver == "pair":
        actions.end_pair(pair=pair, kind="moved", on=pair.started_on, by=lead)
    else:
        actions.leave_pair(participant=doctors[0], on=pair.started_on, by=lead)
    states = {message.ref["pair"]: message.state for message in Message.objects.order_by("created_at")}
    assert states.pop(str(pair.pk)) == "cancelled"
    assert set(states.values()) == {"queued"}


def test_two_of_one_name_are_told_apart_on_every_list(client):
    cohort, lead, doctors, _ = cohort_of(2, 2)
    type(doctors[0]).objects.filter(pk__in=[doctor.pk for doctor in doctors]).update(name="Sam Ash")
    run = actions.find_pairs(cohort=cohort, by=lead)
    client.force_login(lead)
    pages = [run.get_absolute_url(), reverse("run_swap", args=[run.pk])]
    for url in pages:
        page = text_of(client.get(url))
        assert "Sam Ash (Job 0)" in page
        assert "Sam Ash (Job 1)" in page
    type(doctors[0]).objects.filter(pk=doctors[0].pk).update(role_title="Job 1")
    assert f"Sam Ash ({doctors[0].user.email})" in text_of(client.get(pages[0]))
    published(cohort, lead)
    assert f"Sam Ash ({doctors[1].user.email})" in text_of(client.get(reverse("pair_list", args=[cohort.pk])))


def test_what_is_no_id_is_answered_in_plain_words(client):
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    client.force_login(lead)
    swap = text_of(client.get(reverse("run_swap", args=[run.pk]), {"first": "x", "second": ""}))
    assert "Choose one pair from the list" in swap
    assert "Choose the other pair" in swap
    assert "Choose a run from the list" in text_of(client.get(reverse("run_compare", args=[run.pk]), {"other": "x"}))


def test_one_run_may_try_another_aim_first(client):
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    client.force_login(lead)
    assert "Find pairs with this aim : Fairest" in text_of(client.get(run.get_absolute_url()))
    client.post(reverse("pairs_find", args=[cohort.pk]), {"aim": "fairest"})
    assert Run.objects.filter(aim="fairest").count() == 1
    assert client.post(reverse("pairs_find", args=[cohort.pk]), {"aim": "quickest"}).status_code == 404


def test_leads_read_on_a_pair_why_it_was_proposed(client):
    cohort, lead, _, _ = cohort_of(2, 3)
    run = published(cohort, lead)
    pair = Pair.objects.filter(run=run).first()
    [sentence] = run.proposals.filter(a=pair.memberships.get(participant__side="a").participant).values_list(
        "reasons__sentence", flat=True
    )
    client.force_login(lead)
    assert sentence in text_of(client.get(pair.get_absolute_url()))
