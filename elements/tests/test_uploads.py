"""A request far above every limit is not read to its end."""

import pytest
from django.core.exceptions import RequestDataTooBig

from elements.uploads import LONGEST_BODY, Bounded


def test_a_body_announced_as_too_large_is_not_read():
    with pytest.raises(RequestDataTooBig):
        Bounded().handle_raw_input(None, {}, LONGEST_BODY + 1, b"")


def test_a_body_that_lies_about_its_size_is_stopped():
    handler = Bounded()
    handler.receive_data_chunk(b"x" * LONGEST_BODY, 0)
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"x", LONGEST_BODY)


def test_an_ordinary_chunk_goes_on_to_the_next_handler():
    assert Bounded().receive_data_chunk(b"words", 0) == b"words"
