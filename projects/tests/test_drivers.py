"""The driver tree: what hangs where, how far it grows, and what goes with a branch."""

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.tests.test_views import text_of
from projects import actions
from projects.choices import DriverKind, EndKind, Shape
from projects.models import Driver, Project
from projects.tests.worlds import begun
from projects.tree import MOST, grown, tree_of

pytestmark = pytest.mark.django_db


def added(project, owner, words="Letters are typed late", kind=DriverKind.DRIVER, **more) -> Driver:
    given = {"kind": kind, "words": words, "by": owner.user, "now": timezone.now(), **more}
    return actions.add_driver(project=project, **given)


@pytest.fixture
def project(two) -> Project:
    _, pair, doctor, _ = two
    return begun(pair, doctor, shape=Shape.FRIEND)


def test_branches_hang_where_they_were_put(two, project):
    _, _, doctor, _ = two
    first, second = added(project, doctor), added(project, doctor, "Nobody signs")
    idea = added(project, doctor, "Type on the round", DriverKind.IDEA, under=first)
    tree = tree_of(project)
    assert [each.driver for each in tree.branches] == [first, second]
    assert [each.driver for each in tree.branches[0].branches] == [idea]
    assert (tree.branches[0].below, tree.by_key[idea.pk].level) == (1, 2)


def test_a_double_tap_makes_one(two, project):
    assert added(project, two[2]) == added(project, two[2])
    assert Driver.objects.count() == 1


def test_the_same_words_in_two_places_are_two(two, project):
    first = added(project, two[2])
    assert added(project, two[2], under=first) != first


def test_drivers_go_three_levels_deep_and_ideas_hang_below(two, project):
    _, _, doctor, _ = two
    deepest = None
    for level in ("One", "Two", "Three"):
        deepest = added(project, doctor, level, under=deepest)
    with pytest.raises(actions.TooDeep):
        added(project, doctor, "Four", under=deepest)
    idea = added(project, doctor, "Try it", DriverKind.IDEA, under=deepest)
    for kind in DriverKind:
        with pytest.raises(actions.TooDeep):
            added(project, doctor, "On an idea", kind, under=idea)


def test_a_full_tree_says_so_and_keeps_what_was_typed(two, project, client):
    _, _, doctor, _ = two
    Driver.objects.bulk_create(
        Driver(project=project, kind=DriverKind.DRIVER, words=f"No. {n}", place=n) for n in range(MOST)
    )
    client.force_login(doctor.user)
    answer = client.post(reverse("driver_create", args=[project.pk]), {"words": "One more"})
    assert answer.status_code == 200
    assert "at most 60 branches" in text_of(answer)
    assert 'value="One more"' in answer.content.decode()
    assert Driver.objects.count() == MOST
    assert "The tree is full" in text_of(client.get(reverse("driver_list", args=[project.pk])))


def test_a_branch_goes_with_what_hangs_on_it_after_being_told_how_much(two, project, client):
    _, _, doctor, _ = two
    first, other = added(project, doctor), added(project, doctor, "Nobody signs")
    added(project, doctor, "Deeper", under=added(project, doctor, "Deep", under=first))
    client.force_login(doctor.user)
    here = reverse("driver_remove", args=[first.pk])
    assert "and 2 more branches under it?" in text_of(client.get(here))
    assert "Under it: Deep Under it: Deeper" in text_of(client.get(here))
    assert Driver.objects.count() == 4
    assert "Removed, with all 3 branches." in text_of(client.post(here, follow=True))
    assert [*Driver.objects.all()] == [other]
    assert client.get(here).status_code == 404


def test_it_is_put_in_other_words(two, project, client):
    driver = added(project, two[2])
    client.force_login(two[2].user)
    client.post(reverse("driver_edit", args=[driver.pk]), {"words": "Typists are few"})
    driver.refresh_from_db()
    assert driver.words == "Typists are few"


def test_the_friend_reads_and_changes_nothing(two, project, client):
    _, _, doctor, manager = two
    driver = added(project, doctor)
    with pytest.raises(actions.NotYours):
        added(project, manager, "From outside")
    client.force_login(manager.user)
    page = client.get(reverse("driver_list", args=[project.pk]))
    assert driver.words in text_of(page)
    assert "driver_create" not in page.content.decode()
    assert reverse("driver_edit", args=[driver.pk]) not in page.content.decode()


def test_the_owner_adds_from_the_page_under_a_driver(two, project, client):
    driver = added(project, two[2])
    client.force_login(two[2].user)
    here = f"{reverse('driver_create', args=[project.pk])}?kind=idea&under={driver.pk}"
    assert here.replace("&", "&amp;") in client.get(reverse("driver_list", args=[project.pk])).content.decode()
    client.post(here, {"words": "Type on the round"})
    idea = Driver.objects.get(kind=DriverKind.IDEA)
    assert idea.parent == driver


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_branch_that_is_not_there_is_not_found(two, project, client, key):
    client.force_login(two[2].user)
    assert client.get(f"{reverse('driver_create', args=[project.pk])}?under={key}").status_code == 404


def test_a_branch_of_another_project_is_not_there(two, project, client):
    _, pair, doctor, _ = two
    elsewhere = added(begun(pair, doctor, title="Another"), doctor)
    client.force_login(doctor.user)
    assert client.get(f"{reverse('driver_create', args=[project.pk])}?under={elsewhere.pk}").status_code == 404


def test_nothing_is_added_to_what_has_ended(two, project):
    Project.objects.filter(pk=project.pk).update(ended_on=project.begun_on, end_kind=EndKind.DONE)
    with pytest.raises(actions.ProjectHasEnded):
        added(project, two[2])


def test_no_rows_make_an_empty_tree():
    assert grown([]).branches == []
