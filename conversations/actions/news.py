"""What partners hear of a planned conversation, and that it is off when they are partners no longer."""

from collections.abc import Iterable
from datetime import datetime

from accounts import audit
from cohorts.models import Participant
from conversations.choices import State
from conversations.models import Conversation
from pairs import telling
from pairs.models import Pair

PLANNED, CALLED_OFF = "conversations.planned", "conversations.called_off"


def tell(
    kind: str,
    conversation: Conversation,
    *,
    pair: Pair,
    until: datetime | None = None,
    people: Iterable[Participant] | None = None,
) -> None:
    telling.tell(kind, conversation, name="conversation", pair=pair, until=until, people=people)


def off(conversation: Conversation, *, pair: Pair, by, now: datetime, people=None) -> None:
    """It does not take place. Of what lies ahead every partner is told."""
    conversation.state, conversation.set_by, conversation.changed_at = State.CALLED_OFF, by, now
    conversation.sequence += 1
    conversation.save(update_fields=["state", "set_by", "changed_at", "sequence"])
    if conversation.starts_at > now:
        tell(CALLED_OFF, conversation, pair=pair, people=people)
    audit.record(by=by, did="called a conversation off", on=conversation, scope=pair.cohort_id)


def drop_ahead(*, pair: Pair, by, now: datetime, people=None) -> None:
    """Call off whatever of this pair is still to come."""
    for conversation in Conversation.objects.ahead(now=now).filter(pair=pair).select_for_update(of=("self",)):
        off(conversation, pair=pair, by=by, now=now, people=people)
