"""Which of one's own words go onto paper."""

from django import forms
from django.utils.text import Truncator

from elements import clock, identifiers
from elements.widgets import Checkboxes

FIRST_WORDS = 60  # letters, by which its author knows a text again


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
        self.fields["ticked"].widget.hints = {each.ref: Truncator(each.begins).chars(FIRST_WORDS) for each in texts}
        self.texts = {each.ref: each for each in texts}
        if not texts:
            del self.fields["ticked"]

    def clean_ticked(self):
        """The paper says that it names no patient: while a ticked text may name one, nothing is printed."""
        ticked = self.cleaned_data["ticked"]
        found = [(text, kinds) for text in map(self.texts.get, ticked) if (kinds := _patients_in(text))]
        if found:
            raise forms.ValidationError(
                [
                    f"“{_named(text)}” may hold {' and '.join(kinds)}. Untick it, or change those words "
                    "where you wrote them, under “Your reflections”"
                    for text, kinds in found
                ]
            )
        return ticked

    def clean(self):
        found = super().clean()
        found.setdefault("ticked", [])
        return found


def _patients_in(text) -> list[str]:
    """The kinds of words that may tell who a patient is, once each; the words themselves are kept nowhere."""
    found = [*identifiers.find(text.title), *identifiers.find(text.text)]
    return list(dict.fromkeys(each.kind for each in found))


def _named(text) -> str:
    """What is ticked, and when it was written, unless its title says so."""
    day = clock.in_full(text.on)
    return text.title if day in text.title else f"{text.title}, {day}"
