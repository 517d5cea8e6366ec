"""Two partners who know of each other, lent from the hall."""

from pairs.tests.conftest import two

__all__ = ("two",)
