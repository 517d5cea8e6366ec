"""What is due: asked of every element, from today's rows, and written to the outbox once."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
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
    due = (each for each in _on_day(yielded(on, on), on) if _is_due(each, now))
    others, nudges = _parted(due, all_muted())
    return _write_reminders(others) + _write_nudges(nudges, on)


@dataclass(frozen=True)
class Coming:
    """A message that is not written yet: what `compose_due` writes on that day, if nothing changes until then."""

    on: date
    kind: str
    to: User
    key: str
    scope: UUID | None
    ref: dict


def ahead(*, now: datetime, days: int) -> list[Coming]:
    """What is going to be due from `now` to the end of the last of so many days, today being the first.

    The rules are those of `compose_due`, and each element is asked once, for all these days. What is written already is
    left out, and a request is taken to be answered neither today nor later, so that it is a forecast: what gets done
    meanwhile is not asked for. Not more days than lie between two requests for the same thing.
    """
    if not 0 < days <= NUDGE_AGAIN.days:
        raise ValueError(f"From one to {NUDGE_AGAIN.days} days.")
    first = clock.local(now).date()
    starts = {first + timedelta(days=n): max(now, clock.at(first + timedelta(days=n), time())) for n in range(days)}
    reminders, nudges, muted = {}, {}, all_muted()
    found = list(yielded(first, max(starts)))
    for on, start in starts.items():
        others, nudges[on] = _parted(due_on(found, on, start), muted)
        for kind, letters in _letters(others).items():
            for letter in letters:
                reminders.setdefault(letter.key, (on, kind, letter))
    asked = list(_asked_ahead(nudges, starts))
    fresh = {letter.key for letter in outbox.unknown([letter for _, _, letter in [*reminders.values(), *asked]])}
    return [
        Coming(on, kind, letter.to, letter.key, letter.scope, outbox.ids_only(letter.ref))
        for on, kind, letter in [*reminders.values(), *asked]
        if letter.key in fresh
    ]


def _asked_ahead(nudges: dict[date, list[Reminder]], starts: dict[date, datetime]) -> Iterator[tuple]:
    """(day, kind, letter) of the requests of each day: what was asked once within these days is not asked again."""
    asked = set()
    history, refusing = _history([each for theirs in nudges.values() for each in theirs]), _refusing()
    keys = [Letter(to=each.to, key=day_key(on=on, person=each.to)) for on, found in nudges.items() for each in found]
    free = {letter.key for letter in outbox.unknown(keys)}
    for on, found in nudges.items():
        left = [each for each in found if _about(each) not in asked and _is_to_be_asked(each, on, history, refusing)]
        for key, theirs in _carried(_first_of_day(left, starts[on]), on).items():
            if key in free:
                asked |= {_about(each) for each in theirs}
                yield on, _kind_of(theirs), _nudge(key, theirs, on)


def _first_of_day(nudges: list[Reminder], start: datetime) -> list[Reminder]:
    """Of each person's those that are due first: whatever comes up later that day waits for the next."""
    first = {}
    for each in nudges:
        first[each.to.pk] = min(first.get(each.to.pk, max(each.at, start)), max(each.at, start))
    return [each for each in nudges if each.at <= first[each.to.pk]]


def _is_due(reminder: Reminder, now: datetime) -> bool:
    return reminder.at <= now and (reminder.until is None or now < reminder.until)


def _parted(reminders: Iterable[Reminder], muted: set[tuple]) -> tuple[list[Reminder], list[Reminder]]:
    """(others, nudges), without what somebody has switched off."""
    found = [each for each in reminders if (each.to.pk, each.kind) not in muted]
    nudges = [each for each in found if kind_named(each.kind).nudge]
    return [each for each in found if not kind_named(each.kind).nudge], nudges


def due_on(reminders: Iterable[Reminder], on: date, start: datetime) -> Iterator[Reminder]:
    """Those of these reminders that are due between this moment of a day and its end."""
    end = clock.at(on + timedelta(days=1), time())
    return (each for each in _on_day(reminders, on) if each.at < end and _is_due(each, max(each.at, start)))


def once_each(due: Callable[[date], Iterable[Reminder]], *, on: date, until: date) -> Iterable[Reminder]:
    """What `due` says of each of these days, each thing once: from the first on which it is due to the end of the last.

    For an element that can tell only day by day what is due, of rows that it read once.
    """
    found: dict[tuple, Reminder] = {}
    for number in range((until - on).days + 1):
        day = on + timedelta(days=number)
        for each in due(day):
            key = (each.kind, each.about, each.to.pk)
            found[key] = replace(found.get(key, each), until=clock.at(day + timedelta(days=1), time()))
    return found.values()


def _on_day(reminders: Iterable[Reminder], on: date) -> Iterator[Reminder]:
    """As they are due on this day: what was asked for on an earlier one is asked for again at nine."""
    first, nine = clock.at(on, time()), clock.at(on)
    for each in reminders:
        yield replace(each, at=nine) if each.at < first and kind_named(each.kind).nudge else each


def yielded(on: date, until: date) -> Iterator[Reminder]:
    """Every reminder of every element for the days from `on` to `until`. An element that fails stops no other."""
    for element in all_elements():
        try:
            yield from list(element.reminders(on=on, until=until))
        except Exception:
            log.exception("The reminders of %s are missing.", element.slug)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()


def _write_reminders(reminders: list[Reminder]) -> int:
    return sum(_write(kind, letters) for kind, letters in _letters(reminders).items())


def _letters(reminders: list[Reminder]) -> dict[str, list[Letter]]:
    """{kind: letters}: one message for each kind, thing and person, ever."""
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
    return by_kind


def _write(kind: str, letters: list[Letter]) -> int:
    """Without anything new there is no transaction: an idle minute must not take SQLite's write lock."""
    fresh = outbox.unknown(letters)
    if not fresh:
        return 0
    with transaction.atomic():
        return outbox.post_all(kind=kind, letters=fresh)


def _write_nudges(nudges: list[Reminder], on: date) -> int:
    """At most one message a day to each person, about what has not been asked for a week."""
    history, refusing = _history(nudges), _refusing()
    carried = _carried([each for each in nudges if _is_to_be_asked(each, on, history, refusing)], on)
    asked_today = set(carried) - {
        letter.key for letter in outbox.unknown([Letter(to=each[0].to, key=key) for key, each in carried.items()])
    }
    carried = {key: each for key, each in carried.items() if key not in asked_today}
    keys = list(carried)
    for start in range(0, len(keys), AT_ONCE):
        _write_day({key: carried[key] for key in keys[start : start + AT_ONCE]}, on)
    return len(carried)


def _carried(nudges: list[Reminder], on: date) -> dict[str, list[Reminder]]:
    """{key of the day's message to a person: what it asks for, the most pressing first}."""
    by_person = defaultdict(list)
    for each in nudges:
        by_person[each.to.pk].append(each)
    carried = {}
    for theirs in by_person.values():
        theirs.sort(key=lambda each: (each.order, each.at, each.about))
        carried[day_key(on=on, person=theirs[0].to)] = _together(theirs)
    return carried


def _together(theirs: list[Reminder]) -> list[Reminder]:
    """Those that share a message with the most pressing one.

    A lead reads the messages of her cohort: two cohorts never share one, and what leads may only count, or may not
    read, goes alone, so that no row of a message names who is still asked and none shows a secret.
    """
    first = theirs[0]
    if _goes_alone(first):
        return [first]
    return [each for each in theirs if each.scope == first.scope and not _goes_alone(each)]


def _goes_alone(nudge: Reminder) -> bool:
    kind = kind_named(nudge.kind)
    return kind.counted or kind.secret


def _about(nudge: Reminder) -> tuple:
    return nudge.kind, nudge.about, nudge.to.pk


def _refusing() -> set[str]:
    """Addresses that refuse mail: nobody is asked there."""
    return set(BadAddress.objects.values_list("address", flat=True))


def _history(nudges: list[Reminder]) -> dict:
    history = {}
    abouts = sorted({each.about for each in nudges})
    for start in range(0, len(abouts), AT_ONCE):
        history |= Nudge.objects.history(abouts[start : start + AT_ONCE])
    return history


def _is_to_be_asked(nudge: Reminder, on: date, history: dict, refusing: set[str]) -> bool:
    """Whether it was asked fewer than two times, the last time a week ago, and the address takes mail."""
    sent, last = history.get(_about(nudge), (0, None))
    return sent < NUDGES and (last is None or on - last >= NUDGE_AGAIN) and nudge.to.email not in refusing


def _kind_of(theirs: list[Reminder]) -> str:
    return theirs[0].kind if len(theirs) == 1 else DIGEST


@transaction.atomic
def _write_day(carried: dict[str, list[Reminder]], on: date) -> None:
    """The messages of one day and what each asks for; one that another wrote meanwhile asks for what that one saw."""
    by_kind = defaultdict(list)
    for key, theirs in carried.items():
        by_kind[_kind_of(theirs)].append(_nudge(key, theirs, on))
    posted = [row for kind, letters in by_kind.items() for row in outbox.write_all(kind=kind, letters=letters)]
    written = dict(Message.objects.filter(pk__in=[row.pk for row in posted]).values_list("key", "pk"))
    Nudge.objects.bulk_create(
        [
            Nudge(message_id=written[key], kind=each.kind, about=each.about, ref=outbox.ids_only(each.ref), on=on)
            for key, theirs in carried.items()
            if key in written
            for each in theirs
        ],
        batch_size=AT_ONCE,
    )


def _nudge(key: str, theirs: list[Reminder], on: date) -> Letter:
    """Yesterday's request is of no use beside today's: it ends in the morning."""
    first = theirs[0]
    ref = first.ref if len(theirs) == 1 else {"day": on.isoformat(), "person": str(first.to.pk)}
    return Letter(to=first.to, key=key, ref=ref, scope=first.scope, until=clock.at(on + timedelta(days=1)))
