"""Two partners who know of each other, and another pair beside them."""

from pairs.tests.conftest import two

__all__ = ["two"]
