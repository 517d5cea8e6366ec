"""What all elements say of pairs, in the order of time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from elements.contract import Entry
from elements.registry import all_elements


def of(pairs: Iterable, *, viewer) -> dict[object, list[Entry]]:
    """{primary key of a pair: its entries, the latest first}. Each element is asked once, for all pairs."""
    pairs = list(pairs)
    found: dict[object, list[Entry]] = defaultdict(list)
    for entry in _told(pairs, viewer):
        found[entry.pair].append(entry)
    return {pair.pk: sorted(found[pair.pk], key=_when, reverse=True) for pair in pairs}


def last_contacts(pairs: Iterable, *, on: date) -> dict[object, date | None]:
    """{primary key of a pair: the day its partners were last in touch, until `on`; None for never}."""
    entries = of(pairs, viewer=None)
    return {
        pair: max((entry.on for entry in told if entry.is_contact and entry.on <= on), default=None)
        for pair, told in entries.items()
    }


def _told(pairs: list, viewer) -> Iterator[Entry]:
    for element in all_elements():
        for entry in element.timeline(pairs=pairs, viewer=viewer):
            yield replace(entry, element=element.name)


def _when(entry: Entry):
    return entry.on, entry.starts_at.timestamp() if entry.starts_at else 0
