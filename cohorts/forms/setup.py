"""Forms of a cohort: its dates, sides and rhythm, and what its grades and bands mean."""

from datetime import date, timedelta

from django import forms

from cohorts.forms.words import Line
from cohorts.models import Cohort, Rung
from cohorts.presets import Preset, end_of
from elements.fields import DayField
from elements.registry import optional_elements
from elements.widgets import Checkboxes

DATES = ("recruits_from", "recruits_until", "publishes_on", "starts_on", "ends_on")


def number(label: str, what: str, *, least: int = 0, most: int = 100, **kwargs) -> forms.IntegerField:
    """A whole number with limits; every message says what to do."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages={
            "required": f"Enter {what}",
            "invalid": f"Enter {what} as a whole number",
            "min_value": f"Enter {what} from {least} to {most}",
            "max_value": f"Enter {what} from {least} to {most}",
        },
        **kwargs,
    )


class CohortForm(forms.Form):
    """Every value of a cohort; a new one comes filled in from its preset.

    With `launch_on` the day of the launch is that one: it is changed on the page of the launch alone, where everybody
    invited is told.
    """

    GROUPS = (
        ("The cohort", ("name",)),
        ("Dates", DATES),
        ("Who is paired", ("label_a", "plural_a", "label_b", "plural_b", "minimum_weeks")),
        (
            "What a pair does",
            (
                "meets_every",
                "conversations_target",
                "visits_target",
                "workshops_planned",
                "project_required",
                "elements_on",
            ),
        ),
    )
    name = Line(label="Name of the cohort", needed="Enter the name of the cohort", help_text="For example, Spring 2027")
    recruits_from = DayField(label="Applications open (optional)", name="day applications open", required=False)
    recruits_until = DayField(label="Applications close (optional)", name="day applications close", required=False)
    publishes_on = DayField(label="Pairs published by (optional)", name="day pairs are published", required=False)
    starts_on = DayField(label="Launch date")
    ends_on = DayField(label="End date")
    label_a = Line(label="One of the first side is called", needed="Enter a word for the first side", max_length=60)
    plural_a = Line(label="Several are called", needed="Enter the plural for the first side", max_length=60)
    label_b = Line(label="One of the second side is called", needed="Enter a word for the second side", max_length=60)
    plural_b = Line(label="Several are called", needed="Enter the plural for the second side", max_length=60)
    minimum_weeks = number(
        "Weeks that partners must have in common",
        "the number of weeks",
        most=104,
        help_text="Somebody who leaves earlier is not paired",
    )
    meets_every = number("Days between conversations", "the days between conversations", least=1, most=365)
    conversations_target = number("Conversations in all", "the number of conversations")
    visits_target = number("Shadowing visits each way", "the number of shadowing visits")
    workshops_planned = number("Workshops", "the number of workshops")
    project_required = forms.BooleanField(label="Each pair is expected to do an improvement project", required=False)
    elements_on = forms.MultipleChoiceField(label="Parts of the programme", required=False, widget=Checkboxes)

    def __init__(self, *args, elements_off=(), launch_on: date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.launch_on = launch_on
        if launch_on:
            del self.fields["starts_on"]
        known = optional_elements()
        self.elements_off = list(elements_off)
        self.fields["elements_on"].choices = [(element.slug, element.name) for element in known]
        self.initial.setdefault("elements_on", [e.slug for e in known if e.slug not in self.elements_off])
        if not known:
            del self.fields["elements_on"]
        for name in ("name", "label_a", "plural_a", "label_b", "plural_b"):
            self.fields[name].widget.attrs["data-width"] = "20"

    def groups(self):
        """The fields of the page in their fieldsets."""
        for legend, names in self.GROUPS:
            yield legend, [self[name] for name in names if name in self.fields]

    def clean(self) -> dict:
        values = super().clean()
        for name in DATES:
            if (day := values.get(name)) and not 2000 <= day.year <= 2100:
                self.add_error(name, "Enter a year from 2000 to 2100")
        opens, closes = values.get("recruits_from"), values.get("recruits_until")
        if opens and closes and closes < opens:
            self.add_error("recruits_until", "Applications must close after they open. Change one of the two dates")
        starts, ends = self.launch_on or values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "End date must be after the launch date")
        on = values.pop("elements_on", None)
        if on is not None:
            shown = {slug for slug, _ in self.fields["elements_on"].choices}
            unshown = [slug for slug in self.elements_off if slug not in shown]
            values["elements_off"] = sorted(shown - set(on)) + unshown
        return values


def new_cohort_values(*, preset: Preset, starts_on) -> dict:
    """What the form of a new cohort is filled in with: the preset, and dates reckoned from the launch."""
    return {
        **preset.values(),
        "starts_on": starts_on,
        "ends_on": end_of(starts_on=starts_on, months=preset.months),
        "recruits_from": starts_on - timedelta(weeks=12),
        "recruits_until": starts_on - timedelta(weeks=8),
        "publishes_on": starts_on - timedelta(weeks=4),
        "minimum_weeks": Cohort._meta.get_field("minimum_weeks").default,
    }


class RungForm(forms.Form):
    """The meaning of one grade or band in a cohort."""

    level = number("Level of seniority", "a level", least=1, most=5, required=False)
    eligible_a = forms.BooleanField(required=False)
    eligible_b = forms.BooleanField(required=False)

    def __init__(self, *args, rung: Rung, **kwargs):
        super().__init__(*args, prefix=f"rung-{rung.pk}", **kwargs)
        self.rung = rung
        self.fields["level"].label = f"Level of {rung.term}"
        self.fields["level"].widget.attrs["data-width"] = "2"
        self.initial = {"level": rung.level, "eligible_a": rung.eligible_a, "eligible_b": rung.eligible_b}
