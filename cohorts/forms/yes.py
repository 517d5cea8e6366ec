"""The yes to writing to many: what was read is sent back with it, and the number is typed where it is large."""

from collections.abc import Mapping

from django import forms

TYPE_ABOVE = 20  # so many people are written to without typing how many
BUTTONS = {"csrfmiddlewaretoken", "shown", "count", "send", "test", "change", "go_on"}  # what a page adds of its own


class MarkOfPage(forms.CharField):
    """A mark of what the page shows, sent back with the answer. A page drawn again bears its own mark."""

    widget = forms.HiddenInput

    def bound_data(self, data, initial):
        return initial


class CountField(forms.CharField):
    """How many people are written to, typed as a figure: a slip of the hand writes to nobody."""

    def __init__(self, number: int, **kwargs):
        self.number = number
        super().__init__(
            label=f"This writes to {number:,} people. Enter that number to confirm",
            max_length=10,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "5", "autocomplete": "off"}),
            error_messages={"required": f"Enter {number} to confirm how many people you write to"},
            **kwargs,
        )

    def clean(self, value) -> str:
        typed = super().clean(value).strip().replace(",", "")
        if self.required and typed != str(self.number):
            raise forms.ValidationError(f"Enter {self.number}, the number of people you write to")
        return typed


class YesForm(forms.Form):
    """Yes to these people and these words.

    `carried` is what was sent to the page before, which comes with the yes and is checked again then.
    """

    def __init__(self, *args, number: int, mark: str, carried: Mapping | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in sorted(set(carried or ()) - BUTTONS):
            given = carried.getlist(name)
            self.fields[name] = forms.Field(widget=forms.MultipleHiddenInput, required=False, initial=given)
        self.fields["shown"] = MarkOfPage(initial=mark, required=False, max_length=64)
        self.mark = mark
        if number > TYPE_ABOVE:
            self.fields["count"] = CountField(number)

    def clean(self) -> dict:
        values = super().clean()
        if values.get("shown") != self.mark:
            raise forms.ValidationError("The list or the words have changed since you read them. Read them again")
        return values
