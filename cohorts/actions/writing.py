"""A message to many people of a cohort: written, tried on oneself, sent once, taken back within ten minutes."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.choices import CircularState
from cohorts.circulars import KIND, NAME, UNDO_FOR, facts_for, mark_of, people_of
from cohorts.models import Circular, Cohort
from elements.refusals import Refusal
from reminders import outbox
from reminders.actions import CannotSay
from reminders.wording import Words, problems


class NobodyToWriteTo(Refusal):
    """Nobody belongs to whom it was written."""

    def __init__(self) -> None:
        super().__init__("Nobody gets this message. Choose other people")


class ListHasChanged(Refusal):
    """The people or the words are not those that were shown."""

    def __init__(self) -> None:
        super().__init__("The list or the words have changed since you read them. Read them again, then send")


class IsSentAlready(Refusal):
    """A message that was sent stays as it is."""

    def __init__(self) -> None:
        super().__init__("This message has been sent. Write a new one, or undo while there is time")


class TooLateToUndoCircular(Refusal):
    """The ten minutes are over, or a message has gone."""

    def __init__(self) -> None:
        super().__init__("The messages are on their way and cannot be taken back")


@transaction.atomic
def write_circular(
    *, cohort: Cohort, audience: str, subject: str, body: str, by, circular: Circular | None = None
) -> Circular:
    """Write a message to many, or change its draft. Raises CannotSay, IsSentAlready."""
    if found := list(problems(KIND, Words(subject, body))):
        raise CannotSay(found)
    if circular is None:
        circular = Circular.objects.create(cohort=cohort, audience=audience, subject=subject, body=body, by=by)
        audit.record(by=by, did="wrote a message to many", on=circular, scope=cohort.pk)
        return circular
    circular = _draft(circular)
    circular.audience, circular.subject, circular.body, circular.by = audience, subject, body, by
    circular.save(update_fields=["audience", "subject", "body", "by"])
    audit.record(by=by, did="changed a message to many", on=circular, scope=cohort.pk)
    return circular


@transaction.atomic
def try_circular(*, circular: Circular, by) -> Circular:
    """Send it to oneself alone, at once."""
    facts = facts_for(circular, by)
    outbox.post_test(
        kind=NAME, to=by, ref={"circular": circular.pk}, facts=facts, scope=circular.cohort_id, about=circular.pk
    )
    audit.record(by=by, did="sent a message to many to oneself, as a test", on=circular, scope=circular.cohort_id)
    return circular


@transaction.atomic
def send_circular(*, circular: Circular, by, shown: str) -> Circular:
    """One message to each, which waits ten minutes. Sending a second time changes nothing.

    `shown` is the mark of what the reader said yes to. Raises NobodyToWriteTo, ListHasChanged.
    """
    take_turn(circular.cohort)
    circular = Circular.objects.locked(circular)
    if circular.state == CircularState.SENT:
        return circular
    people = list(people_of(circular.audience, circular.cohort))
    if not people:
        raise NobodyToWriteTo
    if shown != mark_of(circular, people):
        raise ListHasChanged
    circular.state, circular.sent_at, circular.times = CircularState.SENT, timezone.now(), circular.times + 1
    circular.by = by
    circular.save(update_fields=["state", "sent_at", "times", "by"])
    letters = [
        outbox.Letter(
            to=person.user,
            key=f"{_prefix(circular)}{person.pk}",
            ref={"circular": circular.pk, "participant": person.pk},
            reply_to=by,
        )
        for person in people
    ]
    outbox.post_all(kind=NAME, letters=letters, scope=circular.cohort_id, not_before=UNDO_FOR)
    audit.record(by=by, did=f"sent a message to {len(people)} people", on=circular, scope=circular.cohort_id)
    return circular


@transaction.atomic
def undo_circular(*, circular: Circular, by) -> Circular:
    """Within ten minutes: nobody gets it, and it is a draft again. Raises TooLateToUndoCircular."""
    circular = Circular.objects.locked(circular)
    if circular.state != CircularState.SENT:
        return circular
    if timezone.now() >= circular.sent_at + UNDO_FOR:
        raise TooLateToUndoCircular
    try:
        outbox.cancel_keys(prefix=_prefix(circular), by=by)
    except outbox.TooLateToCancel as late:
        raise TooLateToUndoCircular from late
    circular.state, circular.sent_at = CircularState.DRAFT, None
    circular.save(update_fields=["state", "sent_at"])
    audit.record(by=by, did="took a message to many back", on=circular, scope=circular.cohort_id)
    return circular


@transaction.atomic
def drop_circular(*, circular: Circular, by) -> None:
    """Delete a draft that was never sent. Raises IsSentAlready."""
    circular = _draft(circular)
    audit.record(by=by, did="deleted a draft of a message to many", on=circular, scope=circular.cohort_id)
    circular.delete()


def _draft(circular: Circular) -> Circular:
    circular = Circular.objects.locked(circular)
    if circular.state != CircularState.DRAFT:
        raise IsSentAlready
    return circular


def _prefix(circular: Circular) -> str:
    """The keys of one sending begin so: what an earlier Undo cancelled is another sending."""
    return f"circular:{circular.pk}:{circular.times}:"
