"""Controls that Django does not have: a date in three boxes, choices with hints."""

from datetime import date

from django import forms


class InBoxes(forms.MultiWidget):
    """Figures in boxes of their own, each with a label and a width. What was typed is shown again as it was typed."""

    use_fieldset = True
    boxes: tuple[tuple[str, int], ...]  # (label, width in characters)

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in self.boxes], attrs)

    def get_context(self, name, value, attrs):
        """The context of the boxes, each with its label and width."""
        context = super().get_context(name, value, attrs)
        for box, (label, width) in zip(context["widget"]["subwidgets"], self.boxes, strict=True):
            box |= {"label": label, "width": width}
        return context


class DateInThreeBoxes(InBoxes):
    """Day, month and year."""

    boxes = (("Day", 2), ("Month", 2), ("Year", 4))

    def decompress(self, value) -> list:
        """The three texts of a date, or of a day written 2027-02-01."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value[:10])
            except ValueError:
                return ["", "", ""]
        return [value.day, value.month, value.year] if value else ["", "", ""]


class LengthInTwoBoxes(InBoxes):
    """Hours and minutes of something that lasts."""

    boxes = (("Hours", 2), ("Minutes", 3))

    def decompress(self, value) -> list:
        """The two texts of a number of minutes."""
        return list(divmod(value, 60)) if isinstance(value, int) else ["", ""]


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
