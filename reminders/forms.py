"""What somebody wants to hear of, and when."""

from datetime import time

from django import forms

from elements import clock
from elements.registry import kinds
from elements.widgets import Checkboxes
from reminders.choices import DIGEST
from reminders.preferences import Wishes

HOURS = [(f"{hour:02}:00", clock.in_figures_of(time(hour))) for hour in range(24)]


def optional_kinds(person):
    """The kinds that this person may get and switch off; a message of several is made of them."""
    return [
        kind
        for kind in kinds()
        if kind.is_optional and kind.name != DIGEST and (not kind.only_for or person.has_perm(kind.only_for))
    ]


def _hour(label: str, hint: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=HOURS,
        coerce=time.fromisoformat,
        error_messages={"invalid_choice": "Choose an hour from the list", "required": "Choose an hour from the list"},
    )


class PreferenceForm(forms.Form):
    """Which optional messages are sent, and the quiet hours."""

    heard = forms.MultipleChoiceField(
        label="Write to me about",
        required=False,
        widget=Checkboxes,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    quiet_from = _hour("Quiet from", "What you may switch off above waits until your quiet hours end")
    quiet_until = _hour("Quiet until", "The same hour twice means no quiet hours")

    def __init__(self, *args, user, wishes: Wishes, **kwargs):
        super().__init__(*args, **kwargs)
        mine = optional_kinds(user)
        self._names = [kind.name for kind in mine]
        self._others = sorted(wishes.muted - set(self._names))
        self.fields["heard"].choices = [(kind.name, kind.label) for kind in mine]
        self.fields["heard"].widget.hints = {kind.name: kind.why for kind in mine}
        self.initial = {
            "heard": [name for name in self._names if name not in wishes.muted],
            "quiet_from": f"{wishes.quiet_from:%H:%M}",
            "quiet_until": f"{wishes.quiet_until:%H:%M}",
        }

    def chosen(self) -> dict:
        """What `actions.choose` takes."""
        values = self.cleaned_data
        muted = [name for name in self._names if name not in values["heard"]]
        return {
            "muted": [*muted, *self._others],
            "quiet_from": values["quiet_from"],
            "quiet_until": values["quiet_until"],
        }
