"""The documents say what the code does."""

import re

import pytest

from tests.architecture import house

ARCHITECTURE = house.ROOT / "docs" / "architecture.md"
RECORDS = sorted((house.ROOT / "docs" / "adr").glob("*.md"))


def first_block(text: str) -> str:
    return re.search(r"```\n(.*?)\n```", text, re.DOTALL).group(1)


def test_the_stairs_are_drawn_as_they_are():
    assert first_block(ARCHITECTURE.read_text()) == house.stairs_as_text()


def test_every_floor_is_described():
    described = re.findall(r"^\| (`.*?`) \|", ARCHITECTURE.read_text(), re.MULTILINE)
    names = {name for cell in described for name in re.findall(r"`([a-z]+)`", cell)}
    assert {*house.APPS, house.ROOF} - names == set()


@pytest.mark.parametrize("path", [ARCHITECTURE, *RECORDS], ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path):
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", path.read_text())
    missing = [name for name in named if not name.startswith("tests/matrix") and not (house.ROOT / name).exists()]
    assert missing == []


def test_the_front_page_leads_to_every_guide():
    said = (house.ROOT / "README.md").read_text()
    guides = [f"docs/guide/{path.name}" for path in (house.ROOT / "docs" / "guide").glob("*.md")]
    assert [guide for guide in guides if f"({guide})" not in said] == []


def test_records_are_numbered_once():
    numbers = [path.name[:4] for path in RECORDS]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in RECORDS)
