"""The driver tree grows, is put in other words, and loses branches."""

from datetime import datetime

from django.db import transaction

from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import going_on, held, noted
from projects.choices import DriverKind
from projects.models import Driver, Project
from projects.tree import LEVELS, MOST, Branch, Tree, tree_of


class TreeIsFull(Refusal):
    """More than a page can show, and than anybody can try."""

    unsaid = f"A tree has at most {MOST} branches. Take one away first."


class TooDeep(Refusal):
    """Nothing hangs on an idea, and drivers have few levels."""

    unsaid = f"Drivers go {LEVELS} levels deep, and nothing hangs on a change idea. Add it higher up."


@transaction.atomic
def add_driver(*, project: Project, kind: str, words: str, by, now: datetime, under: Driver | None = None) -> Driver:
    """A driver or an idea, under the aim or under a driver; the same said twice in one place is there once.

    Raises IsGone, NotYours, ProjectHasEnded, TreeIsFull, TooDeep.
    """
    project, _ = held(project, by=by)
    going_on(project)
    tree = tree_of(project)
    on = _branch(tree, under) if under else None
    beside = on.branches if on else tree.branches
    for each in beside:
        if (each.driver.kind, each.driver.words) == (kind, words):
            return each.driver
    if tree.is_full:
        raise TreeIsFull
    if on and (on.is_idea or (kind == DriverKind.DRIVER and not on.takes_drivers)):
        raise TooDeep
    place = 1 + max((each.driver.place for each in beside), default=0)
    driver = Driver.objects.create(project=project, parent=under, kind=DriverKind(kind), words=words, place=place)
    noted(project, by=by, now=now, did="added to a driver tree")
    return driver


@transaction.atomic
def rename_driver(*, driver: Driver, words: str, by, now: datetime) -> Driver:
    """Raises IsGone, NotYours."""
    project, _ = held(driver.project, by=by)
    driver = _branch(tree_of(project), driver).driver
    driver.words = words
    driver.save(update_fields=["words"])
    noted(project, by=by, now=now, did="put a driver in other words")
    return driver


@transaction.atomic
def remove_driver(*, driver: Driver, by, now: datetime) -> int:
    """Takes a branch away with everything that hangs on it, and says how many that were. Raises IsGone, NotYours."""
    project, _ = held(driver.project, by=by)
    branch = _branch(tree_of(project), driver)
    branch.driver.delete()
    noted(project, by=by, now=now, did="took away from a driver tree")
    return 1 + branch.below


def _branch(tree: Tree, driver: Driver) -> Branch:
    branch = tree.by_key.get(driver.pk)
    if branch is None:
        raise IsGone
    return branch
