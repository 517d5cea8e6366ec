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
from elements.registry import kind_named
from pairs.actions import end_pair
from pairs.letters import in_a_row
from pairs.models import Pair
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
    of_members = Message.objects.filter(scope=pair.cohort_id, recipient__in=users)
    with transaction.atomic():
        known, before = set(of_members.values_list("pk", flat=True)), _called_off(pair)
        end_pair(pair=pair, kind=kind, on=on, by=by)
        written = [message for message in of_members.select_related("recipient") if message.pk not in known]
        # Asked as at sending: who never heard of a date does not hear that it is off.
        wanted = [each for each in written if kind_named(each.kind).wanted(each.ref, each.recipient)]
        off = _called_off(pair) - before
        transaction.set_rollback(True)
    kinds = sorted({message.kind for message in wanted})
    told = {message.recipient_id for message in wanted}
    return Ending(
        off=_in_words(off.elements()),
        told=[name for user, name in users.items() if user in told],
        messages=len(wanted),
        letter=_letter(kinds[0], pair) if kinds else None,
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


def _letter(name: str, pair: Pair) -> Words:
    kind = kind_named(name)
    return words_of(kind, pair.cohort_id).filled(example(kind))
