"""Fields for what people write: tidy, and with nothing hidden in it."""

from django import forms

from accounts.names import clean_email
from cohorts.spreadsheets.cleaning import Unclean, clean
from elements.sentences import UNKEPT

LINES_LIMIT = 50  # as many as a cell of an imported sheet may hold


def cleaned(text: str, *, lines: bool = False) -> str:
    """The text in NFC with tidy spaces; ValidationError where it holds what nobody can see."""
    try:
        return clean(text, lines=lines)
    except Unclean as problem:
        raise forms.ValidationError(f"This {problem}", code="hidden") from problem


def keepable(value):
    """The same, before Django looks at it; ValidationError in our words where no database takes it."""
    if "\x00" in str(value or ""):
        raise forms.ValidationError(UNKEPT, code="hidden")
    return value


def too_long(label: str, most: int) -> str:
    """The sentence about a text of too many characters; Django fills in how many there are."""
    named = str(label).removesuffix(" (optional)") or "This"
    named = "Your answer" if named.endswith("?") else named
    return f"{named} must be {most:,} characters or fewer. It has %(show_value)d"


class Line(forms.CharField):
    """One line of text. `needed` is the sentence that asks for it."""

    def __init__(self, *, needed: str = "", width: str = "", **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("required", bool(needed))
        kwargs.setdefault("error_messages", {"required": needed} if needed else {})
        kwargs["error_messages"].setdefault("max_length", too_long(kwargs.get("label", ""), kwargs["max_length"]))
        super().__init__(**kwargs)
        if width:
            self.widget.attrs["data-width"] = width

    def to_python(self, value) -> str:
        return cleaned(super().to_python(value))

    def widget_attrs(self, widget) -> dict:
        """No `maxlength`: a paste that is too long is answered in words, not cut off."""
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


class Text(forms.CharField):
    """A long text; its line breaks stay."""

    def __init__(self, *, rows: int = 4, **kwargs):
        kwargs.setdefault("max_length", 3000)
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("max_length", too_long(kwargs.get("label", ""), kwargs["max_length"]))
        super().__init__(**kwargs)

    def to_python(self, value) -> str:
        return cleaned(super().to_python(value), lines=True)


class Lines(forms.CharField):
    """A list, one entry a line: a `list[str]` in Python."""

    def __init__(self, *, rows: int = 3, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_value", "")
        kwargs.setdefault("help_text", "One on each line")
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value) -> list[str]:
        text = cleaned(super().clean(keepable(value)), lines=True)
        entries = [line for line in text.split("\n") if line]
        if len(entries) > LINES_LIMIT:
            raise forms.ValidationError(f"Enter at most {LINES_LIMIT} lines")
        if any(len(entry) > 200 for entry in entries):
            raise forms.ValidationError("Shorten each line to 200 characters")
        return list(dict.fromkeys(entries))


class Address(forms.CharField):
    """An e-mail address in its stored form."""

    widget = forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false", "data-width": "30"})

    def __init__(self, *, needed: str = "", **kwargs):
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("required", bool(needed))
        kwargs.setdefault("error_messages", {"required": needed} if needed else None)
        super().__init__(**kwargs)

    def clean(self, value) -> str:
        text = super().clean(keepable(value))
        if not text:
            return ""
        try:
            return clean_email(text)
        except forms.ValidationError as problem:
            raise forms.ValidationError("Enter an email address like name@example.com", code="invalid") from problem
