"""Which of one's own words go onto paper."""

from django import forms

from elements import clock
from elements.widgets import Checkboxes


class TickForm(forms.Form):
    """The texts to print; none at first, because the paper may be read by others."""

    ticked = forms.MultipleChoiceField(
        label="Which of your reflections should be printed?",
        required=False,
        widget=Checkboxes,
        help_text="Tick only what whoever gets the record may read.",
        error_messages={"invalid_choice": "Choose from your own reflections"},
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = [(each.ref, _named(each)) for each in texts]
        if not texts:
            del self.fields["ticked"]

    def clean(self):
        found = super().clean()
        found.setdefault("ticked", [])
        return found


def _named(text) -> str:
    """What is ticked, and when it was written, unless its title says so."""
    day = clock.in_full(text.on)
    return text.title if day in text.title else f"{text.title}, {day}"
