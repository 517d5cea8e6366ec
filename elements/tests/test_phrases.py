"""Names in a row, and nobody of nobody."""

import pytest

from elements.phrases import in_a_row


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["Sam"], "Sam"), (("Sam", "Alex"), "Sam and Alex"), (["Sam", "Alex", "Robin"], "Sam, Alex and Robin")],
)
def test_names_in_a_row(names, words):
    assert in_a_row(names) == words
