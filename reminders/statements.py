"""The three one-row updates of every sending, written out, because the ORM would compose them anew for each message.

Each is one statement and so one commit of its own, guarded by the state of the row and the name of its sender. CLOCK
is the database's own. Every other change of a state goes through the ORM, in `delivery`.
"""

from datetime import UTC, datetime
from functools import cache

from django.db import connection

from accounts.models import User
from reminders.models import Message

CLOCK = {"sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')", "postgresql": "STATEMENT_TIMESTAMP()"}

# The most pressing row of `MessageQuerySet.due()`. PostgreSQL passes over rows that another sender is about to take;
# SQLite lets one statement write at a time. The state is asked twice, as the row may change between the two.
CLAIM = """
    UPDATE reminders_message SET state = 'claimed', claimed_by = %s, claimed_at = CLOCK
    WHERE state = 'queued' AND id = (
        SELECT id FROM reminders_message
        WHERE state = 'queued' AND next_at <= CLOCK AND (expires_at IS NULL OR expires_at > CLOCK) AND_THIS
        ORDER BY urgent DESC, next_at, id LIMIT 1 SKIPPING
    )
    RETURNING *
"""
TRANSMIT = """
    UPDATE reminders_message SET state = 'transmitting', claimed_at = CLOCK, attempts = %s
    WHERE id = %s AND state = 'claimed' AND claimed_by = %s
"""
SENT = """
    UPDATE reminders_message
    SET state = 'sent', claimed_by = '', claimed_at = NULL, sealed = '', last_error = '', sent_at = CLOCK, to_addr = %s
    WHERE id = %s AND state = 'transmitting' AND claimed_by = %s
"""


@cache
def _written(statement: str, vendor: str, *, for_one: bool = False) -> str:
    """The statement as this database reads it."""
    skipping = "FOR UPDATE SKIP LOCKED" if vendor == "postgresql" else ""
    words = {"CLOCK": CLOCK[vendor], "AND_THIS": "AND id = %s" if for_one else "", "SKIPPING": skipping}
    for word, meaning in words.items():
        statement = statement.replace(word, meaning)
    return statement


def _key(pk):
    return Message._meta.pk.get_db_prep_value(pk, connection)


def claim(sender: str, pk=None) -> Message | None:
    """Take the most pressing due message, or this one if it is due; as it stands now, with its person."""
    values = (sender,) if pk is None else (sender, _key(pk))
    claimed = Message.objects.raw(_written(CLAIM, connection.vendor, for_one=pk is not None), values)
    message = next(iter(claimed), None)
    if message and message.recipient_id:
        people = User.objects.raw("SELECT * FROM accounts_user WHERE id = %s", (_key(message.recipient_id),))
        if person := next(iter(people), None):  # else the message has just gone with its person, and moves no more
            message.recipient = person
    return message


def transmit(message: Message, attempts: int) -> bool:
    """Say that this try begins; False if the message is no longer its sender's."""
    return _changed(TRANSMIT, attempts, _key(message.pk), message.claimed_by)


def sent(message: Message, to_addr: str) -> bool:
    """Say that it has gone, and where; False if the message is no longer its sender's."""
    return _changed(SENT, to_addr, _key(message.pk), message.claimed_by)


def _changed(statement: str, *values) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_written(statement, connection.vendor), values)
        return cursor.rowcount == 1


def database_now() -> datetime:
    """The database's own clock: those of the machines may differ."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {CLOCK[connection.vendor]}", [])
        (now,) = cursor.fetchone()
    return now if isinstance(now, datetime) else datetime.fromisoformat(now).replace(tzinfo=UTC)
