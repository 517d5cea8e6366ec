"""What somebody was written about one thing, and how much of it reached them: read from the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from reminders.choices import IN_HAND, LIVE, MAY_HAVE_ARRIVED, State
from reminders.models import Message

HEARD = IN_HAND | MAY_HAVE_ARRIVED  # states of a message that reached somebody, or may have


@dataclass(frozen=True)
class Written:
    """One message about a thing. `sequence` says which of its changes it is about."""

    kind: str
    ref: dict[str, Any]
    state: str
    sent_at: datetime | None

    @property
    def sequence(self) -> int:
        return self.ref.get("sequence", 0)

    @property
    def was_heard(self) -> bool:
        return self.state in HEARD


def written_to(to, *, kinds: Iterable[str], **about) -> list[Written]:
    """What was written to this person of these kinds about one thing, the oldest change first; no tests. One query.

    `about` names the thing as the references of its messages do: `cohort=...`, `meeting=...`.
    """
    rows = Message.objects.to_people([getattr(to, "pk", None)]).without_tests().filter(kind__in=list(kinds))
    rows = rows.filter(**{f"ref__{name}": str(value) for name, value in about.items()})
    found = [Written(*row) for row in rows.order_by("created_at").values_list("kind", "ref", "state", "sent_at")]
    return sorted(found, key=lambda each: each.sequence)


def anything_heard(*, scope, kinds: Iterable[str], since: datetime | None = None) -> bool:
    """Whether anybody of a scope heard, or may have, by messages of these kinds, ever or since then; tests aside."""
    rows = Message.objects.within([scope]).without_tests().filter(kind__in=list(kinds), state__in=HEARD)
    if since:
        rows = rows.filter(Q(created_at__gte=since) | Q(sent_at__gte=since) | Q(state__in=IN_HAND))
    return rows.exists()


def latest_kinds(*, scope, kinds: Iterable[str]) -> dict[Any, str]:
    """{person: the kind of the last of these messages that they heard or that is on its way}. One query."""
    rows = Message.objects.within([scope]).without_tests().filter(kind__in=list(kinds), state__in=HEARD | LIVE)
    found = sorted(rows.values_list("ref", "recipient", "kind"), key=lambda row: row[0].get("sequence", 0))
    return {person: kind for _, person, kind in found}


def last_heard(history: list[Written], *, before: int) -> str:
    """The kind of the last message that reached the person before this change; empty if none did."""
    heard = [each.kind for each in history if each.sequence < before and each.was_heard]
    return heard[-1] if heard else ""


def is_newest(history: list[Written], sequence: int) -> bool:
    """Whether nothing later was written to this person: an older message says what is no longer so.

    What was cancelled says nothing: after Undo the message before it is the newest again.
    """
    return all(each.sequence <= sequence for each in history if each.state != State.CANCELLED)
