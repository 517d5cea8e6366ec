"""Lock files pin every package by hash and say nothing of the machine that made them."""

import re
from importlib.metadata import distributions
from itertools import pairwise

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


EXTRAS = {"", "brotli", "compatible-mypy", "mfa", "socialaccount"}  # those that our own requirements ask for


def pinned_with_extras(text: str) -> set[tuple[str, frozenset[str]]]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==", text, flags=re.MULTILINE)
    return {(canonicalize_name(name), frozenset(re.split(r",\s*", extras)) - {""}) for name, extras in found}


def asked_with_extras() -> set[tuple[str, frozenset[str]]]:
    """What the installed packages ask of each other with an extra, as in pyjwt[crypto]."""
    wishes = [Requirement(wish) for package in distributions() for wish in package.requires or ()]
    return {
        (canonicalize_name(wish.name), frozenset(wish.extras))
        for wish in wishes
        if wish.extras and (not wish.marker or any(wish.marker.evaluate({"extra": extra}) for extra in EXTRAS))
    }


def test_a_lock_pins_what_is_asked_for_with_an_extra_under_that_extra():
    """The pip of a plain Python 3.11 does not know a[b] from a pinned a: it takes the newest and then stops."""
    pinned = set().union(*(pinned_with_extras(path.read_text()) for path in LOCKS))
    names = {name for name, _ in pinned}
    asked = {(name, extras) for name, extras in asked_with_extras() if name in names}
    assert ("pyjwt", frozenset({"crypto"})) in asked
    assert asked - pinned == set()


def test_an_extra_that_a_lock_dropped_is_found():
    assert pinned_with_extras("pyjwt==2 \\\nwhitenoise[brotli]==6 \\\n") == {
        ("pyjwt", frozenset()),
        ("whitenoise", frozenset({"brotli"})),
    }


def without_reason(text: str) -> list[str]:
    """Requirements with no comment, neither beside them nor on the line above."""
    lines = ["", *(line for line in text.splitlines() if line.strip())]
    return [
        line
        for above, line in pairwise(lines)
        if not line.startswith(("#", "-")) and "#" not in line and not above.startswith("#")
    ]


@pytest.mark.parametrize("path", sorted(house.ROOT.glob("requirements*.in")), ids=lambda path: path.name)
def test_every_direct_requirement_says_why_it_is_there(path):
    assert without_reason(path.read_text()) == []


def test_a_requirement_without_reason_is_found():
    assert without_reason("# what runs\nDjango  # the framework\nrules\n") == ["rules"]
