"""Sending and composing messages against bare loops that write the same rows."""

import smtplib
import uuid
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from statistics import median
from unittest import mock

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import override_settings

from accounts.models import User
from elements import registry
from elements.contract import Element, Kind, Reminder
from elements.registry import kind_named
from pairs import letters
from reminders import delivery, outbox
from reminders.choices import State
from reminders.composing import compose
from reminders.due import compose_due
from reminders.models import Message
from tests.benchmarks.population import house, populated
from tests.benchmarks.turns import against, asked, cpu

SENT, AT_ONCE, COMPOSED, HELD, IN_ALL, FILLED = 2_000, 500, 5_000, 25_000, 1_000_000, 50_000
ROUNDS = 3
PUBLISHED = "pairs.pair_published"
LONG_AGO = datetime(2026, 1, 1, 9, tzinfo=UTC)
SERVER = "smtp://127.0.0.1:2525"  # never called: the link is cut short below


def rows():
    """Sending, composing, and a sweep that finds nothing."""
    pair_published, plain = sending()
    return [pair_published, plain, *composing(), *deriving(), empty_sweep()]


class Swallowed:
    """A link to a mail server that takes everything: what a client has to do for a message is done, nothing is sent."""

    def connect(self, *args, **kwargs):
        self.last, self.sock = b"", mock.Mock()
        return 220, b"ready"

    def send(self, text):
        self.last = text if isinstance(text, bytes) else text.encode()

    def getreply(self):
        return (354 if self.last.startswith(b"data") else 250), b"ok"

    def close(self):
        self.sock = None


def without_network():
    """Every SMTP link of this process swallows what it is given."""
    stack = ExitStack()
    for name in ("connect", "send", "getreply", "close"):
        stack.enter_context(mock.patch.object(smtplib.SMTP, name, getattr(Swallowed, name)))
    stack.enter_context(override_settings(SMTP_URL=SERVER))
    return stack


def sending():
    """2,000 messages about pairs, and the same with a kind that looks nothing up: the post room by itself."""
    populated(SENT)
    mine = Message.objects.filter(kind=PUBLISHED, scope=populated(SENT).cohort.pk)
    keys = list(mine.values_list("pk", flat=True)[:SENT])
    facts = _nothing_looked_up()
    plain = replace(kind_named(PUBLISHED), context=lambda ref, to: facts, wanted=lambda ref, to: True)
    found = []
    with without_network():
        for name, stand_in in (("sending a message that looks its pair up", None), ("sending a message", plain)):
            parts = [keys[start : start + AT_ONCE] for start in range(0, SENT, AT_ONCE)]
            turns = [(_sent_by_us(part, stand_in), _sent_barely(part)) for part in parts]
            ours, reference = (median(column) for column in zip(*turns, strict=True))
            found.append(against(name, ours / AT_ONCE, reference / AT_ONCE, 1.7))
    return found


def _nothing_looked_up():
    pair = populated(SENT).pair
    people = [membership.participant for membership in pair.everybody]
    return letters.written(
        cohort=pair.cohort, people=people, initiator=people[0], first_meeting_by=pair.first_meeting_by, path="/"
    )


def _waiting(keys):
    free = {"claimed_by": "", "claimed_at": None, "sent_at": None, "attempts": 0}
    Message.objects.filter(pk__in=keys).update(state=State.QUEUED, next_at=Now(), **free)


def _sent_by_us(keys, stand_in):
    Message.objects.filter(state=State.QUEUED).update(state=State.CANCELLED)
    _waiting(keys)
    with ExitStack() as stack:
        if stand_in:
            stack.enter_context(mock.patch.object(delivery, "kind_named", return_value=stand_in))
        seconds = cpu(delivery.send_round)
    _assert_sent(keys)
    return seconds


def _sent_barely(keys):
    _waiting(keys)
    messages = list(Message.objects.filter(pk__in=keys).select_related("recipient"))
    ready = compose(messages[0], kind_named(PUBLISHED)).email
    seconds = cpu(partial(_bare_loop, messages, ready))
    _assert_sent(keys)
    return seconds


def _assert_sent(keys):
    if (number := Message.objects.filter(pk__in=keys, state=State.SENT).count()) != len(keys):
        raise AssertionError(f"{number} of {len(keys)} messages were sent.")


def _bare_loop(messages, ready):
    """The same three committed updates of one row and the same call with a ready text as long as ours; nothing else."""
    subject, text, html = ready.subject, ready.body, ready.alternatives[0].content
    backend = EmailBackend(host="127.0.0.1", port=2525)
    backend.open()
    for message in messages:
        mine = Message.objects.filter(pk=message.pk)
        mine.update(state=State.CLAIMED, claimed_by="bare", claimed_at=Now())
        mine.update(state=State.TRANSMITTING, claimed_at=Now(), attempts=1)
        email = EmailMultiAlternatives(
            subject=subject,
            body=text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.recipient.email],
            reply_to=[message.reply_to],
            headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        )
        email.attach_alternative(html, "text/html")
        backend.send_messages([email])
        mine.update(state=State.SENT, claimed_by="", claimed_at=None, sent_at=Now())
    backend.close()


def composing():
    """5,000 due messages posted at once beside 25,000 that are there."""
    people = _people(COMPOSED)
    scope = populated(SENT).cohort.pk
    _held(people[0], HELD)
    turns = []
    for number in range(ROUNDS):
        ours = partial(_posted, people, scope, f"ours-{number}")
        turns.append((cpu(ours), cpu(partial(_inserted, people, scope, f"bare-{number}"))))
    ours, reference = (median(column) for column in zip(*turns, strict=True))
    with asked() as seen:
        _posted(people, scope, "counted")
    in_parts = COMPOSED // 500
    return [
        against(f"composing {COMPOSED:,} messages", ours, reference, 3),
        against("composing, queries for 500 messages", seen.for_the_work / in_parts, 4, 1),
    ]


class Yielding(Element):
    """A room in which a reminder is due for each of these people."""

    app = slug = "bench"
    name = "Bench"
    messages = (Kind(name="bench.due", label="Due", context=lambda ref, to: {}),)

    def __init__(self, label, scope):
        self._label, self._scope = label, scope

    def reminders(self, *, on, until=None):
        for person in User.objects.filter(email__startswith="told-"):
            yield Reminder(
                kind="bench.due",
                to=person,
                about=self._label,
                at=LONG_AGO,
                ref={"pair": self._scope},
                scope=self._scope,
            )


def deriving():
    """5,000 reminders that an element yields, written once; and the same minute again, when nothing is new."""
    people, scope = _people(COMPOSED), populated(SENT).cohort.pk
    turns = []
    for number in range(ROUNDS):
        ours = cpu(partial(_derived, f"derived-{number}", scope))
        turns.append((ours, cpu(partial(_inserted, people, scope, f"barely-{number}"))))
    ours, reference = (median(column) for column in zip(*turns, strict=True))
    with asked() as seen:
        _derived("counted", scope)
    return [
        against(f"writing {COMPOSED:,} due reminders", ours, reference, 3),
        against("writing due reminders, queries for 500", seen.for_the_work / (COMPOSED / 500), 4, 1),
    ]


def _derived(label, scope):
    with mock.patch.dict(registry._elements, {"bench": Yielding(label, scope)}):
        compose_due()


def _people(number):
    house()
    User.objects.bulk_create(
        (User(email=f"told-{each}@trust.example", name=f"Told {each}", password="!") for each in range(number)),
        ignore_conflicts=True,
    )
    return list(User.objects.filter(email__startswith="told-"))


@transaction.atomic
def _posted(people, scope, label):
    known = list(User.objects.filter(email__startswith="told-"))
    letters = [outbox.Letter(to=person, key=f"{label}:{person.pk}", ref={"pair": str(scope)}) for person in known]
    outbox.post_all(kind=PUBLISHED, letters=letters, scope=scope)


@transaction.atomic
def _inserted(people, scope, label):
    known = list(User.objects.filter(email__startswith="told-"))
    Message.objects.bulk_create(_bare_rows(known, scope, label), batch_size=500)


def _bare_rows(people, scope, label, **columns):
    for person in people:
        pk = uuid.uuid4()
        yield Message(
            id=pk,
            key=f"{label}:{person.pk}",
            kind=PUBLISHED,
            recipient=person,
            to_addr=person.email,
            scope=scope,
            ref={"pair": str(scope)},
            message_id=f"<{pk}@bare.example>",
            **columns,
        )


def _held(person, number):
    """Messages that were sent long ago."""
    scope = uuid.uuid4()
    for start in range(0, number, 5_000):
        rows = _bare_rows([person] * 5_000, scope, "", state=State.SENT, sent_at=Now())
        batch = []
        for offset, message in enumerate(rows, start=start):
            message.key = f"held:{scope}:{offset}"
            batch.append(message)
        Message.objects.bulk_create(batch)


def empty_sweep():
    """A round that finds nothing to do among a million messages, in the database's time, against 10 ms."""
    Message.objects.filter(state=State.QUEUED).update(state=State.CANCELLED)
    fill_up(IN_ALL)
    delivery.send_round()
    with asked() as seen:
        delivery.send_round()
    return against(f"an empty sweep over {Message.objects.count():,} messages, seconds of SQL", seen.seconds, 0.01, 1)


# Ids that rise, in the type that each database keeps them in: an index is filled soonest in its own order.
IDS = {"sqlite": "printf('%%032x', n)", "postgresql": "lpad(to_hex(n), 32, '0')::uuid"}


def fill_up(number):
    """Sent messages until there are so many, written inside the database: each like the last one, but for its names."""
    sent = Message.objects.filter(state=State.SENT)[:1].get()
    columns = [field.column for field in Message._meta.concrete_fields]
    pk = IDS[connection.vendor]
    own = {"id": pk, "key": f"'sent:' || {pk}", "message_id": f"'<' || {pk} || '@sent.example>'"}
    insert = (
        f"INSERT INTO reminders_message ({', '.join(columns)}) "  # noqa: S608 - names of columns
        "WITH RECURSIVE numbers(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
        f"SELECT {', '.join(own.get(column, column) for column in columns)} "
        "FROM numbers, (SELECT * FROM reminders_message WHERE id = %s) AS sent"
    )
    missing = number - Message.objects.count()
    with connection.cursor() as cursor:
        for first in range(1, missing + 1, FILLED):  # in parts, since no statement of ours may take long
            cursor.execute(insert, [first, min(first + FILLED - 1, missing), sent.pk.hex])
        cursor.execute("ANALYZE reminders_message")
