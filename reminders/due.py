"""What is due: asked of every element, from today's rows, and written to the outbox once."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from elements import clock
from elements.contract import Reminder
from elements.registry import all_elements, kind_named
from reminders import outbox
from reminders.choices import DIGEST, NUDGE_AGAIN, NUDGES
from reminders.models import BadAddress, Message, Nudge
from reminders.nudges import day_key
from reminders.outbox import AT_ONCE, Letter
from reminders.preferences import all_muted
from reminders.statements import database_now

log = logging.getLogger(__name__)


def compose_due(*, now: datetime | None = None) -> int:
    """Write what is due at this moment; returns how many messages are new. Running it twice, or twice at once, is safe.

    `now` is the database's unless given. What was missed while nothing ran is caught up as far as the elements still
    yield it.
    """
    now = now or database_now()
    on = clock.local(now).date()
    found = [each for each in yielded(on) if each.at <= now and (each.until is None or now < each.until)]
    muted = all_muted()
    found = [each for each in found if (each.to.pk, each.kind) not in muted]
    nudges = [each for each in found if kind_named(each.kind).nudge]
    others = [each for each in found if not kind_named(each.kind).nudge]
    return _write_reminders(others) + _write_nudges(nudges, on)


def yielded(on: date) -> Iterator[Reminder]:
    """Every reminder of every element for this day. An element that fails stops no other."""
    for element in all_elements():
        try:
            yield from list(element.reminders(on=on))
        except Exception:
            log.exception("The reminders of %s are missing.", element.slug)
            connection.close_if_unusable_or_obsolete()


def _write_reminders(reminders: list[Reminder]) -> int:
    """One message for each kind, thing and person, ever."""
    by_kind = defaultdict(list)
    for each in reminders:
        by_kind[each.kind].append(
            Letter(
                to=each.to,
                key=f"{each.kind}:{each.about}:{each.to.pk}",
                ref=each.ref,
                scope=each.scope,
                until=each.until,
            )
        )
    return sum(_write(kind, letters) for kind, letters in by_kind.items())


def _write(kind: str, letters: list[Letter]) -> int:
    """Without anything new there is no transaction: an idle minute must not take SQLite's write lock."""
    fresh = outbox.unknown(letters)
    if not fresh:
        return 0
    with transaction.atomic():
        return outbox.post_all(kind=kind, letters=fresh)


def _write_nudges(nudges: list[Reminder], on: date) -> int:
    """At most one message a day to each person, about what has not been asked for a week."""
    by_person = defaultdict(list)
    for each in _not_asked_lately(nudges, on):
        by_person[each.to.pk].append(each)
    carried = {}
    for theirs in by_person.values():
        theirs.sort(key=lambda each: (each.order, each.at, each.about))
        scope = theirs[0].scope  # a lead reads the messages of her cohort, so that two cohorts never share one
        carried[day_key(on=on, person=theirs[0].to)] = [each for each in theirs if each.scope == scope]
    asked_today = set(carried) - {
        letter.key for letter in outbox.unknown([Letter(to=each[0].to, key=key) for key, each in carried.items()])
    }
    carried = {key: each for key, each in carried.items() if key not in asked_today}
    keys = list(carried)
    for start in range(0, len(keys), AT_ONCE):
        _write_day({key: carried[key] for key in keys[start : start + AT_ONCE]}, on)
    return len(carried)


def _not_asked_lately(nudges: list[Reminder], on: date) -> Iterator[Reminder]:
    """Those that were asked fewer than two times, the last time a week ago; nobody at an address that refuses mail."""
    refusing = set(BadAddress.objects.values_list("address", flat=True))
    history = {}
    abouts = sorted({each.about for each in nudges})
    for start in range(0, len(abouts), AT_ONCE):
        history |= Nudge.objects.history(abouts[start : start + AT_ONCE])
    for each in nudges:
        sent, last = history.get((each.kind, each.about, each.to.pk), (0, None))
        if sent < NUDGES and (last is None or on - last >= NUDGE_AGAIN) and each.to.email not in refusing:
            yield each


@transaction.atomic
def _write_day(carried: dict[str, list[Reminder]], on: date) -> None:
    """The messages of one day and what each of them asks for."""
    by_kind = defaultdict(list)
    for key, theirs in carried.items():
        by_kind[theirs[0].kind if len(theirs) == 1 else DIGEST].append(_nudge(key, theirs, on))
    for kind, letters in by_kind.items():
        outbox.post_all(kind=kind, letters=letters)
    written = dict(Message.objects.filter(key__in=carried).values_list("key", "pk"))
    Nudge.objects.bulk_create(
        [
            Nudge(message_id=written[key], kind=each.kind, about=each.about, ref=each.ref, on=on)
            for key, theirs in carried.items()
            for each in theirs
        ],
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )


def _nudge(key: str, theirs: list[Reminder], on: date) -> Letter:
    """Yesterday's request is of no use beside today's: it ends in the morning."""
    first = theirs[0]
    ref = first.ref if len(theirs) == 1 else {"day": on.isoformat(), "person": str(first.to.pk)}
    return Letter(to=first.to, key=key, ref=ref, scope=first.scope, until=clock.at(on + timedelta(days=1)))
