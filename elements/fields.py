"""Form fields that Django does not have."""

from datetime import date

from django import forms

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
