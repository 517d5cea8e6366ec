"""What a cohort has switched off has no address: every page of an optional element answers 404 there, to everybody.

But what somebody wrote stays hers: a few pages say so (`where_off`), and open to her alone.
"""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from cohorts.models import Cohort
from elements.house import is_switched_off
from elements.registry import exports, optional_elements
from tests.permissions.addresses import addresses
from tests.permissions.test_matrix import GOOD, Trial
from tests.permissions.world import World, in_worlds, matrices

STAYING = {each.name for each in addresses() if getattr(each.view, "where_off", "")}
AUTHOR = "doctor"
OPTIONAL = [element for element in optional_elements() if element.app in matrices()]


def answers(slug: str, rows) -> dict[str, int]:
    """{what was asked: the status} of whoever may use these addresses, in cohorts that switched the element off."""
    found = {}
    for world, row in in_worlds(rows):
        trial = Trial(world, row)
        Cohort.objects.update(elements_off=[slug])
        for method in row.methods:
            for role in sorted({*row.may, *row.may_not}):
                found[f"{method} {row.url} as {role}"] = trial.ask(role, method, trial.here).status_code
        Cohort.objects.update(elements_off=[])
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("element", OPTIONAL, ids=lambda element: element.slug)
def test_every_address_of_an_element_that_is_switched_off_is_missing(element):
    rows = [row for row in matrices()[element.app].ROWS if not row.public]
    gone = [row for row in rows if row.url not in STAYING]
    assert {asked: status for asked, status in answers(element.slug, gone).items() if status != 404} == {}


@pytest.mark.django_db
def test_what_somebody_wrote_she_reads_takes_back_and_deletes_also_there_and_nobody_else_does():
    rows = [row for row in matrices()["shadowing"].ROWS if row.url in STAYING]
    assert {row.url.removeprefix("reflection_") for row in rows} == {
        *("list", "detail", "export"),
        *("unshare", "take_back", "redact", "delete"),
    }
    for asked, status in answers("shadowing", rows).items():
        method, _, role = asked.partition(" ")[0], *asked.rpartition(" as ")[1:]
        assert status in GOOD[method] if role == AUTHOR else status == 404, (asked, status)


def test_there_are_elements_to_switch_off():
    assert {"shadowing", "projects"} <= {element.slug for element in OPTIONAL}


@pytest.mark.django_db
def test_no_list_of_an_element_that_is_switched_off_leaves_the_house():
    world, apps = World(), {element.app: element.slug for element in OPTIONAL}
    listed = [each for each in exports() if each.permission.split(".")[0] in apps]
    assert listed
    for each in listed:
        url = reverse("export", args=[world.cohort.pk, each.name, "csv"])
        for off, status in (([], 200), ([apps[each.permission.split(".")[0]]], 404)):
            Cohort.objects.update(elements_off=off)
            assert world.browser("lead").get(url).status_code == status, each.name


def test_a_thing_says_itself_which_cohort_it_belongs_to():
    off, on = SimpleNamespace(elements_off=["shadowing"]), SimpleNamespace(elements_off=[])
    assert is_switched_off("shadowing", off)
    assert is_switched_off("shadowing", SimpleNamespace(cohort=off))
    assert not is_switched_off("shadowing", SimpleNamespace(cohort=on))
    assert not is_switched_off("projects", off)
    assert not is_switched_off("pairs", SimpleNamespace(elements_off=["pairs"]))  # nobody switches it off
    assert not is_switched_off("shadowing", None)
    with pytest.raises(AttributeError):
        is_switched_off("shadowing", SimpleNamespace())
