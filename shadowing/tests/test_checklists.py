"""Which checklist a visit has, whose lines they are, and when it looks like out of hours."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from cohorts.taxonomies.settings import SETTINGS
from shadowing.checklists import CLINICAL, FROM_ELSEWHERE, ITEMS, MEETING, OUT_OF_HOURS, items_for, needs_area
from shadowing.choices import Part
from shadowing.tests.worlds import agreed, moments, took_place
from shadowing.working_hours import is_out_of_hours


def kinds(flags, out_of_hours=False, from_elsewhere=False) -> list[bool]:
    found = items_for(flags=flags, out_of_hours=out_of_hours, from_elsewhere=from_elsewhere)
    return [set(items) <= set(found) for items in (CLINICAL, MEETING, OUT_OF_HOURS, FROM_ELSEWHERE)]


@pytest.mark.parametrize(
    ("flags", "more", "expected"),
    [
        ("CP", {}, [True, False, False, False]),
        ("C", {}, [True, False, False, False]),
        ("P", {}, [True, False, False, False]),
        ("CX", {}, [True, True, False, False]),
        ("X", {}, [False, True, False, False]),
        ("", {}, [False, True, False, False]),
        ("COP", {"out_of_hours": True}, [True, False, True, False]),
        ("X", {"from_elsewhere": True}, [False, True, False, True]),
    ],
)
def test_flags_choose_the_lists(flags, more, expected):
    assert kinds(flags, **more) == expected


def test_codes_are_unique_and_each_list_has_lines_for_both_where_it_should():
    everything = [*CLINICAL, *MEETING, *OUT_OF_HOURS, *FROM_ELSEWHERE]
    assert len(ITEMS) == len(everything)
    for items in (CLINICAL, MEETING, OUT_OF_HOURS):
        assert {item.part for item in items} == set(Part)
    assert [(len(CLINICAL), len(MEETING), len(OUT_OF_HOURS))] == [(9, 4, 4)]


def test_every_setting_whose_area_has_to_agree_has_a_line_that_asks_the_host():
    for entry in SETTINGS:
        found = items_for(flags=entry.flags, out_of_hours=False, from_elsewhere=False)
        asked = [item for item in found if item.asks_area]
        assert all(item.part == Part.HOST and item.of_the_day for item in asked)
        assert asked or not needs_area(entry.flags), entry.code
    assert [needs_area(flags) for flags in ("", "O", "C", "P", "X")] == [False, False, True, True, True]


def test_each_line_says_i_to_who_ticks_it_and_never_to_the_other():
    first_person = re.compile(r"\b(I|me|my|mine)\b")
    assert any(first_person.search(item.words) for item in ITEMS.values())
    assert [item.told for item in ITEMS.values() if first_person.search(item.told)] == []


def test_one_reads_what_one_sees_to_and_what_the_other_does(two, client):
    _, pair, doctor, manager = two
    visit = agreed(pair, doctor, manager)
    client.force_login(doctor.user)
    page = client.get(visit.get_absolute_url()).content.decode()
    own, theirs = page.split("<h3")[1:]
    assert [text.split(">")[1].split("<")[0] for text in (own, theirs)] == ["You", manager.name]
    assert "I take no papers away and photograph none" in own
    assert "Tells you which papers are confidential or commercial" in theirs
    page = client.get(reverse("visit_prepare", args=[visit.pk])).content.decode()
    assert "Tells you which papers are confidential or commercial: open" in page
    client.force_login(manager.user)
    assert "Takes no papers away and photographs none" in client.get(visit.get_absolute_url()).content.decode()


def test_a_checklist_that_nobody_can_tick_any_more_is_folded_away(two, client):
    _, pair, doctor, manager = two
    client.force_login(doctor.user)
    for visit, is_open in ((agreed(pair, doctor, manager), True), (took_place(pair, doctor, manager), False)):
        page = client.get(visit.get_absolute_url()).content.decode()
        assert ("nhsuk-task-list" in page) is is_open
        assert (">Open<" in page.replace("\n", "").replace(" ", "")) is is_open
        assert ("The checklist, as it was" in page) is not is_open
        assert "I take no papers away" in page


@pytest.mark.parametrize(
    ("day", "starts", "hours", "flags", "expected"),
    [
        (date(2027, 3, 5), time(14), 2, "", False),
        (date(2027, 3, 5), time(7), 12, "", False),
        (date(2027, 3, 5), time(7), 12, "O", False),  # a time that is known says more than what is usual
        (date(2027, 3, 5), time(6, 45), 1, "", True),
        (date(2027, 3, 5), time(18), 1.25, "", True),
        (date(2027, 3, 5), time(20), 12, "", True),
        (date(2027, 3, 6), time(10), 2, "", True),
        (date(2027, 3, 7), time(10), 2, "", True),
    ],
)
def test_the_time_says_whether_it_is_out_of_hours(day, starts, hours, flags, expected):
    assert is_out_of_hours(flags=flags, **moments(day, starts, hours)) is expected


def test_without_a_time_the_setting_says_it():
    assert [is_out_of_hours(flags=flags, starts_at=None, ends_at=None) for flags in ("COP", "CP")] == [True, False]
