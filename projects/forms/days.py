"""Days of projects: what is typed lies in this century."""

from datetime import date

from django import forms

from elements.fields import DayField

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class SensibleDay(DayField):
    """A day of this century: another year is a slip of the finger."""

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(f"Enter a year from {EARLIEST.year} to {LATEST.year}", code="year")
        return day or None
