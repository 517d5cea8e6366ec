"""How every page looks and behaves, in a browser: one gallery page with every part and component."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.models import Draft
from cohorts.tests.factories import UserFactory
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.journeys.gallery")]
WIDTHS = (320, 375, 1280)


@pytest.fixture
def watched(page, live_server) -> Watched:
    return Watched(page, live_server.url)


@pytest.fixture
def person(client, page, live_server):
    """Somebody who is signed in, in the browser too."""
    person = UserFactory()
    client.force_login(person)
    sid = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sid, "url": live_server.url}])
    return person


@pytest.mark.parametrize("width", WIDTHS)
def test_gallery_is_accessible_with_and_without_errors(page, live_server, watched, person, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/gallery/?said=1")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert watched.problems() == []
    assert not watched.is_wider_than_screen()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title("Error: Gallery – Paired Learning")
    assert watched.problems() == []
    assert not watched.is_wider_than_screen()


def test_summary_takes_focus_and_leads_into_the_fields(page, live_server, watched):
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the launch date").click()
    expect(page.get_by_label("Day", exact=True)).to_be_focused()
    page.get_by_role("link", name="Enter your full name").click()
    expect(page.get_by_label("Full name")).to_be_focused()
    assert watched.complaints == []


@pytest.mark.parametrize("with_script", [True, False])
def test_a_choice_opens_its_field_with_and_without_script(browser, live_server, with_script):
    page = browser.new_context(java_script_enabled=with_script).new_page()
    page.goto(f"{live_server.url}/gallery/")
    expect(page.get_by_label("Band")).to_be_hidden()
    page.get_by_label("Manager").first.check()
    expect(page.get_by_label("Band")).to_be_visible()


def test_rows_grow_without_script(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_label("Theme").fill("Flow")
    page.get_by_role("button", name="Add another").click()
    expect(page.get_by_label("Theme")).to_have_count(2)
    expect(page.get_by_label("Theme").first).to_have_value("Flow")


def test_a_long_text_is_kept_while_typing_and_a_sent_one_is_not_kept_again(page, live_server, watched, person):
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_label("Notes").fill("I learnt that")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    assert Draft.objects.get(owner=person).texts == {"notes": "I learnt that"}
    assert Draft.objects.get(owner=person).page == "/gallery/"
    Draft.objects.all().delete()
    page.get_by_label("Notes").fill("I learnt that waiting lists are made")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    assert not Draft.objects.exists()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert watched.complaints == []


def test_a_text_is_kept_when_the_page_is_left_at_once(page, live_server, watched, person):
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_label("Notes").fill("Half a thought")
    page.goto(f"{live_server.url}/accounts/logout/")
    expect(page.get_by_role("heading", name="Sign out")).to_be_visible()
    page.wait_for_timeout(500)
    assert Draft.objects.get(owner=person).texts == {"notes": "Half a thought"}
