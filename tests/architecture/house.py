"""The house as the settings describe it, and its files."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOF = "pairedlearning"
APPS = [*settings.ELEMENTS, *settings.FLOORS]
# From the top down; who stands on one floor does not see each other.
STAIRS: list[list[str]] = [["tests"], [ROOF], list(settings.ELEMENTS), *([floor] for floor in settings.FLOORS)]
HEIGHT = {app: len(STAIRS) - number for number, floor in enumerate(STAIRS) for app in floor}
BENCHES = [
    name
    for name in (
        "pairs.matching",
        "pairs.free_time",
        "cohorts.spreadsheets",
        "evaluation.statistics",
        "projects.spc",
        "elements.disclosure",
    )
    if (ROOT / name.replace(".", "/") / "__init__.py").exists()
]


def stairs_as_text() -> str:
    """The floors as the documents draw them: one line each, neighbours between bars."""
    return "\n".join(" | ".join(floor) for floor in STAIRS)


def name_of(path: Path) -> str:
    """The dotted name of a module file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_production(path: Path) -> bool:
    """Whether a file is part of what runs for people: no test and no migration."""
    return not {"tests", "migrations"} & set(path.relative_to(ROOT).parts) and path.name != "conftest.py"


@cache
def modules(*, apps: tuple[str, ...] = (*APPS, ROOF), with_tests: bool = False) -> tuple[Path, ...]:
    """The module files of the apps, production only unless told otherwise."""
    found = [path for app in apps for path in sorted((ROOT / app).rglob("*.py"))]
    return tuple(path for path in found if with_tests or is_production(path))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def in_layer(name: str) -> Iterator[Path]:
    """The files of one layer of every room: `views` gives views.py and everything under views/."""
    for path in modules():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if len(parts) > 1 and parts[1] == name:
            yield path


def templates() -> list[Path]:
    """Every template of the house, shared and of the rooms."""
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
