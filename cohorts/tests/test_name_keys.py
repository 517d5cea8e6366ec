"""The short way to the key of a plain name leads where the long one does."""

from hypothesis import given
from hypothesis import strategies as st

from cohorts.spreadsheets.names import TITLES, _full_key, name_key

WORDS = st.one_of(st.sampled_from(sorted(TITLES)).map(str.title), st.text("abcXYZ019", max_size=4), st.just(""))
SIGNS = st.text("aB ,.-_'’é", max_size=12)


@given(st.lists(WORDS, max_size=5).map(" ".join))
def test_plain_names_have_the_key_of_the_long_way(name):
    assert name_key(name) == _full_key(name)


@given(SIGNS)
def test_other_names_go_the_long_way(name):
    assert name_key(name) == _full_key(name)


def test_titles_in_front_are_left_out_but_the_last_word_stays():
    assert name_key("Dr Prof Sandra Evans") == "evans sandra"
    assert name_key("Dr") == "dr"
