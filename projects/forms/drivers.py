"""A branch of the driver tree."""

from django import forms

from cohorts.forms.words import Line


class BranchForm(forms.Form):
    """What drives the aim, or what could be tried."""

    words = Line(label="In a few words", needed="Enter a few words")
