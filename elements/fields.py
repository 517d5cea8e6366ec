"""Form fields that Django does not have."""

import re
import unicodedata
from datetime import date, time

from django import forms

from elements import clock
from elements.widgets import DateInThreeBoxes, LengthInTwoBoxes

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def named(label: str, asked: str) -> str:
    """A label inside a sentence: "Launch date" becomes "launch date", "NHS number" stays, a question what it asks."""
    label = label.removesuffix(" (optional)")
    if label.endswith("?"):
        return asked
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class FromList(forms.ModelChoiceField):
    """A choice from a list; what is no id at all is answered in the same words as an id that is not in the list."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class SomeFromList(forms.ModelMultipleChoiceField):
    """Several of a list; of what is no id at all the same is said."""

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError as problem:
            if problem.code in self.error_messages:
                raise
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class DayField(forms.Field):
    """A day typed as day, month and year; the month may be a number or a name, the year may have two figures.

    `name` is what messages call it, if not by the label: "Enter the launch date".
    """

    widget = DateInThreeBoxes

    def __init__(self, *, name: str = "", **kwargs):
        super().__init__(**kwargs)
        self.name = name or named(str(self.label or "date"), "day")
        given = kwargs.get("error_messages") or {}
        self.error_messages["required"] = given.get("required", f"Enter the {self.name}")

    def to_python(self, value) -> date | None:
        """The date of three texts; ValidationError that names what is missing or wrong."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        texts = [str(text or "").strip() for text in value]
        if not any(texts):
            return None
        missing = [box for box, text in zip(("day", "month", "year"), texts, strict=True) if not text]
        sentence = self.name[:1].upper() + self.name[1:]
        if missing:
            sentence = "Date" if self.name == "day" else sentence  # no day must include a day
            raise forms.ValidationError(f"{sentence} must include a {' and a '.join(missing)}", code="incomplete")
        day, month, year = texts
        try:
            if len(year) == 2:
                figure(year)
                year = f"20{year}"  # nobody here types a day of another century
            if len(year) != 4:
                raise forms.ValidationError(f"{sentence} must have a year of four figures, like 2027", code="year")
            return date(figure(year), month_of(month), figure(day))
        except ValueError:
            raise forms.ValidationError(f"{sentence} must be a real date", code="invalid") from None


def figure(text: str) -> int:
    """A whole number in plain figures; ValueError for anything else."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def month_of(text: str) -> int:
    """1 to 12 from a number, a name or its first three letters; ValueError for anything else."""
    folded = text.casefold()
    if len(folded) >= 3 and not folded.isdecimal():
        return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(folded)), 0)
    return figure(text)


class LengthField(forms.Field):
    """How long something lasts, typed as hours and minutes, either of which may be left empty; in minutes.

    Nobody who has looked at a clock reckons a night in minutes; who types 90 of them is understood.
    """

    widget = LengthInTwoBoxes

    def __init__(self, *, longest: int, **kwargs):
        messages = {
            "required": "Enter the hours and minutes, like 2 and 30",
            "invalid": "Enter hours and minutes as whole numbers, like 2 and 30",
            "none": "Enter at least 1 minute",
            "too_long": f"Enter at most {clock.duration(longest)}",
        }
        super().__init__(error_messages=messages | (kwargs.pop("error_messages", None) or {}), **kwargs)
        self.longest = longest

    def to_python(self, value) -> int | None:
        """The minutes of two texts; ValidationError that says how to write them."""
        texts = [str(text or "").strip() for text in value or ()]
        if not any(texts):
            return None
        try:
            hours, minutes = (figure(text or "0") for text in texts)
        except ValueError:
            raise self._refusal("invalid") from None
        if not hours + minutes:
            raise self._refusal("none")
        if hours * 60 + minutes > self.longest:
            raise self._refusal("too_long")
        return hours * 60 + minutes

    def _refusal(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


class HourField(forms.Field):
    """A time of the day as people write it: "2pm", "9.30am", "14:00", "midday".

    `name` is what messages call it, if not by the label: "Enter a start time, like 2pm".
    """

    widget = forms.TextInput

    def __init__(self, *, name: str = "", **kwargs):
        self.name = name or named(str(kwargs.get("label") or "time"), "time")
        article = "an" if self.name[:1] in "aeiou" else "a"
        messages = {"required": f"Enter {article} {self.name}, like 2pm"} | (kwargs.pop("error_messages", None) or {})
        super().__init__(error_messages=messages, **kwargs)
        self.widget.attrs.setdefault("data-width", "10")

    def to_python(self, value) -> time | None:
        """The time of a text; ValidationError that says how to write it."""
        if isinstance(value, time):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        sentence = self.name[:1].upper() + self.name[1:]
        try:
            return hour_of(text)
        except HalfUnknown as either:
            raise forms.ValidationError(f"{either} Enter the {self.name} with am or pm", code="half") from None
        except ValueError:
            raise forms.ValidationError(
                f"{sentence} must be a real time, like 2pm, 9:30am or 14:00", code="invalid"
            ) from None

    def prepare_value(self, value):
        return clock.in_figures_of(value) if isinstance(value, time) else value


class HalfUnknown(ValueError):
    """An hour that may be of the morning or of the afternoon, as a question."""

    def __init__(self, early: time):
        late = early.replace(hour=early.hour + 12)
        super().__init__(f"Do you mean {clock.in_figures_of(early)} or {clock.in_figures_of(late)}?")


ASKED_ABOUT = range(1, 8)  # hours that are as likely of the afternoon
NAMED_HOURS = {"midday": time(12), "noon": time(12), "midnight": time(0)}
HOUR = re.compile(r"(\d{1,2})(?:[:.](\d\d)|(?<=\d\d)(\d\d))?(am|pm)?", re.ASCII)


def hour_of(text: str) -> time:
    """A time of the day from words or figures; HalfUnknown or another ValueError for anything else.

    Figures without am or pm are of the clock of 24 hours: "14:00", "09:30", "0930", and "10" is 10am. From 1 to 7
    o'clock people leave out "pm", and nobody meets at night: "2" and "2:30" are asked about, "02:30" is not.
    """
    tidy = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    tidy = re.sub(r"([ap])\.?m\.?$", r"\1m", tidy)
    tidy = re.sub(r"^12(?=[mn])", "", tidy)  # "12 noon"
    if tidy in NAMED_HOURS:
        return NAMED_HOURS[tidy]
    found = HOUR.fullmatch(tidy)
    if not found:
        raise ValueError(text)
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), found[4]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        return time(hour % 12 + (12 if half == "pm" else 0), minute)
    is_written_out = len(found[1]) == 2
    if hour in ASKED_ABOUT and not is_written_out:
        raise HalfUnknown(time(hour, minute))
    return time(hour, minute)
