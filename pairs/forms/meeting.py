"""Forms about a pair's first meeting."""

from datetime import datetime

from django import forms

from cohorts.forms.yes import MarkOfPage
from elements import clock
from pairs.actions.meeting import mark
from pairs.forms.doubts import AsksOnceMore
from pairs.forms.when import WhenForm, as_typed
from pairs.models import Pair


class CallOffForm(forms.Form):
    """Yes to calling off what the page showed."""

    def __init__(self, *args, pair: Pair, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"] = MarkOfPage(initial=mark(getattr(pair, "first_meeting", None)), required=False)


class MeetingForm(AsksOnceMore, CallOffForm, WhenForm):
    """When and where the first meeting is; an hour long unless somebody says otherwise."""

    def __init__(self, *args, pair: Pair, now: datetime | None = None, asked: dict | None = None, **kwargs):
        """`asked` are the day and hour of the address, in place of what is there."""
        self.pair = pair
        shown = as_typed(pair.meeting) if pair.meeting else {"minutes": 60}
        super().__init__(*args, pair=pair, cohort=pair.cohort, now=now, initial=shown | (asked or {}), **kwargs)

    @property
    def moments_before(self):
        meeting = self.pair.meeting
        return (meeting.starts_at, meeting.ends_at) if meeting else super().moments_before

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        """Also that the day is later than the leads ask for."""
        found, last = super().doubts(starts_at=starts_at, ends_at=ends_at), self.pair.first_meeting_by
        if clock.local(starts_at).date() > last:
            found.append(f"Your leads ask you to meet by {clock.in_full(last)}, and this is later")
        return found

    @property
    def chosen(self) -> dict:
        """The arguments of the action, of a form that is valid."""
        found = self.cleaned_data
        return {**self.moments, "place": found.get("place", ""), "seen": found.get("seen", "")}
