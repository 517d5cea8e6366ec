"""Two decisions at the same moment, each in a connection of its own: one is made, the other refused in words."""

from datetime import time

import pytest

from cohorts import actions as cohort_actions
from cohorts.models import Participant
from cohorts.tests.races import at_once, refusals
from pairs import actions
from pairs.models import FirstMeeting, Membership, Pair, Run
from pairs.tests.worlds import MEET_BY, arranged, cohort_of, published, shown
from reminders.models import Message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]
FIRST_MOVE = {"initiator_side": "a", "first_meeting_by": MEET_BY}


def publishing(run, lead):
    fresh = Run.objects.select_related("cohort").get(pk=run.pk)
    return lambda: actions.publish_run(run=fresh, by=lead, **FIRST_MOVE)


def in_review(cohort, lead):
    return actions.review_run(run=actions.find_pairs(cohort=cohort, by=lead), by=lead)


def test_of_two_runs_with_the_same_people_one_is_published():
    cohort, lead, _, _ = cohort_of(5, 5)
    runs = [in_review(cohort, lead) for _ in range(2)]
    assert refusals(at_once(*[publishing(run, lead) for run in runs])) == [actions.RunIsOutOfDate]
    assert Pair.objects.count() == 5


def test_of_two_locks_and_of_two_pairs_by_hand_with_the_same_person_one_is_made():
    cohort, lead, (doctor,), managers = cohort_of(1, 2)
    two = [{"cohort": cohort, "a": doctor, "b": manager, "by": lead} for manager in managers]
    assert refusals(at_once(*[lambda given=given: actions.lock(**given) for given in two])) == [actions.LockRefused]
    by_hand = [lambda given=given: actions.pair_by_hand(**given, **FIRST_MOVE) for given in two]
    assert refusals(at_once(*by_hand)) == [actions.SomebodyIsPaired]


def test_nobody_who_withdraws_while_a_run_is_published_is_left_in_a_pair():
    cohort, lead, doctors, _ = cohort_of(4, 4)
    publish = publishing(in_review(cohort, lead), lead)
    leaver = Participant.objects.get(pk=doctors[0].pk)
    raised = at_once(publish, lambda: cohort_actions.withdraw_participant(participant=leaver, by=lead))
    assert refusals(raised) in ([], [actions.RunIsOutOfDate])
    assert not Membership.objects.live().filter(participant=leaver).exists()


def test_of_two_newcomers_to_a_pair_one_joins():
    cohort, lead, doctors, _ = cohort_of(3, 1)
    run = actions.find_pairs(cohort=cohort, by=lead)
    shown = [run.proposals.with_people().get() for _ in range(2)]
    waiting = [each for each in doctors if each.pk != shown[0].a_id]
    joins = [
        lambda newcomer=newcomer, proposal=proposal: actions.confirm_trio(
            run=run, newcomer=newcomer, proposal=proposal, by=lead
        )
        for newcomer, proposal in zip(waiting, shown, strict=True)
    ]
    assert refusals(at_once(*joins)) == [actions.CannotChange]


def test_of_two_partners_who_arrange_their_first_meeting_one_is_told_of_the_other():
    cohort, lead, (doctor,), (manager,) = cohort_of(1, 1)
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    calls = [
        lambda user=each.user, hour=hour: arranged(pair, user, hour=time(hour), seen="0")
        for each, hour in ((doctor, 9), (manager, 10))
    ]
    assert refusals(at_once(*calls)) == [actions.MeetingHasChanged]
    assert FirstMeeting.objects.get().sequence == 1
    assert Message.objects.filter(kind="pairs.meeting_set").count() == 2


def test_a_meeting_arranged_while_the_pair_ends_is_off_or_was_never_arranged():
    cohort, lead, (doctor,), _ = cohort_of(1, 1)
    shown(published(cohort, lead))
    pair = Pair.objects.get()
    end = {"pair": pair, "kind": "moved", "on": pair.started_on, "by": lead}
    raised = at_once(lambda: arranged(pair, doctor.user), lambda: actions.end_pair(**end))
    assert refusals(raised) in ([], [actions.PairHasEnded])
    assert not FirstMeeting.objects.filter(called_off=False).exists()
