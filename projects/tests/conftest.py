"""Two partners who know of each other, and another pair beside them; the same with a third."""

import pytest

from cohorts.choices import Side
from pairs.models import Membership
from pairs.tests.conftest import two
from pairs.tests.worlds import person
from projects.tests.measured import LATER

__all__ = ["two"]


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    """The figures of these tests are of days that are past."""
    monkeypatch.setattr("projects.views.points.today", lambda: LATER)


@pytest.fixture
def trio(two):
    """(lead, pair, [two doctors], manager)."""
    lead, pair, doctor, manager = two
    third = person(pair.cohort, Side.A, 7)
    Membership.objects.create(cohort=pair.cohort, pair=pair, participant=third, since=pair.started_on)
    return lead, pair, [doctor, third], manager
