"""Form fields that Django does not have."""

import re
from datetime import date, time

from django import forms

from elements import clock
from elements.widgets import DateInThreeBoxes

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def named(label: str) -> str:
    """A label inside a sentence: "Launch date" becomes "launch date", "NHS number" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


class DayField(forms.Field):
    """A day typed as day, month and year; the month may be a number or a name.

    `name` is what messages call it, if not by the label: "Enter the launch date".
    """

    widget = DateInThreeBoxes

    def __init__(self, *, name: str = "", **kwargs):
        super().__init__(**kwargs)
        self.name = name or named(str(self.label or "date"))
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
            raise forms.ValidationError(f"{sentence} must include a {' and a '.join(missing)}", code="incomplete")
        day, month, year = texts
        try:
            if len(year) != 4:
                raise forms.ValidationError(f"{sentence} must have a year of four figures, like 2027", code="year")
            return date(figure(year), month_of(month), figure(day))
        except ValueError:
            raise forms.ValidationError(f"{sentence} must be a real date", code="invalid") from None


HOUR = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))?(am|pm|a|p)?", re.ASCII)
NAMED_HOURS = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class HourField(forms.Field):
    """A time of day as people write it: "2pm", "2.30pm", "14:00", "midday".

    `name` is what messages call it, if not by the label: "Enter the start time, like 2pm".
    """

    def __init__(self, *, name: str = "", **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"data-width": "10", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.name = name or named(str(self.label or "time"))
        given = kwargs.get("error_messages") or {}
        self.error_messages["required"] = given.get("required", f"Enter the {self.name}, like 2pm")

    def to_python(self, value) -> time | None:
        """The time of a text; ValidationError that shows how to write it."""
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        text = "".join(str(value).casefold().split()).replace(".m", "m").removesuffix(".")
        if not text:
            return None
        if text in NAMED_HOURS:
            return NAMED_HOURS[text]
        sentence = self.name[:1].upper() + self.name[1:]
        found = HOUR.fullmatch(text)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        half = (found[3] or "")[:1] if found else ""
        if hour > 23 or (half and not 1 <= hour <= 12):
            raise forms.ValidationError(f"{sentence} must be a real time, like 2pm or 14:00", code="invalid")
        if not half and 1 <= hour <= 6 and not text.startswith("0"):
            like = clock.in_figures_of(time(hour + 12, minute))
            raise forms.ValidationError(f"{sentence} must say am or pm, like {like}", code="half")
        return time(hour % 12 + (12 if half == "p" else 0), minute) if half else time(hour, minute)

    def prepare_value(self, value):
        """A time is shown as people write it, and what was typed as it was typed."""
        return clock.in_figures_of(value) if isinstance(value, time) else value


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
