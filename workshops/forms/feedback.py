"""What somebody who was there thought of a workshop."""

from django import forms

from cohorts.forms.words import Text
from elements.second_look import LooksForPatients
from elements.widgets import Radios

SCALE = [(1, "1, strongly disagree"), (2, "2"), (3, "3"), (4, "4"), (5, "5, strongly agree")]
STATEMENTS = {
    "met_aims": "The workshop did what it set out to do",
    "relevant": "It was relevant to my work",
    "facilitated": "It was well facilitated",
    "confident": "I am confident to use what I learnt",
}
MISSING = {
    "met_aims": "Choose how far the workshop did what it set out to do",
    "relevant": "Choose how relevant it was to your work",
    "facilitated": "Choose how well it was facilitated",
    "confident": "Choose how confident you are to use what you learnt",
}
QUESTIONS = {
    "keep": "What should stay as it is? (optional)",
    "change": "What should change? (optional)",
    "action": "One thing that I will do (optional)",
}


def _rating(name: str) -> forms.TypedChoiceField:
    """Each says what is missing in its own words: four alike would not say where."""
    wanted = MISSING[name]
    return forms.TypedChoiceField(
        label=STATEMENTS[name],
        choices=SCALE,
        coerce=int,
        widget=Radios,
        error_messages={"required": wanted, "invalid_choice": wanted},
    )


class FeedbackForm(LooksForPatients):
    """Four statements and three lines. What is typed is kept nowhere but in the answer, which bears no name."""

    keeps_nothing = True
    met_aims = _rating("met_aims")
    relevant = _rating("relevant")
    facilitated = _rating("facilitated")
    confident = _rating("confident")
    keep = Text(label=QUESTIONS["keep"], rows=2, max_length=1000)
    change = Text(label=QUESTIONS["change"], rows=2, max_length=1000)
    action = Text(label=QUESTIONS["action"], rows=2, max_length=1000)
