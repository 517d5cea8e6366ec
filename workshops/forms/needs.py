"""Two questions before a workshop."""

from django import forms

from cohorts.forms.words import Line
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from workshops.choices import CONFIDENCE
from workshops.models import Need


class NeedForm(LooksForPatients):
    """How confident somebody is today, and what the workshop should bring."""

    keeps_nothing = True  # what is wanted bears no name
    looked_at = ("words",)
    confidence = forms.TypedChoiceField(
        label="How confident are you in this topic today?",
        choices=list(CONFIDENCE.items()),
        coerce=int,
        widget=Radios,
        error_messages={"required": "Choose a number from 1 to 5", "invalid_choice": "Choose a number from 1 to 5"},
    )
    words = Line(
        label="What would make it worth your time? (optional)",
        help_text="In a sentence, without names",
        max_length=300,
    )

    def __init__(self, *args, need: Need | None = None, **kwargs):
        shown = {"confidence": need.confidence, "words": need.words} if need else {}
        super().__init__(*args, initial=shown, **kwargs)
