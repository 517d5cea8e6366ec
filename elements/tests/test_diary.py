"""What stands in people's calendars, and what of it lies in the way of a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from elements import clock, diary
from elements.contract import Element, Event

NOW = datetime(2027, 1, 1, tzinfo=UTC)
DAY = date(2027, 3, 5)


@dataclass
class Person:
    pk: int


class Room(Element):
    """It says the same of everybody, once off and once on."""

    def calendar(self, *, users):
        for user in users:
            yield an_event(14, 15, uid="on", whose=user.pk)
            yield an_event(14, 15, uid="off", whose=user.pk, cancelled=True)


def an_event(first, last, *, uid="1", **more) -> Event:
    return Event(uid, 0, "Talk", clock.at(DAY, time(first)), clock.at(DAY, time(last)), NOW, **more)


def test_each_element_is_asked_once_and_what_is_off_is_left_out(monkeypatch):
    monkeypatch.setattr(diary, "all_elements", lambda: iter([Room(), Room()]))
    found = diary.of([Person(1), Person(2)])
    assert {key: [event.uid for event in events] for key, events in found.items()} == {1: ["on"] * 2, 2: ["on"] * 2}


class Broken(Element):
    slug = "broken"

    def calendar(self, *, users):
        yield an_event(14, 15, whose=users[0].pk)
        raise ZeroDivisionError


def test_an_element_that_fails_leaves_the_others_and_is_told_to_the_log(monkeypatch, caplog):
    monkeypatch.setattr(diary, "all_elements", lambda: iter([Broken(), Room()]))
    assert [event.uid for event in diary.of([Person(1)])[1]] == ["on"]
    assert "The calendar of broken is missing." in caplog.text


@pytest.mark.parametrize(
    ("first", "last", "is_in_the_way"),
    [(13, 14, False), (13, 15, True), (14, 15, True), (15, 16, True), (15, 18, True), (16, 17, False), (9, 18, True)],
)
def test_what_only_touches_a_time_is_not_in_the_way(first, last, is_in_the_way):
    asked = {"starts_at": clock.at(DAY, time(14)), "ends_at": clock.at(DAY, time(16))}
    assert bool(diary.in_the_way([an_event(first, last)], **asked)) == is_in_the_way


def test_what_is_in_the_way_is_told_in_lines_without_that_which_is_asked_about():
    asked = {"starts_at": clock.at(DAY, time(14)), "ends_at": clock.at(DAY, time(16))}
    events = [an_event(15, 17, uid="late"), an_event(14, 16, uid="itself"), an_event(9, 10, uid="early")]
    assert diary.told_of_way(events, **asked, but=["itself"]) == ["Talk: Friday 5 March 2027, 3pm to 5pm"]


def test_a_day_without_hours_lasts_from_midnight_to_midnight_in_london():
    summer = date(2027, 7, 5)
    event = Event("1", 0, "Away", summer, summer + timedelta(days=1), NOW)
    assert diary.hours_of(event) == (datetime(2027, 7, 4, 23, tzinfo=UTC), datetime(2027, 7, 5, 23, tzinfo=UTC))


def test_for_nobody_nothing_is_asked():
    assert list(diary.rows_of_each([], None)) == []
