"""The page of one message: why it is sent, where it stands, how it reads now; and nothing that is confidential."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts import actions
from cohorts.circulars import Review
from cohorts.letters import in_plain_words, moment
from cohorts.tests.factories import CohortFactory, OrganisationFactory
from cohorts.tests.post import do, lead_of, member, page_of, write
from elements.contract import Event
from reminders.choices import State
from reminders.delivery import QUIET
from reminders.models import Message
from reminders.tests import trial

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def ann(cohort):
    return member(cohort, "Ann Elm").user


@pytest.fixture
def lead(cohort, client):
    return lead_of(cohort, client)


def test_the_page_says_to_whom_why_when_and_how_it_reads_now(client, lead, cohort, ann):
    later = timezone.now() + timedelta(days=2)
    letter = write(cohort, ann, kind="cohorts.role_given", ref={"role": cohort.roles.get().pk}, next_at=later)
    page = page_of(client, letter)
    assert "To Ann Elm" in page
    assert "A role was given" in page
    assert "Sent when somebody is named lead, facilitator, evaluator or sponsor" in page
    assert f"It waits: so that it can still be taken back, until {moment(later)}" in page
    assert "Hello Lee Oak" in page
    assert "It goes out by itself when its time has come." in page


BUTTONS = {
    "post_hold": "Hold back",
    "post_release": "Release",
    "post_cancel": "Cancel this message",
    "post_send_again": "Send again",
}
OFFERED = {
    State.QUEUED: {"post_hold", "post_cancel"},
    State.HELD: {"post_release", "post_cancel"},
    State.CLAIMED: set(),
    State.TRANSMITTING: set(),
    State.SENT: {"post_send_again"},
    State.FAILED: {"post_send_again"},
    State.UNKNOWN: {"post_send_again"},
    State.CANCELLED: set(),
}


@pytest.mark.parametrize("state", State)
def test_each_state_offers_what_it_allows_and_says_so(client, lead, cohort, ann, state):
    in_hand = {"claimed_by": "a", "claimed_at": timezone.now()} if state in {"claimed", "transmitting"} else {}
    sent = {"sent_at": timezone.now()} if state == State.SENT else {}
    letter = write(cohort, ann, state=state, **in_hand, **sent)
    page = page_of(client, letter)
    found = {name for name in BUTTONS if reverse(name, args=[cohort.pk, letter.pk]) in page}
    assert found == OFFERED[state]
    assert all(BUTTONS[name] in page for name in found)
    assert state.label in page


def test_what_was_done_with_it_is_kept_with_names_of_this_cohort(client, lead, cohort, ann):
    lead.name = "Prof Given-Elsewhere"
    lead.save()
    letter = write(cohort, ann)
    do(client, "post_hold", letter)
    page = page_of(client, letter)
    assert "Lee Oak held a message back" in page
    assert "Given-Elsewhere" not in page.partition("<main")[2]


def test_a_message_that_cannot_be_written_says_so(client, lead, cohort, ann):
    page = page_of(client, write(cohort, ann, kind="cohorts.role_given", ref={"role": 0}))
    assert "It is no longer needed." not in page
    assert "It cannot be written at this moment" in page
    assert "It cannot be written at this moment" in page_of(client, write(cohort, ann, kind="trial.broken"))


def test_a_message_that_nobody_needs_any_more_says_so(client, lead, cohort, ann):
    trial.NOT_WANTED.add("thing")
    assert "It is no longer needed." in page_of(client, write(cohort, ann))
    gone = write(cohort, ann, state=State.SENT, sent_at=timezone.now())
    assert "It is no longer needed." not in page_of(client, gone)


def test_a_calendar_file_is_named(client, lead, cohort, ann):
    at = timezone.now()
    trial.EVENTS["thing"] = Event("a@x", 0, "First meeting", at, at + timedelta(hours=1), at)
    assert "A calendar file goes with it" in page_of(client, write(cohort, ann, kind="trial.meeting"))
    assert "A calendar file goes with it" not in page_of(client, write(cohort, ann))


@pytest.mark.parametrize("kind", ["trial.hidden", "trial.asked", "gone.kind"])
@pytest.mark.parametrize("what", ["post_detail", "post_cancel", "post_send_again"])
def test_secret_counted_and_unknown_kinds_have_no_page(client, lead, cohort, ann, kind, what):
    letter = write(cohort, ann, kind=kind)
    assert client.get(reverse(what, args=[cohort.pk, letter.pk])).status_code == 404
    assert client.post(reverse("post_hold", args=[cohort.pk, letter.pk])).status_code == 404


def test_a_lead_of_one_organisation_reads_where_it_stands_but_not_its_words(client, cohort):
    """They may name people of another trust, who are not hers to see."""
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    mine = write(cohort, member(cohort, "Ann Here", organisation=here).user)
    other = write(cohort, member(cohort, "Bob There", organisation=there).user)
    lead_of(cohort, client, organisation=here)
    page = page_of(client, mine)
    assert "Ann Here" in page
    assert "Please do thing" not in page
    assert not any(words in page for words in BUTTONS.values())
    assert client.get(reverse("post_detail", args=[cohort.pk, other.pk])).status_code == 404


def test_markup_in_a_fact_is_shown_as_text(client, lead, cohort, ann):
    letter = write(cohort, ann, ref={"about": "<script>alert(1)</script>{{ link }}%s"})
    page = page_of(client, letter)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ link }}%s" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        ("550 nobody here", State.FAILED, "refused it for good"),
        ("451 not now", State.QUEUED, "It is tried again by itself."),
        ("451 not now", State.FAILED, "would not take it at that time"),
        ("ConnectionRefusedError: [Errno 111]", State.QUEUED, "could not be reached"),
        ("SMTPServerDisconnected: gone", State.UNKNOWN, "broke off"),
        ("Could not be written: DoesNotExist", State.FAILED, "no longer there"),
        ("Switched off by the person.", State.CANCELLED, "Switched off by the person."),
        ("", State.QUEUED, ""),
    ],
)
def test_what_went_wrong_is_said_in_plain_words(said, state, words):
    found = in_plain_words(Message(last_error=said, state=state))
    assert words in found
    assert "Error:" not in found
    assert ("tried again" in found) == (state == State.QUEUED and bool(said))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({}, "So that it can still be taken back, until"),
        ({"next_at": "past"}, "For the next round of sending"),
        ({"last_error": QUIET}, "For the end of this person's quiet hours"),
        ({"last_error": "451 not now", "attempts": 1}, "For another try"),
        ({"state": State.HELD}, "Until a lead releases it"),
        ({"state": State.CANCELLED}, "Written"),
    ],
)
def test_list_and_page_say_why_a_message_waits(client, lead, cohort, ann, row, words):
    now = timezone.now()
    row = {"next_at": now + timedelta(hours=1), **row}
    if row["next_at"] == "past":
        row["next_at"] = now - timedelta(hours=1)
    letter = write(cohort, ann, **row)
    listed = " ".join(client.get(reverse("post_list", args=[cohort.pk])).content.decode().split())
    assert words in unescape(listed)
    assert words[1:] in unescape(page_of(client, letter))


def test_the_page_to_edit_one_message_leads_only_to_pages_that_are_there(client, lead, cohort, ann):
    made = actions.write_circular(
        cohort=cohort, by=lead, audience="taking_part", subject="News", body="Dear {{ name }}"
    )
    actions.send_circular(circular=made, by=lead, shown=Review(made).mark)
    letter = Message.objects.get(kind="cohorts.circular")
    page = client.get(reverse("post_edit", args=[cohort.pk, letter.pk])).content.decode()
    links = re.findall(r'<a class="nhsuk-link" href="(/[^"]+)"', page)
    assert links
    assert {client.get(link).status_code for link in links} == {200}
