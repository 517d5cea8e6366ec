"""Stairs go one way: who may import whom, drawn from the settings and so true of a new room from its first commit."""

import ast

import grimp
import pytest
from importlinter.cli import lint_imports

from tests.architecture import house
from tests.architecture.syntax import apps_named, imports, relative_imports

CONTRACT = """\
[importlinter]
root_packages =
{packages}

[importlinter:contract:stairs]
name = A module imports from its own folder and from floors below
type = layers
layers =
{layers}
ignore_imports =
    *.tests -> **
    *.tests.** -> **
unmatched_ignore_imports_alerting = none
"""


def contract(stairs: list[list[str]]) -> str:
    """The contract as import-linter reads it. Tests may climb: rooms borrow the roof's tables in theirs."""
    return CONTRACT.format(
        packages="\n".join(f"    {app}" for floor in stairs for app in floor),
        layers="\n".join("    " + " | ".join(floor) for floor in stairs),
    )


def is_kept(text: str, folder) -> bool:
    path = folder / "stairs.ini"
    path.write_text(text)
    return lint_imports(config_filename=str(path), no_cache=True) == 0


@pytest.fixture(autouse=True)
def others_still_speak(monkeypatch):
    """The linter sets up logging of its own, which silences whoever logs already: for tests that come later as well."""
    monkeypatch.setattr("importlinter.cli._configure_logging", lambda verbose: None)


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*[app for floor in house.STAIRS for app in floor], cache_dir=None)


def test_imports_go_down_the_stairs(tmp_path, capsys):
    assert is_kept(contract(house.STAIRS), tmp_path), capsys.readouterr().out


def test_a_stair_the_wrong_way_is_found(tmp_path):
    """With accounts above cohorts the house as it stands breaks the contract."""
    upside_down = [floor for floor in house.STAIRS if floor != ["accounts"]]
    upside_down.insert(2, ["accounts"])
    assert not is_kept(contract(upside_down), tmp_path)


def test_every_package_has_a_floor():
    packages = {path.parent.name for path in house.ROOT.glob("*/__init__.py") if not path.parent.name.startswith(".")}
    assert packages == set(house.HEIGHT)


def test_production_imports_no_test(graph):
    def is_test(name):
        return "tests" in name.split(".") or name == "conftest"

    climbing = [
        f"{name} imports {other}"
        for name in graph.modules
        if not is_test(name)
        for other in graph.find_modules_directly_imported_by(name)
        if is_test(other)
    ]
    assert climbing == []


def hidden(module: str, tree) -> list[str]:
    """The imports of our own modules that stand inside a function: each is a circle, or a way up that no map shows."""
    found = imports(tree, hidden=True)
    return [f"{module}:{line} imports {name}" for line, name in found if name.split(".")[0] in house.HEIGHT]


def test_no_import_of_ours_hides_in_a_function():
    assert [line for path in house.modules() for line in hidden(house.name_of(path), house.tree(path))] == []


def test_a_hidden_import_is_found():
    inside = "def view():\n    from pairs.models import Pair\n    from django.http import Http404\n"
    assert hidden("cohorts.views", ast.parse(inside)) == ["cohorts.views:2 imports pairs.models"]


def named(module: str, tree) -> list[str]:
    """The models asked for by name that are neither one's own nor from below, or whose app no test can read."""
    own = module.split(".")[0]
    wrong = []
    for line, app in apps_named(tree):
        if app is None or (app != own and house.HEIGHT.get(app, 0) >= house.HEIGHT[own]):
            wrong.append(f"{module}:{line} names a model of {app or 'an app that is not told'}")
    return wrong


def test_no_model_from_upstairs_is_asked_for_by_its_name():
    assert [line for path in house.modules() for line in named(house.name_of(path), house.tree(path))] == []


def test_a_model_from_upstairs_is_found():
    asked = 'apps.get_model("{}", "Pair")'
    assert named("cohorts.querysets", ast.parse(asked.format("pairs"))) == [
        "cohorts.querysets:1 names a model of pairs"
    ]
    assert named("shadowing.querysets", ast.parse(asked.format("workshops"))) != []
    assert [named(f"{app}.querysets", ast.parse(asked.format("pairs"))) for app in ("pairs", "projects")] == [[], []]
    assert named("pairs.querysets", ast.parse("apps.get_model(app, 'Pair')")) != []


def test_imports_are_absolute():
    assert [f"{house.name_of(p)}: {w}" for p in house.modules() for w in relative_imports(house.tree(p))] == []


def circles(edges: dict[str, set[str]]) -> list[set[str]]:
    """The circles of a graph: sets of modules each of which reaches every other (Tarjan 1972)."""
    index, low, stack, found = {}, {}, [], []

    def visit(name):
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in edges.get(name, ()):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            circle = set(stack[stack.index(name) :])
            del stack[stack.index(name) :]
            if len(circle) > 1:
                found.append(circle)

    for name in edges:
        if name not in index:
            visit(name)
    return found


def test_no_circle_of_imports(graph):
    """Between modules, packages not counted."""
    edges = {
        name: graph.find_modules_directly_imported_by(name) for name in graph.modules if "tests" not in name.split(".")
    }
    assert [sorted(circle) for circle in circles(edges)] == []


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]
    assert circles({"a": {"b", "c"}, "b": {"c"}}) == []


ORDER = ("choices", "querysets", "models", "rules", "actions", "forms", "views", "urls")


def test_layers_inside_a_room_import_downwards(graph):
    """urls > views > forms > actions > rules > models > querysets > choices."""
    wrong = []
    for name in graph.modules:
        parts = name.split(".")
        if len(parts) < 2 or parts[1] not in ORDER:
            continue
        for other in graph.find_modules_directly_imported_by(name):
            there = other.split(".")
            is_inside = there[0] == parts[0] and len(there) > 1 and there[1] in ORDER
            if is_inside and ORDER.index(there[1]) > ORDER.index(parts[1]):
                wrong.append(f"{name} imports {other}")
    assert wrong == []
