"""What a lead does about messages, in a browser: she writes to many and takes it back; an event moves and is off.

A reminder arrives. The calendar files are read by another library than the one that writes them.
"""

import re
from datetime import date, timedelta

import pytest
import vobject
from django.conf import settings as project
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from elements import clock
from reminders.delivery import send_round
from reminders.due import compose_due
from reminders.models import LocalLetter, Message
from tests.journeys.walking import DESK, Walk

pytestmark = pytest.mark.django_db(transaction=True)
LAUNCH = date(2031, 3, 28)  # a Friday; the clocks go forward on the Sunday


@pytest.fixture
def cohort():
    made = CohortFactory(name="Spring 2031", starts_on=LAUNCH, ends_on=date(2031, 12, 19))
    for number in range(4):
        ParticipantFactory(cohort=made, name=f"Person {number}", side="ab"[number % 2])
    return made


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def lead(request, browser, client, live_server, settings, cohort):
    cache.clear()
    settings.SITE_URL = live_server.url
    person = LeadFactory(cohort=cohort).user
    client.force_login(person)
    context = browser.new_context(viewport=DESK, java_script_enabled=request.param)
    sid = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": sid, "url": live_server.url}])
    walk = Walk(context.new_page(), live_server.url, has_script=request.param, pictures=False)
    walk.page.goto(f"{live_server.url}{cohort.get_absolute_url()}")
    yield walk
    context.close()


def files_to(address: str) -> list:
    """The calendar files that somebody was sent, oldest first."""
    letters = LocalLetter.objects.filter(to_addr=address).exclude(calendar="").order_by("sent_at")
    return [vobject.readOne(letter.calendar) for letter in letters]


def launch_messages():
    return Message.objects.filter(kind__startswith="cohorts.launch_")


def after_ten_minutes() -> None:
    """Nobody has pressed Undo: what waits goes."""
    launch_messages().filter(state="queued").update(next_at=timezone.now() - timedelta(minutes=1))
    send_round()


def test_a_lead_writes_to_many_and_takes_it_back(lead, cohort):
    lead.follow("Write to people")
    lead.look()
    lead.press("Write a message")
    lead.press("Go on: who gets it")
    lead.see("Enter a subject")
    lead.look()
    lead.say("Subject", "Launch on {{ launch }}: where to go")
    lead.say("Message", "Dear {{ nmae }},\n\nwe meet in the seminar room.")
    lead.press("Go on: who gets it")
    lead.see(re.compile("not one of the placeholders"))
    lead.say("Message", "Dear {{ name }},\n\nwe meet in the seminar room.")
    lead.press("Go on: who gets it")
    lead.see("4 people get this message")
    lead.see("Dear Person 0,")
    lead.see("Person 3")
    lead.look()
    lead.press("Send a test to me")
    lead.press("Send the message")
    lead.see("The messages go out at")
    lead.look()
    lead.press("Undo: send nothing")
    lead.see("4 people get this message")
    send_round()
    assert LocalLetter.objects.count() == 1, "the test to herself, and nothing else"
    states = sorted(Message.objects.filter(kind="cohorts.circular").values_list("state", flat=True))
    assert states == ["cancelled"] * 4 + ["sent"]


def test_an_event_is_set_moved_and_called_off_and_a_reminder_arrives(lead, cohort):
    address = cohort.participants.first().user.email
    lead.follow("Launch")
    lead.look()
    lead.say("Start time", "2pm")
    lead.say("End time", "1pm")
    lead.say("Place", "Seminar room")
    lead.press(re.compile("Go on"))
    lead.see(re.compile("End time must be after the start time"))
    lead.say("End time", "4pm")
    lead.press(re.compile("Go on"))
    lead.see("2 accepted doctors")
    lead.look()
    lead.press("Save and invite them")
    lead.look()
    lead.press(re.compile("Undo"))
    assert not launch_messages().exclude(state="cancelled").exists()
    lead.say("Start time", "2pm")
    lead.say("End time", "4pm")
    lead.say("Place", "Seminar room")
    lead.press(re.compile("Go on"))
    lead.press("Save and invite them")
    after_ten_minutes()
    lead.page.goto(f"{lead.address}{cohort.get_absolute_url()}launch/")
    lead.page.locator("#id_starts_on_0").fill("31")
    lead.press(re.compile("Go on"))
    lead.look()
    lead.press("Save and tell them")
    after_ten_minutes()
    first, moved = files_to(address)
    assert [each.method.value for each in (first, moved)] == ["REQUEST", "REQUEST"]
    assert first.vevent.uid.value == moved.vevent.uid.value
    assert int(moved.vevent.sequence.value) > int(first.vevent.sequence.value)
    assert (str(first.vevent.dtstart.value), str(moved.vevent.dtstart.value)) == (
        "2031-03-28 14:00:00+00:00",
        "2031-03-31 14:00:00+01:00",
    )

    compose_due(now=clock.at(date(2031, 3, 30)) - timedelta(minutes=1))
    assert not Message.objects.filter(kind="cohorts.launch_soon").exists()
    compose_due(now=clock.at(date(2031, 3, 30)))
    assert Message.objects.filter(kind="cohorts.launch_soon").count() == 5  # four who take part, and the lead

    lead.page.goto(f"{lead.address}{cohort.get_absolute_url()}launch/")
    lead.follow("Call the launch off")
    lead.look()
    lead.press("Call the launch off")
    after_ten_minutes()
    Message.objects.filter(kind="cohorts.launch_soon").update(expires_at=None)
    send_round()
    *_, off = files_to(address)
    assert (off.method.value, off.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert off.vevent.uid.value == first.vevent.uid.value
    assert set(Message.objects.filter(kind="cohorts.launch_soon").values_list("state", flat=True)) == {"cancelled"}
    expect(lead.page.get_by_role("heading", level=1)).to_be_visible()
