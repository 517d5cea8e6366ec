"""From rows to the bench's problem: what counts as the same, who is kept apart, in a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.choices import Side, State, TermList
from cohorts.models import Meant, Rung, Term, Tie
from cohorts.tests.factories import CohortFactory, ParticipantFactory
from pairs import actions, matching
from pairs.choices import AIM_SENTENCES, FIRST_WEIGHTS, REVERSIBLE, TRANSITIONS, Aim, Criterion, RunState
from pairs.gathering import gather
from pairs.models import Pair
from pairs.overview import questions
from pairs.tests.worlds import cohort_of, person, published, shown

pytestmark = pytest.mark.django_db


def table_of(cohort):
    return matching.prepare(gather(cohort).problem(weights=dict(FIRST_WEIGHTS), seed="0"))


def rules_between(cohort, one, other):
    return matching.refusal(table_of(cohort), str(one.pk), str(other.pk))


def person_of(cohort, participant):
    return table_of(cohort).person(str(participant.pk))


def test_the_lists_of_the_hall_are_those_of_the_bench():
    assert tuple(Criterion.values) == matching.CRITERIA
    assert tuple(Aim.values) == matching.AIMS
    assert {str(each) for each in REVERSIBLE} == set(matching.REVERSIBLE)
    assert set(FIRST_WEIGHTS) == set(Criterion)
    assert set(AIM_SENTENCES) == set(Aim)
    assert set(TRANSITIONS) == set(RunState)


def test_gathering_ten_people_or_two_hundred_costs_the_same_queries():
    counts = []
    for size in (5, 100):
        cohort, lead, doctors, managers = cohort_of(size, size)
        actions.exclude(cohort=cohort, one=doctors[0], other=managers[1], by=lead)
        actions.lock(cohort=cohort, a=doctors[0], b=managers[0], by=lead)
        with CaptureQueriesContext(connection) as queries:
            gather(cohort).problem(weights=dict(FIRST_WEIGHTS), seed="0")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_finding_pairs_stays_within_twelve_queries():
    cohort, lead, _, _ = cohort_of(20, 20)
    with CaptureQueriesContext(connection) as queries:
        actions.find_pairs(cohort=cohort, by=lead)
    assert len([each for each in queries if "SAVEPOINT" not in each["sql"]]) <= 12


def test_words_of_a_list_its_aliases_and_the_leads_ties_are_one_thing():
    cohort = CohortFactory()
    term = Term.objects.create(
        list=TermList.SETTING, code="kettle-round", label="Kettle round", aliases=["tea  Trolley"], cohort=cohort
    )
    Tie.objects.create(cohort=cohort, list=TermList.SETTING, words="hot drinks", term=term)
    words = ["Kettle Round", "TEA trolley", "Hot Drinks", "something  Else"]
    one = ParticipantFactory(cohort=cohort, side=Side.A, offers=words)
    found = person_of(cohort, one)
    assert len(found.offers) == 2
    assert [found.words[key] for key in found.offers] == ["Kettle round", "something  Else".replace("  ", " ")]


def test_level_is_the_cohorts_own_table():
    cohort = CohortFactory()
    grade = Term.objects.filter(list=TermList.BAND).first() or Term.objects.create(
        list=TermList.BAND, code="b6", label="Band 6"
    )
    one = ParticipantFactory(cohort=cohort, grade=grade)
    assert person_of(cohort, one).level is None
    Rung.objects.create(cohort=cohort, term=grade, level=4)
    assert person_of(cohort, one).level == 4


def test_only_accepted_people_without_a_partner_are_paired():
    cohort, lead, _doctors, _ = cohort_of(2, 2)
    ParticipantFactory(cohort=cohort, state=State.APPLIED)
    assert len(gather(cohort).people) == 4
    published(cohort, lead)
    late = person(cohort, Side.A, 7)
    assert gather(cohort).people == (late,)


def test_a_line_manager_by_address_is_a_rule_and_no_question():
    cohort, lead, doctors, managers = cohort_of(1, 1)
    doctors[0].manager_name, doctors[0].manager_email = "Somebody", managers[0].user.email.upper()
    doctors[0].save()
    assert rules_between(cohort, doctors[0], managers[0]) == (f"{managers[0].name} manages {doctors[0].name}",)
    assert questions(cohort=cohort, user=lead) == []


@pytest.mark.parametrize("part", ["manager", "exclusion"])
def test_a_name_holds_until_the_lead_says_that_somebody_else_is_meant(part):
    cohort, lead, doctors, _ = cohort_of(1, 0)
    twins = [person(cohort, Side.B, number, user__name="Jo O'Neill") for number in (1, 2)]
    written = {"manager_name": "Dr O’Neill, Jo"} if part == "manager" else {"kept_apart_from": ["jo oneill"]}
    for name, value in written.items():
        setattr(doctors[0], name, value)
    doctors[0].save()
    assert all(rules_between(cohort, doctors[0], twin) for twin in twins)
    assert {(each.other.pk, each.is_meant) for each in questions(cohort=cohort, user=lead)} == {
        (twin.pk, None) for twin in twins
    }
    actions.answer_question(participant=doctors[0], part=part, other=twins[0], is_meant=False, by=lead)
    assert rules_between(cohort, doctors[0], twins[0]) == ()
    assert rules_between(cohort, doctors[0], twins[1])
    actions.answer_question(participant=doctors[0], part=part, other=twins[0], is_meant=True, by=lead)
    assert Meant.objects.count() == 1
    assert rules_between(cohort, doctors[0], twins[0])


def test_partners_of_an_earlier_cohort_are_kept_apart():
    cohort, lead, doctors, managers = cohort_of(1, 1)
    shown(published(cohort, lead))
    actions.end_pair(pair=Pair.objects.get(), kind="finished", on=timezone.localdate(), by=lead)
    later = CohortFactory(programme=cohort.programme)
    again = [
        ParticipantFactory(cohort=later, user=each.user, side=each.side, name=each.name)
        for each in (doctors[0], managers[0])
    ]
    assert "partners before" in rules_between(later, *again)[0]


def test_too_few_weeks_in_common_forbid_a_pair():
    cohort, _, doctors, managers = cohort_of(1, 1, minimum_weeks=16)
    managers[0].leaves_on = date(2027, 5, 3)
    managers[0].save()
    assert "13 weeks in common" in rules_between(cohort, doctors[0], managers[0])[0]
