"""What the lead's list of visits is cut down to."""

from django import forms

STATES = [("", "All pairs"), ("one-sided", "One partner has made no visit yet")]


class ReciprocityFilter(forms.Form):
    """All pairs, or those in which one direction is empty."""

    state = forms.ChoiceField(label="Show", required=False, choices=STATES)
