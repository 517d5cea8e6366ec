"""Forms of a cohort's lists."""

from django import forms

from cohorts.choices import TermList
from cohorts.forms.words import Line

OWN_LISTS = (TermList.THEME, TermList.INTEREST, TermList.SITE, TermList.DIRECTORATE, TermList.SETTING)


class ListForm(forms.Form):
    """Which list is looked at."""

    list = forms.ChoiceField(
        label="List",
        choices=[(one.value, one.label) for one in OWN_LISTS],
        error_messages={"required": "Choose a list"},
    )


class TermForm(ListForm):
    """A new row of a list."""

    label = Line(label="New row", needed="Enter the words of the new row", max_length=160)
