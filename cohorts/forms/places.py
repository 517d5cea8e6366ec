"""Forms of organisations, programmes and the choice of a preset."""

from django import forms

from cohorts.forms.words import Line
from cohorts.models import Organisation
from cohorts.presets import PRESETS
from elements.fields import DayField, SomeFromList
from elements.widgets import Checkboxes, Radios


class OrganisationForm(forms.Form):
    """The name of a trust or other employer."""

    name = Line(label="Name of the organisation", needed="Enter the name of the organisation")


class ProgrammeForm(forms.Form):
    """A programme: its name and where it runs."""

    name = Line(label="Name of the programme", needed="Enter the name of the programme")
    organisations = SomeFromList(
        Organisation.objects.none(),
        label="Organisations that take part",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one organisation"},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations


class PresetForm(forms.Form):
    """What a new cohort starts from, and when."""

    preset = forms.ChoiceField(
        label="Start from",
        choices=[(preset.code, preset.name) for preset in PRESETS.values()],
        widget=Radios(hints={preset.code: preset.about for preset in PRESETS.values()}),
        error_messages={"required": "Choose what to start from"},
    )
    starts_on = DayField(label="Launch date", help_text="For example, 1 2 2027. You can change it on the next page")

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Launch date must have a year from 2000 to 2100")
        return day
