"""From an empty installation to a participant who sees her partner: what the README tells, in a browser.

It runs with and without scripts. With `--pictures` the pictures of the README are taken anew.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from accounts import first_person
from cohorts import taxonomies
from pairs.models import Pair, Run
from reminders.delivery import send_round
from reminders.models import Message
from tests.journeys.walking import DESK, PHONE, Walk

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = Path(settings.BASE_DIR) / "docs" / "examples" / "applicants.xlsx"
PASSWORD = "three random words here"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def afternoon(request, browser, live_server, settings):
    cache.clear()
    taxonomies.load(apps)
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "reminders.backend.OutboxBackend"  # tests put another in its place
    context = browser.new_context(viewport=DESK, java_script_enabled=request.param)
    yield Walk(
        context.new_page(),
        live_server.url,
        has_script=request.param,
        pictures=request.param and request.config.getoption("--pictures"),
    )
    context.close()


def test_from_a_spreadsheet_of_applicants_to_published_pairs(afternoon):
    become_administrator(afternoon)
    make_programme_and_cohort(afternoon)
    import_people(afternoon)
    say_what_counts(afternoon)
    find_and_read(afternoon)
    swap_two(afternoon)
    publish(afternoon)
    sign_in_as_a_participant(afternoon)


def become_administrator(lead: Walk) -> None:
    lead.page.goto(f"{lead.address}/start/{first_person.make_token()}/")
    lead.look()
    lead.press("Become the administrator")
    lead.see("Enter your full name")
    lead.look()
    lead.say("Full name", "Lesley Hart")
    lead.say("Email address", "lesley.hart@trust.example")
    lead.say("Password", PASSWORD)
    lead.press("Become the administrator")
    lead.see("You are the administrator")
    lead.look()


def make_programme_and_cohort(lead: Walk) -> None:
    lead.follow("Organisations")
    lead.press("Add an organisation")
    lead.look()
    lead.say("Name of the organisation", "Riverside Hospitals")
    lead.press("Add organisation")
    lead.page.goto(f"{lead.address}/programmes/")
    lead.press(re.compile("programme"))
    lead.say("Name of the programme", "Paired Learning")
    lead.page.get_by_label("Riverside Hospitals").check()
    lead.press("Make programme")
    lead.look()
    lead.say("Full name", "Lesley Hart")
    lead.say("Email address", "lesley.hart@trust.example")
    lead.press("Give the role")
    lead.look()
    lead.press(re.compile("cohort"))
    lead.page.get_by_label("Imperial").check()
    for box, words in (("Day", "1"), ("Month", "2"), ("Year", "2027")):
        lead.say(box, words)
    lead.look()
    lead.press(re.compile("Continue|Next"))
    lead.look()
    lead.say("Name of the cohort", "Spring 2027")
    lead.press("Make cohort")
    lead.see("From Monday 1 February 2027 to Sunday 31 October 2027.")
    lead.look("cohort")


def import_people(lead: Walk) -> None:
    lead.follow("Import people")
    lead.press("Upload and check")
    lead.see("Choose the file that holds the people")
    lead.look()
    lead.page.get_by_label("Sheet of people").set_input_files(SHEET)
    lead.press("Upload and check")
    lead.see("36 rows were read")
    lead.look()
    lead.press("Check every row")
    lead.look("preview")
    lead.follow(re.compile("places"))
    lead.look()
    lead.follow("All rows") if lead.page.get_by_role("main").get_by_role("link", name="All rows").count() else None
    lead.page.goto(lead.page.url.replace("words/settings/", ""))
    lead.follow("Answer the warnings")
    lead.look()
    lead.press(re.compile("Accept all"))
    lead.press(re.compile("Save: 36 new"))
    lead.see("The sheet was imported: 36 new.")
    lead.see("19 doctors, 17 managers")
    lead.look()


def say_what_counts(lead: Walk) -> None:
    lead.page.goto(f"{lead.address}/")
    lead.follow("Spring 2027")
    lead.follow("Pairing")
    lead.look()
    pairing = lead.page.url
    lead.follow("What counts")
    lead.choose("Seniority", "^The same counts a little$")
    lead.look()
    lead.press("Save what counts")
    for one, other in (("Jill Farrell", "Bruce Wright"), ("Roy Patel", "Nicole Allen")):
        lead.page.goto(pairing)
        lead.follow("Who is kept apart")
        lead.choose("One person", one)
        lead.choose("The other person", other)
        lead.press("Keep them apart")
        lead.look()
    lead.page.goto(pairing)
    lead.follow("Who is locked together")
    lead.choose("Doctor", "Melissa Grant")
    lead.choose("Manager", "Emma Shah")
    lead.press("Lock them together")
    lead.look()
    lead.page.goto(pairing)


def find_and_read(lead: Walk) -> None:
    lead.press("Find pairs")
    lead.see("17 pairs, 2 left over")
    lead.see("Melissa Grant and Emma Shah")
    lead.look("run")
    run = lead.page.url
    lead.follow("Sandra Evans")
    lead.look("why")
    lead.page.goto(run)


def swap_two(lead: Walk) -> None:
    lead.follow("Swap two pairs") if lead.page.get_by_role("link", name="Swap two pairs").count() else lead.press(
        "Swap two pairs"
    )
    lead.look()
    lead.choose("One pair", "Roy Patel")
    lead.choose("The other pair", "Lynne Howard")
    lead.press("See what it costs")
    lead.see("What would change")
    lead.look("swap")
    lead.press("Swap these two")
    lead.look()


def publish(lead: Walk) -> None:
    lead.press("Finish the draft and review")
    lead.look()
    lead.page.goto(f"{lead.address}/runs/{Run.objects.get().pk}/publish/")
    lead.look("publish")
    lead.page.get_by_label(re.compile("doctor", re.IGNORECASE)).first.check()
    for box, words in (("Day", "15"), ("Month", "2"), ("Year", "2027")):
        lead.say(box, words)
    lead.page.get_by_label(re.compile("Enter that number to confirm")).fill("34")
    lead.press("Publish these pairs")
    lead.see(re.compile("Undo"))
    lead.look()
    assert Message.objects.filter(kind="pairs.pair_published", state="queued").count() == 34
    assert not Pair.objects.filter(shown_from__lte=timezone.now()).exists()


def sign_in_as_a_participant(lead: Walk) -> None:
    ten_minutes_later()
    page = lead.page
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{lead.address}/mailbox/")
    lead.look()
    page.goto(f"{lead.address}/accounts/login/")
    lead.press("Email me a code instead")
    lead.say("Email address", "melissa.grant@trust.nhs.example")
    lead.press("Email me a code")
    send_round()
    where = page.url
    page.goto(f"{lead.address}/mailbox/")
    lead.page.get_by_role("main").get_by_role("link", name=re.compile("code", re.IGNORECASE)).first.click()
    letter = page.get_by_role("main").inner_text()
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", letter, re.MULTILINE).group(1)
    page.goto(where)
    page.get_by_label(re.compile("Code", re.IGNORECASE)).first.fill(code)
    lead.press("Continue")
    lead.see("Emma Shah")
    lead.look("partner")


def ten_minutes_later() -> None:
    """The clock of this test: what waits for ten minutes has waited."""
    Pair.objects.update(shown_from=timezone.now() - timedelta(minutes=1))
    Message.objects.filter(state="queued").update(next_at=timezone.now() - timedelta(minutes=1))
    send_round()
    assert not Message.objects.filter(state="queued").exists()
