"""Pages are composed of what each element hands down, in order."""

from datetime import date
from types import SimpleNamespace

import pytest

from elements import house, registry
from elements.contract import Attention, Door, Element, Stage, Step


class Room(Element):
    slug = "room-of-the-test"

    def doors(self, *, viewer, pair=None, cohort=None):
        yield Door("Second", "/2/", "cohort", order=2)
        yield Door("First", "/1/", "cohort", order=1)
        yield Door("Elsewhere", "/3/", "home")

    def attention(self, *, cohorts, on, viewer):
        return [Attention(None, "something", 3, "/"), Attention(None, "nothing", 0, "/")]

    def stages(self, *, cohort, on):
        return [Stage("late", "not yet started", date(2027, 5, 1)), Stage("early", "completed", date(2027, 1, 1))]

    def next_steps(self, *, participants, on):
        return [Step(None, "later", due_on=date(2027, 5, 1)), Step(None, "soon", due_on=date(2027, 1, 1))]


@pytest.fixture(autouse=True)
def only_this_room(monkeypatch):
    monkeypatch.setattr(registry, "_elements", {"room-of-the-test": Room()})


def test_doors_of_one_place_stand_in_order():
    assert [door.label for door in house.doors(viewer=None, where="cohort")] == ["First", "Second"]


def test_what_counts_nothing_needs_nobody():
    assert [each.label for each in house.attention(cohorts=[], on=date(2027, 1, 1), viewer=None)] == ["something"]


def test_stages_and_steps_stand_in_the_order_of_their_dates():
    assert [each.label for each in house.stages(cohort=None, on=date(2027, 1, 1))] == ["early", "late"]
    assert [each.label for each in house.next_steps(participants=[], on=date(2027, 1, 1))] == [
        "soon",
        "later",
    ]


def test_steps_stand_in_the_order_of_urgency():
    on = date(2027, 3, 8)
    steps = [
        Step(None, "signed", state="done", due_on=date(2027, 3, 1), order=1),
        Step(None, "agree when you meet", due_on=date(2027, 3, 26), order=10),
        Step(None, "write the agreement", order=20),
        Step(None, "feedback", due_on=date(2027, 3, 12), order=22),
        Step(None, "tell how it goes", order=30),
        Step(None, "overdue", due_on=date(2027, 3, 5), order=42),
        Step(None, "due today", due_on=on, order=40),
        Step(None, "in a fortnight", due_on=date(2027, 3, 22), order=35),
        Step(None, "workshop in May", state="planned", due_on=date(2027, 5, 3), order=40),
        Step(None, "for whoever wants", state="optional", order=90),
    ]
    pressing = ["overdue", "due today", "feedback"]
    by_day_and_place = ["in a fortnight", "agree when you meet", "write the agreement", "tell how it goes"]
    last = ["workshop in May", "for whoever wants", "signed"]
    for given in (steps, steps[::-1]):
        labels = [step.label for step in house.in_order_of_steps(given, on=on)]
        assert labels == pressing + by_day_and_place + last


@pytest.mark.parametrize(("due_on", "is_first"), [(date(2027, 3, 15), True), (date(2027, 3, 16), False)])
def test_what_is_due_within_a_week_stands_above_what_has_no_day(due_on, is_first):
    steps = [Step(None, "write the agreement", order=20), Step(None, "agreed action", due_on=due_on, order=40)]
    first, _ = house.in_order_of_steps(steps, on=date(2027, 3, 8))
    assert (first.label == "agreed action") == is_first


def test_what_one_is_to_do_moves_nothing_in_the_list_of_another():
    on = date(2027, 3, 8)
    steps = [
        Step("ann", "first", order=20),
        Step("ann", "later", due_on=date(2027, 5, 3), order=40),
        Step("bob", "launch", due_on=date(2027, 5, 9), order=5),
    ]
    ordered = house.in_order_of_steps(steps, on=on)
    assert [step.label for step in ordered if step.participant == "ann"] == ["first", "later"]


def test_a_second_element_of_the_same_name_is_refused():
    with pytest.raises(registry.RegisteredTwice):
        registry.register(Room())


def test_what_a_cohort_has_switched_off_hands_nothing_to_its_pages():
    cohort = SimpleNamespace(elements_off=["room-of-the-test"])
    assert house.doors(viewer=None, where="cohort", cohort=cohort) == []
    assert house.stages(cohort=cohort, on=date(2027, 1, 1)) == []
    assert house.doors(viewer=None, where="cohort", cohort=SimpleNamespace(elements_off=[])) != []


def test_only_cohorts_that_use_an_element_are_asked_what_needs_their_lead(monkeypatch):
    using, without = SimpleNamespace(elements_off=[]), SimpleNamespace(elements_off=["room-of-the-test"])
    asked = []
    monkeypatch.setattr(Room, "attention", lambda self, *, cohorts, on, viewer: asked.extend(cohorts) or [])
    house.attention(cohorts=[using, without], on=date(2027, 1, 1), viewer=None)
    assert asked == [using]
