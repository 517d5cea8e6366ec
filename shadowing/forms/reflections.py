"""Forms of a reflection: its boxes, and what the evaluators may do with it."""

from django import forms

from cohorts.forms.words import Text
from cohorts.models import Term
from elements.once import MarkOfSending
from elements.second_look import LooksForPatients
from elements.widgets import Checkboxes, Radios
from shadowing.guides import SHORT, Guide
from shadowing.models import Reflection

USEFUL = {number: str(number) for number in range(1, 6)}
MOST = {"free": 6000}  # characters of a box; short boxes keep the learning in front
IN_A_BOX = 2000


class ReflectionForm(LooksForPatients):
    """The boxes of one guide, then what is optional: dimensions, which only the author ticks; of a visit, its use."""

    tags = forms.MultipleChoiceField(
        label="Leadership dimensions (optional)",
        help_text="Tick what it was about, if you like. They are the names of the Healthcare Leadership Model.",
        required=False,
        widget=Checkboxes(attrs={"class": "nhsuk-checkboxes--small"}),
        error_messages={"invalid_choice": "Choose dimensions from the list"},
    )
    usefulness = forms.TypedChoiceField(
        label="How useful was it? (optional)",
        help_text="1 is not useful, 5 is very useful. Your partner never reads it, also when you share your words. "
        "When the cohort has ended, what at least five visitors said of a "
        "setting is shown to later cohorts as “most found it useful”: no numbers and no names",
        choices=USEFUL.items(),
        coerce=int,
        empty_value=None,
        required=False,
        widget=Radios(attrs={"class": "nhsuk-radios--small nhsuk-radios--inline"}),
        error_messages={"invalid_choice": "Choose a number from 1 to 5"},
    )

    def __init__(self, *args, terms: list[Term], guide: Guide = SHORT, about_visit: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.guide = guide
        boxes = {}
        for code, label in guide.boxes:
            rows = 10 if guide.code == "free" else 4
            boxes[f"box_{code}"] = Text(label=label, max_length=MOST.get(guide.code, IN_A_BOX), rows=rows)
        self.fields = {**boxes, **self.fields}
        if not about_visit:
            del self.fields["usefulness"]
        self.fields["mark"] = MarkOfSending()
        self.fields["tags"].choices = [(term.code, term.label) for term in terms]

    def clean(self):
        """At least one box holds something; `answers` are those that do."""
        found = super().clean()
        texts = {code: found.get(f"box_{code}", "") for code, _ in self.guide.boxes}
        if not self.errors and not any(texts.values()):
            first = f"box_{self.guide.boxes[0][0]}"
            self.add_error(first, "Enter a few words" if len(texts) == 1 else "Enter a few words in one of the boxes")
        self.answers = {code: text for code, text in texts.items() if text}
        return found

    @property
    def written(self) -> dict:
        """What an action takes."""
        found = self.cleaned_data
        # Where it is not asked, what was said before stays.
        kept = {"tags": found["tags"], "usefulness": found.get("usefulness", self.initial.get("usefulness"))}
        return {"answers": self.answers, "warned": self.has_warned, **kept}


def initial_of(reflection: Reflection) -> dict:
    """What the boxes hold at first."""
    texts = {f"box_{code}": text for code, text in reflection.answers.items()}
    return {**texts, "tags": reflection.tags, "usefulness": reflection.usefulness}


class OfferForm(forms.Form):
    """What the evaluators may do with a text."""

    may_quote = forms.BooleanField(
        label="They may quote sentences from it",
        help_text="Always without your name. Without this tick they may read it, and count what it is about.",
        required=False,
    )
