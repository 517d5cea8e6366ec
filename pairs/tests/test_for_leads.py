"""What of its pairs a lead reads on her home: counts, each where she can do something about it."""

import pytest
from django.utils import timezone

from cohorts.actions import withdraw_participant
from pairs import actions
from pairs.element import Hall
from pairs.models import Pair
from pairs.tests.worlds import MEET_BY, cohort_of, published, shown

pytestmark = pytest.mark.django_db
ALONE, UNPAIRED = "without a partner because their pair has ended", "accepted people without a partner"
REVIEW = "runs in review, waiting to be published"


def told(cohort, lead) -> dict[str, int]:
    found = Hall().attention(cohorts=[cohort], on=timezone.localdate(), viewer=lead)
    return {each.label: each.count for each in found if not each.label.startswith("pairs ")}


def end(pair, lead):
    actions.end_pair(pair=pair, kind="other", reason="They could not find a time", on=timezone.localdate(), by=lead)


def test_who_has_lost_a_partner_is_counted_apart_from_who_never_had_one():
    cohort, lead, *_ = cohort_of(3, 2)
    assert told(cohort, lead) == {UNPAIRED: 5}
    run = published(cohort, lead)
    counted = told(cohort, lead)
    [letters] = [label for label in counted if label.startswith("messages about new pairs, which go out at ")]
    assert counted == {UNPAIRED: 1, letters: 4}
    shown(run)
    assert told(cohort, lead) == {UNPAIRED: 1}
    pair = Pair.objects.with_members().first()
    people = [each.participant for each in pair.everybody]
    end(pair, lead)
    assert told(cohort, lead) == {UNPAIRED: 1, ALONE: 2}
    again = sorted(people, key=lambda person: person.side)
    actions.pair_by_hand(
        cohort=cohort,
        a=again[0],
        b=again[1],
        initiator_side="a",
        first_meeting_by=MEET_BY,
        override="Both ask",
        by=lead,
    )
    assert ALONE not in told(cohort, lead)


def test_who_has_withdrawn_waits_for_nobody():
    cohort, lead, *_ = cohort_of(1, 1)
    shown(published(cohort, lead))
    pair = Pair.objects.with_members().get()
    end(pair, lead)
    withdraw_participant(participant=pair.everybody[0].participant, by=lead)
    assert told(cohort, lead) == {ALONE: 1}


def test_runs_in_review_are_counted_as_long_as_they_can_be_published():
    cohort, lead, *_ = cohort_of(2, 2)
    first, second = actions.find_pairs(cohort=cohort, by=lead), actions.find_pairs(cohort=cohort, by=lead)
    for run in (first, second):
        actions.review_run(run=run, by=lead)
    assert told(cohort, lead)[REVIEW] == 2


def test_each_cohort_has_its_own_counts():
    one, lead, *_ = cohort_of(2, 2)
    other, *_ = cohort_of(1, 1)
    found = list(Hall().attention(cohorts=[one, other], on=timezone.localdate(), viewer=lead))
    assert {(each.cohort, each.count) for each in found if each.label == UNPAIRED} == {(one, 4), (other, 2)}
