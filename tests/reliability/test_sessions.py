"""How long a session rests and lives, and that signing in makes a new one."""

import time

import pytest
from django.conf import settings
from django.urls import reverse

from cohorts.choices import RoleKind
from cohorts.models import Role
from tests.permissions.world import WORD, World

MINUTE, HOUR = 60, 3600


@pytest.fixture
def world(db):
    return World()


def after(client, *, rested: int = 0, lived: int = 0):
    """The answer of the home page in a session whose last sign of life and whose beginning lie so far back."""
    client.get(reverse("home"))
    session = client.session
    now = int(time.time())
    session["seen_at"], session["began_at"] = now - rested, now - max(lived, rested)
    session.save()
    return client.get(reverse("home"))


@pytest.mark.parametrize(
    ("role", "rested", "stays"),
    [
        ("lead", 29 * MINUTE, True),
        ("lead", 31 * MINUTE, False),
        ("programme_lead", 31 * MINUTE, False),
        ("evaluator", 31 * MINUTE, False),
        ("administrator", 31 * MINUTE, False),
        ("doctor", 31 * MINUTE, True),
        ("facilitator", 31 * MINUTE, True),
        ("sponsor", 31 * MINUTE, True),
        ("doctor", 119 * MINUTE, True),
        ("doctor", 121 * MINUTE, False),
        ("sponsor", 121 * MINUTE, False),
    ],
)
def test_a_session_that_rests_too_long_ends(role, rested, stays, client, world):
    client.force_login(world.person(role))
    assert (after(client, rested=rested).status_code == 200) is stays


@pytest.mark.parametrize("role", ["doctor", "lead"])
def test_a_session_lives_twelve_hours_at_most(role, client, world):
    client.force_login(world.person(role))
    assert after(client, lived=12 * HOUR - MINUTE).status_code == 200
    assert after(client, lived=12 * HOUR + MINUTE).status_code == 302


def test_whoever_was_away_comes_back_to_the_same_page(client, world):
    client.force_login(world.person("doctor"))
    client.get(reverse("home"))
    session = client.session
    session["seen_at"] -= 3 * HOUR
    session.save()
    answer = client.get("/accounts/email/?page=2")
    assert answer["Location"] == f"{reverse('account_login')}?next=/accounts/email/%3Fpage%3D2"
    back = client.post(
        answer["Location"], {"login": world.doctor.email, "password": WORD, "next": "/accounts/email/?page=2"}
    )
    assert back["Location"] == "/accounts/email/?page=2"


HOST = "http://testserver"
DRAFT_DROP = "/drafts/drop/"  # takes POST alone


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{HOST}/accounts/email/?page=2", "/accounts/email/%3Fpage%3D2"),
        ("", "/"),
        ("https://evil.example/accounts/email/", "/"),
        (f"{HOST}//evil.example/", "/"),
        (f"{HOST}{DRAFT_DROP}", "/"),
        ("/accounts/email/", "/"),
        ("http://[", "/"),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_after_a_button_pressed_too_late_one_comes_back_to_its_page(referer, back, is_known, client, world):
    """An address that takes forms alone would answer a visit with an empty page."""
    if is_known:
        client.force_login(world.person("doctor"))
        client.get(reverse("home"))
        session = client.session
        session["seen_at"] -= 3 * HOUR
        session.save()
    answer = client.post(DRAFT_DROP, {"page": "/"}, headers={"referer": referer})
    assert answer["Location"] == f"{reverse('account_login')}?next={back}"


@pytest.mark.parametrize("path", ["/accounts/email/", "/"])
def test_after_a_form_sent_too_late_one_comes_back_to_the_form(path, client, world):
    answer = client.post(path, {}, headers={"referer": f"{HOST}/accounts/sessions/"})
    assert answer["Location"] == f"{reverse('account_login')}?next={path}"


def test_an_address_that_takes_forms_alone_says_so(client, world):
    client.force_login(world.person("doctor"))
    answer = client.get(DRAFT_DROP)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "This address only takes a form" in answer.content.decode()


def test_signing_in_makes_a_new_session(client, world):
    """A key that somebody planted before sign-in is worth nothing afterwards."""
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    answer = client.post(reverse("account_login"), {"login": world.doctor.email, "password": WORD})
    assert answer.status_code == 302
    assert client.session.session_key != before


def test_a_stopped_account_is_out_at_its_next_page(client, world):
    client.force_login(world.person("doctor"))
    assert client.get(reverse("home")).status_code == 200
    person = world.person("doctor")
    person.is_active = False
    person.save()
    assert client.get(reverse("home")).status_code == 302


DAY = 24 * HOUR


def signed_in(client, world, role: str, **ticked) -> None:
    person = world.person(role)
    assert client.post(reverse("account_login"), {"login": person.email, "password": WORD, **ticked}).status_code == 302


@pytest.mark.parametrize(
    ("role", "ticked", "rested", "stays"),
    [
        ("doctor", {"own_phone": "on"}, 3 * HOUR, True),
        ("doctor", {"own_phone": "on"}, 30 * DAY - HOUR, True),
        ("doctor", {"own_phone": "on"}, 30 * DAY + HOUR, False),
        ("doctor", {}, 3 * HOUR, False),
        ("lead", {"own_phone": "on"}, 31 * MINUTE, False),
        ("evaluator", {"own_phone": "on"}, 31 * MINUTE, False),
        ("administrator", {"own_phone": "on"}, 31 * MINUTE, False),
    ],
)
def test_ones_own_phone_stays_signed_in_for_thirty_days_but_nobodys_who_is_privileged(
    role, ticked, rested, stays, client, world
):
    signed_in(client, world, role, **ticked)
    assert (after(client, rested=rested).status_code == 200) is stays


@pytest.mark.parametrize(("role", "outlives"), [("doctor", True), ("lead", False)])
def test_only_a_phone_of_ones_own_outlives_the_browser(role, outlives, client, world):
    signed_in(client, world, role, own_phone="on")
    client.get(reverse("home"))
    assert client.session.get_expire_at_browser_close() is not outlives
    assert (client.session.get_expiry_age() == 30 * DAY) is outlives


def test_whoever_is_named_lead_later_is_out_at_the_leads_limit(client, world):
    signed_in(client, world, "doctor", own_phone="on")
    assert after(client, rested=3 * HOUR).status_code == 200
    Role.objects.create(user=world.doctor, kind=RoleKind.LEAD, cohort=world.cohort)
    assert after(client, rested=31 * MINUTE).status_code == 302


def test_the_next_person_on_the_same_browser_says_it_anew(client, world):
    signed_in(client, world, "doctor", own_phone="on")
    client.post(reverse("account_logout"))
    signed_in(client, world, "manager")
    assert after(client, rested=3 * HOUR).status_code == 302


def test_the_limits_are_those_that_trusts_are_told():
    assert (settings.IDLE_LIMIT_PRIVILEGED, settings.IDLE_LIMIT, settings.SESSION_COOKIE_AGE) == (1800, 7200, 43200)
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
