"""Pages of a list that nobody counts."""

import pytest

from accounts.models import User
from elements.pages import Onwards


@pytest.mark.parametrize(
    ("asked", "at", "rows", "known"),
    [
        (None, 1, [0, 1, 2], 2),
        ("1", 1, [0, 1, 2], 2),
        ("2", 2, [3, 4, 5], 3),
        ("3", 3, [6], 3),
        ("4", 1, [0, 1, 2], 2),  # there is no such page
        ("0", 1, [0, 1, 2], 2),
        ("-1", 1, [0, 1, 2], 2),
        ("two", 1, [0, 1, 2], 2),
        ("²", 1, [0, 1, 2], 2),  # a digit, and no number
        ("9" * 40, 1, [0, 1, 2], 2),  # more than a database counts to
    ],
)
def test_a_page_knows_the_pages_until_it_and_whether_another_follows(asked, at, rows, known):
    page = Onwards(list(range(7)), 3).get_page(asked)
    assert (page.number, list(page), page.paginator.num_pages) == (at, rows, known)
    assert page.has_next() is (at < known)
    assert page.has_previous() is (at > 1)


@pytest.mark.parametrize(("length", "known"), [(0, 1), (3, 1), (4, 2)])
def test_a_full_last_page_is_followed_by_none(length, known):
    assert Onwards(list(range(length)), 3).get_page("1").paginator.num_pages == known


def test_a_page_is_one_query_and_no_count(db, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        list(Onwards(User.objects.order_by("pk"), 3).get_page("1"))
    assert "COUNT" not in asked.captured_queries[0]["sql"]
