"""What the tests of this floor share."""

from types import SimpleNamespace

import pytest

from bookings.tests.factories import NOW, cohort_with_lead, people, planned


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch):
    """Whatever rooms there are, down here nobody knows them: a session is called a session."""
    monkeypatch.setattr("bookings.pages._rooms", {})


@pytest.fixture
def in_march(monkeypatch):
    """Whoever withdraws does so at `NOW`, whatever day it is: sessions to come are to come."""
    monkeypatch.setattr("bookings.element.timezone", SimpleNamespace(now=lambda: NOW))


@pytest.fixture
def world(db):
    """A cohort, its lead, eight people and a session with two places."""
    cohort, lead = cohort_with_lead()
    return cohort, lead, people(cohort, 8), planned(cohort, lead, capacity=2)
