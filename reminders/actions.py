"""What people change about messages: their wording, one's own choices, an address that works again."""

from datetime import time
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from elements.contract import Kind
from elements.refusals import Refusal
from elements.registry import kind_named
from reminders.choices import MAY_BE_CANCELLED
from reminders.models import BadAddress, Edit, Feed, Message, Preference, Wording
from reminders.outbox import CannotMove
from reminders.wording import Words, problems, standard


class CannotSay(Refusal):
    """These words cannot be used; `problems` are (field, sentence)."""

    def __init__(self, found):
        self.problems = list(found)
        super().__init__("; ".join(sentence for _, sentence in self.problems))


def _refuse_bad_words(kind: Kind, words: Words, *, may: bool) -> None:
    if not may:
        raise CannotSay([(None, "The words of this message cannot be changed")])
    if found := list(problems(kind, words)):
        raise CannotSay(found)


@transaction.atomic
def set_wording(*, scope: UUID, kind: Kind, words: Words, by) -> Wording | None:
    """How messages of a kind read in one cohort from now on; the standard words are no wording of one's own.

    Raises CannotSay.
    """
    _refuse_bad_words(kind, words, may=kind.has_wording)
    if words == standard(kind):
        drop_wording(scope=scope, kind=kind, by=by)
        return None
    wording, _ = Wording.objects.update_or_create(
        scope=scope, kind=kind.name, defaults={"subject": words.subject, "body": words.body}
    )
    audit.record(by=by, did=f"changed the wording of {kind.name}", on=wording, scope=scope)
    return wording


@transaction.atomic
def drop_wording(*, scope: UUID, kind: Kind, by) -> None:
    """Back to the standard words."""
    wording = Wording.objects.filter(scope=scope, kind=kind.name).first()
    if wording:
        audit.record(by=by, did=f"went back to the standard wording of {kind.name}", on=wording, scope=scope)
        wording.delete()


@transaction.atomic
def copy_wordings(*, source: UUID, target: UUID, by) -> None:
    """Next year's messages read as this year's; what was changed there already stays."""
    known = set(Wording.objects.filter(scope=target).values_list("kind", flat=True))
    fresh = [
        Wording(scope=target, kind=each.kind, subject=each.subject, body=each.body)
        for each in Wording.objects.filter(scope=source).exclude(kind__in=known)
    ]
    Wording.objects.bulk_create(fresh)
    if fresh:
        audit.record(by=by, did=f"took over the wording of {len(fresh)} messages", on=fresh[0], scope=target)


@transaction.atomic
def edit_message(*, message: Message, words: Words, by) -> Message:
    """Change the words of one message that still waits. Raises CannotSay, CannotMove."""
    kind = kind_named(message.kind)
    _refuse_bad_words(kind, words, may=kind.is_editable)
    if not Message.objects.filter(pk=message.pk, state__in=MAY_BE_CANCELLED).update(is_edited=True):
        message.refresh_from_db()
        raise CannotMove(f"The message is {message.get_state_display().lower()}.")
    Edit.objects.update_or_create(message=message, defaults={"subject": words.subject, "body": words.body})
    message.refresh_from_db()
    audit.record(by=by, did="changed the words of a message", on=message, scope=message.scope)
    return message


@transaction.atomic
def choose(*, person, muted: list[str], quiet_from: time, quiet_until: time, by) -> Preference:
    """What somebody wants to hear of, and when it is quiet."""
    preference, _ = Preference.objects.update_or_create(
        person=person, defaults={"muted": sorted(muted), "quiet_from": quiet_from, "quiet_until": quiet_until}
    )
    audit.record(by=by, did="chose what to hear of", on=preference)
    return preference


@transaction.atomic
def renew_feed(*, person, by) -> Feed:
    """Make a private calendar address, or a new one: the old one leads nowhere from now on."""
    feed, _ = Feed.objects.update_or_create(person=person, defaults={"nonce": uuid4()})
    audit.record(by=by, did="made a private calendar address", on=feed)
    return feed


@transaction.atomic
def drop_feed(*, person, by) -> None:
    """Take the private calendar address back."""
    feed = Feed.objects.filter(person=person).first()
    if feed:
        audit.record(by=by, did="took back a private calendar address", on=feed)
        feed.delete()


@transaction.atomic
def trust_address(*, address: str, about, scope: UUID | None, by) -> bool:
    """A person says that an address works again: messages go there from now on. False if it was not refused.

    `about` is the person or message on whose page this was said.
    """
    if not BadAddress.objects.filter(address=address).delete()[0]:
        return False
    audit.record(by=by, did="said that an address works again", on=about, scope=scope)
    return True
