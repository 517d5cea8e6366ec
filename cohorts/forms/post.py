"""What the list of messages can be narrowed to."""

from django import forms

from reminders.choices import State


class PostFilter(forms.Form):
    """A GET form; an unknown state shows everything."""

    state = forms.ChoiceField(label="State", required=False, choices=[("", "All messages"), *State.choices])

    def chosen(self) -> str:
        return self.cleaned_data["state"] if self.is_valid() else ""
