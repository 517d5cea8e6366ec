"""Lock files pin every package by hash and say nothing of the machine that made them."""

import re

import pytest

from tests.architecture import house

LOCKS = sorted(house.ROOT.glob("requirements*.txt"))
OF_A_MACHINE = re.compile(
    r"--(extra-)?index-url|--find-links|--trusted-host|(^|\s)-[if]\s|file:|https?://|(^|[\s='\"])(/|~/|[A-Za-z]:\\)\S",
    re.MULTILINE,
)


def of_a_machine(text: str) -> list[str]:
    return [match.group().strip() for match in OF_A_MACHINE.finditer(text)]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_index_and_no_place(path):
    assert of_a_machine(path.read_text()) == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash(path):
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE).strip())
    unpinned = [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    assert unpinned == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--find-links wheels",
        "numpy @ file:wheels/numpy.whl",
        "# made in /home/somebody/project",
        "-i https://packages.example/simple",
    ],
)
def test_a_lock_that_tells_of_its_machine_is_found(line):
    assert of_a_machine(f"numpy==1 \\\n    --hash=sha256:00\n{line}\n")


def test_every_direct_requirement_says_why_it_is_there():
    silent = []
    for path in house.ROOT.glob("requirements*.in"):
        lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith(("#", "-"))]
        silent += [line for line in lines if "#" not in line]
    assert silent == []
