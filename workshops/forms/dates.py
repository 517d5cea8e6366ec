"""When and where workshops take place: one date, or a date for each in one form."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django import forms

from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.forms.words import Line
from elements import clock
from elements.fields import DayField, HourField
from elements.links import is_address
from elements.once import MarkOfSending
from elements.widgets import Checkboxes
from workshops.models import Meeting, Workshop

MOST_PLACES = 1000
MOST_OFFER_HOURS = 40  # a working week
IN_HOURS = f"Enter how many working hours as a whole number from 1 to {MOST_OFFER_HOURS}"


class WhereForm(forms.Form):
    """Facilitators, place, link and how many places there are. `hosts` are (key of a user, name)."""

    hosts = forms.MultipleChoiceField(
        label="Facilitators",
        help_text="They see who comes and take the register. Each of them is told, with an entry for the calendar. "
        "Whoever is not in the list needs the role of a facilitator first",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one facilitator", "invalid_choice": "Choose people of the list"},
    )
    place = Line(label="Place (optional)", help_text="Like “Seminar room 2, education centre”", max_length=200)
    link = Line(
        label="Link to join online (optional)",
        help_text="Like https://meet.trust.example/workshop. Only people of the cohort see it",
        max_length=500,
    )
    capacity = forms.IntegerField(
        label="How many places are there?",
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages={
            "required": "Enter how many places there are, like 30",
            "invalid": "Enter a whole number, like 30",
            "min_value": "Enter 1 or more",
            "max_value": f"Enter {MOST_PLACES} or fewer",
        },
    )
    offer_hours = forms.IntegerField(
        label="For how many working hours is a place that came free held for somebody? (optional)",
        help_text=f"{DEFAULT_OFFER_HOURS} if you leave it empty. Counted from 9am to 5pm on working days",
        required=False,
        initial=DEFAULT_OFFER_HOURS,
        min_value=1,
        max_value=MOST_OFFER_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "3"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), IN_HOURS),
    )

    def __init__(self, *args, host_choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hosts"].choices = host_choices
        if len(host_choices) == 1:
            self.fields["hosts"].initial = [host_choices[0][0]]

    def clean_offer_hours(self) -> int:
        return self.cleaned_data["offer_hours"] or DEFAULT_OFFER_HOURS

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and "://" not in link:
            link = f"https://{link}"
        if link and not is_address(link):
            raise forms.ValidationError("Enter a full address, like https://meet.trust.example/workshop")
        return link


class TimeForm(forms.Form):
    """Day, start and end, up to the day `until`; `moments` are both as moments of London's clock."""

    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day")
    starts = HourField(label="Start time", help_text="For example, 2pm or 14:00", name="start time")
    ends = HourField(label="End time", help_text="For example, 5pm or 17:00", name="end time")
    moments: dict[str, datetime]

    def __init__(self, *args, now: datetime, until: date, meeting: Meeting | None = None, **kwargs):
        shown = kwargs.pop("initial", {})
        if meeting is not None:
            shown = {"day": meeting.session.day, **_hours(meeting)}
        super().__init__(*args, initial=shown, **kwargs)
        self.now, self.until = now, until

    def clean_day(self):
        return day_ahead(self.cleaned_data["day"], self.now, self.until)

    def clean(self):
        found = super().clean()
        if not self.errors:
            try:
                self.moments = moments(found["day"], found["starts"], found["ends"], now=self.now)
            except WrongTime as wrong:
                self.add_error(wrong.field, str(wrong))
        return found


class MeetingForm(WhereForm, TimeForm):
    """A whole date. It begins as another one of the workshop, `like`, is."""

    field_order = ["day", "starts", "ends", "place", "link", "capacity", "offer_hours", "hosts"]
    sending = MarkOfSending()

    def __init__(self, *args, like: Meeting | None = None, **kwargs):
        shown = {**_hours(like), **_where(like)} if like else {}
        super().__init__(*args, initial=shown, **kwargs)


class PlaceForm(WhereForm):
    """The same without the time."""

    field_order = ["place", "link", "capacity", "offer_hours", "hosts"]

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, initial=_where(meeting), **kwargs)


def _where(meeting: Meeting) -> dict:
    session = meeting.session
    kept = [str(host.user_id) for host in session.hosts.all()]
    shown = {"place": session.place, "link": session.link, "capacity": session.capacity, "hosts": kept}
    return shown | {"offer_hours": session.offer_hours}


def _hours(meeting: Meeting) -> dict:
    first, last = clock.local(meeting.session.starts_at), clock.local(meeting.session.ends_at)
    return {"starts": first.time(), "ends": last.time()}


class DatesForm(WhereForm):
    """A day for each workshop that has none, all at the same hours and in the same place, which may be changed later.

    `workshops` are those without a date, `proposed` may say a day by the key of each; `days` is, for each that got one,
    the workshop and its moments. Each field bears the key of its workshop: by the time the form is sent, there may be
    fewer without a date than on the page.
    """

    field_order = ["starts", "ends", "place", "link", "capacity", "offer_hours", "hosts", "asks_needs"]
    starts = HourField(label="Start time", help_text="For example, 2pm or 14:00", name="start time")
    ends = HourField(label="End time", help_text="For example, 5pm or 17:00", name="end time")
    asks_needs = forms.BooleanField(
        label="Ask people beforehand what they want from each workshop",
        help_text="Two questions, until a week before the date",
        required=False,
        initial=True,
    )
    sending = MarkOfSending()
    days: list[tuple[Workshop, dict[str, datetime]]]

    def __init__(
        self, *args, workshops: list[Workshop], now: datetime, until: date, proposed: dict | None = None, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.workshops, self.now, self.until = workshops, now, until
        for number, workshop in enumerate(workshops):
            self.fields[day_field(workshop)] = DayField(
                label=f"Day of “{workshop.title}” (optional)",
                help_text="For example, 6 1 2027" if not number else "",
                name="day",
                required=False,
                initial=(proposed or {}).get(workshop.pk),
            )
        self.order_fields([day_field(workshop) for workshop in workshops])

    def clean(self):
        found, self.days = super().clean(), []
        for workshop in self.workshops:
            name = day_field(workshop)
            if not found.get(name):
                continue
            try:
                day = day_ahead(found[name], self.now, self.until)
                if not {"starts", "ends"} & self.errors.keys():
                    self.days.append((workshop, moments(day, found["starts"], found["ends"], now=self.now)))
            except WrongTime as wrong:
                self.add_error(name if wrong.field == "day" else wrong.field, str(wrong))
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        if not self.errors and not self.days:
            self.add_error(day_field(self.workshops[0]) if self.workshops else None, "Enter at least one day")
        return found


class ProposedForm(forms.Form):
    """Which of the proposed dates are taken over; all of them unless somebody says otherwise.

    `choices` are (key, what and when); `hints` say of each key how it was.
    """

    dates = forms.MultipleChoiceField(
        label="Which dates do you want?",
        help_text="What you leave out is not proposed again. Set another day for it afterwards",
        error_messages={"required": "Choose at least one date", "invalid_choice": "Choose dates of the list"},
    )
    sending = MarkOfSending()  # of ticks alone nothing is sent, and so nothing kept, where all are taken out

    def __init__(self, *args, choices: list[tuple[str, str]], hints: dict[str, str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["dates"]
        field.widget = Checkboxes(hints=hints)
        field.choices = choices
        field.initial = [key for key, _ in choices]


class CallOffForm(forms.Form):
    """Why a date does not take place."""

    reason = Line(
        label="Why is it called off?",
        help_text="Everybody who has a place or waits reads it",
        needed="Enter why it is called off",
        max_length=300,
    )


class WrongTime(ValueError):
    """A day and hours that make no date; `field` says where to mend it."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field


def day_field(workshop: Workshop) -> str:
    return f"day_{workshop.pk.hex}"


def days_sent(sent: Mapping[str, str]) -> set[str]:
    """The keys of the workshops of which a form says a day, as its fields bear them."""
    return {name.removeprefix("day_").rpartition("_")[0] for name in sent if name.startswith("day_") and sent[name]}


def day_ahead(day: date, now: datetime, until: date) -> date:
    """A day from today on, up to the end of the cohort, `until`. Raises ValidationError."""
    if day < clock.local(now).date():
        raise forms.ValidationError("Enter a day that is still to come")
    if day > until:
        raise forms.ValidationError(f"Enter a day up to {clock.in_full(until)}, when the cohort ends")
    return day


def moments(day: date, starts: time, ends: time, *, now: datetime) -> dict[str, datetime]:
    """Start and end as moments of London's clock. Raises WrongTime."""
    if ends <= starts:
        raise WrongTime("ends", "Enter an end time that is after the start time")
    found = {}
    for name, hour in (("starts", starts), ("ends", ends)):
        try:
            found[f"{name}_at"] = clock.chosen(day, hour)
        except clock.NoSuchTime as gap:
            raise WrongTime(name, str(gap)) from gap
    if found["starts_at"] <= now:
        raise WrongTime("day", "Enter a day and start time that are still to come")
    return found
