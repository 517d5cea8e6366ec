"""The states of a message and the ways between them, in one table."""

from datetime import time, timedelta

from django.db import models


class State(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", "Waiting"
    HELD = "held", "Held back"
    CLAIMED = "claimed", "About to be sent"
    TRANSMITTING = "transmitting", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Not known whether it arrived"
    CANCELLED = "cancelled", "Cancelled"


# From each state, the states that may follow. "Send again" makes a new row, so an end stays an end.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.CLAIMED, State.HELD, State.CANCELLED}),
    State.HELD: frozenset({State.QUEUED, State.CANCELLED}),
    State.CLAIMED: frozenset({State.TRANSMITTING, State.CANCELLED, State.FAILED, State.QUEUED}),
    State.TRANSMITTING: frozenset({State.SENT, State.QUEUED, State.FAILED, State.UNKNOWN}),
    State.SENT: frozenset(),
    State.FAILED: frozenset(),
    State.UNKNOWN: frozenset(),
    State.CANCELLED: frozenset(),
}

LIVE = frozenset({State.QUEUED, State.HELD, State.CLAIMED, State.TRANSMITTING})
IN_HAND = frozenset({State.CLAIMED, State.TRANSMITTING})
MAY_HAVE_ARRIVED = frozenset({State.SENT, State.UNKNOWN})
MAY_BE_CANCELLED = frozenset({State.QUEUED, State.HELD})
MAY_BE_SENT_AGAIN = frozenset({State.SENT, State.FAILED, State.UNKNOWN})

TRIES = 8
BACKOFF = (1, 5, 15, 60, 240)  # minutes after the first, second … try; the last one repeats
UNDO_FOR = timedelta(minutes=10)  # what is written to many waits so long
LEASE = timedelta(minutes=5)  # after which a message in hand belongs to nobody
SEALED_FOR = timedelta(minutes=10)  # how long a text with a secret may wait; a sign-in code lives no longer

NUDGES = 2  # about one thing to one person; after that the leads are told, or nobody
NUDGE_AGAIN = timedelta(days=7)
QUIET_FROM, QUIET_UNTIL = time(20), time(7)  # unless a person chooses otherwise
CALENDAR_FILE = "invite.ics"  # what the file beside a message is called
TEST = "test:"  # the key of what somebody sends to herself alone, to read it as it would go out, begins so
DIGEST = "reminders.digest"  # several nudges in one message
