"""The whole step "find pairs", from the database to the page that shows the run, against the assignment alone."""

from django.test import Client
from django.urls import reverse
from scipy.optimize import linear_sum_assignment

from pairs import matching
from pairs.actions import find_pairs
from pairs.choices import FIRST_WEIGHTS
from pairs.gathering import gather
from pairs.matching.stages import free_field, grouped, levels, stage_cost
from tests.benchmarks.population import unpaired
from tests.benchmarks.turns import against, asked, row

SIZE = 1000  # on each side
QUERIES = 12


def rows():
    """CPU of the step at 1,000 a side, its statements, and whether they grow."""
    cohort, lead = unpaired(2 * SIZE, "finding")
    client = Client(SERVER_NAME="localhost")
    client.force_login(lead)
    address = reverse("pairs_find", args=[cohort.pk])
    cost = _cost(cohort)

    def step():
        answer = client.post(address, follow=True)
        if answer.status_code != 200 or answer.redirect_chain[0][0] == reverse("pairing", args=[cohort.pk]):
            raise AssertionError("No pairs were found.")

    found = [row(f"find pairs, database to page, n={SIZE}", step, lambda: linear_sum_assignment(cost), 15, rounds=5)]
    small, small_lead = unpaired(34, "finding-34")
    before, after = _number(small, small_lead), _number(cohort, lead)
    found.append(against(f"find pairs, queries of the action, n={SIZE}", after, QUERIES, 1))
    found.append(against(f"find pairs, queries at n={SIZE} and at n=17", after, before, 1))
    return found


def _cost(cohort):
    """The matrix of the first stage, as the bench hands it to the solver."""
    weights = {str(criterion): weight for criterion, weight in FIRST_WEIGHTS.items()}
    field = free_field(matching.prepare(gather(cohort).problem(weights=weights, seed="5eed")), ())
    return stage_cost(grouped(levels("everyone", field), SIZE)[0], SIZE)


def _number(cohort, lead) -> int:
    with asked() as seen:
        find_pairs(cohort=cohort, by=lead)
    return seen.for_the_work
