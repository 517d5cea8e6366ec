"""Partners log that they talked, put it right, take it back; each keeps a note of her own."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from cohorts.models import Participant
from conversations.actions.planning import locked, plan_conversation, refuse_another
from conversations.choices import State
from conversations.models import Conversation, Note
from conversations.talk import Talk
from elements import clock
from elements.refusals import Refusal
from pairs.actions.living import own
from pairs.models import Pair
from projects.actions import add_action
from projects.models import Action


class HeldAlready(Refusal):
    """A conversation of that day is there already, with other words: it counts once."""

    def __init__(self, other: Conversation):
        self.other = other
        super().__init__(f"You have logged a conversation on {clock.in_full(other.falls_on)} already. Change that one.")


class IsToCome(Refusal):
    """What has not taken place cannot be logged."""


class IsNotAuthor(Refusal):
    """Only who belongs to the pair, or did, keeps notes."""


@transaction.atomic
def log_conversation(*, pair: Pair, talk: Talk, by, now: datetime) -> Conversation:
    """Partners talked; what was planned for that day took place. Raises PairHasEnded, IsNoPartner, IsToCome,
    HeldAlready. The same by the same partner a second time is the same conversation.
    """
    pair = own(pair, by=by, now=now)
    if there := _said_before(pair, talk, by):
        return there
    planned = Conversation.objects.planned().filter(pair=pair, falls_on=talk.falls_on).first()
    return _hold(planned or Conversation(pair=pair, sequence=0), pair, talk, by=by, now=now)


@transaction.atomic
def change_conversation(*, conversation: Conversation, talk: Talk, by, now: datetime, seen: str = "") -> Conversation:
    """A planned conversation took place, or something is put right in one that was logged.

    Raises PairHasEnded, IsNoPartner, IsToCome, HeldAlready, ConversationHasChanged.
    """
    pair = own(conversation.pair, by=by, now=now)
    conversation = locked(conversation)
    refuse_another(conversation, seen)
    return _hold(conversation, pair, talk, by=by, now=now)


def _said_before(pair: Pair, talk: Talk, by) -> Conversation | None:
    """The conversation of that day, if this partner said all of this of it: a button was pressed twice."""
    there = Conversation.objects.held().filter(pair=pair, falls_on=talk.falls_on, set_by=by).first()
    if there is None:
        return None
    said = (there.minutes, there.way, there.summary, there.prompts)
    if said != (talk.minutes, talk.way, talk.summary, list(dict.fromkeys(talk.prompts))):
        return None
    note = there.notes.filter(author__user=by).values_list("words", flat=True).first() or ""
    agreed = set(Action.objects.filter(said_in=there.pk).values_list("owner", "words", "due_on"))
    deeds = {(deed.owner.pk, deed.words, deed.due_on) for deed in talk.deeds}
    ahead = not talk.next_time or Conversation.objects.planned().filter(pair=pair, starts_at=talk.next_time[0]).exists()
    return there if note == talk.note and deeds <= agreed and ahead else None


def _hold(conversation: Conversation, pair: Pair, talk: Talk, *, by, now: datetime) -> Conversation:
    refuse_second(conversation, pair, talk.falls_on, now=now)
    was_held = conversation.state == State.HELD
    hold(conversation, falls_on=talk.falls_on, minutes=talk.minutes, by=by, now=now)
    if talk.summary != conversation.summary:
        conversation.warned = bool(talk.summary) and (conversation.warned or talk.warned)
    conversation.way, conversation.summary = talk.way, talk.summary
    conversation.prompts = list(dict.fromkeys(talk.prompts))
    conversation.save()
    did = "changed a conversation" if was_held else "logged a conversation"
    audit.record(by=by, did=did, on=conversation, scope=pair.cohort_id)
    _keep_note(conversation, talk.note, by=by, warned=talk.warned)
    for deed in talk.deeds:
        add_action(
            pair=pair,
            owner=deed.owner,
            words=deed.words,
            due_on=deed.due_on,
            said_on=talk.falls_on,
            said_in=conversation.pk,
            by=by,
        )
    if talk.next_time:
        starts_at, ends_at = talk.next_time
        plan_conversation(pair=pair, starts_at=starts_at, ends_at=ends_at, by=by, now=now)
    return conversation


def refuse_second(conversation: Conversation, pair: Pair, falls_on, *, now: datetime) -> None:
    """The day must have come, and no other conversation counts for it."""
    if falls_on > clock.local(now).date():
        raise IsToCome("Enter a day that has come.")
    other = Conversation.objects.held().filter(pair=pair, falls_on=falls_on).exclude(pk=conversation.pk).first()
    if other:
        raise HeldAlready(other)


def hold(conversation: Conversation, *, falls_on, minutes, by, now: datetime) -> None:
    """The columns of a conversation that took place; hours that were planned for another day are dropped."""
    if conversation.starts_at and clock.local(conversation.starts_at).date() != falls_on:
        conversation.starts_at = conversation.ends_at = None
    conversation.state, conversation.falls_on, conversation.minutes = State.HELD, falls_on, minutes
    conversation.sequence, conversation.changed_at, conversation.set_by = conversation.sequence + 1, now, by


@transaction.atomic
def remove_conversation(*, conversation: Conversation, by, now: datetime) -> None:
    """It was logged by mistake. What another wrote in it for herself stays hers. A second time nothing happens.

    Raises PairHasEnded, IsNoPartner.
    """
    pair = own(conversation.pair, by=by, now=now)
    conversation = Conversation.objects.select_for_update(of=("self",)).filter(pk=conversation.pk).first()
    if conversation is None or conversation.state != State.HELD:
        return
    audit.record(by=by, did="removed a conversation", on=conversation, scope=pair.cohort_id)
    conversation.notes.filter(author__user=by).delete()
    if not conversation.notes.exists():
        conversation.delete()
        return
    conversation.state, conversation.summary, conversation.prompts = State.REMOVED, "", []
    conversation.warned = False
    conversation.sequence, conversation.changed_at, conversation.set_by = conversation.sequence + 1, now, by
    conversation.save()


@transaction.atomic
def write_note(*, conversation: Conversation, words: str, by, warned: bool = False) -> None:
    """Keep a note of one's own of a conversation that one may see; without words it is taken away.

    A former partner may still change her own. Raises IsNotAuthor.
    """
    conversation = (
        Conversation.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=conversation.pk).first()
    )
    if conversation is None:
        raise IsNotAuthor("Only partners keep notes here.")
    _keep_note(conversation, words, by=by, warned=warned)
    if conversation.state == State.REMOVED and not conversation.notes.exists():
        conversation.delete()


def _keep_note(conversation: Conversation, words: str, *, by, warned: bool) -> None:
    """The record says that a note was kept, to no lead, and nothing of it."""
    note = conversation.notes.filter(author__user=by).first()
    if (note.words if note else "") == words:
        return
    if note is None:
        author = Participant.objects.get(user=by, cohort=conversation.pair.cohort_id)
        note = Note.objects.create(conversation=conversation, author=author, words=words, warned=warned)
    elif words:
        note.words, note.warned = words, note.warned or warned
        note.save(update_fields=["words", "warned"])
    audit.record(by=by, did="kept a private note", on=note)  # not on the conversation, which others look up
    if not words:
        note.delete()
