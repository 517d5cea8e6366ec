"""Every page of the permission matrix in a browser, as somebody who may open it: accessible, and no wider than a phone.

Pages with a form are sent empty as well, so that their errors are looked at too.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.journeys.watched import Watched
from tests.permissions.test_matrix import all_rows
from tests.permissions.world import World, in_worlds

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = {"phone": 320, "desk": 1280}
BOXES = "main form[method=post] :is(input:not([type=hidden]), select)"
FIRST = ("lead", "programme_lead", "administrator")
ROWS = [row for row in all_rows() if "GET" in row.methods and not row.answers and not row.url.startswith("admin:")]


@contextmanager
def emptied():
    """The server reads what is committed, so that a world ends by being deleted."""
    yield
    call_command("flush", verbosity=0, interactive=False)


def address(world: World, row) -> str:
    keys = {word: getattr(world.thing(name), "pk", world.thing(name)) for word, name in row.ids.items()}
    return reverse(row.url, kwargs={**keys, **row.fixed})


def is_a_page(client: Client, path: str) -> bool:
    """Files to download and addresses that lead elsewhere are not looked at."""
    answer = client.get(path)
    is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    answer.close()
    return is_html


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_every_page_is_accessible_with_and_without_errors(page, live_server, width):
    looked_at, wrong = 0, []
    watched = Watched(page, live_server.url)
    page.set_viewport_size({"width": width, "height": 800})
    for world, row in in_worlds(ROWS, within=emptied):
        role = next((role for role in (*FIRST, *sorted(row.may)) if role in row.may), None)
        path, client = address(world, row), Client()
        if role:
            client.force_login(world.person(role))
        if not is_a_page(client, path):
            continue
        wear(page, live_server.url, client)
        page.goto(live_server.url + path)
        wrong += [(path, role, said) for said in look(page, watched)]
        looked_at += 1
        if "POST" in row.methods and page.locator(BOXES).count():
            send_empty(page)
            wrong += [(path, role, "sent empty", said) for said in look(page, watched)]
    assert looked_at > 50
    assert wrong == []


def wear(page, site: str, client: Client) -> None:
    """Sign the browser in as this client."""
    page.context.clear_cookies()
    if session := client.cookies.get(settings.SESSION_COOKIE_NAME):
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": site}])


# What somebody can press: neither folded away, nor the one that only Enter presses.
SENDS = "button:is([type=submit], :not([type])):not([aria-hidden]):visible"


def send_empty(page) -> None:
    """Send the first form of the page with nothing in its boxes."""
    for box in page.locator("main form[method=post] input:is([type=text], [type=email], [type=password])").all():
        if box.is_visible():
            box.fill("")
    with page.expect_navigation():
        page.locator(f"main form[method=post] {SENDS}").first.click()


def look(page, watched: Watched) -> list[str]:
    page.locator("h1").first.wait_for()
    said = watched.problems()
    watched.complaints.clear()
    if watched.is_wider_than_screen():
        said.append("wider than the screen")
    return said
