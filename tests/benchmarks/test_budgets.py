"""Every page within its budget of queries, whatever the number of people; no timings, so that no machine matters."""

import pytest

from tests.benchmarks import matching, population
from tests.benchmarks.pages import LISTS, OTHERS, REPEATED, watched

pytestmark = pytest.mark.django_db
PAGES = [*LISTS, *OTHERS]
A_PAGE = 120  # people: sixty pairs, more than a page of anything
SAME_BYTES = 1.03  # names and numbers differ in length
OF_A_PERSON = 300  # bytes by which the words of one person and another may differ


@pytest.fixture(scope="module")
def places(request, django_db_setup, django_db_blocker):
    """Two people, a full page and many pages of them, in one database that is put back afterwards."""
    from django.db import transaction

    many = 2000 if request.config.getoption("--full") else 600
    with django_db_blocker.unblock(), transaction.atomic():
        population.house.cache_clear()
        population.populated.cache_clear()
        yield {size: population.populated(size) for size in (2, A_PAGE, many)}
        population.house.cache_clear()
        population.populated.cache_clear()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seen(places):
    """{page: what each size of cohort asked of the database, the smallest first}."""
    return {str(page): [watched(page, place) for place in places.values()] for page in PAGES}


@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_a_page_keeps_to_its_queries_and_never_asks_more_for_more_people(kind, seen):
    numbers = [each.number for each in seen[str(kind)]]
    assert numbers[-1] <= kind.budget.queries
    assert len(set(numbers)) == 1, numbers


@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_no_statement_is_sent_more_than_twice_for_a_page(kind, seen):
    assert seen[str(kind)][-1].most_repeated <= REPEATED


@pytest.mark.parametrize("kind", PAGES, ids=str)
def test_a_page_does_not_grow_beyond_its_fifty_rows(kind, seen):
    _, full, many = (each.bytes for each in seen[str(kind)])
    assert many <= full * SAME_BYTES + OF_A_PERSON


@pytest.mark.full
def test_what_ifs_of_a_small_cohort_fit_their_milliseconds():
    """34 what-ifs for 17 by 17; half as much again is allowed to a machine that does something else beside."""
    assert [row["name"] for row in matching.what_ifs() if row["ratio"] > 1.5] == []
