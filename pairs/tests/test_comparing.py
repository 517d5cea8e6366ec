"""Two runs side by side, and a run at a glance."""

import re
from fractions import Fraction
from math import floor

import pytest
from django.urls import reverse

from cohorts.models import Participant
from pairs import actions
from pairs.comparing import BOTH, FIRST, SECOND, compared
from pairs.reading import aims_of
from pairs.swapping import cost_of
from pairs.tests.test_views import text_of
from pairs.tests.worlds import cohort_of
from pairs.workings import Workings

pytestmark = pytest.mark.django_db
UNEVEN = {"directorate": 0, "site": 2, "days": 3, "wishes": 2, "interests": 0, "theme": 0, "seniority": 0}


def changed_by_hand():
    """Two runs of four doctors and three managers with equal pairs; in the first a swap and a trio by hand."""
    cohort, lead, _, _ = cohort_of(4, 3)
    run, other = (actions.find_pairs(cohort=cohort, by=lead, seed="one") for _ in range(2))
    trio = run.notes["trios"][0]
    shared = run.proposals.get(a=trio["a"])
    swapped = list(run.proposals.exclude(pk=shared.pk).with_people())
    actions.swap_two(run=run, first=swapped[0], second=swapped[1], by=lead)
    newcomer = Participant.objects.get(pk=trio["newcomer"])
    actions.confirm_trio(run=run, newcomer=newcomer, proposal=shared, by=lead)
    return lead, run, other, newcomer


def exact_total(run) -> int:
    """Every pair's exact score, a trio by its weaker link, summed and rounded once with halves up."""
    table, exact = Workings(run).table, Fraction(0)
    for each in run.proposals.with_people():
        one, two = ([person for person in each.people if person.side == side] for side in "ab")
        links = [table.totals[table.cell(str(a.pk), str(b.pk))] for a in one for b in two]
        exact += Fraction(int(min(links)), table.weight_sum)
    return floor(exact + Fraction(1, 2))


def test_every_page_gives_one_total_of_a_run_and_says_how_it_is_reckoned(client):
    cohort, lead, doctors, managers = cohort_of(7, 7)
    alike = {"days": "01234", "sites": ["North"], "offers": ["theatre list"], "wants": ["ward round"]}
    Participant.objects.filter(cohort=cohort).update(**alike)
    Participant.objects.filter(pk__in=[doctors[0].pk, managers[0].pk]).update(sites=["South"])
    run, other = (actions.find_pairs(cohort=cohort, by=lead, weights=UNEVEN) for _ in range(2))
    assert (sum(run.proposals.values_list("score", flat=True)), exact_total(run)) == (7 * 71, 500)  # 71 3/7 each
    client.force_login(lead)
    chosen = next(each for each in aims_of(run) if each["aim"] == run.aim)
    assert chosen["total"] == exact_total(run) == compared(run, run).figures[0].total
    first, second = run.proposals.with_people().get(a=doctors[0]), run.proposals.with_people().get(a=doctors[1])
    cost = cost_of(run, first, second)
    before, after = cost.total_before, cost.total_after
    swap = client.get(reverse("run_swap", args=[run.pk]), {"first": first.pk, "second": second.pk})
    pages = [run.get_absolute_url(), reverse("run_aims", args=[run.pk])]
    pages = [swap, client.get(reverse("run_compare", args=[run.pk]), {"other": other.pk}), *map(client.get, pages)]
    assert "The total would fall by 57 points, from 500 to 443." in text_of(swap)  # 71 + 71 for 43 + 43
    actions.swap_two(run=run, first=first, second=second, by=lead)
    assert (before, after) == (500, 443) == (chosen["total"], exact_total(run))
    assert compared(run, run).figures[0].total == after
    assert [text_of(page).count("Totals are reckoned from the exact scores") for page in pages] == [1] * 4


def test_the_aims_say_what_was_found_and_what_stands_after_changes_by_hand(client):
    lead, run, other, _ = changed_by_hand()
    client.force_login(lead)
    for changed, untouched in zip(pages_of_aims(run), pages_of_aims(other), strict=True):
        page = text_of(client.get(changed))
        assert "As found, before your changes" in page
        assert "This run" not in page
        assert f"Now {exact_total(run)}" in page
        assert f"Now {min(run.proposals.values_list('score', flat=True))}" in page
        page = text_of(client.get(untouched))
        assert "This run" in page
        assert "As found" not in page
        assert "Now " not in page


def pages_of_aims(run) -> list[str]:
    return [run.get_absolute_url(), reverse("run_aims", args=[run.pk])]


def test_two_runs_are_compared_as_they_stand_now():
    _, run, other, newcomer = changed_by_hand()
    found = compared(run, other)
    assert found.counts == [(FIRST, 3), (SECOND, 3), (BOTH, 0)]
    assert [line.where for line in found.lines] == [FIRST] * 3 + [SECOND] * 3
    for figures, asked in zip(found.figures, (run, other), strict=True):
        worst = min(asked.proposals.values_list("score", flat=True))
        assert (figures.pairs, figures.total, figures.worst) == (3, exact_total(asked), worst)
    assert [(each.trios, each.by_hand, each.left_over) for each in found.figures] == [(1, 3, 0), (0, 0, 1)]
    [trio] = [line for line in found.lines if line.first and line.first.third_id]
    assert newcomer.name in trio.names


def test_the_same_pairs_are_in_both_runs_with_the_score_of_each():
    cohort, lead, _, _ = cohort_of(3, 3)
    run = actions.find_pairs(cohort=cohort, by=lead, seed="one")
    other = actions.find_pairs(cohort=cohort, by=lead, seed="one", weights={**run.weights, "site": 0})
    found = compared(run, other)
    same = {(each.a_id, each.b_id) for each in run.proposals.all()} & {
        (each.a_id, each.b_id) for each in other.proposals.all()
    }
    both = [line for line in found.lines if line.where == BOTH]
    assert len(both) == len(same)
    assert all((line.first.run_id, line.second.run_id) == (run.pk, other.pk) for line in both)
    assert not found.is_one_measure
    assert compared(run, run).is_the_same


def test_the_page_says_in_words_what_differs(client):
    lead, run, other, _ = changed_by_hand()
    client.force_login(lead)
    page = text_of(client.get(reverse("run_compare", args=[run.pk]), {"other": other.pk}))
    assert "Only in the first run: 3 pairs. Only in the second run: 3 pairs. In both runs: 0 pairs." in page
    assert "1 of them a trio" in page
    assert "other weights" not in page
    assert page.count("Not a pair") == 6


def test_comparing_costs_the_same_queries_with_few_pairs_and_with_many(client, django_assert_max_num_queries):
    counts = []
    for size in (3, 60):
        cohort, lead, _, _ = cohort_of(size, size)
        run, other = (actions.find_pairs(cohort=cohort, by=lead) for _ in range(2))
        client.force_login(lead)
        address = f"{reverse('run_compare', args=[run.pk])}?other={other.pk}"
        client.get(address)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_run_shows_all_its_pairs_at_a_glance_before_the_reasons(client):
    lead, run, _, newcomer = changed_by_hand()
    client.force_login(lead)
    page = client.get(run.get_absolute_url()).content.decode()
    glance, reasons = page.split("Why these pairs")
    rows = re.findall(r'<td class="nhsuk-table__cell"><a href="#(.*?)">(.*?)</a>(.*?)</td><td.*?>(\d+)</td>', glance)
    proposals = list(run.proposals.with_people())
    assert [int(score) for *_, score in rows] == sorted(proposal.score for proposal in proposals)
    assert [target for target, *_ in rows] == [f"pair-{proposal.pk}" for proposal in proposals]
    assert all(f'id="{target}"' in reasons for target, *_ in rows)
    assert all("By hand" in marks for _, _, marks, _ in rows)
    assert [newcomer.name in names for _, names, _, _ in rows] == ["Trio" in marks for _, _, marks, _ in rows]
    assert "All pairs at a glance" in glance


def test_a_long_run_says_which_of_its_pairs_are_shown(client):
    cohort, lead, _, _ = cohort_of(51, 51)
    run = actions.find_pairs(cohort=cohort, by=lead)
    client.force_login(lead)
    assert "Pairs 1 to 50 of 51 at a glance" in text_of(client.get(run.get_absolute_url()))
    assert "Pair 51 of 51 at a glance" in text_of(client.get(run.get_absolute_url(), {"page": 2}))
