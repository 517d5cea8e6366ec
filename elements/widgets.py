"""Controls that Django does not have: a date in three boxes, choices with hints."""

from datetime import date

from django import forms

BOXES = (("Day", 2), ("Month", 2), ("Year", 4))


class DateInThreeBoxes(forms.MultiWidget):
    """Day, month and year in boxes of their own. What was typed is shown again as it was typed."""

    use_fieldset = True

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in BOXES], attrs)

    def decompress(self, value) -> list:
        """The three texts of a date, or of a day written 2027-02-01."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value[:10])
            except ValueError:
                return ["", "", ""]
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def get_context(self, name, value, attrs):
        """The context of the three boxes, each with its label and width."""
        context = super().get_context(name, value, attrs)
        for box, (label, width) in zip(context["widget"]["subwidgets"], BOXES, strict=True):
            box |= {"label": label, "width": width}
        return context


class WithHints:
    """Choices that may each carry a hint, and that may each open another field of the same form.

    `hints` is {value: sentence}; `reveals` is {value: name of the field}.
    """

    def __init__(self, *args, hints=None, reveals=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.reveals = {str(value): name for value, name in (reveals or {}).items()}


class Radios(WithHints, forms.RadioSelect):
    """One of several, with hints."""


class Checkboxes(WithHints, forms.CheckboxSelectMultiple):
    """Any of several, with hints."""
