"""What every page tells the browser: keep nothing, run nothing foreign, sit in no frame."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.permissions.table import EVERYBODY
from tests.permissions.test_matrix import Trial, all_rows
from tests.permissions.world import WANTS_TOKENS, World, in_worlds, undone

POLICY = {
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture
def world(db):
    return World()


def pages():
    """(address, answer) of every page of the matrix, to somebody who may see it."""
    for world, row in in_worlds(all_rows()):
        if "GET" in row.methods and row.may:
            trial = Trial(world, row)
            client = world.browser(min(row.may))
            with undone():
                yield trial.here, client.get(trial.here)


def unkept(answer) -> list[str]:
    """What an answer to somebody signed in lacks."""
    policy = {part.strip() for part in answer.get("Content-Security-Policy", "").split(";")}
    scripts = next((part for part in policy if part.startswith("script-src")), "")
    wrong = [f"policy without {part}" for part in POLICY - policy]
    if "'self'" not in scripts or "unsafe" in " ".join(policy):
        wrong.append(f"scripts by {scripts!r}")
    for name, value in {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        if value not in answer.get(name, ""):
            wrong.append(f"{name}: {answer.get(name)}")
    return wrong


def test_every_page_behind_sign_in_keeps_out_of_caches_frames_and_foreign_scripts(db):
    assert {here: wrong for here, answer in pages() if (wrong := unkept(answer))} == {}


def test_a_page_without_its_headers_is_found():
    from django.http import HttpResponse

    assert len(unkept(HttpResponse("bare"))) > len(POLICY)


def test_signing_out_asks_the_browser_to_forget(client, world):
    client.force_login(world.person("doctor"))
    assert client.get(reverse("account_logout")).get("Clear-Site-Data") is None
    assert client.get(reverse("home")).status_code == 200, "a GET signs nobody out"
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(reverse("home")).status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, world):
    client.post(reverse("account_login"), {"login": world.lead.email, "password": "wrong word here"})
    client.get(reverse("account_login"))
    client.force_login(world.person("lead"))
    client.get(reverse("home"))
    kept = {name: cookie for name, cookie in client.cookies.items() if cookie.value}
    assert kept
    assert [name for name, cookie in kept.items() if name != "messages" and not cookie["httponly"]] == []
    assert {cookie["samesite"] for cookie in kept.values()} == {"Lax"}


def test_health_is_told_in_one_word_and_keeps_to_one_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_is_503_without_a_database(client, monkeypatch):
    from django.db import DatabaseError

    from pairedlearning import health

    def gone():
        raise DatabaseError

    monkeypatch.setattr(health.connection, "cursor", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"database" in answer.content


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "trust.example:80", "a b", "localhost@evil.example"]
)
def test_a_foreign_host_is_refused(host, client, db, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    answer = client.get(reverse("account_login"), headers={"host": host})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


def test_a_forwarded_host_is_not_believed(client, db):
    answer = client.get(reverse("account_login"), headers={"x-forwarded-host": "evil.example"})
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "http:evil.example",
    "https://localhost@evil.example/",
    "javascript:alert(1)",
    "%2F%2Fevil.example",
    "/%09/evil.example",
    " //evil.example",
    "///evil.example",
    "ftp://evil.example",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_signing_in_leads_to_our_own_pages_only(address, client, world):
    from tests.permissions.world import WORD

    answer = client.post(reverse("account_login"), {"login": world.lead.email, "password": WORD, "next": address})
    assert answer.status_code == 302
    assert urlsplit(as_a_browser_goes(answer["Location"])).netloc == "testserver"


def as_a_browser_goes(location: str) -> str:
    """Where a browser is led from the sign-in page: it takes a backslash for a slash and drops tabs and line ends."""
    read = re.sub(r"[\t\r\n]", "", location).strip().replace("\\", "/")
    return urljoin(f"http://testserver{reverse('account_login')}", read)


@pytest.mark.parametrize("location", ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"])
def test_a_way_to_another_site_is_seen_as_a_browser_sees_it(location):
    assert urlsplit(as_a_browser_goes(location)).netloc == "evil.example"


@pytest.mark.parametrize(
    "step", ["account_login", "account_logout", "account_request_login_code", "account_reset_password", "draft_keep"]
)
def test_a_form_without_its_token_is_refused(step, world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.person("doctor"))
    answer = client.post(reverse(step), {"login": "a@trust.example", "email": "a@trust.example"})
    assert answer.status_code == 403


def test_every_form_of_the_matrix_wants_its_token(db):
    """Each address that takes a POST, from somebody who may send one."""
    taken = []
    for world, row in in_worlds(all_rows()):
        if "POST" in row.methods:
            trial = Trial(world, row)
            client = world.browser(min(row.may or EVERYBODY), handler=WANTS_TOKENS)
            with undone():
                answer = client.post(trial.here, trial.post if isinstance(trial.post, dict) else {})
            if answer.status_code != 403:
                taken.append(f"{trial.here}: {answer.status_code}")
    assert taken == []
