"""A room of which only tests know: what it says of pairs is given to it."""

from dataclasses import replace
from datetime import date

from elements import registry
from elements.contract import Door, Element, Entry, Event, Panel, Step


class Room(Element):
    app = slug = "talks-of-the-test"
    name = "Talks"

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        self.asked = 0
        self.let_go_of = []

    def says(self, pair, *days: date, state="done", is_contact=True, **more) -> None:
        for day in days:
            self.entries.append(Entry(pair.pk, day, "Talk", state, is_contact=is_contact, url="/talk/", **more))

    def takes(self, user, starts_at, ends_at, uid="talk", **more) -> None:
        given = {"summary": "Talk with somebody", "kind": "talk", "changed_at": starts_at, "sequence": 0, **more}
        self.events.append(Event(uid=uid, starts_at=starts_at, ends_at=ends_at, whose=user.pk, **given))

    def calendar(self, *, users):
        keys = {user.pk for user in users}
        return [event for event in self.events if event.whose in keys]

    def timeline(self, *, pairs, viewer):
        self.asked += 1
        keys = {pair.pk for pair in pairs}
        return [replace(entry) for entry in self.entries if entry.pair in keys]

    def doors(self, *, viewer, pair=None, cohort=None):
        if pair:
            yield Door("Plan a talk", "/plan/", "pair", "It goes into both calendars")

    def panels(self, *, pair, viewer):
        yield Panel("pairs/_state.html", {"state": "Hours each way"})

    def next_steps(self, *, participants, on):
        for participant in participants:
            yield Step(participant, "Write what you agreed", "/write/")

    def let_go(self, *, participant=None, pair=None, by):
        self.let_go_of.append((participant, pair))


def moved_in(monkeypatch, room: Room) -> Room:
    """The room stands beside the elements that there are, until the test is over."""
    monkeypatch.setattr(registry, "_elements", {**registry._elements, room.slug: room})
    return room
