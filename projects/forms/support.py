"""What owners ask of their leads, and what leads answer."""

from django import forms

from cohorts.forms.words import Text
from elements.once import MarkOfSending
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from projects.choices import SupportKind, SupportState
from projects.models import SupportRequest


class SupportForm(LooksForPatients):
    kind = forms.ChoiceField(
        label="What kind of support do you need?",
        choices=SupportKind.choices,
        widget=Radios,
        error_messages={"required": "Choose what you need", "invalid_choice": "Choose what you need"},
    )
    words = Text(
        label="What exactly would help?",
        help_text="The more specific, the easier to give: what, from whom, by when. Your leads read this",
        required=True,
        max_length=2000,
        error_messages={"required": "Enter what would help"},
    )
    mark = MarkOfSending()


class AnswerForm(LooksForPatients):
    """The answer of a lead. `seen` stands for the answer that the page showed."""

    HINTS = {
        SupportState.ANSWERED: "Something is under way, or they can go on with what you write",
        SupportState.DONE: "They have what they asked for",
        SupportState.NOT_POSSIBLE: "With the reason, so that they can look elsewhere",
    }

    state = forms.ChoiceField(
        label="How does it stand?",
        choices=[(state.value, state.label) for state in HINTS],
        widget=Radios(hints=HINTS),
        error_messages={"required": "Choose how it stands", "invalid_choice": "Choose how it stands"},
    )
    answer = Text(
        label="Your answer",
        max_length=2000,
    )
    seen = MarkOfSending()

    def __init__(self, *args, support: SupportRequest, **kwargs):
        first = {"answer": support.answer, "seen": support.answer_key}
        super().__init__(*args, initial=first, **kwargs)
        word = support.project.owners_word
        self.fields["answer"].help_text = f"The {word} of the project, a critical friend and the other leads read it"

    def look_again(self, support: SupportRequest, words: str) -> None:
        """Another answer stands there now: it is shown, and what was typed may be sent after it was read."""
        self.data = self.data.copy()
        self.data["seen"] = str(support.answer_key)
        self.add_error(None, words)

    def clean(self):
        found = super().clean()
        state = found.get("state")
        if state and state != SupportState.DONE and not found.get("answer") and "answer" not in self.errors:
            is_no = state == SupportState.NOT_POSSIBLE
            self.add_error("answer", "Enter why it is not possible" if is_no else "Enter your answer")
        return found
