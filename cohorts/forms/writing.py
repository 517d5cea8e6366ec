"""The form of a message to many: its words and people."""

from django import forms

from cohorts.circulars import audiences
from cohorts.forms.words import Line, Text
from cohorts.models import Cohort
from elements.widgets import Radios
from reminders.wording import BODY_LENGTH, SUBJECT_LENGTH


class CircularForm(forms.Form):
    """To whom, about what, and the text with its placeholders."""

    audience = forms.ChoiceField(
        label="Who gets it",
        widget=Radios,
        error_messages={"required": "Choose who gets the message", "invalid_choice": "Choose who gets the message"},
    )
    subject = Line(
        label="Subject",
        needed="Enter a subject that says what it is about and when",
        max_length=SUBJECT_LENGTH,
        help_text="Say what and when, for example Launch on {{ launch }}: where to go",
    )
    body = Text(
        label="Message",
        required=True,
        max_length=BODY_LENGTH,
        rows=12,
        error_messages={"required": "Enter the message"},
    )

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audiences(cohort)
