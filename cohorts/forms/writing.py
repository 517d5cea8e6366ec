"""Forms of a message to many: its words and people, and the yes that sends it."""

from django import forms

from cohorts.circulars import TYPE_ABOVE, audiences
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


class SendForm(forms.Form):
    """Yes to these people and these words; the number is typed where there are many."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    count = forms.CharField(
        label="How many people get it?",
        help_text="Type the number that stands above the list",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        required=False,
    )

    def __init__(self, *args, letters_count: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._number = letters_count
        if letters_count <= TYPE_ABOVE:
            del self.fields["count"]

    def clean_count(self) -> str:
        typed = self.cleaned_data["count"].strip()
        if typed != str(self._number):
            raise forms.ValidationError(f"Type {self._number}, the number of people who get the message")
        return typed
