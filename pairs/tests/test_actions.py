"""Every write of the hall keeps its promise."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditRecord
from cohorts import actions as cohort_actions
from cohorts.choices import State
from elements import clock
from elements.registry import kind_named
from pairs import actions, matching
from pairs.choices import RunState
from pairs.models import Lock, Membership, Pair, Proposal, Run
from pairs.tests.worlds import MEET_BY, cohort_of, person, published, shown
from pairs.workings import Workings
from reminders.choices import State as Sending
from reminders.models import Message

pytestmark = pytest.mark.django_db


def test_a_run_keeps_what_it_was_made_from_and_gives_the_same_pairs_again():
    cohort, lead, _, _ = cohort_of(5, 4)
    run = actions.find_pairs(cohort=cohort, by=lead)
    kept = Workings(Run.objects.get(pk=run.pk))
    assert kept.check().words == run.notes["proof"]
    assert set(run.versions) >= {"numpy", "scipy"}
    again = matching.solve(matching.prepare(kept.problem), run.aim)
    assert set(again.pairs) == set(kept.pairs())
    assert Message.objects.count() == 0
    assert Pair.objects.count() == 0


def test_publishing_twice_makes_each_pair_and_each_message_once():
    cohort, lead, _, _ = cohort_of(3, 3)
    run = published(cohort, lead)
    actions.publish_run(run=run, initiator_side="b", first_meeting_by=MEET_BY, by=lead)
    assert Pair.objects.count() == 3
    assert Membership.objects.live().count() == 6
    letters = Message.objects.filter(kind="pairs.pair_published")
    assert letters.count() == 6
    assert AuditRecord.objects.filter(did="published a run", scope=cohort.pk).count() == 1
    for letter in letters:
        pair = Pair.objects.get(pk=letter.ref["pair"])
        partner = pair.memberships.exclude(participant__user=letter.recipient).get().participant.user
        assert letter.reply_to == partner.email
        assert letter.next_at == run.published_at + timedelta(minutes=10)


def test_both_partners_are_sent_the_same_text_that_names_who_begins_and_by_when():
    cohort, lead, _, _ = cohort_of(1, 1)
    published(cohort, lead)
    kind = kind_named("pairs.pair_published")
    texts = []
    for letter in Message.objects.all():
        assert kind.wanted(letter.ref, letter.recipient)
        context = kind.context(letter.ref, letter.recipient)
        texts.append((context["initiator"], context["first_meeting_by"], context["link"]))
    assert texts[0] == texts[1]
    assert texts[0][:2] == ("Doctor 0000", clock.in_full(MEET_BY))
    assert "/accounts/login/code/?next=%2Fpairs%2F" in texts[0][2]
    actions.end_pair(pair=Pair.objects.get(), kind="other", on=timezone.localdate(), by=lead)
    assert not kind.wanted(letter.ref, letter.recipient)


def test_undo_takes_pairs_and_messages_back_within_ten_minutes():
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.undo_publication(run=published(cohort, lead), by=lead)
    assert (run.state, run.published_at) == (RunState.REVIEW, None)
    assert Pair.objects.count() == Membership.objects.count() == 0
    assert set(Message.objects.values_list("state", flat=True)) == {Sending.CANCELLED}
    again = actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert again.state == RunState.PUBLISHED
    assert Message.objects.filter(state=Sending.QUEUED).count() == 4


def test_undo_is_refused_after_ten_minutes_and_once_a_message_has_gone():
    cohort, lead, _, _ = cohort_of(2, 2)
    run = published(cohort, lead)
    letter = Message.objects.first()
    Message.objects.filter(pk=letter.pk).update(state=Sending.SENT, sent_at=timezone.now())
    with pytest.raises(actions.TooLateToUndo, match="has gone"):
        actions.undo_publication(run=run, by=lead)
    with pytest.raises(actions.TooLateToUndo, match="Ten minutes"):
        actions.undo_publication(run=shown(run), by=lead)
    assert Pair.objects.count() == 2


def test_a_run_that_a_new_rule_forbids_is_not_published_and_nobody_is_named():
    cohort, lead, doctors, managers = cohort_of(1, 1)
    run = actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)
    actions.name_in_private(participant=managers[0], words=doctors[0].user.email, by=managers[0].user)
    with pytest.raises(actions.RunIsOutOfDate) as refusal:
        actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert doctors[0].name not in str(refusal.value)
    assert Pair.objects.count() == 0


def test_a_run_with_somebody_who_left_is_not_published():
    cohort, lead, doctors, _ = cohort_of(2, 2)
    run = actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)
    cohort_actions.withdraw_participant(participant=doctors[0], by=lead)
    with pytest.raises(actions.RunIsOutOfDate, match=doctors[0].name):
        actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)


def test_only_a_draft_can_be_changed_and_only_a_run_in_review_published():
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.find_pairs(cohort=cohort, by=lead)
    with pytest.raises(actions.CannotChange):
        actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    actions.review_run(run=run, by=lead)
    first, second = run.proposals.with_people()
    with pytest.raises(actions.CannotChange):
        actions.swap_two(run=run, first=first, second=second, by=lead)
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    for move in (actions.review_run, actions.reopen_run, actions.discard_run):
        with pytest.raises(actions.CannotChange):
            move(run=run, by=lead)


def test_a_swap_against_a_rule_needs_a_reason():
    cohort, lead, doctors, managers = cohort_of(2, 2)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[0], by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    first, second = run.proposals.with_people()
    with pytest.raises(actions.CannotChange, match="kept apart"):
        actions.swap_two(run=run, first=first, second=second, by=lead)
    actions.swap_two(run=run, first=first, second=second, override="Both asked for it", by=lead)
    assert Proposal.objects.get(a=doctors[0]).override == "Both asked for it"
    assert Proposal.objects.get(a=doctors[1]).override == ""


def test_a_trio_shares_a_partner_and_is_published_as_one_pair():
    cohort, lead, _, managers = cohort_of(2, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    (proposal,) = run.proposals.with_people()
    waiting = next(iter(cohort.participants.exclude(pk__in=[proposal.a_id, proposal.b_id])))
    actions.confirm_trio(run=run, newcomer=waiting, proposal=proposal, by=lead)
    actions.review_run(run=run, by=lead)
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert Membership.objects.live().filter(pair=Pair.objects.get()).count() == 3
    assert Message.objects.count() == 3
    letter = Message.objects.get(recipient=managers[0].user)
    assert len(letter.reply_to.split(", ")) == 2
    cohort_actions.withdraw_participant(participant=waiting, by=lead)
    assert Pair.objects.live().count() == 1
    assert Membership.objects.live().count() == 2


def test_a_trio_breaks_no_rule_between_two_of_one_side():
    cohort, lead, doctors, _ = cohort_of(2, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    (proposal,) = run.proposals.with_people()
    waiting = next(each for each in doctors if each.pk != proposal.a_id)
    actions.exclude(cohort=cohort, one=doctors[0], other=doctors[1], by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead, seed=run.seed)
    (proposal,) = run.proposals.with_people()
    with pytest.raises(actions.CannotChange, match="kept apart"):
        actions.confirm_trio(run=run, newcomer=waiting, proposal=proposal, by=lead)


def test_a_lock_holds_and_needs_a_reason_against_a_rule():
    cohort, lead, doctors, managers = cohort_of(3, 3)
    actions.exclude(cohort=cohort, one=doctors[0], other=managers[2], by=lead)
    with pytest.raises(actions.LockRefused, match="kept apart"):
        actions.lock(cohort=cohort, a=doctors[0], b=managers[2], by=lead)
    actions.lock(cohort=cohort, a=doctors[0], b=managers[2], override="They insist", by=lead)
    with pytest.raises(actions.LockRefused, match="locked already"):
        actions.lock(cohort=cohort, a=doctors[0], b=managers[1], by=lead)
    proposal = actions.find_pairs(cohort=cohort, by=lead).proposals.get(a=doctors[0])
    assert (proposal.b, proposal.is_locked, proposal.override) == (managers[2], True, "They insist")


def test_the_end_of_a_pair_frees_both_and_partners_are_not_paired_twice():
    cohort, lead, doctors, managers = cohort_of(1, 1)
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    actions.end_pair(pair=pair, kind="no_time", reason="Rotas", on=timezone.localdate(), by=lead)
    with pytest.raises(actions.PairHasEnded):
        actions.pause_pair(pair=pair, on=timezone.localdate(), by=lead)
    assert actions.find_pairs(cohort=cohort, by=lead).proposals.count() == 0
    more = {"initiator_side": "a", "first_meeting_by": MEET_BY, "by": lead}
    with pytest.raises(actions.RulesForbid, match="partners before"):
        actions.pair_by_hand(cohort=cohort, a=doctors[0], b=managers[0], **more)
    actions.pair_by_hand(cohort=cohort, a=doctors[0], b=managers[0], override="They made up", **more)
    with pytest.raises(actions.SomebodyIsPaired):
        actions.pair_by_hand(cohort=cohort, a=doctors[0], b=managers[0], override="again", **more)


def test_withdrawal_ends_the_pair_and_removes_the_lock():
    cohort, lead, doctors, _ = cohort_of(2, 2)
    shown(published(cohort, lead))
    new = person(cohort, "a", 9), person(cohort, "b", 9)
    actions.lock(cohort=cohort, a=new[0], b=new[1], by=lead)
    cohort_actions.withdraw_participant(participant=doctors[0], by=lead)
    cohort_actions.withdraw_participant(participant=new[1], by=lead)
    ended = Pair.objects.get(memberships__participant=doctors[0])
    assert (ended.end_kind, ended.ended_on) == ("withdrawal", timezone.localdate())
    assert Lock.objects.count() == 0


def test_somebody_left_over_goes_on_the_reserve_list():
    cohort, lead, doctors, _ = cohort_of(2, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    waiting = next(each for each in doctors if str(each.pk) in run.notes["left_over"])
    paired = next(each for each in doctors if each.pk != waiting.pk)
    actions.put_on_reserve(run=run, participant=waiting, by=lead)
    waiting.refresh_from_db()
    assert waiting.state == State.RESERVE
    with pytest.raises(actions.CannotChange):
        actions.put_on_reserve(run=run, participant=paired, by=lead)


def test_nothing_is_kept_of_a_publication_whose_audit_fails(monkeypatch):
    cohort, lead, _, _ = cohort_of(2, 2)
    run = actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)

    def broken(**given):
        raise RuntimeError("no audit")

    monkeypatch.setattr("pairs.actions.publishing.audit.record", broken)
    with pytest.raises(RuntimeError):
        actions.publish_run(run=run, initiator_side="a", first_meeting_by=date(2027, 2, 15), by=lead)
    assert Pair.objects.count() == Message.objects.count() == 0
    assert Run.objects.get(pk=run.pk).state == RunState.REVIEW
