"""Two owners write on the same page at once: whoever comes second reads what the first wrote before she replaces it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from elements import once
from elements.refusals import Refusal
from elements.rereading import plain


class ChangedMeanwhile(Refusal):
    """The page showed something else than what stands there now. `row` is what stands, read under the lock."""

    unsaid = "This was changed while you were writing. What it says now stands below; press Save again to replace it."

    def __init__(self, row: Model):
        super().__init__(self.unsaid)
        self.row = row


def shown(row: Model, names: Iterable[str]) -> UUID | None:
    """Stands for what a page shows of these columns of a row."""
    return once.key(row.pk, *(str(said(row, name)) for name in sorted(names)))


def refuse_unread(row: Model, words: dict[str, Any], seen: UUID | None) -> None:
    """Before `words` replace the same columns of a row. Raises ChangedMeanwhile.

    `seen` is `shown` of the page, None for whoever had none. The same page sent twice replaces nothing.
    """
    if seen is None or seen == shown(row, words):
        return
    if any(said(row, name) != plain(value) for name, value in words.items()):
        raise ChangedMeanwhile(row)


def said(row: Model, name: str) -> Any:
    """What a column holds: "" for nothing, and the key of what it points at."""
    return plain(getattr(row, row._meta.get_field(name).attname))
