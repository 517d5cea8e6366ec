"""The same button pressed several times at the same moment, each in a connection of its own."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from cohorts.tests.factories import CohortFactory, LeadFactory
from cohorts.tests.races import at_once, refusals
from elements import clock
from surgeries import actions
from surgeries.models import Allowance, Surgery
from surgeries.repeating import why_skipped
from surgeries.tests.worlds import ahead, published

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS, PRESSES = 5, 4


def led(**more):
    cohort = CohortFactory(**more)
    return cohort, LeadFactory(cohort=cohort).user


def test_one_page_sent_several_times_at_once_publishes_once():
    cohort, lead = led()
    for number in range(ROUNDS):
        call = partial(published, cohort, lead, mark=uuid4(), starts_at=ahead(20 + number))
        assert refusals(at_once(*[call] * PRESSES)) == []
        assert Surgery.objects.count() == number + 1


def test_what_each_may_book_is_set_several_times_at_once():
    for _ in range(ROUNDS):
        cohort, lead = led()
        call = partial(actions.set_allowance, cohort=cohort, open_bookings=3, by=lead)
        assert refusals(at_once(*[call] * PRESSES)) == []
        assert Allowance.objects.get(cohort=cohort).open_bookings == 3


def test_two_who_copy_a_cohort_at_once_copy_it_once():
    source, lead = led()
    actions.set_allowance(cohort=source, open_bookings=3, by=lead)
    published(source, lead)
    for _ in range(ROUNDS):
        target, by = led(starts_on=clock.today(), ends_on=clock.today() + timedelta(days=800))
        given = {"source": source, "target": target, "moved": next_year, "by": by, "now": timezone.now()}
        assert refusals(at_once(*[partial(actions.copy_surgeries, **given)] * PRESSES)) == []
        assert Surgery.objects.filter(cohort=target).count() == 1
        assert Allowance.objects.filter(cohort=target).count() == 1


def next_year(day: date) -> date:
    day += timedelta(weeks=52)
    while why_skipped(day):
        day += timedelta(days=1)
    return day
