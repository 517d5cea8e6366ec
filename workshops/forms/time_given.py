"""Hours that no session knows of."""

from datetime import date

from django import forms

from cohorts.forms.words import Line
from elements.fields import DayField, LengthField
from elements.once import MarkOfSending
from workshops.models.time_given import LONGEST


class TimeGivenForm(forms.Form):
    """What it was, on which day, and how long."""

    what = Line(
        label="What was it?",
        help_text="Like “Preparing the simulation, two people”. Name nobody",
        needed="Enter what it was",
        max_length=160,
    )
    spent_on = DayField(label="Day", help_text="For example, 6 1 2027", name="day")
    minutes = LengthField(label="How long, of everybody together?", longest=LONGEST)
    sending = MarkOfSending()

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_spent_on(self) -> date:
        day = self.cleaned_data["spent_on"]
        if not 2000 <= day.year <= 2099:
            raise forms.ValidationError("Enter a year from 2000 to 2099")
        if day > self.on:
            raise forms.ValidationError("Enter today or a day before it: hours of a coming day are not spent yet")
        return day
