"""Two leads, or one lead in two tabs: whoever comes second decides about what stands then, or is told so in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions as cohort_actions
from cohorts.choices import State
from cohorts.tests.factories import LeadFactory, ParticipantFactory
from pairs import actions
from pairs.models import Lock, Membership, Pair, Proposal, Run
from pairs.tests.worlds import MEET_BY, cohort_of, published

pytestmark = pytest.mark.django_db
FIRST_MOVE = {"initiator_side": "a", "first_meeting_by": MEET_BY}


def in_review(cohort, lead):
    return actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)


def waits_its_turn(action, **given) -> bool:
    """Whether the action takes the cohort's turn before it reads anything."""
    with CaptureQueriesContext(connection) as queries:
        action(**given)
    asked = [each["sql"] for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    return asked[0].startswith('SELECT "cohorts_cohort"."id" FROM "cohorts_cohort" WHERE "cohorts_cohort"."id" = ')


def test_what_rests_on_who_is_paired_waits_its_turn_before_it_reads():
    cohort, lead, doctors, managers = cohort_of(5, 3)
    assert waits_its_turn(actions.lock, cohort=cohort, a=doctors[0], b=managers[0], by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second, third = run.proposals.with_people()
    assert waits_its_turn(actions.swap_two, run=run, first=first, second=second, by=lead)
    placed = {person.pk for each in run.proposals.with_people() for person in each.people}
    one, other = [each for each in doctors if each.pk not in placed]
    assert waits_its_turn(actions.confirm_trio, run=run, newcomer=one, proposal=third, by=lead)
    assert waits_its_turn(actions.put_on_reserve, run=run, participant=other, by=lead)
    actions.review_run(run=run, by=lead)
    assert waits_its_turn(actions.publish_run, run=run, by=lead, **FIRST_MOVE)
    assert waits_its_turn(actions.undo_publication, run=run, by=lead)
    actions.publish_run(run=run, by=lead, **FIRST_MOVE)
    assert waits_its_turn(actions.leave_pair, participant=one, on=timezone.localdate(), by=lead)
    pair = Pair.objects.select_related("cohort").first()
    assert waits_its_turn(actions.end_pair, pair=pair, kind="other", on=timezone.localdate(), by=lead)
    people = [membership.participant for membership in pair.memberships.select_related("participant__user")]
    a, b = (next(person for person in people if person.side == side) for side in "ab")
    assert waits_its_turn(actions.pair_by_hand, cohort=cohort, a=a, b=b, by=lead, **FIRST_MOVE)


def test_a_second_run_with_the_same_people_is_refused_in_words():
    cohort, lead, _, _ = cohort_of(2, 2)
    first, second = in_review(cohort, lead), in_review(cohort, lead)
    actions.publish_run(run=first, by=lead, **FIRST_MOVE)
    with pytest.raises(actions.RunIsOutOfDate, match="Paired already"):
        actions.publish_run(run=second, by=lead, **FIRST_MOVE)


def test_the_second_newcomer_does_not_replace_the_first():
    cohort, lead, doctors, _ = cohort_of(3, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    shown, shown_elsewhere = run.proposals.with_people().get(), run.proposals.with_people().get()
    first, second = [each for each in doctors if each.pk != shown.a_id]
    actions.confirm_trio(run=run, newcomer=first, proposal=shown, by=lead)
    with pytest.raises(actions.CannotChange, match="not a trio yet"):
        actions.confirm_trio(run=run, newcomer=second, proposal=shown_elsewhere, by=lead)
    assert run.proposals.get().third == first


def test_pairs_that_were_swapped_meanwhile_are_not_swapped_again():
    cohort, lead, _, _ = cohort_of(3, 3)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second, third = run.proposals.with_people()
    actions.swap_two(run=run, first=first, second=second, by=lead)
    with pytest.raises(actions.CannotChange, match="changed since you looked"):
        actions.swap_two(run=run, first=first, second=third, by=lead)
    assert run.proposals.count() == 3
    joined = Proposal.objects.with_people().get(pk=third.pk)
    newcomer = cohort.participants.filter(side="a").exclude(pk=joined.a_id).first()
    Proposal.objects.filter(pk=third.pk).update(third=newcomer)
    swapped = run.proposals.with_people().exclude(pk=third.pk)
    with pytest.raises(actions.CannotChange, match="trio cannot be swapped"):
        actions.swap_two(run=run, first=swapped[0], second=third, by=lead)


def test_the_pairs_that_were_read_are_the_pairs_that_are_published(client):
    cohort, lead, _, _ = cohort_of(3, 3)
    run = in_review(cohort, lead)
    client.force_login(lead)
    url = reverse("run_publish", args=[run.pk])
    given = {"initiator_side": "a", "first_meeting_by_0": "15", "first_meeting_by_1": "2", "first_meeting_by_2": "2027"}
    read = {**given, "shown": client.get(url).context["form"]["shown"].value()}
    actions.reopen_run(run=run, by=lead)
    first, second, _ = run.proposals.with_people()
    actions.swap_two(run=run, first=first, second=second, by=lead)
    actions.review_run(run=run, by=lead)
    for sent in (read, given):
        refused = client.post(url, sent)
        assert "These pairs have changed since you looked. Read them again" in refused.content.decode()
        assert Pair.objects.count() == 0
    mark = refused.context["form"]["shown"].value()
    assert f'value="{mark}"' in refused.content.decode()
    client.post(url, {**given, "shown": mark})
    assert Pair.objects.count() == 3


def test_nobody_is_put_on_the_reserve_list_from_a_discarded_run():
    cohort, lead, doctors, _ = cohort_of(2, 1)
    run = actions.discard_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)
    waiting = next(each for each in doctors if str(each.pk) in run.notes["left_over"])
    with pytest.raises(actions.CannotChange, match="discarded"):
        actions.put_on_reserve(run=Run.objects.get(pk=run.pk), participant=waiting, by=lead)
    waiting.refresh_from_db()
    assert waiting.state == State.ACCEPTED


def test_a_lead_does_not_remove_the_lock_of_her_own_pair(client):
    cohort, other_lead, doctors, _ = cohort_of(1, 0)
    herself = ParticipantFactory(cohort=cohort, side="b", user=LeadFactory(cohort=cohort).user)
    lock = actions.lock(cohort=cohort, a=doctors[0], b=herself, by=other_lead)
    client.force_login(herself.user)
    answer = client.post(reverse("lock_lift", args=[lock.pk]), follow=True)
    assert "another lead decides about you" in answer.content.decode()
    assert Lock.objects.count() == 1
    actions.unlock(lock=lock, by=other_lead)
    assert Lock.objects.count() == 0


def test_a_lock_that_ends_because_somebody_leaves_is_in_the_audit():
    cohort, lead, doctors, managers = cohort_of(1, 1)
    lock = actions.lock(cohort=cohort, a=doctors[0], b=managers[0], by=lead)
    cohort_actions.withdraw_participant(participant=doctors[0], by=lead)
    record = AuditRecord.objects.get(did="removed a lock")
    assert (record.subject_ref, record.scope) == (str(lock.pk), cohort.pk)


def test_who_was_never_told_of_a_pair_was_never_a_partner():
    cohort, lead, _, _ = cohort_of(1, 1)
    published(cohort, lead)
    actions.end_pair(pair=Pair.objects.get(), kind="other", on=timezone.localdate(), by=lead)
    assert not Membership.objects.filter(told=True).exists()
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 1
