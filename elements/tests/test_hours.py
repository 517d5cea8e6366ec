"""A time of the day as people type it: what is taken, what is asked about, and in which words."""

from datetime import time

import pytest
from django import forms

from elements.fields import HourField


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
