"""What forms about surgeries have in common: hours, place, hosts, and fields to choose or count in."""

from django import forms

from bookings.models.sessions import DEFAULT_OFFER_HOURS
from cohorts.forms.words import Line
from elements.fields import HourField
from elements.links import is_address
from elements.widgets import Checkboxes
from surgeries.hosting import MOST_HOSTS

CUT_OFF = {0: "Until it begins", 2: "Until 2 hours before", 24: "Until the day before, at the same hour"}
CUT_OFF |= {48: "Until 2 days before, at the same hour"}
MOST_PLACES = 30
MOST_OFFER_HOURS = 40  # a working week: nobody who waits behind hears sooner


def one_of(label: str, choices: dict[int, str], **more) -> forms.TypedChoiceField:
    sentence = more.pop("sentence", "Choose one of the list")
    return forms.TypedChoiceField(
        label=label,
        choices=list(choices.items()),
        coerce=int,
        error_messages={"required": sentence, "invalid_choice": sentence},
        **more,
    )


def whole_number(label: str, first: int, last: int, *, of: str, **more) -> forms.IntegerField:
    """`of` is what is counted: the sentence stands above the form too, where no label says it."""
    sentence = f"Enter {of} as a whole number from {first} to {last}"
    return forms.IntegerField(
        label=label,
        min_value=first,
        max_value=last,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "3"}),
        error_messages={"required": sentence, "invalid": sentence, "min_value": sentence, "max_value": sentence},
        **more,
    )


def offer_hours_field() -> forms.IntegerField:
    """How long a place that came free is held for whoever is next."""
    return whole_number(
        "For how many working hours is a place that came free held for somebody? (optional)",
        1,
        MOST_OFFER_HOURS,
        of="how many working hours",
        required=False,
        initial=DEFAULT_OFFER_HOURS,
        help_text=f"{DEFAULT_OFFER_HOURS} if you leave it empty. Counted from 9am to 5pm on working days",
    )


class Hours(forms.Form):
    """Start and end by the clock on the wall, on one day."""

    starts = HourField(label="Start time", help_text="For example, 12:30pm or 14:00", name="start time")
    ends = HourField(label="End time", help_text="For example, 2pm", name="end time")

    def clean(self):
        found = super().clean()
        starts, ends = found.get("starts"), found.get("ends")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends", "Enter an end time that is later than the start time")
        return found


class Place(forms.Form):
    """Where: a room, a link, or both."""

    place = Line(
        label="Place",
        help_text="A room, with the way to it if people may not know it. Or leave it empty and enter a link",
        max_length=200,
    )
    link = Line(
        label="Link of an online meeting",
        max_length=500,
        help_text="Those who come get it by email and in their calendar. Leave it empty if nobody comes online",
        widget=forms.URLInput(attrs={"spellcheck": "false"}),
    )

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not is_address(link):
            raise forms.ValidationError("Enter a whole address of the web, like https://meet.example/surgery")
        return link

    def clean(self):
        found = super().clean()
        if not {"place", "link"} & self.errors.keys() and not (found.get("place") or found.get("link")):
            self.add_error("place", "Enter a place, a link, or both")
        return found


class HostsField(forms.MultipleChoiceField):
    """One or two leads of the cohort; `chosen` are users."""

    widget = Checkboxes

    def __init__(self, leads, **kwargs):
        self.leads = {str(user.pk): user for user in leads}
        sentence = "Choose one or two hosts"
        super().__init__(
            choices=[(key, user.name) for key, user in self.leads.items()],
            error_messages={"required": sentence, "invalid_choice": sentence, "invalid_list": sentence},
            help_text="One or two leads. Each gets it by email, for the calendar",
            **kwargs,
        )

    def clean(self, value) -> list:
        keys = super().clean(value)
        if len(set(keys)) > MOST_HOSTS:
            raise forms.ValidationError("Choose at most two hosts")
        return [self.leads[key] for key in dict.fromkeys(keys)]
