"""Two partners who know of each other, and people beside them."""

import pytest

from pairs.tests.conftest import two
from pairs.tests.worlds import person

__all__ = ["two"]


@pytest.fixture
def others(two):
    """Eight more who take part, from number 20 on."""
    _, pair, *_ = two
    return [person(pair.cohort, "a", 20 + number) for number in range(8)]
