"""When a visit takes place: day, start and end as they were typed, and what is asked about them."""

from datetime import datetime, timedelta

from django import forms

from cohorts.forms.yes import MarkOfPage
from elements import clock
from elements.fields import DayField, HourField
from pairs.forms.doubts import AsksOnceMore
from shadowing.actions.visit_in_hand import mark
from shadowing.models import Visit

LONGEST = timedelta(hours=14)  # a night with its handover; what is longer is often a slip in the end


class Seen(forms.Form):
    """Sends back what the page showed of the visit."""

    def __init__(self, *args, visit: Visit | None, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit, self.now = visit, now
        if visit is not None:
            self.fields["seen"] = MarkOfPage(initial=mark(visit), required=False)

    @property
    def seen(self) -> dict[str, str]:
        return {"seen": self.cleaned_data.get("seen", "")} if self.visit is not None else {}


class WhenForm(Seen):
    """Day, start and end: all of them or none, unless `needs_time`. The end may be on the next day."""

    needs_time = False
    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day", required=False)
    starts = HourField(label="Start time", help_text="For example, 8pm or 20:00", name="start time", required=False)
    ends = HourField(
        label="End time",
        help_text="An end that is earlier than the start is on the next day, as after a night shift",
        name="end time",
        required=False,
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.moments: dict[str, datetime | None] = {"starts_at": None, "ends_at": None}
        if not self.needs_time:
            for name in ("day", "starts", "ends"):
                self.fields[name].label += " (optional)"
            self.fields["day"].help_text = "For example, 6 1 2027. Leave day and times empty if you have no date yet"

    def clean_day(self):
        day, last = self.cleaned_data["day"], self.cohort.ends_on
        if day is None or self._is_as_before(day):
            return day
        if day < clock.local(self.now).date():
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def _is_as_before(self, day) -> bool:
        return self.visit is not None and self.visit.day == day

    def clean(self):
        """The moments of start and end on London's clock; the minutes between them are counted in UTC."""
        found = super().clean()
        given = {name: found.get(name) for name in ("day", "starts", "ends")}
        if any(name in self.errors for name in given):
            return
        missing = [name for name, value in given.items() if value is None]
        if len(missing) == len(given) and not self.needs_time:
            return
        for name in missing:
            self.add_error(name, self.fields[name].error_messages["required"])
        if not missing:
            self._time(**given)

    def _time(self, *, day, starts, ends) -> None:
        if starts == ends:
            self.add_error("ends", "Enter an end time that is not the start time")
            return
        moments = {}
        for name, hour, on in (("starts", starts, day), ("ends", ends, day + timedelta(days=ends < starts))):
            try:
                moments[f"{name}_at"] = clock.chosen(on, hour)
            except clock.NoSuchTime as gap:
                self.add_error(name, str(gap))
                return
        is_new = self.visit is None or self.visit.starts_at != moments["starts_at"]
        if is_new and moments["starts_at"] <= self.now:
            self.add_error("starts", "Enter a start time that is still to come")
            return
        self.moments = moments


def shown_time(visit: Visit | None) -> dict:
    """What the boxes of a time hold at first."""
    if visit is None or visit.starts_at is None:
        return {}
    first, last = clock.local(visit.starts_at), clock.local(visit.ends_at)
    return {"day": first.date(), "starts": first.time(), "ends": last.time()}


class AsksOfVisit(AsksOnceMore):
    """Asks besides of an end that makes the visit very long, where somebody entered it here."""

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        return [*self.too_long(starts_at, ends_at), *super().doubts(starts_at=starts_at, ends_at=ends_at)]

    def too_long(self, starts_at: datetime, ends_at: datetime) -> list[str]:
        lasts = ends_at - starts_at
        if "ends" not in self.fields or lasts <= LONGEST:
            return []
        words = clock.duration(round(lasts / timedelta(minutes=1)))
        return [f"The visit would last {words}: {clock.span(starts_at, ends_at)}"]


class MovesVisit(AsksOfVisit):
    """Another time for a visit that is there."""

    @property
    def moments_before(self):
        return (self.visit.starts_at, self.visit.ends_at) if self.visit.agreed_at else super().moments_before
