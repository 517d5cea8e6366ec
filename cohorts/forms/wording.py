"""The words of a message as a lead types them."""

from django import forms

from cohorts.forms.words import Line, Text
from elements.contract import Kind
from reminders.wording import BODY_LENGTH, SUBJECT_LENGTH, Words, problems


class WordingForm(forms.Form):
    """Subject and text with {{ placeholders }}; what is wrong with them stands beside the box."""

    subject = Line(label="Subject", needed="Enter a subject", max_length=SUBJECT_LENGTH)
    body = Text(
        label="Text",
        required=True,
        rows=14,
        max_length=BODY_LENGTH,
        error_messages={"required": "Enter the text of the message"},
    )

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self._kind = kind

    @property
    def words(self) -> Words:
        typed = self.cleaned_data
        return Words(typed.get("subject", ""), typed.get("body", ""))

    def clean(self) -> None:
        self.refuse(problems(self._kind, self.words))

    def refuse(self, found) -> None:
        """Put (field, sentence) beside the boxes, besides those that say something already."""
        for field, sentence in list(found):
            if field not in self.errors:
                self.add_error(field, sentence)
