"""What the tests of this floor share."""

import pytest

from bookings.tests.factories import cohort_with_lead, people, planned


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch):
    """Whatever rooms there are, down here nobody knows them: a session is called a session."""
    monkeypatch.setattr("bookings.pages._rooms", {})


@pytest.fixture
def world(db):
    """A cohort, its lead, eight people and a session with two places."""
    cohort, lead = cohort_with_lead()
    return cohort, lead, people(cohort, 8), planned(cohort, lead, capacity=2)
