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

    confirmed = forms.MultipleChoiceField(
        label="Is no patient meant?",
        required=False,
        widget=Checkboxes,
        help_text="You decide. This is asked each time; we keep only that we asked, not what we found.",
        error_messages={"invalid_choice": "Choose from your own reflections"},
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = [(each.ref, _named(each)) for each in texts]
        self.fields["ticked"].widget.hints = {each.ref: Truncator(each.begins).chars(FIRST_WORDS) for each in texts}
        self.texts = {each.ref: each for each in texts}
        self.asks = self._asks()
        if not self.asks:
            del self.fields["confirmed"]
        else:
            self.fields["confirmed"].choices = [
                (ref, f"These words are no patient’s: print “{_named(self.texts[ref])}” as it is") for ref in self.asks
            ]
            self.fields["confirmed"].widget.hints = {
                ref: ", ".join(f"“{words}”" for words in found) for ref, found in self.asks.items()
            }
        if not texts:
            del self.fields["ticked"]

    def _asks(self) -> dict[str, dict[str, str]]:
        """Of each text that is sent ticked or confirmed, what in it may tell who a patient is."""
        if not self.is_bound:
            return {}
        sent = {ref for name in ("ticked", "confirmed") for ref in self[name].data or ()}
        return {ref: found for ref, text in self.texts.items() if ref in sent and (found := _patients_in(text))}

    def clean(self):
        """The paper says that it names no patient: a text that may name one is printed only if its author says so."""
        found = super().clean()
        ticked = found.setdefault("ticked", [])
        confirmed = found.pop("confirmed", [])
        for ref in ticked:
            if ref in self.asks and ref not in confirmed:
                kinds = " and ".join(dict.fromkeys(self.asks[ref].values()))
                self.add_error(
                    "ticked",
                    f"“{_named(self.texts[ref])}” may hold {kinds}. Untick it, change those words where you wrote "
                    "them, under “Your reflections”, or confirm below that they are no patient’s",
                )
        return found

    @property
    def was_asked(self) -> bool:
        """Whether something that is printed was asked about: all that is kept."""
        return any(ref in self.asks for ref in self.cleaned_data["ticked"])


def _patients_in(text) -> dict[str, str]:
    """{words: kind} of what may tell who a patient is; shown to the author and kept nowhere."""
    parts = (text.title, text.text)
    return {part[each.start : each.end]: each.kind for part in parts for each in identifiers.find(part)}


def _named(text) -> str:
    """What is ticked, and when it was written, unless its title says so."""
    day = clock.in_full(text.on)
    return text.title if day in text.title else f"{text.title}, {day}"
