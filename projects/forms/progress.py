"""How far a project is, what became of it, and who else is in it."""

from decimal import Decimal

from django import forms

from cohorts.forms.words import Text
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from projects.choices import Part, StillGoing
from projects.models import Check, Score

MEANING = {
    "1.0": "We agreed on an aim, and know who works on it",
    "2.0": "We planned what to try, and how we will see whether it helps",
    "3.0": "We tried changes, and what we measure shows first signs",
    "4.0": "What we measure has clearly become better",
    "5.0": "We reached the aim, it has lasted, and it is part of how we work",
}  # of the full steps: our own words


class ScoreForm(forms.Form):
    """0.5 to 5.0 in steps of a half."""

    value = forms.TypedChoiceField(
        label="How far are you?",
        help_text="Choose the step that fits best. A half is on the way to the next",
        choices=[(f"{step:.1f}", f"{step:.1f}") for step in Score.STEPS],
        coerce=Decimal,
        widget=Radios(hints=MEANING),
        error_messages={"required": "Choose how far you are", "invalid_choice": "Choose one of the steps"},
    )

    def __init__(self, *args, latest: Decimal | None, **kwargs):
        super().__init__(*args, initial={"value": f"{latest:.1f}"} if latest else {}, **kwargs)


class CheckForm(LooksForPatients):
    """Whether it still goes on."""

    still = forms.ChoiceField(
        label="Does it still go on?",
        choices=StillGoing.choices,
        widget=Radios,
        error_messages={
            "required": "Choose whether it still goes on",
            "invalid_choice": "Choose whether it still goes on",
        },
    )
    words = Text(
        label="What became of it? (optional)",
        help_text="What stayed, what spread, what was lost and why. Nothing that identifies a patient",
        max_length=2000,
    )

    def __init__(self, *args, check: Check | None, **kwargs):
        super().__init__(*args, initial={"still": check.still, "words": check.words} if check else {}, **kwargs)


class InvolveForm(forms.Form):
    """A partner who is not in the project yet, and what that person becomes."""

    partner = forms.ChoiceField(
        label="Who?",
        widget=Radios,
        error_messages={"required": "Choose your partner", "invalid_choice": "Choose one of your partners"},
    )
    part = forms.ChoiceField(
        label="As what?",
        choices=[(Part.OWNER, "Co-owner"), (Part.FRIEND, "Critical friend")],
        widget=Radios(
            hints={
                Part.OWNER: "Reads and changes everything, as you do",
                Part.FRIEND: "Reads everything, asks questions and writes reviews",
            }
        ),
        error_messages={"required": "Choose co-owner or critical friend", "invalid_choice": "Choose one of the two"},
    )

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [(str(each.pk), each.name) for each in partners]
        if len(partners) == 1:
            self.fields["partner"].initial = str(partners[0].pk)
