"""Whom a participant must not be paired with: a name as it is written, or an address."""

from django import forms

from cohorts.forms.words import Line
from cohorts.spreadsheets import name_key
from cohorts.spreadsheets.addresses import parse_email


class NamingForm(forms.Form):
    """One person, written down. Nobody is chosen from a list: who takes part is not shown to those who take part."""

    words = Line(
        label="Name or email address",
        help_text="First and last name, or the address used at work. An address cannot be mistaken for somebody else.",
        needed="Enter a name or an email address",
    )

    def clean_words(self) -> str:
        """What could fit nobody at all is asked for again, since it would keep nobody apart without a word."""
        words = self.cleaned_data["words"]
        if "@" in words:
            address, _ = parse_email(words)
            if address is None:
                raise forms.ValidationError("Enter the email address alone, like name@example.com")
            return address
        if len(name_key(words).split()) < 2:
            raise forms.ValidationError("Enter the first and the last name, or an email address")
        return words
