"""A bench is arrays and dataclasses: it knows neither Django nor the rest of the house, and loads only when used."""

import ast
import os
import subprocess
import sys

import pytest

from tests.architecture import house
from tests.architecture.syntax import imports

HEAVY = ("scipy", "numpy", "vl_convert")  # the last must not have drawn before a server forks either


def run(code: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=house.ROOT, env=os.environ, check=False
    )


def foreign(bench: str, tree: ast.AST) -> list[str]:
    """Modules that a bench may not know: Django, and any other part of the house."""
    names = [name for hidden in (True, False) for _, name in imports(tree, hidden=hidden)]
    # `from pairs import matching` names the room, and means the bench inside it
    return [
        name
        for name in names
        if name.split(".")[0] in {"django", *house.HEIGHT} and name != bench and not name.startswith(f"{bench}.")
    ]


@pytest.mark.parametrize("bench", house.BENCHES)
def test_a_bench_knows_nothing_of_the_house(bench):
    folder = house.ROOT / bench.replace(".", "/")
    wrong = [
        f"{house.name_of(path)} imports {name}"
        for path in folder.rglob("*.py")
        for name in foreign(bench, house.tree(path))
        if not (name == bench.split(".")[0] and is_of_the_bench(path, bench))
    ]
    assert wrong == []


def is_of_the_bench(path, bench: str) -> bool:
    """Whether every `from <room> import …` of a file names the bench alone."""
    room, name = bench.split(".")
    taken = [
        alias.name
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == room
        for alias in node.names
    ]
    return set(taken) == {name}


def test_a_bench_that_knows_django_is_found():
    tree = ast.parse("from django.utils import timezone\nfrom pairs import models\nfrom pairs.matching import solving")
    assert foreign("pairs.matching", tree) == ["django.utils", "pairs"]


@pytest.mark.parametrize("bench", house.BENCHES)
def test_a_bench_runs_without_django(bench):
    told = run(f"import sys, {bench}; sys.exit('django' in sys.modules and 'Django was loaded')")
    assert told.returncode == 0, told.stderr


def test_checking_the_house_loads_no_numbers():
    """Settings, models and addresses are imported by every command: what takes long is imported where it is used."""
    told = run(
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'pairedlearning.settings'\n"
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('check')\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    assert told.returncode == 0, told.stderr
