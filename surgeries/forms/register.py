"""Who was there, and who came without a booking."""

from django import forms

from bookings.choices import Attendance
from bookings.models import Attendee, Session
from cohorts.models import Participant
from elements.fields import FromList
from elements.widgets import Radios

PRESENT = [
    (Attendance.ATTENDED, "Was there"),
    (Attendance.LATE, "Came late"),
    (Attendance.APOLOGIES, "Sent apologies"),
    (Attendance.ABSENT, "Did not come"),
]


class RegisterForm(forms.Form):
    """A line for each person who has a place. What is left open stays open."""

    def __init__(self, *args, session: Session, lines: list[Attendee], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {f"line_{each.pk}": each for each in lines}
        part = [(Attendance.PART, "Was there for part of it")]
        for name, each in self.lines.items():
            choices = PRESENT + (part if each.attendance == Attendance.PART else [])
            self.fields[name] = forms.ChoiceField(
                label=each.participant.name,
                choices=choices,
                widget=Radios(attrs={"class": "nhsuk-radios--small"}),
                initial=each.attendance or None,
                required=False,
                error_messages={"invalid_choice": "Choose how this person was there"},
            )

    @property
    def everybody(self) -> str:
        """The button that says of all the rest that they were there: before anybody is marked, of all."""
        is_anybody_marked = any(self[name].value() for name in self.lines)
        return "Everybody else was there" if is_anybody_marked else "Everybody was there"

    @property
    def marks(self) -> dict:
        """{key of a line: (how, minutes)}, of what was said."""
        return {
            each.pk: (said, each.minutes if said == each.attendance == Attendance.PART else None)
            for name, each in self.lines.items()
            if (said := self.cleaned_data.get(name))
        }


class WalkInForm(forms.Form):
    """Somebody who came; `among` is who takes part and has no place."""

    person = FromList(
        Participant.objects.none(),
        error_messages={"required": "Choose who came", "invalid_choice": "Choose somebody who takes part"},
    )

    def __init__(self, *args, among, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = among
