"""Sending what is due, one message at a time. The one place that speaks to a carrier.

Each step is a small transaction of its own, guarded by the state and the sender's name, so that any number of senders
may run, and any of them may die at any point: what is left behind is found by the sweep.
"""

import logging
import os
import random
import socket
import time
import uuid
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from elements.registry import kind_named, kinds
from reminders.carriers import CannotConnect, LinkLost, MailboxCarrier, RefusedForGood, RefusedForNow, carrier
from reminders.choices import BACKOFF, TRANSITIONS, TRIES, State
from reminders.composing import compose, recipient_of
from reminders.models import BadAddress, Message, Nudge
from reminders.preferences import wishes_of
from reminders.statements import claim, database_now, sent, transmit
from reminders.wording import Wordings

log = logging.getLogger(__name__)
ROUND_LASTS = 200  # seconds, well within the time limit of a task
QUIET = "Waits for the end of quiet hours."
REFUSES = "This address refused mail before. Correct it, or say that it works."
NO_SERVER_LIMIT = 3  # failed links in a row after which a round gives up until the next


class NotMine(Exception):
    """The lease ran out and somebody else has the message, or a person was faster."""


def new_sender() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"


def send_round(*, lasts: float = ROUND_LASTS) -> int:
    """Sweep, then send what is due until nothing is left or the time is up; returns how many were handled."""
    sweep()
    # An idle round must not take SQLite's write lock. Asked in its order, which `exists` would drop: PostgreSQL then
    # walks the index of what waits, and does not read every message there ever was because many waited a while ago.
    if Message.objects.due().values("pk").first() is None:
        return 0
    sender, through, handled, unreached = new_sender(), carrier(), 0, 0
    refusing, wordings = set(BadAddress.objects.values_list("address", flat=True)), Wordings()
    until = time.monotonic() + lasts
    try:
        while time.monotonic() < until and unreached < NO_SERVER_LIMIT:
            message = claim(sender)
            if message is None:
                break
            unreached = 0 if deliver(message, through, refusing, wordings) else unreached + 1
            handled += 1
    finally:
        through.close()
    return handled


def send_one(pk) -> None:
    """Send this message now if it is still waiting: how an urgent message goes out at once."""
    message = claim(new_sender(), pk)
    if message is None:
        return
    through = carrier()
    refusing = set(BadAddress.objects.filter(address=_address(message)).values_list("address", flat=True))
    try:
        deliver(message, through, refusing)
    finally:
        through.close()


def deliver(message: Message, through, refusing: set[str] | None = None, wordings: Wordings | None = None) -> bool:
    """Carry one claimed message to an end or back into the queue; False if no server was reached.

    `refusing` are the addresses that refuse mail. A code that somebody waits for is tried all the same.
    """
    try:
        return _deliver(message, through, set() if refusing is None else refusing, wordings)
    except NotMine:
        log.warning("Message %s is in other hands.", message.pk)
    except DatabaseError:
        # A lock or a lost database says nothing about the message: its lease runs out and the sweep takes it up.
        log.exception("Message %s was left behind.", message.pk)
        connection.close_if_unusable_or_obsolete()
    return True


def _deliver(message: Message, through, refusing, wordings) -> bool:
    try:
        kind = kind_named(message.kind)
        if not message.is_test and not kind.wanted(message.ref, recipient_of(message)):
            _end(message, State.CANCELLED, "No longer wanted.")
            return True
        if kind.is_optional and message.recipient and not message.is_test and not _is_welcome(message):
            return True
        if not kind.secret and _address(message) in refusing:
            _end(message, State.FAILED, REFUSES)
            return True
        composed = compose(message, kind, wordings)
    except DatabaseError:
        raise
    except Exception as problem:  # a poison message stops nobody: its own row fails, the others go
        log.error("Message %s cannot be composed: %s", message.pk, type(problem).__name__)
        _end(message, State.FAILED, f"Could not be written: {type(problem).__name__}")
        return True
    try:
        through.open()
    except CannotConnect as problem:
        _put_back(message, str(problem), minutes=BACKOFF[0])
        return False
    if isinstance(through, MailboxCarrier):
        with transaction.atomic():  # letter and state together: nothing can be unknown
            _transmit(message)
            through.send(composed)
            _sent(message)
        return True
    _transmit(message)
    try:
        through.send(composed)
    except RefusedForGood as problem:
        _end(message, State.FAILED, str(problem))
        if problem.is_of_address:
            _mark(message, str(problem), refusing)
    except RefusedForNow as problem:
        _try_later(message, str(problem))
    except Exception as problem:  # LinkLost, and whatever else leaves open whether the text was taken
        if not isinstance(problem, LinkLost):
            log.exception("Message %s met a problem without a name.", message.pk)
        if kind.at_least_once:
            _try_later(message, str(problem))
        else:
            _end(message, State.UNKNOWN, str(problem))
    else:
        _sent(message)
        if kind.secret and _address(message) in refusing:
            BadAddress.objects.filter(address=_address(message)).delete()
    return True


def _is_welcome(message: Message) -> bool:
    """Whether the person has this kind switched on and it is not quiet; else the message has gone to its place."""
    wishes = wishes_of(message.recipient)
    if message.kind in wishes.muted:
        _end(message, State.CANCELLED, "Switched off by the person.")
        return False
    now = database_now()
    if quiet_ends := wishes.quiet_ends(now):
        columns = {"claimed_by": "", "claimed_at": None, "last_error": QUIET}
        _move(message, State.QUEUED, next_at=Now() + (quiet_ends - now), **columns)
        return False
    return True


def _address(message: Message) -> str:
    return message.recipient.email if message.recipient else message.to_addr


def _mark(message: Message, why: str, refusing: set[str]) -> None:
    """Nothing more goes to this address until a person says that it works. Leads are told by the next sweep."""
    refusing.add(_address(message))
    BadAddress.objects.get_or_create(address=_address(message), defaults={"why": _short(why), "message": message})


def _transmit(message: Message) -> None:
    message.attempts += 1
    if not transmit(message, message.attempts):
        raise NotMine
    message.state = State.TRANSMITTING


def _sent(message: Message) -> None:
    if not sent(message, _address(message)):
        raise NotMine
    message.state, message.claimed_by = State.SENT, ""


def _try_later(message: Message, why: str) -> None:
    """Back into the queue with a growing wait, or failed when the tries are used up."""
    if message.attempts >= TRIES:
        _end(message, State.FAILED, why)
    else:
        _put_back(message, why, minutes=BACKOFF[min(message.attempts, len(BACKOFF)) - 1])


def _put_back(message: Message, why: str, *, minutes: int) -> None:
    jitter = 1 + random.random() / 5  # noqa: S311 spreads tries, guards nothing
    later = Now() + timedelta(minutes=minutes * jitter)
    _move(message, State.QUEUED, claimed_by="", claimed_at=None, next_at=later, last_error=_short(why))


def _end(message: Message, state: State, why: str) -> None:
    _move(message, state, claimed_by="", claimed_at=None, sealed="", last_error=_short(why))


def _move(message: Message, target: State, **columns) -> None:
    """Change the state if the row is still as we know it; NotMine if not."""
    if target not in TRANSITIONS[State(message.state)]:
        raise ValueError(f"{message.state} does not lead to {target}.")
    mine = Message.objects.filter(pk=message.pk, state=message.state, claimed_by=message.claimed_by)
    if not mine.update(state=target, **columns):
        raise NotMine
    message.state, message.claimed_by = target, columns.get("claimed_by", message.claimed_by)


def _short(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())[:500]


def sweep() -> None:
    """Take up what died senders left, each by the policy of its kind, and drop what is too late."""
    if Message.objects.stuck().exists():
        _take_up_what_is_stuck()
    if Message.objects.overdue().exists():
        Nudge.objects.filter(message__in=Message.objects.overdue().values("pk")).delete()  # never asked, after all
        Message.objects.overdue().update(state=State.CANCELLED, sealed="", last_error="Too late to be of use.")


def _take_up_what_is_stuck() -> None:
    free = {"claimed_by": "", "claimed_at": None}
    again = [kind.name for kind in kinds() if kind.at_least_once]
    stuck, stopped = Message.objects.stuck(), "The sender stopped while sending."
    stuck.filter(state=State.CLAIMED).update(state=State.QUEUED, **free)
    mid_way = stuck.filter(state=State.TRANSMITTING)
    mid_way.exclude(kind__in=again).update(state=State.UNKNOWN, sealed="", last_error=stopped, **free)
    mid_way.filter(attempts__gte=TRIES).update(state=State.FAILED, sealed="", last_error=stopped, **free)
    mid_way.update(state=State.QUEUED, next_at=Now(), last_error=stopped, **free)
