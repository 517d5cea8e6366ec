"""A time is typed as people write it; what cannot be one is asked for in words."""

from datetime import time

import pytest
from django import forms

from elements.fields import HourField

NO_TIME = "Start time must be a real time, like 2pm or 14:00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((words, time(14)) for words in ("2pm", "2 PM", "2 p.m.", "2:00pm", "14:00", "14.00", "1400")),
        *((words, time(14, 30)) for words in ("2.30pm", "2:30 pm", "14:30", "14.30")),
        *((words, time(9)) for words in ("9am", "09:00", "9:00")),
        *((words, time(12)) for words in ("12pm", "12:00", "midday", "Noon")),
        *((words, time(0)) for words in ("12am", "00:00", "midnight")),
        *((words, time(0, 30)) for words in ("12.30am", "0:30")),
    ],
)
def test_what_is_typed_is_understood(typed, meant):
    assert HourField(label="Start time").clean(typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the start time, like 2pm"),
        ("  ", "Enter the start time, like 2pm"),
        *(
            (words, "Start time must be a real time, like 2pm or 14:00")
            for words in ("soon", "25:00", "2:75pm", "13pm")
        ),
        *((words, "Start time must be a real time, like 2pm or 14:00") for words in ("0am", "²pm", "٢pm", "9" * 5000)),
        ("2", "Start time must say am or pm, like 2pm"),
        ("2:30", "Start time must say am or pm, like 2:30pm"),
    ],
)
def test_what_is_no_time_is_refused_in_words(typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        HourField(label="Start time").clean(typed)
    assert refused.value.messages == [said]


def test_a_time_is_shown_as_it_may_be_typed_and_what_was_typed_as_it_was():
    field = HourField(label="Start time")
    assert [field.prepare_value(hour) for hour in (time(14), time(9, 30), time(12), time(0))] == [
        "2pm",
        "9:30am",
        "midday",
        "midnight",
    ]
    assert field.prepare_value("half two") == "half two"
