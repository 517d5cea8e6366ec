"""A time of the day, and how long something lasts, as people type them: what is taken or asked, and in which words."""

from datetime import time

import pytest
from django import forms

from elements.fields import HourField, LengthField


class HoursForm(forms.Form):
    begins = HourField(label="Start time")
    ends = HourField(label="End time", required=False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2pm", time(14)),
        (" 2 PM ", time(14)),
        ("2 p.m.", time(14)),
        ("２ｐｍ", time(14)),
        ("9.30am", time(9, 30)),
        ("9:30 a.m", time(9, 30)),
        ("9:30", time(9, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:45am", time(0, 45)),
        ("midday", time(12)),
        ("Noon", time(12)),
        ("12 noon", time(12)),
        ("midnight", time(0)),
        ("14:00", time(14)),
        ("14.00", time(14)),
        ("1400", time(14)),
        ("0930", time(9, 30)),
        ("0", time(0)),
        ("8", time(8)),
        ("10", time(10)),
        ("12", time(12)),
        ("13", time(13)),
        ("14", time(14)),
        ("23", time(23)),
        ("02", time(2)),
        ("07:00", time(7)),
        ("8:15", time(8, 15)),
        ("02:30", time(2, 30)),
        ("00:00", time(0)),
        ("1130pm", time(23, 30)),
    ],
)
def test_a_time_is_taken_as_people_write_it(typed, meant):
    form = HoursForm({"begins": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"begins": meant, "ends": None}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter a start time, like 2pm"),
        ("  ", "Enter a start time, like 2pm"),
        ("1", "Do you mean 1am or 1pm? Enter the start time with am or pm"),
        ("2", "Do you mean 2am or 2pm? Enter the start time with am or pm"),
        ("7", "Do you mean 7am or 7pm? Enter the start time with am or pm"),
        ("2:30", "Do you mean 2:30am or 2:30pm? Enter the start time with am or pm"),
        ("7.15", "Do you mean 7:15am or 7:15pm? Enter the start time with am or pm"),
        ("2:60", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("24", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("13pm", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("0am", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("24:00", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("9:60am", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("9:3am", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("-2pm", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("٢pm", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("2pm to 4pm", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("after lunch", "Start time must be a real time, like 2pm, 9:30am or 14:00"),
        ("9" * 5000, "Start time must be a real time, like 2pm, 9:30am or 14:00"),
    ],
)
def test_anything_else_is_answered_in_words_and_kept(typed, sentence):
    form = HoursForm({"begins": typed})
    assert form.errors == {"begins": [sentence]}
    assert form["begins"].value() == typed


def test_the_sentence_begins_with_the_right_article():
    form = HoursForm({})
    form.fields["ends"].required = True
    assert form.errors["ends"] == ["Enter an end time, like 2pm"]


@pytest.mark.parametrize("hour", [time(0), time(9), time(12), time(14, 30), time(23, 59)])
def test_a_time_of_before_fills_the_box_in_words_that_are_read_back(hour):
    shown = HoursForm(initial={"begins": hour})["begins"].value()
    form = HoursForm({"begins": shown}, initial={"begins": hour})
    assert form.is_valid()
    assert form.cleaned_data["begins"] == hour
    assert not form.has_changed()


class LengthForm(forms.Form):
    took = LengthField(label="How long?", longest=1500)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("11", "30"), 690),
        (("12", ""), 720),
        (("", "90"), 90),
        ((" 1 ", "0"), 60),
        (("25", "0"), 1500),
        (("", ""), "Enter the hours and minutes, like 2 and 30"),
        (("0", ""), "Enter at least 1 minute"),
        (("25", "1"), "Enter at most 25 hours"),
        (("9" * 5000, ""), "Enter hours and minutes as whole numbers, like 2 and 30"),
        (("9" * 4000, ""), "Enter at most 25 hours"),
        (("two", "30"), "Enter hours and minutes as whole numbers, like 2 and 30"),
        (("-1", "90"), "Enter hours and minutes as whole numbers, like 2 and 30"),
        (("1.5", ""), "Enter hours and minutes as whole numbers, like 2 and 30"),
    ],
)
def test_hours_and_minutes_are_kept_as_minutes_and_what_is_wrong_stays_in_its_box(typed, meant):
    form = LengthForm(dict(zip(("took_0", "took_1"), typed, strict=True)))
    assert (form.cleaned_data["took"] if form.is_valid() else form.errors["took"][0]) == meant
    assert form["took"].value() == list(typed)


def test_a_length_that_is_known_stands_in_its_boxes_as_hours_and_minutes():
    assert form_boxes(LengthForm(initial={"took": 690})) == [11, 30]
    assert form_boxes(LengthForm({})) == [None, None]


def form_boxes(form) -> list:
    widget = form["took"].field.widget
    return widget.decompress(form["took"].value()) if not form.is_bound else form["took"].value()
