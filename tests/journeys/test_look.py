"""How every page looks and behaves, in a browser: one gallery page, and the pages of sign-in."""

import pytest
from playwright.sync_api import expect

from tests.journeys.watched import Watched

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.gallery")]
WIDTHS = (320, 375, 1280)


@pytest.fixture
def watched(page, live_server) -> Watched:
    return Watched(page, live_server.url)


@pytest.mark.parametrize("width", WIDTHS)
def test_gallery_is_accessible_with_and_without_errors(page, live_server, watched, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/gallery/?said=1")
    assert watched.problems() == []
    assert not watched.is_wider_than_screen()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title("Error: Gallery – Paired Learning")
    assert watched.problems() == []
    assert not watched.is_wider_than_screen()


@pytest.mark.parametrize("width", WIDTHS)
def test_shots(page, live_server, watched, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/gallery/?said=1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title("Error: Gallery – Paired Learning")
    page.goto(f"{live_server.url}/accounts/login/")
    page.goto(f"{live_server.url}/nothing-here/")
    page.goto(f"{live_server.url}/accounts/password/reset/")
