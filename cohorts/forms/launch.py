"""Forms of a cohort's launch: its day, its hours and its place, and which change is taken back."""

from django import forms

from cohorts.forms.words import Line
from cohorts.models import Cohort
from elements import clock
from elements.fields import DayField, HourField

HOURS_AND_PLACE = ("begins", "ends", "place")


class LaunchForm(forms.Form):
    """The day is the cohort's first, and only hours that its clock shows are taken.

    Before the launch has a time the day may be changed alone.
    """

    starts_on = DayField(label="Launch date")
    begins = HourField(label="Start time", help_text="For example, 2pm or 14:00")
    ends = HourField(label="End time", help_text="For example, 4:30pm or 16:30")
    place = Line(
        label="Place",
        needed="Enter the place, or a link to join",
        max_length=300,
        help_text="A room and building, or a link to join online",
    )

    def __init__(self, *args, cohort: Cohort, is_set: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        if not is_set and not any(self.data.get(name, "").strip() for name in HOURS_AND_PLACE):
            for name in HOURS_AND_PLACE:
                self.fields[name].required = False

    @property
    def is_day_alone(self) -> bool:
        """Of what was taken."""
        return self.cleaned_data.get("begins") is None

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Enter a year from 2000 to 2100")
        if day and day >= self.cohort.ends_on:
            last = clock.in_full(self.cohort.ends_on)
            raise forms.ValidationError(
                f"Launch date must be before the cohort ends on {last}. Change the end in Dates and settings first"
            )
        return day

    def clean_place(self) -> str:
        place = self.cleaned_data["place"]
        if "{" in place or "}" in place:
            raise forms.ValidationError("Write the place in plain words, without curly brackets: nothing is filled in")
        return place

    def clean(self) -> dict:
        values = super().clean()
        day = values.get("starts_on")
        for name in ("begins", "ends"):
            if day and (hour := values.get(name)) is not None:
                self._refuse_a_missing_hour(name, day, hour)
        begins, ends = values.get("begins"), values.get("ends")
        if begins is not None and ends is not None and ends <= begins:
            self.add_error("ends", "End time must be after the start time, on the same day")
        return values

    def _refuse_a_missing_hour(self, name: str, day, hour) -> None:
        try:
            clock.chosen(day, hour)
        except clock.NoSuchTime as problem:
            self.add_error(name, str(problem))


class UndoForm(forms.Form):
    """Which change of the launch is taken back: the one that the page showed."""

    change = forms.IntegerField(min_value=0, max_value=2_000_000_000)

    @property
    def sequence(self) -> int:
        """The number of that change; -1, which no change has, for anything else."""
        return self.cleaned_data["change"] if self.is_valid() else -1
