"""When one of three leaves, the two who stay know who begins, and answers reach the two alone."""

import pytest
from django.utils import timezone

from cohorts import actions as cohort_actions
from elements.registry import kind_named
from pairs import actions
from pairs.models import Membership, Pair
from pairs.tests.worlds import MEET_BY, cohort_of, shown
from reminders import outbox
from reminders.choices import State
from reminders.composing import compose
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def trio():
    """(lead, run, leaver, who stays): two doctors share a manager; the first doctor begins, and will leave."""
    cohort, lead, doctors, managers = cohort_of(2, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    proposal = run.proposals.with_people().get()
    leaver, newcomer = proposal.a, next(each for each in doctors if each.pk != proposal.a_id)
    actions.confirm_trio(run=run, newcomer=newcomer, proposal=proposal, by=lead)
    actions.review_run(run=run, by=lead)
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert Pair.objects.get().initiator == leaver
    return lead, run, leaver, {newcomer, managers[0]}


def waiting():
    return {letter.recipient: letter for letter in Message.objects.filter(state=State.QUEUED)}


def test_somebody_who_stays_begins_and_answers_reach_who_stays(trio):
    lead, _, leaver, rest = trio
    cohort_actions.withdraw_participant(participant=leaver, by=lead)
    pair = Pair.objects.live().get()
    assert pair.initiator in rest
    assert pair.initiator.side == leaver.side
    letters, kind = waiting(), kind_named("pairs.pair_published")
    for person in rest:
        letter = letters[person.user]
        (other,) = rest - {person}
        assert letter.reply_to == other.user.email
        assert letter.next_at == pair.shown_from
        email = compose(letter, kind).email
        assert email.reply_to == [other.user.email]
        assert leaver.name not in email.body
        assert f"{pair.initiator.name} makes the first move" in email.body
    assert Message.objects.exclude(state=State.CANCELLED).exclude(recipient=leaver.user).count() == 2


def test_a_publication_is_taken_back_with_the_letters_written_anew(trio):
    lead, run, leaver, _ = trio
    cohort_actions.withdraw_participant(participant=leaver, by=lead)
    actions.undo_publication(run=run, by=lead)
    assert waiting() == {}


def test_what_was_held_back_stays_so_and_what_has_gone_is_not_sent_twice(trio):
    lead, _, leaver, rest = trio
    held, gone = (Message.objects.get(recipient=person.user) for person in rest)
    outbox.hold(message=held, by=lead)
    Message.objects.filter(pk=gone.pk).update(state=State.SENT, sent_at=timezone.now())
    cohort_actions.withdraw_participant(participant=leaver, by=lead)
    again = Message.objects.exclude(state=State.CANCELLED).filter(recipient__in=[held.recipient, gone.recipient])
    assert {letter.recipient: letter.state for letter in again} == {
        held.recipient: State.HELD,
        gone.recipient: State.SENT,
    }
    assert again.get(recipient=held.recipient).reply_to == gone.recipient.email


def test_who_leaves_three_before_they_are_told_was_no_partner_and_after_it_was(trio):
    lead, run, leaver, rest = trio
    cohort_actions.withdraw_participant(participant=leaver, by=lead)
    assert not Membership.objects.get(participant=leaver).told
    shown(run)
    cohort_actions.withdraw_participant(participant=next(iter(rest)), by=lead)
    assert all(Membership.objects.get(participant=person).told for person in rest)
