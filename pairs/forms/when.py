"""When and where people of a pair meet."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.utils import timezone

from cohorts.forms.words import Line
from cohorts.models import Cohort
from elements import clock
from elements.fields import DayField, HourField
from elements.widgets import Radios

LENGTHS = {30: "30 minutes", 45: "45 minutes", 60: "1 hour", 90: "1 hour and a half"}


class WhenForm(forms.Form):
    """A day, an hour, a length and a place. `moments` are beginning and end, that there are on London's clock."""

    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day")
    hour = HourField(label="Start time", help_text="For example, 2pm or 14:30", name="start time")
    minutes = forms.TypedChoiceField(
        label="How long?",
        choices=LENGTHS.items(),
        coerce=int,
        widget=Radios,
        error_messages={"required": "Choose how long you meet", "invalid_choice": "Choose how long you meet"},
    )
    place = Line(
        label="Place (optional)", help_text="Where you meet, or the link of an online meeting. You can add it later"
    )

    def __init__(self, *args, cohort: Cohort, now: datetime | None = None, **kwargs):
        self.cohort, self.now = cohort, now or timezone.now()
        self.moments: dict[str, datetime] = {}
        super().__init__(*args, **kwargs)

    def clean_day(self):
        day, last = self.cleaned_data["day"], self.cohort.ends_on
        if day < clock.local(self.now).date():
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def clean(self):
        """The moments of beginning and end, from day, hour and length."""
        found = super().clean()
        if not {"day", "hour", "minutes"} <= found.keys():
            return
        try:
            starts_at = clock.chosen(found["day"], found["hour"])
        except clock.NoSuchTime as gap:
            self.add_error("hour", str(gap))
            return
        if starts_at <= self.now:
            self.add_error("hour", "Enter a start time that is still to come")
            return
        # Minutes are counted in UTC: on the wall, the hour of a clock change is none or two.
        starts_at = starts_at.astimezone(UTC)
        self.moments = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=found["minutes"])}


def as_typed(thing) -> dict:
    """What the boxes hold of something that has a beginning, an end and a place."""
    starts_at = clock.local(thing.starts_at)
    minutes = round((thing.ends_at - thing.starts_at) / timedelta(minutes=1))
    return {"day": starts_at.date(), "hour": starts_at.time(), "minutes": minutes, "place": thing.place}
