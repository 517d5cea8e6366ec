"""A day in three boxes: what is taken, what is refused and in which words."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from elements.fields import DayField


class LaunchForm(forms.Form):
    launch_on = DayField(label="Launch date")
    ends_on = DayField(label="NHS end", required=False, name="last day")


def typed(day="", month="", year="", name="launch_on") -> dict:
    return {f"{name}_0": day, f"{name}_1": month, f"{name}_2": year}


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("1", "2", "2027"),
        ("01", "02", "2027"),
        (" 1 ", "Feb", "2027"),
        ("1", "FEBRUARY", "2027"),
        ("1", "2", "27"),
        ("1", "feb", " 27 "),
    ],
)
def test_a_real_day_is_taken(day, month, year):
    form = LaunchForm(typed(day, month, year))
    assert form.is_valid()
    assert form.cleaned_data == {"launch_on": date(2027, 2, 1), "ends_on": None}


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("", "", ""), "Enter the launch date"),
        (("1", "", "2027"), "Launch date must include a month"),
        (("", "", "2027"), "Launch date must include a day and a month"),
        (("31", "2", "2027"), "Launch date must be a real date"),
        (("1", "13", "2027"), "Launch date must be a real date"),
        (("1", "Foo", "2027"), "Launch date must be a real date"),
        (("٣", "2", "2027"), "Launch date must be a real date"),
        (("1", "2", "0000"), "Launch date must be a real date"),
        (("-1", "2", "2027"), "Launch date must be a real date"),
        (("1", "2", "7"), "Launch date must have a year of four figures, like 2027"),
        (("1", "2", "227"), "Launch date must have a year of four figures, like 2027"),
        (("30", "2", "27"), "Launch date must be a real date"),
        (("1", "2", "-7"), "Launch date must be a real date"),
        (("1", "2", "٢٧"), "Launch date must be a real date"),
        (("9" * 5000, "2", "2027"), "Launch date must be a real date"),
    ],
)
def test_anything_else_is_refused_in_words_and_kept(boxes, sentence):
    form = LaunchForm(typed(*boxes))
    assert form.errors == {"launch_on": [sentence]}
    assert form["launch_on"].value() == list(boxes)


@pytest.mark.parametrize(
    ("label", "called"), [("By when? (optional)", "Day"), ("Review date (optional)", "Review date")]
)
def test_a_day_is_called_by_its_label_unless_that_is_a_question(label, called):
    with pytest.raises(ValidationError, match=f"^\\['{called} must be a real date'\\]$"):
        DayField(label=label).clean(["31", "2", "2027"])


def test_messages_use_the_given_name():
    form = LaunchForm(typed("1", "2", "2027") | typed("1", "", "2027", name="ends_on"))
    assert form.errors == {"ends_on": ["Last day must include a month"]}


@pytest.mark.parametrize(("typed", "missing"), [(("", "1", "2027"), "a day"), (("6", "", "2027"), "a month")])
def test_a_box_called_day_is_a_date_where_part_of_it_is_missing(typed, missing):
    with pytest.raises(forms.ValidationError, match=f"Date must include {missing}"):
        DayField(label="Day", name="day").to_python(typed)


def test_a_day_of_before_fills_the_boxes_and_is_not_a_change():
    form = LaunchForm(typed("1", "2", "2027"), initial={"launch_on": date(2027, 2, 1)})
    assert not form.has_changed()
    assert LaunchForm(initial={"launch_on": date(2027, 2, 1)})["launch_on"].field.widget.decompress(
        date(2027, 2, 1)
    ) == [
        1,
        2,
        2027,
    ]
