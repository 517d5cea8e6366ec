"""Several names as one phrase."""

from collections.abc import Sequence


def in_a_row(names: Sequence[str]) -> str:
    """ "Sam", "Sam and Alex", "Sam, Alex and Robin"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
