"""From the example workbook to published pairs."""

import random
import uuid
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from cohorts.actions import importing, make_cohort
from cohorts.tests.factories import LeadFactory, ProgrammeFactory
from pairs import actions, matching
from pairs.actions.preparing import UNWEIGHTED
from pairs.choices import Aim
from pairs.gathering import gather
from pairs.keeping_apart import bars
from pairs.models import Membership, Pair
from pairs.overview import questions
from pairs.tests.worlds import MEET_BY, published
from pairs.workings import Workings
from reminders.models import Message

pytestmark = pytest.mark.django_db
SAMPLE = Path(settings.BASE_DIR) / "docs" / "examples" / "applicants.xlsx"


@pytest.fixture
def sample():
    """The workbook imported into a cohort of nine months from Monday 1 February 2027, and its lead."""
    programme = ProgrammeFactory()
    lead = LeadFactory(cohort=None, programme=programme).user
    cohort = make_cohort(
        programme=programme,
        preset="imperial",
        by=lead,
        name="Spring",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 10, 31),
    )
    upload = importing.keep_upload(
        cohort=cohort, content=SAMPLE.read_bytes(), file_name=SAMPLE.name, organisation="Trust", by=lead
    )
    importing.accept_all_warnings(upload=upload, by=lead)
    importing.confirm_import(upload=upload, by=lead)
    return cohort, lead


def test_the_sample_has_one_line_management_rule_two_exclusions_and_one_question(sample):
    cohort, lead = sample
    gathered = gather(cohort)
    assert Counter(person.side for person in gathered.people) == {"a": 19, "b": 17}
    side = {str(person.pk): person.side for person in gathered.people}
    found = bars(gathered.findings, gathered.exclusions, gathered.earlier_partners)
    assert Counter(bar.rule[:8] for bar in found if side[bar.a] != side[bar.b]) == {"manages": 1, "excluded": 2}
    assert [each.other.name for each in questions(cohort=cohort, user=lead)] == ["Malcolm Marshall"]


@pytest.mark.parametrize("aim", Aim.values)
def test_the_sample_gives_seventeen_pairs_and_two_doctors_who_wait(sample, aim):
    cohort, lead = sample
    run = actions.find_pairs(cohort=cohort, by=lead, aim=aim)
    assert run.proposals.count() == 17
    waiting = [cohort.participants.get(pk=key) for key in run.notes["left_over"]]
    assert [person.side for person in waiting] == ["a", "a"]
    assert all("two must wait" in each["words"] for each in run.notes["shortages"])
    sentences = [proposal.reasons["sentence"] for proposal in run.proposals.all()]
    assert len(set(sentences)) == 17
    for proposal in run.proposals.all():
        assert sum(part["points"] for part in proposal.reasons["parts"]) == proposal.score
    Workings(run).check()


def test_no_rule_is_broken_by_the_pairs_of_the_sample(sample):
    cohort, lead = sample
    run = published(cohort, lead)
    assert Pair.objects.filter(run=run).count() == 17
    assert Message.objects.filter(scope=cohort.pk, kind="pairs.pair_published").count() == 34
    Membership.objects.all().delete()  # so that the rules are asked as before the publication
    table = matching.prepare(gather(cohort).problem(weights=UNWEIGHTED, seed="0"))
    for pair in run.proposals.all():
        for one, other in combinations((str(pair.a_id), str(pair.b_id)), 2):
            assert matching.refusal(table, one, other) == ()


def test_the_lead_pairs_the_sample_with_two_exclusions_a_lock_and_a_swap(sample):
    cohort, lead = sample
    first = actions.find_pairs(cohort=cohort, by=lead)
    one, other, third = first.proposals.with_people()[:3]
    actions.exclude(cohort=cohort, one=one.a, other=one.b, by=lead)
    actions.exclude(cohort=cohort, one=other.a, other=other.b, by=lead)
    actions.lock(cohort=cohort, a=third.a, b=third.b, by=lead)
    run = actions.find_pairs(cohort=cohort, by=lead)
    pairs = set(Workings(run).pairs())
    assert (str(one.a_id), str(one.b_id)) not in pairs
    assert run.proposals.get(a=third.a).b_id == third.b_id
    swapped = next(
        (left, right)
        for left, right in combinations(run.proposals.filter(is_locked=False).with_people(), 2)
        if not matching.swap_cost(
            Workings(run).table,
            Workings(run).pairs(),
            (str(left.a_id), str(left.b_id)),
            (str(right.a_id), str(right.b_id)),
        ).rules
    )
    actions.swap_two(run=run, first=swapped[0], second=swapped[1], by=lead)
    actions.review_run(run=run, by=lead)
    actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    assert Pair.objects.count() == 17


def copied(cohort, people, name):
    """A cohort like this one whose people were entered in another order, under other keys."""
    cohort = type(cohort).objects.get(pk=cohort.pk)
    rungs = list(cohort.rungs.all())
    cohort.pk, cohort.name, cohort._state.adding = uuid.uuid4(), name, True
    cohort.save()
    for rung in rungs:
        rung.pk, rung.cohort, rung._state.adding = None, cohort, True
        rung.save()
    for person in people:
        person.pk, person.cohort, person._state.adding = uuid.uuid4(), cohort, True
        person.save()
    return cohort


def addresses(run):
    return {(proposal.a.user.email, proposal.b.user.email, proposal.score) for proposal in run.proposals.with_people()}


def test_the_order_in_which_people_were_entered_decides_nothing(sample, is_full):
    cohort, lead = sample
    found = addresses(actions.find_pairs(cohort=cohort, by=lead, seed="drawn once"))
    assert len(found) == 17
    people = list(cohort.participants.select_related("user"))
    for number in range(50 if is_full else 4):
        random.Random(number).shuffle(people)  # noqa: S311 - an order to try, not a secret
        other = copied(cohort, people, f"Order {number}")
        assert addresses(actions.find_pairs(cohort=other, by=lead, seed="drawn once")) == found
