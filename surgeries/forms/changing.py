"""How a surgery is changed, moved and called off, and how many each person may book."""

from datetime import date, datetime

from django import forms

from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.forms.words import Line
from elements import clock
from elements.fields import DayField
from pairs.forms.doubts import AsksOnceMore
from surgeries.forms.when_and_where import (
    CUT_OFF,
    MOST_PLACES,
    HostsField,
    Hours,
    Place,
    offer_hours_field,
    one_of,
    whole_number,
)
from surgeries.hosting import is_asked_for
from surgeries.models import MOST_OPEN
from surgeries.repeating import hours_on


class ChangeForm(AsksOnceMore, Place):
    """Place, link, hosts, places, and how long people can cancel and take what is offered, of one surgery."""

    question, another = "Are host and place meant like this?", "another host or place"

    def __init__(self, *args, session, leads, **kwargs):
        hosting = [host.user for host in session.hosts.all()]
        first = {
            "place": session.place,
            "link": session.link,
            "hosts": [str(user.pk) for user in hosting],
            "capacity": session.capacity,
            "cut_off": session.cut_off_hours,
            "offer_hours": session.offer_hours,
            "shows_names": session.shows_names,
        }
        super().__init__(*args, initial=first, **kwargs)
        self.session, self.hosting = session, {user.pk for user in hosting}
        self.moments = {"starts_at": session.starts_at, "ends_at": session.ends_at}
        self.fields["hosts"] = HostsField(leads, label="Hosts")  # who hosts and leads no more falls out of it
        if session.has_slots:
            most = session.minutes // session.slot_minutes
            label = f"How many appointments of {session.slot_minutes} minutes?"
            self.fields["capacity"] = whole_number(label, 1, most, of="how many appointments")
        else:
            most = max(MOST_PLACES, session.capacity)
            self.fields["capacity"] = whole_number("Places", 1, most, of="how many places")
        cut_offs = CUT_OFF | (
            {} if session.cut_off_hours in CUT_OFF else {session.cut_off_hours: f"{session.cut_off_hours} hours before"}
        )
        self.fields["cut_off"] = one_of("How long can people cancel by themselves?", cut_offs)
        self.fields["offer_hours"] = offer_hours_field()
        # Who ticked it while somebody booked is told so by the action.
        if session.shows_names or "shows_names" in self.data or not is_asked_for(session):
            self.fields["shows_names"] = forms.BooleanField(
                label="Those who come see each other’s names",
                help_text="Once somebody has booked this can only be switched off",
                required=False,
            )
        self.order_fields(["hosts", "place", "link", "capacity", "cut_off", "offer_hours", "shows_names"])

    def doubts(self, *, starts_at: datetime, ends_at: datetime) -> list[str]:
        """Of who hosts anew and of another room: nobody is warned of what stood before."""
        place = self.cleaned_data.get("place", "")
        new = [user for user in self.cleaned_data.get("hosts", ()) if user.pk not in self.hosting]
        said = {"hosts": new, "place": "" if place == self.session.place else place}
        return self.clashes(starts_at=starts_at, ends_at=ends_at, **said) if self.clashes and any(said.values()) else []

    @property
    def chosen(self) -> dict:
        """What the action takes, of a valid form."""
        found = self.cleaned_data
        return {
            "hosts": found["hosts"],
            "place": found["place"],
            "link": found["link"],
            "capacity": found["capacity"],
            "cut_off_hours": found["cut_off"],
            "offer_hours": found["offer_hours"] or DEFAULT_OFFER_HOURS,
            "shows_names": found.get("shows_names", False),
        }


class MoveForm(AsksOnceMore, Hours):
    """Another day or hour."""

    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day")

    def __init__(self, *args, session, now: datetime, **kwargs):
        first, last = clock.local(session.starts_at), clock.local(session.ends_at)
        super().__init__(*args, initial={"day": first.date(), "starts": first.time(), "ends": last.time()}, **kwargs)
        self.session, self.now = session, now
        self.moments: dict[str, datetime] = {}
        self.order_fields(["day", "starts", "ends"])

    @property
    def moments_before(self):
        return self.session.starts_at, self.session.ends_at

    def clean_day(self) -> date:
        day, last = self.cleaned_data["day"], self.session.cohort.ends_on
        if day > last:
            raise forms.ValidationError(f"Enter a day up to {clock.in_full(last)}, when the cohort ends")
        return day

    def clean(self):
        found = self.cleaned_data
        if {"day", "starts", "ends"} <= found.keys():
            self._time(found)
        return super().clean()

    def _time(self, found) -> None:
        if found["ends"] <= found["starts"]:
            return
        try:
            starts_at, ends_at = hours_on(found["day"], found["starts"], found["ends"])
        except clock.NoSuchTime as gap:
            self.add_error("starts", str(gap))
            return
        if starts_at <= self.now:
            self.add_error("day", "Enter a day and time that are still to come")
            return
        self.moments = {"starts_at": starts_at, "ends_at": ends_at}


class CallOffForm(forms.Form):
    reason = Line(
        label="Why is it called off?",
        help_text="Everybody who booked or waits reads this, and so do the hosts",
        needed="Enter why it is called off",
        max_length=300,
    )


class AllowanceForm(forms.Form):
    """How many open bookings each person may have."""

    open_bookings = whole_number(
        "How many open bookings may each person have?",
        1,
        MOST_OPEN,
        of="how many open bookings",
        help_text="A booking is open until its surgery has taken place. Then the next opens by itself",
    )
