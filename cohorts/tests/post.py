"""Messages of a cohort for its tests: a lead who is signed in, people, and rows of the outbox."""

import uuid
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cohorts.tests.factories import LeadFactory, ParticipantFactory, UserFactory
from reminders.choices import State
from reminders.models import Message


def lead_of(cohort, client, **role):
    """Somebody who leads the cohort, signed in."""
    person = UserFactory(name="Lee Oak")
    LeadFactory(user=person, cohort=cohort, name="Lee Oak", **role)
    client.force_login(person)
    return person


def member(cohort, name: str, **columns):
    """Somebody whom this cohort knows by that name."""
    return ParticipantFactory(cohort=cohort, name=name, **columns)


def write(cohort, to, kind="trial.asked_for", **columns) -> Message:
    pk = uuid.uuid4()
    columns = {"key": str(pk), "ref": {"about": "thing"}, **columns}
    return Message.objects.create(
        kind=kind, recipient=to, to_addr=to.email, scope=cohort.pk, message_id=f"<{pk}@x>", **columns
    )


def ten_minutes_pass() -> None:
    """What waits for an Undo waits no longer."""
    Message.objects.filter(state=State.QUEUED).update(next_at=timezone.now() - timedelta(seconds=1))


def words(answer) -> str:
    """The text of a page with its spaces made one."""
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def page_of(client, letter: Message, what: str = "post_detail") -> str:
    return words(client.get(reverse(what, args=[letter.scope, letter.pk])))


def do(client, what: str, letter: Message, **given):
    return client.post(reverse(what, args=[letter.scope, letter.pk]), given, follow=True)
