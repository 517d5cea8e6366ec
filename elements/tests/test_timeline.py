"""The timeline of pairs, put together from what elements say."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from elements import registry, timeline
from elements.contract import Element, Entry

QUIET, BUSY = SimpleNamespace(pk="quiet"), SimpleNamespace(pk="busy")


@pytest.fixture
def asked(monkeypatch):
    """Two elements that know the busy pair; gives what they were asked."""
    asked = []

    class Talks(Element):
        def timeline(self, *, pairs, viewer):
            asked.append(([pair.pk for pair in pairs], viewer))
            at = datetime(2027, 3, 5, 14, tzinfo=UTC)
            yield Entry("busy", date(2027, 3, 5), "Conversation", "done", is_contact=True, starts_at=at)
            yield Entry("busy", date(2027, 3, 9), "Conversation", "planned")

    class Visits(Element):
        def timeline(self, *, pairs, viewer):
            asked.append(([pair.pk for pair in pairs], viewer))
            yield Entry("busy", date(2027, 3, 5), "Visit", "cancelled")
            yield Entry("busy", date(2027, 3, 8), "Visit", "done", is_contact=True)

    monkeypatch.setattr(registry, "_elements", {"talks": Talks(), "visits": Visits()})
    return asked


def test_entries_of_all_elements_come_with_the_latest_first(asked):
    told = timeline.of([QUIET, BUSY], viewer="ann")
    assert told["quiet"] == []
    assert [(entry.on.day, entry.label) for entry in told["busy"]] == [
        (9, "Conversation"),
        (8, "Visit"),
        (5, "Conversation"),
        (5, "Visit"),
    ]


def test_each_element_is_asked_once_for_all_pairs(asked):
    timeline.of([QUIET, BUSY], viewer="ann")
    assert asked == [(["quiet", "busy"], "ann")] * 2


@pytest.mark.parametrize(("on", "last"), [(4, None), (5, 5), (7, 5), (8, 8), (20, 8)])
def test_the_last_contact_took_place_and_is_not_to_come(asked, on, last):
    found = timeline.last_contacts([QUIET, BUSY], on=date(2027, 3, on))
    assert found == {"quiet": None, "busy": last and date(2027, 3, last)}
