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


def contacts(pairs, *, cohorts: Iterable, on: date) -> dict[object, tuple[date | None, date | None]]:
    """{key of a pair as text: (last contact until `on`, next planned day from `on`)}, without pairs that have neither.

    `pairs` is a queryset of pairs of these cohorts. Each element is asked once, of the cohorts that use it: for pages
    that look at thousands of pairs and show few, where making every entry would take longer than the rest.
    """
    cohorts = list(cohorts)
    found: dict[object, tuple[date | None, date | None]] = {}
    for element in all_elements():
        used = [cohort for cohort in cohorts if not element.optional or element.slug not in cohort.elements_off]
        if not used:
            continue
        asked = pairs if len(used) == len(cohorts) else pairs.filter(cohort__in=used)
        for pair, last, coming in element.contacts(pairs=asked, on=on):
            if pair in found:
                known_last, known_next = found[pair]
                last = max(last, known_last) if last and known_last else last or known_last
                coming = min(coming, known_next) if coming and known_next else coming or known_next
            found[pair] = last, coming
    return found


def _told(pairs: list, viewer) -> Iterator[Entry]:
    for element in all_elements():
        for entry in element.timeline(pairs=pairs, viewer=viewer):
            yield replace(entry, element=element.name)


def _when(entry: Entry):
    return entry.on, entry.starts_at.timestamp() if entry.starts_at else 0
