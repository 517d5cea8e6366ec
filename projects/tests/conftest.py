"""Two partners who know of each other, and another pair beside them; the same with a third."""

import pytest

from cohorts.choices import Side
from pairs.models import Membership
from pairs.tests.conftest import two
from pairs.tests.worlds import person

__all__ = ["two"]


@pytest.fixture
def trio(two):
    """(lead, pair, [two doctors], manager)."""
    lead, pair, doctor, manager = two
    third = person(pair.cohort, Side.A, 7)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    return lead, pair, [doctor, third], manager
