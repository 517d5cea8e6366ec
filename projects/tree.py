"""The driver tree: branches in their places, how deep they lie, and how much there is below each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from projects.choices import DriverKind
from projects.models import Driver, Project

MOST = 60  # branches of a tree
LEVELS = 3  # of drivers; ideas hang on any of them


@dataclass
class Branch:
    """A driver or an idea, with what hangs on it. Drivers of the aim are of level 1."""

    driver: Driver
    level: int
    branches: list["Branch"] = field(default_factory=list)

    @property
    def is_idea(self) -> bool:
        return self.driver.kind == DriverKind.IDEA

    @property
    def takes_drivers(self) -> bool:
        return not self.is_idea and self.level < LEVELS

    @property
    def below(self) -> int:
        """How many branches go with this one."""
        return sum(1 + each.below for each in self.branches)

    def words_below(self) -> list[str]:
        """Of all that goes with this one, each before what hangs on it."""
        return [words for each in self.branches for words in (each.driver.words, *each.words_below())]


@dataclass(frozen=True)
class Tree:
    """What hangs on the aim, and every branch by its key."""

    branches: list[Branch]
    by_key: dict[UUID, Branch]

    @property
    def is_full(self) -> bool:
        return len(self.by_key) >= MOST


def grown(drivers: Iterable[Driver]) -> Tree:
    """The tree of these rows, which are all of one project. No queries."""
    hanging: dict[UUID | None, list[Driver]] = {}
    for each in drivers:
        hanging.setdefault(each.parent_id, []).append(each)
    by_key: dict[UUID, Branch] = {}

    def on(key: UUID | None, level: int) -> list[Branch]:
        found = []
        for each in hanging.get(key, ()):
            by_key[each.pk] = branch = Branch(each, level)
            branch.branches = on(each.pk, level + 1)
            found.append(branch)
        return found

    return Tree(on(None, 1), by_key)


def tree_of(project: Project) -> Tree:
    """One query."""
    return grown(Driver.objects.filter(project=project.pk))


def found_in(tree: Tree, key: str) -> Branch | None:
    """The branch that an address names."""
    try:
        return tree.by_key.get(UUID(key))
    except ValueError:
        return None
