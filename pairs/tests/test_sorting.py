"""The list of pairs in the order that a lead asks for."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.choices import Side
from cohorts.tests.factories import LeadFactory, OrganisationFactory
from pairs import actions
from pairs.listing import headings, listed_pairs
from pairs.models import Pair
from pairs.tests.worlds import MEET_BY, cohort_of, person, published, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed():
    """(cohort, lead): a live, a paused, an ended and an untold pair; no two columns give the same order."""
    cohort, lead, _, _ = cohort_of(0, 0)
    given = (("Cleo", "Otis", 1), ("Abel", "Remy", 2), ("Dana", "Nora", 3), ("Bela", "Pia", 4))
    for first, second, days in given:
        a, b = (person(cohort, side, days, user__name=name) for side, name in ((Side.A, first), (Side.B, second)))
        pair = actions.pair_by_hand(cohort=cohort, a=a, b=b, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
        Pair.objects.filter(pk=pair.pk).update(started_on=date(2027, 3, days))
    told = Pair.objects.exclude(memberships__participant__name="Dana")
    told.update(shown_from=timezone.now() - timedelta(minutes=1))
    actions.pause_pair(pair=of("Abel"), on=date(2027, 4, 1), by=lead)
    actions.end_pair(pair=of("Cleo"), kind="other", on=date(2027, 4, 1), by=lead)
    return cohort, lead


def of(name):
    return Pair.objects.get(memberships__participant__name=name)


ORDERS = {
    "": "Bela Dana Abel Cleo",
    "-started": "Bela Dana Abel Cleo",
    "started": "Cleo Abel Dana Bela",
    "first": "Abel Bela Cleo Dana",
    "-first": "Dana Cleo Bela Abel",
    "second": "Dana Cleo Bela Abel",
    "-second": "Abel Bela Cleo Dana",
    "state": "Dana Bela Abel Cleo",
    "-state": "Cleo Abel Bela Dana",
    "end_reason": "Bela Dana Abel Cleo",
    "-": "Bela Dana Abel Cleo",
    "memberships__participant__user__password": "Bela Dana Abel Cleo",
}


@pytest.mark.parametrize("sort", ORDERS)
def test_the_page_and_its_file_are_in_the_order_asked_for(client, listed, sort):
    cohort, lead = listed
    client.force_login(lead)
    page = client.get(reverse("pair_list", args=[cohort.pk]), {"sort": sort})
    assert [line.first for line in page.context["lines"]] == ORDERS[sort].split()
    file = client.get(reverse("export", args=[cohort.pk, "pairs", "csv"]), {"sort": sort})
    rows = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))
    assert [row["First side"] for row in rows] == ORDERS[sort].split()


def test_headings_turn_the_order_round_and_keep_the_filters(listed):
    cohort, _ = listed
    columns = headings({"sort": "first", "state": "live", "page": "2"}, cohort)
    assert [(each["label"], each["sorted"], each["url"]) for each in columns] == [
        ("Doctor", "ascending", "?state=live&sort=-first"),
        ("Manager", "none", "?state=live&sort=second"),
        ("State", "none", "?state=live&sort=state"),
        ("Started", "none", "?state=live&sort=started"),
    ]
    assert headings({}, cohort)[-1]["sorted"] == "descending"


def test_filters_pages_and_files_keep_the_order(client):
    cohort, lead, _, _ = cohort_of(51, 51)
    shown(published(cohort, lead))
    client.force_login(lead)
    page = client.get(reverse("pair_list", args=[cohort.pk]), {"sort": "-first"}).content.decode()
    assert 'type="hidden" name="sort" value="-first"' in page
    assert re.search(r'href="\?sort=-first&amp;page=2"', page)
    assert "pairs.csv?sort=-first" in page


@pytest.mark.parametrize("sort", ["first", "second", "state", "started"])
def test_sorting_costs_the_same_queries_with_few_pairs_and_with_many(client, django_assert_max_num_queries, sort):
    counts = []
    for size in (3, 60):
        cohort, lead, _, _ = cohort_of(size, size)
        shown(published(cohort, lead))
        client.force_login(lead)
        address = f"{reverse('pair_list', args=[cohort.pk])}?sort={sort}"
        client.get(address)
        with django_assert_max_num_queries(10) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_order_tells_nothing_of_a_name_that_the_reader_may_not_see():
    cohort, lead, _, _ = cohort_of(0, 0)
    here, there = OrganisationFactory(), OrganisationFactory()
    cohort.programme.organisations.add(here, there)
    for number, (mine, hidden) in enumerate((("Abel", "Zoe"), ("Bela", "Yan"), ("Cleo", "Xia"))):
        a = person(cohort, Side.A, number, user__name=mine, organisation=here)
        b = person(cohort, Side.B, number, user__name=hidden, organisation=there)
        actions.pair_by_hand(cohort=cohort, a=a, b=b, initiator_side="a", first_meeting_by=MEET_BY, by=lead)
    started = {"Abel": 1, "Bela": 3, "Cleo": 2}
    for name, day in started.items():
        Pair.objects.filter(pk=of(name).pk).update(started_on=date(2027, 3, day))
    theirs = LeadFactory(cohort=cohort, organisation=here).user
    for sort in ("second", "-second"):
        lines = listed_pairs(user=theirs, cohort=cohort, query={"sort": sort})
        assert [(line.first, line.second) for line in lines] == [
            (name, "somebody of another organisation") for name in ("Bela", "Cleo", "Abel")
        ]
    in_order = [line.second for line in listed_pairs(user=lead, cohort=cohort, query={"sort": "second"})]
    assert in_order == ["Xia", "Yan", "Zoe"]
