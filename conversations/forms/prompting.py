"""The form of one question to begin with."""

from django import forms

from cohorts.forms.words import Line
from conversations.starters import MONTHS


class PromptForm(forms.Form):
    """The words, and the month of the pair that they are meant for."""

    words = Line(label="Question", needed="Enter the question", max_length=300)
    month = forms.IntegerField(
        label="Month of the pair",
        help_text="1 is the first month after two were told of each other",
        min_value=1,
        max_value=MONTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "2"}),
        error_messages={
            "required": "Enter the month, like 3",
            "invalid": "Enter the month as a number, like 3",
            "min_value": f"Enter a month from 1 to {MONTHS}",
            "max_value": f"Enter a month from 1 to {MONTHS}",
        },
    )
