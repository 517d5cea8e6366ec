"""How a message enters the outbox, and what a person may do with it while it waits.

Every function belongs into the transaction of the change that causes it: the message exists if and only if the
change does.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from accounts import audit
from accounts.models import User
from elements import calendar
from elements.contract import Event
from elements.refusals import Refusal
from elements.registry import kind_named, kinds
from reminders import waking
from reminders.addresses import address_of, addresses_of, new_message_id, person_of
from reminders.choices import (
    CALENDAR_FILE,
    LIVE,
    MAY_BE_CANCELLED,
    MAY_BE_SENT_AGAIN,
    SEALED_FOR,
    TEST,
    TRANSITIONS,
    State,
)
from reminders.models import Edit, Message
from reminders.sealing import seal

ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
AT_ONCE = 500  # rows a query
_noted: ContextVar[list[uuid.UUID] | None] = ContextVar("noted", default=None)


class PostedOutsideTransaction(RuntimeError):
    """A message must be written in the transaction of the change that causes it."""


class RefHoldsMoreThanIds(ValueError):
    """A reference may hold ids only: text is built at sending."""


class CannotMove(Refusal):
    """The message is not in a state from which this is possible."""


class TooLateToCancel(CannotMove):
    """At least one of these messages is being sent or has gone."""


class IsSecret(ValueError):
    """A message with a secret is nobody's to send again."""


@dataclass(frozen=True)
class Letter:
    """One of many: to whom, about what, under which key."""

    to: User | str
    key: str
    ref: dict[str, Any] = field(default_factory=dict)
    reply_to: Any = None
    scope: uuid.UUID | None = None
    until: datetime | None = None  # after which it is of no use


def post(
    *,
    kind: str,
    to: User | str,
    ref: dict[str, Any],
    key: str,
    scope: uuid.UUID | None = None,
    not_before: datetime | timedelta | None = None,
    until: datetime | None = None,
    reply_to=None,
) -> Message:
    """Write one message to one person; the same key again returns the row that is there.

    `ref` holds ids only (numbers, uuids, short codes; lists of them). `scope` is the uuid of the cohort whose leads
    may see the message. `not_before` is a moment, or how long to wait by the database's clock; after `until` it is of
    no use. `reply_to` is a person, an address, or several. Raises KeyError for an unknown kind, ValidationError for a
    bad address, RefHoldsMoreThanIds, PostedOutsideTransaction.
    """
    assert_in_transaction()
    message = _row(kind, Letter(to=to, key=key, ref=ref, reply_to=reply_to, scope=scope, until=until), not_before)
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = Message.objects.get(key=message.key)
    if kept.pk == message.pk and kept.urgent and not_before is None:
        waking.on_commit(kept.pk)
    return kept


@contextmanager
def noting() -> Iterator[list[uuid.UUID]]:
    """The keys of rows made within, and of none that somebody else writes at the same moment."""
    keys: list[uuid.UUID] = []
    token = _noted.set(keys)
    try:
        yield keys
    finally:
        _noted.reset(token)


@transaction.atomic
def post_sealed(*, kind: str, to: User | str, texts: dict[str, str], key: str) -> Message:
    """Write a message whose text is given, with a secret in it: closed, and of use for ten minutes."""
    return _enter_sealed(_row(kind, Letter(to=to, key=key), None), texts)


def post_test(
    *,
    kind: str,
    to: User,
    ref: dict[str, Any],
    facts: dict[str, str],
    scope: uuid.UUID,
    about,
    event: Event | None = None,
) -> Message:
    """Write to oneself alone what would go out to many, with these facts in it, at once; marked as a test.

    The facts may be of something that is nowhere yet, so they travel closed, and are kept no longer than ten minutes.
    With them goes the file of an `event`, to be looked at: no calendar learns of it by itself, and nobody counts as
    told.
    """
    assert_in_transaction()
    letter = Letter(to=to, key=f"{TEST}{kind}:{about}:{uuid.uuid4()}", ref=ref, scope=scope)
    file = {CALENDAR_FILE: calendar.example(event).decode()} if event else {}
    return _enter_sealed(_row(kind, letter, None), facts | file)


def _enter_sealed(message: Message, texts: dict[str, str]) -> Message:
    message.sealed, message.expires_at = seal(texts), Now() + SEALED_FOR
    message.save(force_insert=True)
    waking.on_commit(message.pk)
    return message


def post_all(
    *,
    kind: str,
    letters: list[Letter],
    scope: uuid.UUID | None = None,
    not_before: datetime | timedelta | None = None,
    are_new: bool = False,
) -> int:
    """Write many messages of one kind, one row each; returns how many are new.

    A fixed number of queries per 500 letters. Keys that are there already are left as they are. `scope` is that of
    letters which name none. Where the keys `are_new`, because each holds one of a row that this transaction has made,
    nobody looks whether they are there.
    """
    return len(write_all(kind=kind, letters=letters, scope=scope, not_before=not_before, are_new=are_new))


def write_all(*, kind: str, letters: list[Letter], scope=None, not_before=None, are_new=False) -> list[Message]:
    """Like `post_all`, and gives the rows; where another process wrote the same key meanwhile, its row is the one."""
    assert_in_transaction()
    fresh = {letter.key: letter for letter in (letters if are_new else unknown(letters))}
    rows = [_row(kind, letter, not_before, scope=scope) for letter in fresh.values()]
    Message.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)
    return rows


def unknown(letters: list[Letter]) -> list[Letter]:
    """Those whose key is not in the outbox yet: one query for 500."""
    known = set()
    for start in range(0, len(letters), AT_ONCE):
        keys = [letter.key for letter in letters[start : start + AT_ONCE]]
        known |= set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    return [letter for letter in letters if letter.key not in known]


def _row(kind: str, letter: Letter, not_before, *, scope=None) -> Message:
    """An unsaved row, with everything checked that can be checked without the database."""
    pk = uuid.uuid4()
    if (noted := _noted.get()) is not None:
        noted.append(pk)
    if isinstance(not_before, timedelta):
        not_before = Now() + not_before
    later = {"next_at": not_before} if not_before is not None else {}
    return Message(
        id=pk,
        key=letter.key,
        kind=kind,
        recipient=person_of(letter.to),
        to_addr=address_of(letter.to),
        scope=letter.scope or scope,
        ref=ids_only(letter.ref),
        expires_at=letter.until,
        reply_to=addresses_of(letter.reply_to),
        message_id=new_message_id(pk),
        urgent=kind_named(kind).urgent,
        **later,
    )


def ids_only(ref: dict[str, Any]) -> dict[str, Any]:
    """A reference as JSON can hold it; RefHoldsMoreThanIds for anything else."""
    return {name: _id(value) for name, value in ref.items()}


def _id(value):
    """A value of a reference as JSON can hold it."""
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_id(one) for one in value]
    if isinstance(value, uuid.UUID | str) and ID.fullmatch(str(value)):
        return str(value)
    raise RefHoldsMoreThanIds(f"Not an id: {type(value).__name__}.")


def hold(*, message: Message, by: User) -> Message:
    """Keep a waiting message back until somebody releases it."""
    return _move(message, State.HELD, by, "held a message back")


def release(*, message: Message, by: User) -> Message:
    """Let a message that was held back go."""
    return _move(message, State.QUEUED, by, "released a message")


def cancel(*, message: Message, by: User) -> Message:
    """Take a waiting message out for good."""
    return _move(message, State.CANCELLED, by, "cancelled a message")


@transaction.atomic
def _move(message: Message, target: State, by: User, did: str) -> Message:
    """Move a waiting message; a sender that was faster wins, and CannotMove says so."""
    sources = [state for state in MAY_BE_CANCELLED if target in TRANSITIONS[state]]
    emptied = {"sealed": ""} if target == State.CANCELLED else {}
    if not Message.objects.filter(pk=message.pk, state__in=sources).update(state=target, **emptied):
        message.refresh_from_db()
        raise CannotMove(f"The message is {message.get_state_display().lower()}.")
    message.refresh_from_db()
    audit.record(by=by, did=did, on=message, scope=message.scope)
    return message


def postpone(*, prefix: str, by_at_least: timedelta) -> int:
    """Let every waiting message whose key begins so wait as long as what is written now; returns how many."""
    assert_in_transaction()
    sooner = Message.objects.keyed(prefix).filter(state=State.QUEUED, next_at__lt=Now() + by_at_least)
    return sooner.update(next_at=Now() + by_at_least)


def cancel_keys(*, prefix: str, by: User) -> int:
    """Cancel every waiting message whose key begins so; returns how many.

    All or nothing: if one of them is being sent or has gone, TooLateToCancel is raised, and the caller's transaction
    takes back the rest.
    """
    assert_in_transaction()
    mine = Message.objects.keyed(prefix)
    first = mine.first()
    number = mine.filter(state__in=MAY_BE_CANCELLED).update(state=State.CANCELLED, sealed="")
    if mine.exclude(state=State.CANCELLED).exists():
        raise TooLateToCancel("At least one message has gone already.")
    if first:
        audit.record(by=by, did=f"cancelled {number} messages", on=first, scope=first.scope)
    return number


@transaction.atomic
def send_again(*, message: Message, by: User) -> Message:
    """Post the same message anew, under the key with a counter; the old row keeps its state.

    While an earlier repeat is on its way there is no other: pressing twice sends once.
    """
    kind = next((one for one in kinds() if one.name == message.kind), None)
    if kind is None:
        raise CannotMove("Messages of this kind are no longer sent.")
    if kind.secret:
        raise IsSecret(kind.name)
    if message.is_test:
        raise CannotMove("A test is sent again from where it was made.")
    root = message.key.partition(":again:")[0]
    # Whoever presses at the same moment waits here, and then finds what the first one posted.
    list(Message.objects.filter(key=root).select_for_update())
    message.refresh_from_db(fields=["state", "expires_at"])
    if message.state not in MAY_BE_SENT_AGAIN:
        raise CannotMove(f"The message is {message.get_state_display().lower()}.")
    repeats = Message.objects.keyed(f"{root}:again:")
    if repeats.filter(state__in=LIVE).exists():
        raise CannotMove("It is waiting to be sent again already.")
    if Message.objects.filter(pk=message.pk, expires_at__lte=Now()).exists():
        raise CannotMove("It is too late for this message.")
    times = repeats.count()
    again = post(
        kind=message.kind,
        to=message.recipient or message.to_addr,
        ref=message.ref,
        key=f"{root}:again:{times + 1}",
        scope=message.scope,
        until=message.expires_at,
        reply_to=message.reply_to.split(", ") if message.reply_to else None,
    )
    keep_words(of=message, on=again)
    audit.record(by=by, did="sent a message again", on=again, scope=again.scope)
    return again


def keep_words(*, of: Message, on: Message) -> None:
    """A message in place of another says what a lead had made of that one."""
    assert_in_transaction()
    edit = Edit.objects.filter(message=of).first()
    if edit:
        Edit.objects.create(message=on, subject=edit.subject, body=edit.body)
        Message.objects.filter(pk=on.pk).update(is_edited=True)
        on.is_edited = True


def assert_in_transaction() -> None:
    if not connection.in_atomic_block:
        raise PostedOutsideTransaction("Post messages inside transaction.atomic(), with the change that causes them.")
