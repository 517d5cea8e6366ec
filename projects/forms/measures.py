"""What is measured, and its points: words become numbers, days and rows."""

from datetime import date

from django import forms

from cohorts.forms.words import Line, Text
from elements import clock
from elements.widgets import Radios
from projects import pasted
from projects.choices import ChartKind, Good, MeasureKind
from projects.forms.days import SensibleDay
from projects.models import LEAST_BASELINE, MOST_POINTS, Measure, Point
from projects.recalculating import refusal_of, silence_from


class NumberField(Line):
    """A number as people write it: "14", "1,234.5", "87%"."""

    def __init__(self, **kwargs):
        super().__init__(max_length=60, width="10", **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return pasted.number_of(text)
        except pasted.NotRead as problem:
            raise forms.ValidationError(str(problem), code="number") from None

    def prepare_value(self, value):
        return f"{value:.12g}" if isinstance(value, float) else value


class MeasureForm(forms.Form):
    """What is counted, which way is better, and how the chart is worked out. Name, kind and direction are needed."""

    name = Line(
        label="What do you measure?",
        help_text="Like: discharge letters sent late",
        needed="Enter what you measure",
        max_length=120,
    )
    kind = forms.ChoiceField(
        label="What kind of measure is it?",
        choices=MeasureKind.choices,
        initial=MeasureKind.OUTCOME,
        widget=Radios,
        error_messages={"required": "Choose a kind of measure", "invalid_choice": "Choose a kind of measure"},
    )
    good = forms.ChoiceField(
        label="Which way is better?",
        choices=Good.choices,
        widget=Radios,
        error_messages={"required": "Choose which way is better", "invalid_choice": "Choose which way is better"},
    )
    unit = Line(label="Unit (optional)", help_text="Like: per week, minutes, %", max_length=40, width="20")
    definition = Text(
        label="How is it counted? (optional)",
        help_text="So that somebody else would count the same: who and what is in, and what is left out",
        rows=3,
        max_length=2000,
    )
    source = Line(label="Where do the figures come from? (optional)", help_text="A system, a form, a person’s list")
    frequency = Line(label="How often do you measure? (optional)", help_text="Like: every Monday", max_length=100)
    target = NumberField(label="Target (optional)", help_text="One number, like 12 or 95%")
    target_by = SensibleDay(label="By when? (optional)", name="day of the target", required=False)
    chart = forms.ChoiceField(
        label="Which chart?",
        choices=ChartKind.choices,
        initial=ChartKind.RUN,
        widget=Radios(
            hints={
                ChartKind.RUN: "The simplest. From 10 points on it tells chance from change",
                ChartKind.XMR: "Also shows the range to expect, and whether a target will be met. Better with 12 "
                "points or more",
            }
        ),
        error_messages={"required": "Choose a chart", "invalid_choice": "Choose a chart"},
    )
    baseline = forms.IntegerField(
        label="How many points at the start are the baseline? (optional)",
        help_text=f"Those from before your change, at least {LEAST_BASELINE}. Left empty, all points are",
        required=False,
        min_value=LEAST_BASELINE,
        max_value=MOST_POINTS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages={
            "invalid": "Enter a whole number of points, like 12",
            "min_value": f"A baseline has at least {LEAST_BASELINE} points",
            "max_value": f"A baseline has at most {MOST_POINTS:,} points",
        },
    )
    at_zero = forms.BooleanField(
        label="No value can be below zero", help_text="The lower limit then stops at zero", required=False
    )
    is_main = forms.BooleanField(
        label="This is the main measure of the project",
        help_text="Its first and last value stand on the project’s page of the showcase",
        required=False,
    )

    def __init__(self, *args, measure: Measure | None, is_first: bool = False, **kwargs):
        self.measure = measure
        shown = {name: getattr(measure, name) for name in self.base_fields} if measure else {"is_main": is_first}
        super().__init__(*args, initial=shown, **kwargs)


class PointForm(forms.Form):
    """The value of one day. The box about replacing is there once there is something to replace."""

    day = SensibleDay(label="Day")
    value = NumberField(label="Value", needed="Enter the value, like 14 or 87.5")
    note = Line(label="Note (optional)", help_text="No names of patients", max_length=pasted.LONGEST_NOTE)
    replace = forms.BooleanField(label="Replace the value that this day has", required=False)

    def __init__(self, *args, measure: Measure, on: date | None = None, **kwargs):
        super().__init__(*args, initial={"day": on or clock.today()}, **kwargs)
        if measure.unit:
            self.fields["value"].label = f"Value ({measure.unit})"
        self.replacing = self.fields.pop("replace", None)
        if self.data.get("replace"):
            self.offer_replacing()

    def offer_replacing(self) -> None:
        """Once there is something to replace."""
        if self.replacing:
            self.fields["replace"] = self.replacing

    @property
    def points(self) -> list[pasted.Given]:
        return [(self.cleaned_data["day"], self.cleaned_data["value"], self.cleaned_data["note"])]


class PointEditForm(PointForm):
    """A point that is there: all of it may change."""

    replace = None

    def __init__(self, *args, point: Point, **kwargs):
        super().__init__(*args, measure=point.measure, **kwargs)
        self.initial = {"day": point.day, "value": point.value, "note": point.note}


class SpanForm(forms.Form):
    """From one day to another, both included. What goes is said first, and goes when the same is sent again.

    `sentence` says it, and `is_told` whether it was said before.
    """

    first = SensibleDay(label="First day")
    last = SensibleDay(label="Last day")
    told = forms.CharField(widget=forms.HiddenInput, required=False)
    sentence = ""
    is_told = False

    def __init__(self, *args, measure: Measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean(self):
        found = super().clean()
        told, first, last = found.pop("told", ""), found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", "Enter a last day that is not before the first")
        elif first and last:
            days = [point.day for point in self.measure.points.filter(day__gte=first, day__lte=last)]
            found["number"] = len(days)
            self._tell(told, days)
        return found

    def _tell(self, told: str, days: list[date]) -> None:
        if not days:
            self.add_error("first", "No point lies between these days. Nothing was removed")
            return
        self.sentence = self._sentence(days)
        self.is_told = told == self.sentence
        self.data = self.data.copy()
        self.data["told"] = self.sentence

    @property
    def question(self) -> str:
        """Over the sentence."""
        return f"Remove {self.sentence.partition(' go')[0]}?"

    @staticmethod
    def _sentence(days: list[date]) -> str:
        if len(days) == 1:
            return f"1 point goes, that of {clock.in_full(days[0])}."
        return f"{len(days):,} points go, from {clock.in_full(days[0])} to {clock.in_full(days[-1])}."


class RecalculationForm(forms.Form):
    """From when on, and why. Where the rules fall silent for want of points, that is said before it is saved."""

    told = forms.CharField(widget=forms.HiddenInput, required=False)
    day = SensibleDay(label="From which day on?", name="day from which on it counts")
    reason = Line(
        label="Why?",
        help_text="What changed, and how you know that it will last. Everybody who reads the chart reads this",
        needed="Enter the reason: without one nobody can trust the chart",
        max_length=300,
    )

    def __init__(self, *args, measure: Measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean(self):
        found = super().clean()
        told = found.pop("told", "")
        if self.errors or refusal_of(self.measure, found["day"]):
            return found  # the action refuses it
        if (sentence := silence_from(self.measure, found["day"])) and told != sentence:
            self.data = self.data.copy()
            self.data["told"] = sentence
            ask = "Nothing is saved yet: choose another day, or press “Save” again if you mean this one."
            self.add_error("day", f"{sentence} The rules find nothing in so few. {ask}")
        return found


class AnnotationForm(forms.Form):
    """What happened on a day."""

    day = SensibleDay(label="Day")
    words = Line(
        label="What happened?",
        help_text="Like: new template in use. No names of patients",
        needed="Enter what happened",
    )
