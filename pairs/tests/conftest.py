"""Two partners who know of each other."""

import pytest

from pairs import actions
from pairs.models import Pair
from pairs.tests.rooms import Room, moved_in
from pairs.tests.worlds import cohort_of, published, shown


@pytest.fixture
def two(db):
    """(lead, pair, doctor, manager), told of each other a minute ago; another pair is beside them."""
    cohort, lead, (doctor, *_), (manager, *_) = cohort_of(2, 2)
    actions.lock(cohort=cohort, a=doctor, b=manager, by=lead)
    shown(published(cohort, lead))
    return lead, Pair.objects.get(memberships__participant=doctor), doctor, manager


@pytest.fixture
def room(monkeypatch):
    """A room that says of pairs what the test tells it to."""
    return moved_in(monkeypatch, Room())
