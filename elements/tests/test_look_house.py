"""Rules for every template of the house, and for the files a server hands out."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from elements.templatetags.nhsuk import clock

ROOT = Path(settings.BASE_DIR)
BY_HAND = re.compile(r"<(?:select|textarea)\b|<input\b(?![^>]*\btype=\"hidden\")", re.I)
PACK = ("templates/nhsuk/", "templates/allauth/")
INLINE = re.compile(r"\sstyle=|\son(?:click|change|submit|load|input)=|<style\b|javascript:", re.I)


def templates() -> dict[str, str]:
    """Path from the root to text, of every page and part of a page; mails have rules of their own."""
    found = [
        path
        for app in ("templates", *(each.name for each in ROOT.iterdir() if (each / "templates").is_dir()))
        for path in (ROOT / app).rglob("*.html")
    ]
    names = {path.relative_to(ROOT).as_posix(): path.read_text() for path in found}
    return {name: text for name, text in names.items() if "/emails/" not in name and "/email/" not in name}


def test_no_template_writes_a_form_field_by_hand():
    assert len(templates()) > 40
    found = {name: BY_HAND.findall(text) for name, text in templates().items() if not name.startswith(PACK)}
    assert {name: tags for name, tags in found.items() if tags} == {}


@pytest.mark.parametrize("field", ['<input type="text">', "<input name=a>", "<select>", "<TEXTAREA rows=3>"])
def test_a_field_by_hand_is_seen(field):
    assert BY_HAND.search(field)
    assert not BY_HAND.search('<input type="hidden" name="a">')


def test_no_template_carries_style_or_script_that_the_policy_refuses():
    assert {name: INLINE.findall(text) for name, text in templates().items() if INLINE.search(text)} == {}
    bare = re.compile(r"<script\b(?![^>]*\b(?:src|nonce)=)")
    assert [name for name, text in templates().items() if bare.search(text)] == []


def test_every_page_has_one_heading():
    pages = {
        name: text
        for name, text in templates().items()
        if "{% block content %}" in text and name != "templates/base.html"
    }
    assert {
        name: text.count("<h1") for name, text in pages.items() if text.count("<h1") > 1 and "{% else %}" not in text
    } == {}


def test_collected_files_carry_their_content_in_their_names_and_nothing_from_outside(tmp_path):
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "pairedlearning.staticfiles.HashedFiles"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    sheets = list((tmp_path / "nhsuk" / "css").glob("nhsuk-frontend-*.css"))
    assert len(sheets) == 2
    assert all("assets.nhs.uk" not in sheet.read_text() and "nhsuk-button" in sheet.read_text() for sheet in sheets)
    assert len(list((tmp_path / "js").glob("house.*.js"))) == 1
    assert len(list((tmp_path / "css").glob("house.*.css.br"))) == 1


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_pages_for_the_worst_hour_need_nothing_but_themselves(name):
    text = (ROOT / "templates" / name).read_text()
    assert "{%" not in text
    assert "{{" not in text
    assert '<html lang="en-GB">' in text
    assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) == {"/static/css/plain.css"}
    assert (ROOT / "static/css/plain.css").exists()


@pytest.mark.django_db
def test_a_missing_page_says_so_in_the_house_style(client):
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert '<h1 class="nhsuk-heading-l">Page not found</h1>' in answer.content.decode()


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (17, 30, "5:30pm")],
)
def test_times_are_said_as_people_say_them(hour, minute, said):
    assert clock(datetime(2027, 1, 6, hour, minute, tzinfo=ZoneInfo("Europe/London"))) == said


def test_times_are_those_of_london_in_summer():
    assert clock(datetime(2027, 7, 6, 13, 0, tzinfo=UTC)) == "2pm"
