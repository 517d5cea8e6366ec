"""What the lead's list of visits is cut down to."""

from django import forms

ONE_SIDED, NONE = "one-sided", "none"
STATES = [
    ("", "All pairs"),
    (ONE_SIDED, "One partner has made no visit yet, the other has"),
    (NONE, "No visit yet, either way"),
]


class ReciprocityFilter(forms.Form):
    """All pairs, or those in which one direction is empty, or both are."""

    state = forms.ChoiceField(label="Show", required=False, choices=STATES)
