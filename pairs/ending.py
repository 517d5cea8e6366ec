"""What ending a pair calls off and who hears of it: done once, looked at, and taken back before anybody can see it.

So the page asks the very actions that will do it, and no room has to tell a second time what it would let go.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from elements import clock, timeline
from elements.contract import Entry
from elements.phrases import in_a_row
from elements.registry import kind_named
from pairs.actions import end_pair
from pairs.models import Pair
from reminders import outbox
from reminders.models import Message
from reminders.wording import Words, example, words_of


@dataclass(frozen=True)
class Off:
    """What is called off, of one kind: "2 conversations", and when they were to be."""

    what: str
    days: list[str]


@dataclass(frozen=True)
class Ending:
    """`told` are the names of those who hear of it, in so many `messages`; `letter` shows how one reads.

    It is filled in with made-up facts: where partners meet and what they wrote is not for leads.
    """

    off: list[Off]
    told: list[str]
    messages: int
    letter: Words | None

    @property
    def names(self) -> str:
        return in_a_row(self.told)

    @property
    def mark(self) -> str:
        """A mark of what a reader says yes to."""
        parts = [*(f"{each.what}: {', '.join(each.days)}" for each in self.off), *self.told, str(self.messages)]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def ending_of(pair: Pair, *, kind: str, on: date, by) -> Ending:
    """What follows if this pair, read with its members, ended now. Nothing is kept. Raises PairHasEnded."""
    users = {each.participant.user_id: each.participant.name for each in pair.everybody}
    with transaction.atomic():
        before = _called_off(pair)
        with outbox.noting() as keys:
            end_pair(pair=pair, kind=kind, on=on, by=by)
        written = Message.objects.filter(pk__in=keys, scope=pair.cohort_id, recipient__in=users)
        # Asked as at sending: who never heard of a date does not hear that it is off.
        wanted = [each for each in written.select_related("recipient") if _is_of_a_date(each)]
        off = _called_off(pair) - before
        letter = _letter(min(wanted, key=lambda each: each.kind), pair) if wanted else None
        transaction.set_rollback(True)
    told = {message.recipient_id for message in wanted}
    return Ending(
        off=_in_words(off.elements()),
        told=[name for user, name in users.items() if user in told],
        messages=len(wanted),
        letter=letter,
    )


def _called_off(pair: Pair) -> Counter[Entry]:
    entries = timeline.of([pair], viewer=None)[pair.pk]
    return Counter(entry for entry in entries if entry.state == "cancelled")


def _in_words(entries) -> list[Off]:
    days = defaultdict(list)
    for entry in sorted(entries, key=lambda each: each.on):
        hour = f", {clock.in_figures(entry.starts_at)}" if entry.starts_at else ""
        days[entry.label].append(f"{clock.in_full(entry.on)}{hour}")
    return [Off(f"{len(on)} {label.lower()}{'' if len(on) == 1 else 's'}", on) for label, on in days.items()]


def _is_of_a_date(message: Message) -> bool:
    """Whether it goes out, and is about a date that stood. What was offered and never agreed is in nobody's calendar,
    and that there was such an offer is the two's alone.
    """
    kind, to = kind_named(message.kind), message.recipient
    return kind.wanted(message.ref, to) and (kind.event is None or kind.event(message.ref, to) is not None)


def _letter(message: Message, pair: Pair) -> Words:
    """Made-up facts, but for what happened and the way on, which a pair that has ended reads so, and tell of nobody."""
    kind = kind_named(message.kind)
    real = kind.context(message.ref, message.recipient)
    facts = example(kind) | {name: real[name] for name in ("news", "next") if name in real}
    return words_of(kind, pair.cohort_id).filled(facts)
