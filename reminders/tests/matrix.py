"""Who may open the mailbox and a cohort's messages."""

import uuid

from reminders.models import Feed, LocalLetter, Message
from reminders.preferences import Wishes
from tests.permissions.table import EVERYBODY, Row

LEADS = {"lead", "programme_lead"}  # without limit to an organisation
READERS = LEADS | {"organisation_lead"}
NOT_LEADS = {"doctor", "manager", "colleague", "facilitator", "evaluator", "sponsor"}
OPEN = "local mode only: a sign-in code must be readable while signed out"
A_MESSAGE = {"cohort_id": "cohort", "letter_id": "letter"}

ROLE_WORDS = {"subject": "Your role: {{ role }}", "body": "{{ role }} of {{ place }}, sign in:\n{{ link }}"}


def make_letter(world) -> Message:
    """A message to the doctor, whom every lead of the cohort may see."""
    return Message.objects.create(
        key="matrix",
        kind="cohorts.role_given",
        ref={"role": world.lead_role.pk},
        recipient=world.doctor,
        to_addr=world.doctor.email,
        scope=world.cohort.pk,
        message_id=f"<{uuid.uuid4()}@trust.example>",
    )


def make_local_letter(world) -> LocalLetter:
    return LocalLetter.objects.create(to_addr=world.doctor.email, subject="Your code", text="ABCD-1234")


def make_feed(world) -> Feed:
    return Feed.objects.create(person=world.doctor)


OBJECTS = {
    "letter": make_letter,
    "local_letter": make_local_letter,
    "feed_of_doctor": make_feed,
    "wishes": lambda world: Wishes(),
}
CHOICES = {"heard": [], "quiet_from": "20:00", "quiet_until": "07:00"}

ROWS = [
    Row(url="mailbox", public=True, why=OPEN),
    Row(url="mailbox_letter", ids={"letter_id": "local_letter"}, public=True, why=OPEN),
    Row(url="mailbox_calendar", ids={"letter_id": "local_letter"}, public=True, why=OPEN),
    Row(url="preferences", may=EVERYBODY, methods=("GET", "POST"), post=CHOICES),
    Row(url="feed_renew", may=EVERYBODY, methods=("POST",)),
    Row(url="feed_drop", may=EVERYBODY, methods=("POST",)),
    Row(
        url="feed",
        ids={"person_id": "feed_of_doctor"},
        fixed={"token": "0" * 64},
        public=True,
        why="calendar programmes do not sign in: the address is the secret, and a wrong one is nobody's",
        answers=404,
    ),
    Row(url="post_list", ids={"cohort_id": "cohort"}, may=READERS, may_not=NOT_LEADS),
    Row(url="post_week", ids={"cohort_id": "cohort"}, may=READERS, may_not=NOT_LEADS),
    Row(url="post_detail", ids=A_MESSAGE, may=READERS, may_not=NOT_LEADS),
    Row(
        url="post_edit",
        ids=A_MESSAGE,
        may=LEADS,
        may_not=NOT_LEADS | {"organisation_lead"},
        methods=("GET", "POST"),
        post={**ROLE_WORDS, "save": "1"},
    ),
    Row(
        url="post_trust_address",
        ids=A_MESSAGE,
        may=LEADS,
        may_not=NOT_LEADS | {"organisation_lead"},
        methods=("POST",),
    ),
    Row(url="post_hold", ids=A_MESSAGE, may=LEADS, may_not=NOT_LEADS | {"organisation_lead"}, methods=("POST",)),
    Row(url="post_release", ids=A_MESSAGE, may=LEADS, may_not=NOT_LEADS | {"organisation_lead"}, methods=("POST",)),
    Row(
        url="post_cancel", ids=A_MESSAGE, may=LEADS, may_not=NOT_LEADS | {"organisation_lead"}, methods=("GET", "POST")
    ),
    Row(
        url="post_send_again",
        ids=A_MESSAGE,
        may=LEADS,
        may_not=NOT_LEADS | {"organisation_lead"},
        methods=("GET", "POST"),
    ),
]
