"""Forms about a pair's first meeting."""

from datetime import UTC, datetime, timedelta

from django import forms
from django.utils import timezone

from cohorts.forms.words import Line
from elements import clock
from elements.fields import DayField, HourField
from elements.widgets import Radios
from pairs.actions.meeting import mark
from pairs.forms.revising import MarkOfPage
from pairs.models import Pair

LENGTHS = {30: "30 minutes", 45: "45 minutes", 60: "1 hour", 90: "1 hour and a half"}


class CallOffForm(forms.Form):
    """Yes to calling off what the page showed."""

    def __init__(self, *args, pair: Pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"] = MarkOfPage(initial=mark(getattr(pair, "first_meeting", None)), required=False)


class MeetingForm(CallOffForm):
    """When and where. `starts_at` and `ends_at` are moments that there are on London's clock."""

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

    def __init__(self, *args, pair: Pair, now: datetime | None = None, asked: dict | None = None, **kwargs):
        """`asked` are the day and hour of the address, in place of what is there."""
        self.pair, self.now = pair, now or timezone.now()
        super().__init__(*args, pair=pair, initial=_shown(pair) | (asked or {}), **kwargs)

    def clean_day(self):
        day, last = self.cleaned_data["day"], self.pair.cohort.ends_on
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
        self.chosen = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=found["minutes"])}
        self.chosen |= {"place": found.get("place", ""), "seen": found.get("seen", "")}


def _shown(pair: Pair) -> dict:
    """What the boxes hold at first: the meeting as it is, or an hour."""
    meeting = pair.meeting
    if meeting is None:
        return {"minutes": 60}
    starts_at = clock.local(meeting.starts_at)
    minutes = round((meeting.ends_at - meeting.starts_at) / timedelta(minutes=1))
    return {"day": starts_at.date(), "hour": starts_at.time(), "minutes": minutes, "place": meeting.place}
