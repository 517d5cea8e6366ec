"""Partners plan a conversation, move it and call it off."""

from datetime import UTC, datetime

from django.db import transaction

from accounts import audit
from conversations.actions.news import PLANNED, off, tell
from conversations.choices import State
from conversations.models import Conversation
from elements import clock
from elements.refusals import Refusal
from pairs.actions.living import own
from pairs.models import Pair


class ConversationIsPast(Refusal):
    """The time of the conversation has come."""


class ConversationHasChanged(Refusal):
    """It is no longer what the reader of the page saw."""


@transaction.atomic
def plan_conversation(
    *, pair: Pair, starts_at: datetime, ends_at: datetime, by, now: datetime, place: str = "", way: str = ""
) -> Conversation:
    """Plan a conversation; every partner gets it for the calendar. The same twice is one.

    Raises PairHasEnded, IsNoPartner, ConversationIsPast.
    """
    # Of an hour that comes twice, Python calls a moment in London equal to no other: moments are compared in UTC.
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    pair = own(pair, by=by, now=now)
    if starts_at <= now:
        raise ConversationIsPast("Enter a time that is still to come.")
    there = Conversation.objects.planned().filter(pair=pair, starts_at=starts_at).first()
    if there:
        return there
    conversation = Conversation(pair=pair, state=State.PLANNED, sequence=0)
    _set(conversation, pair=pair, times=(starts_at, ends_at), place=place, way=way, by=by, now=now)
    audit.record(by=by, did="planned a conversation", on=conversation, scope=pair.cohort_id)
    return conversation


@transaction.atomic
def move_conversation(
    *,
    conversation: Conversation,
    starts_at: datetime,
    ends_at: datetime,
    by,
    now: datetime,
    place: str = "",
    way: str = "",
    seen: str = "",
) -> Conversation:
    """Another time or place; every partner gets it for the calendar. Without a change nothing is sent.

    `seen` is the mark of what the page showed. Raises PairHasEnded, IsNoPartner, ConversationIsPast,
    ConversationHasChanged.
    """
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    pair = own(conversation.pair, by=by, now=now)
    conversation = locked(conversation)
    if starts_at <= now:
        raise ConversationIsPast("Enter a time that is still to come.")
    was = (conversation.starts_at, conversation.ends_at, conversation.place, conversation.way, conversation.state)
    if was == (starts_at, ends_at, place, way, State.PLANNED):
        return conversation
    refuse_another(conversation, seen)
    if conversation.state != State.PLANNED:
        raise ConversationHasChanged("This conversation is not planned any more.")
    _set(conversation, pair=pair, times=(starts_at, ends_at), place=place, way=way, by=by, now=now)
    audit.record(by=by, did="moved a conversation", on=conversation, scope=pair.cohort_id)
    return conversation


@transaction.atomic
def call_off_conversation(*, conversation: Conversation, by, now: datetime, seen: str = "") -> Conversation:
    """It does not take place, or did not. A second time nothing happens.

    Raises PairHasEnded, IsNoPartner, ConversationHasChanged.
    """
    pair = own(conversation.pair, by=by, now=now)
    conversation = locked(conversation)
    if conversation.state == State.CALLED_OFF:
        return conversation
    refuse_another(conversation, seen)
    if conversation.state != State.PLANNED:
        raise ConversationHasChanged("This conversation is not planned any more.")
    off(conversation, pair=pair, by=by, now=now)
    return conversation


def _set(conversation: Conversation, *, pair: Pair, times, place: str, way: str, by, now: datetime) -> None:
    conversation.starts_at, conversation.ends_at = times
    conversation.falls_on = clock.local(conversation.starts_at).date()
    conversation.place, conversation.way = place, way
    conversation.sequence, conversation.changed_at, conversation.set_by = conversation.sequence + 1, now, by
    conversation.save()
    tell(PLANNED, conversation, pair=pair, until=conversation.ends_at)


def locked(conversation: Conversation) -> Conversation:
    """As it stands now, under a row lock."""
    return Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)


def refuse_another(conversation: Conversation, seen: str) -> None:
    """Who saw something else is told what it is now, and may save again."""
    if not seen or seen == mark(conversation):
        return
    raise ConversationHasChanged(
        f"This conversation was changed while you had this page open: it is {_stands(conversation)}. "
        "Send this page again if you still want to change it."
    )


def _stands(conversation: Conversation) -> str:
    state = State(conversation.state)
    return f"on {conversation.when}" if state == State.PLANNED else state.label.lower()


def mark(conversation: Conversation) -> str:
    """A mark of what a page shows of a conversation."""
    return str(conversation.sequence)
