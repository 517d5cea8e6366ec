"""A written reason lets through the rules that it was written against, and no other; sides stay opposite."""

import pytest

from pairs import actions, matching
from pairs.models import Exclusion, Lock, Pair
from pairs.tests.worlds import MEET_BY, cohort_of

pytestmark = pytest.mark.django_db


def publish(run, lead):
    run = actions.review_run(run=run, by=lead)
    return actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)


@pytest.fixture
def locked():
    """(cohort, lead, doctor, manager): kept apart by the lead, and locked together with a reason."""
    cohort, lead, doctors, managers = cohort_of(1, 1)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    actions.lock(cohort=cohort, a=doctors[0], b=managers[0], override="Both asked for it", by=lead)
    return cohort, lead, doctors[0], managers[0]


def ask_in_private(one, other):
    actions.name_in_private(participant=one, words=other.user.email, by=one.user)


def test_a_locked_pair_is_published_against_the_rule_that_its_reason_is_about(locked):
    cohort, lead, _, _ = locked
    publish(actions.find_pairs(cohort=cohort, by=lead), lead)
    assert Pair.objects.get().override == "Both asked for it"


def test_a_reason_is_about_a_rule_and_not_about_how_somebody_is_called(locked):
    cohort, lead, doctor, _ = locked
    cohort.participants.filter(pk=doctor.pk).update(name="Doctor Renamed")
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 1


def test_a_lock_holds_no_more_when_one_of_the_two_asks_later_not_to_be_paired(locked):
    cohort, lead, doctor, manager = locked
    ask_in_private(manager, doctor)
    with pytest.raises(matching.LockBreaksRule, match="another rule"):
        actions.find_pairs(cohort=cohort, by=lead)
    actions.unlock(lock=Lock.objects.get(), by=lead)
    actions.lock(cohort=cohort, a=doctor, b=manager, override="They have talked", by=lead)
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 1


def test_a_locked_pair_is_not_published_when_one_of_the_two_asked_after_the_run(locked):
    cohort, lead, doctor, manager = locked
    run = actions.find_pairs(cohort=cohort, by=lead)
    ask_in_private(doctor, manager)
    with pytest.raises(actions.RunIsOutOfDate):
        publish(run, lead)
    assert Pair.objects.count() == 0


def test_a_private_word_stands_when_the_lead_takes_hers_back(locked):
    cohort, lead, doctor, manager = locked
    ask_in_private(doctor, manager)
    ask_in_private(doctor, manager)
    actions.unlock(lock=Lock.objects.get(), by=lead)
    actions.lift_exclusion(exclusion=Exclusion.objects.get(), by=lead)
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 0


def test_the_reason_for_a_swap_stands_against_what_was_broken_then_alone():
    cohort, lead, doctors, managers = cohort_of(2, 2)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second = run.proposals.with_people()
    actions.swap_two(run=run, first=first, second=second, override="Both asked for it", by=lead)
    cohort.participants.filter(pk=doctors[0].pk).update(manager_email=managers[0].user.email)
    with pytest.raises(actions.RunIsOutOfDate):
        publish(run, lead)
    cohort.participants.filter(pk=doctors[0].pk).update(manager_email="")
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert Pair.objects.count() == 2


def test_a_reason_for_the_two_says_nothing_about_the_third():
    cohort, lead, doctors, managers = cohort_of(2, 1)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    actions.lock(cohort=cohort, a=doctors[0], b=managers[0], override="Both asked for it", by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    proposal = run.proposals.with_people().get()
    actions.confirm_trio(run=run, newcomer=doctors[1], proposal=proposal, by=lead)
    actions.exclude(cohort=cohort, one=doctors[1], other=managers[0], by=lead)
    with pytest.raises(actions.RunIsOutOfDate):
        publish(run, lead)


def test_two_of_one_side_are_never_published_as_a_pair():
    cohort, lead, doctors, managers = cohort_of(2, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    cohort.participants.filter(pk=managers[0].pk).update(side="a")
    actions.review_run(run=run, by=lead)
    with pytest.raises(actions.RunIsOutOfDate):
        actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    cohort.participants.filter(pk=managers[0].pk).update(side="b")
    actions.reopen_run(run=run, by=lead)
    proposal = run.proposals.with_people().get()
    third = next(each for each in doctors if each.pk != proposal.a_id)
    actions.confirm_trio(run=run, newcomer=third, proposal=proposal, by=lead)
    cohort.participants.filter(pk=proposal.a_id).update(side="b")
    with pytest.raises(actions.RunIsOutOfDate):
        publish(run, lead)
    cohort.participants.filter(pk=proposal.a_id).update(side="a")
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert Pair.objects.get().memberships.count() == 3
