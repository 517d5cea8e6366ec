"""Three questions about how a pairing goes."""

from django import forms

from cohorts.forms.words import Text
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from pairs.choices import SCALE


def statement(label: str) -> forms.TypedChoiceField:
    needed = f"Choose how far you agree that {label[:1].lower()}{label[1:]}".rstrip(".")
    return forms.TypedChoiceField(
        label=label,
        choices=SCALE.items(),
        coerce=int,
        widget=Radios,
        error_messages={"required": needed, "invalid_choice": needed},
    )


class PulseForm(LooksForPatients):
    """U1 to U3, a word to the leads, and whether it does not work."""

    met_enough = statement("We have met as often as we meant to.")
    works_for_me = statement("This pairing is working for me.")
    wants_call = forms.TypedChoiceField(
        label="Would you like a lead to call you?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=Radios,
        error_messages={
            "required": "Choose whether you would like a call",
            "invalid_choice": "Choose whether you would like a call",
        },
    )
    is_not_working = forms.BooleanField(
        label="It isn't working",
        help_text="A lead talks with you about ending this pair without blame, and about another partner",
        required=False,
    )
    words = Text(
        label="Anything the leads should know (optional)",
        help_text="Only the leads of your cohort read it. Nobody who is in your pair does",
        max_length=2000,
    )
