"""The pages of sign-in and those for what went wrong, in a browser."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from playwright.sync_api import expect

from accounts.models import User
from tests.journeys.watched import Watched

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "three random words here"
SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
]
SIGNED_IN = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/nothing-here/",
]


@pytest.fixture(autouse=True)
def forget_attempts():
    cache.clear()


@pytest.fixture
def person():
    person = User.objects.create_user("ada@trust.example", PASSWORD, name="Ada Palmer")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Email address").fill("ada@trust.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_of_somebody_signed_out_are_accessible(page, live_server, width):
    watched = Watched(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    for path in SIGNED_OUT:
        page.goto(live_server.url + path)
        assert page.url == live_server.url + path
        assert (path, watched.problems()) == (path, [])
        button = page.locator("main form button[type=submit]").first
        if button.count():
            button.click()
            expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
            assert (path, watched.problems()) == (path, [])
        assert not watched.is_wider_than_screen()


@pytest.mark.parametrize("width", [375, 1280])
def test_pages_of_somebody_signed_in_are_accessible(page, live_server, person, width):
    watched = Watched(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, f"{live_server.url}/accounts/login/?next=/accounts/password/change/")
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    for path in SIGNED_IN:
        page.goto(live_server.url + path)
        watched.complaints = [said for said in watched.complaints if "404" not in said]
        assert (path, watched.problems()) == (path, [])
        assert not watched.is_wider_than_screen()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_wrong_password_is_told_in_words_and_the_address_stays(page, live_server, person):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email address").fill("ada@trust.example")
    page.get_by_label("Password", exact=True).fill("something else")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("they do not belong together")
    expect(page.get_by_label("Email address")).to_have_value("ada@trust.example")


def test_a_code_page_answers_alike_for_known_and_unknown(page, live_server, person):
    watched = Watched(page, live_server.url)
    texts = []
    for address in ("ada@trust.example", "nobody@trust.example"):
        page.goto(f"{live_server.url}/accounts/login/code/?next=/accounts/sessions/")
        page.get_by_label("Email address").fill(address)
        page.get_by_role("button", name="Email me a code").click()
        expect(page.get_by_label("Code")).to_be_visible()
        assert watched.problems() == []
        texts.append(page.locator("main").inner_text().replace(address, "…"))
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("link", name="Enter the code from our message")).to_be_visible()
        assert watched.problems() == []
        page.get_by_role("button", name="Use another address").or_(
            page.get_by_role("link", name="Cancel")
        ).first.click()
    assert texts[0] == texts[1]
