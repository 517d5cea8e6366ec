"""A line knows its room: names of modules, sizes of files, and what each room says of itself."""

import ast
import inspect
import re

import pytest

from elements.contract import Element
from elements.registry import all_elements
from tests.architecture import furniture, house

LONGEST = 350  # lines of a file that a person reads in one go
REASONLESS = re.compile(
    r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])?\s*$", re.MULTILINE
)


def found() -> dict[str, set[str]]:
    """{app: names of its modules and packages}."""
    return {
        app: {
            path.stem
            for path in (house.ROOT / app).iterdir()
            if path.stem not in {"__init__", "__pycache__"} and (path.is_dir() or path.suffix == ".py")
        }
        for app in [*house.APPS, house.ROOF]
    }


def test_every_module_has_a_place_in_its_room():
    assert furniture.modules_without_a_place(found()) == []


def test_a_stray_module_is_found():
    assert furniture.modules_without_a_place({"cohorts": {"models", "stray"}}) == ["cohorts.stray"]


def test_no_drawers():
    names = [house.name_of(path) for path in house.modules(with_tests=True)]
    assert furniture.drawers(names) == []


def test_a_drawer_is_found():
    bad = ["pairs.utils", "pairs.views.helpers", "pairs.matching.matching"]
    assert furniture.drawers([*bad, "pairs.matching.solving", "manage"]) == bad


def test_no_file_is_too_long():
    readable = [*house.modules(), *house.templates(), *(house.ROOT / "static").rglob("*.css")]
    readable += (house.ROOT / "static").rglob("*.js")
    long = {str(p.relative_to(house.ROOT)): n for p in readable if (n := len(p.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_every_block_of_a_style_sheet_is_closed_once():
    depth = 0
    for brace in re.findall(r"[{}]", (house.ROOT / "static/css/house.css").read_text()):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize("app", [*house.APPS, house.ROOF])
def test_every_room_says_what_it_is_for_in_one_line(app):
    purpose = ast.get_docstring(house.tree(house.ROOT / app / "__init__.py"))
    assert purpose
    assert len(purpose.splitlines()) == 1


def test_every_module_says_what_it_is_for():
    silent = [
        house.name_of(path)
        for path in house.modules()
        if path.name not in {"urls.py", "apps.py"}
        and path.read_text().strip()
        and not ast.get_docstring(house.tree(path))
    ]
    assert [name for name in silent if not name.startswith("elements.formats")] == []


def suppressions(text: str) -> list[str]:
    return [match.group() for match in REASONLESS.finditer(text)]


def test_every_suppression_carries_its_reason():
    assert {
        house.name_of(path): lines
        for path in house.modules(with_tests=True)
        if (lines := suppressions(path.read_text()))
    } == {}


def test_a_suppression_without_reason_is_found():
    mark = "# " + "noqa"
    assert suppressions(f"import a  {mark}: F401\nimport b  {mark}: F401 - registers the rules\n") == [f"{mark}: F401"]


def test_every_element_answers_as_the_contract_asks():
    """A part of an element that takes other arguments would fail only when the house asks for it."""
    wrong = [
        f"{element.slug}.{name}"
        for element in all_elements()
        for name, asked in inspect.getmembers(Element, inspect.isfunction)
        if not _arguments(asked) <= _arguments(getattr(type(element), name))
    ]
    assert wrong == []


def _arguments(function) -> set[str]:
    return set(inspect.signature(function).parameters)
