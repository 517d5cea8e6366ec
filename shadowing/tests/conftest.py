"""Two partners who know of each other, and a trio."""

import pytest

from cohorts.choices import Side
from pairs import actions as pair_actions
from pairs.models import Membership, Pair
from pairs.tests.worlds import cohort_of, person, published, shown


@pytest.fixture
def two(db):
    """(lead, pair, doctor, manager), told of each other a minute ago; another pair is beside them."""
    cohort, lead, (doctor, *_), (manager, *_) = cohort_of(2, 2)
    pair_actions.lock(cohort=cohort, a=doctor, b=manager, by=lead)
    shown(published(cohort, lead))
    return lead, Pair.objects.get(memberships__participant=doctor), doctor, manager


@pytest.fixture
def trio(two):
    """(lead, pair, [two doctors], manager)."""
    lead, pair, doctor, manager = two
    third = person(pair.cohort, Side.A, 7)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    return lead, pair, [doctor, third], manager
