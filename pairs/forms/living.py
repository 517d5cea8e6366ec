"""Forms about pairs as they live."""

from django import forms
from django.utils import timezone

from cohorts.choices import Side
from elements.fields import DayField
from elements.widgets import Radios
from pairs.choices import EndKind
from pairs.forms.people import OfSide
from pairs.gathering import to_pair

STATES = [
    ("", "Any state"),
    ("live", "Live"),
    ("paused", "Paused"),
    ("ended", "Ended"),
    ("undated", "First meeting without a date"),
    ("unmet", "Not met by the day for it"),
    ("quiet", "Gone quiet"),
]


class PairFilter(forms.Form):
    """What the list of pairs is cut down to."""

    q = forms.CharField(label="Name", required=False, max_length=200)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)


class FirstMove(forms.Form):
    """Who begins, and by when the two have met."""

    initiator_side = forms.ChoiceField(
        label="Who makes the first move?", widget=Radios, error_messages={"required": "Choose who makes the first move"}
    )
    first_meeting_by = DayField(label="Meet by", name="day by which partners have met")

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["initiator_side"].choices = [(side, f"The {cohort.label(side)}") for side in Side.values]

    def clean_first_meeting_by(self):
        day = self.cleaned_data["first_meeting_by"]
        if day and day > self.cohort.ends_on:
            raise forms.ValidationError(f"Enter a day before the cohort ends on {self.cohort.ends_on:%-d %B %Y}")
        if day and day < timezone.localdate():
            raise forms.ValidationError("Enter a day that is still to come")
        return day


class PairByHandForm(FirstMove):
    """Two people without a partner."""

    override = forms.CharField(
        label="Reason, if a rule forbids the two",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ["a", "b", "initiator_side", "first_meeting_by", "override"]

    def __init__(self, *args, cohort, user, **kwargs):
        super().__init__(*args, cohort=cohort, **kwargs)
        for side in Side.values:
            people = to_pair(cohort).filter(side=side).exclude(user=user)
            self.fields[side] = OfSide(cohort, side, people)
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """Why a pair ends, without blame."""

    kind = forms.ChoiceField(
        label="Why does this pair end?",
        choices=EndKind.choices,
        widget=Radios,
        error_messages={"required": "Choose why this pair ends"},
    )
    reason = forms.CharField(
        label="Anything the leads should know",
        help_text="Only leads can read this, and no lead who is one of the two.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-maxlength": 2000}),
    )
