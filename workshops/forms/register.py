"""How somebody was there, who came without a place, and the code of the room."""

from django import forms

from bookings.choices import Attendance
from bookings.models import Attendee
from elements.fields import LengthField
from elements.widgets import Radios
from workshops.room_code import FIGURES

WITH_MINUTES = (Attendance.LATE, Attendance.PART)


class MarkForm(forms.Form):
    """One line of the register; whoever came late or left is there for some minutes."""

    attendance = forms.ChoiceField(
        label="How was this person there?",
        choices=[
            (Attendance.ATTENDED, "Was there"),
            (Attendance.LATE, "Came late"),
            (Attendance.PART, "Was there for part of it"),
            (Attendance.APOLOGIES, "Sent apologies"),
            (Attendance.ABSENT, "Did not attend"),
        ],
        widget=Radios(reveals={Attendance.LATE: "late", Attendance.PART: "part"}),
        error_messages={"required": "Choose how this person was there", "invalid_choice": "Choose one of the list"},
    )

    def __init__(self, *args, attendee: Attendee, **kwargs):
        mark, minutes = attendee.attendance, attendee.minutes
        shown = {"attendance": mark}
        shown |= {"late": minutes if mark == Attendance.LATE else None, "part": minutes if mark == "part" else None}
        super().__init__(*args, initial=shown, **kwargs)
        longest = attendee.session.minutes
        self.fields["late"] = LengthField(
            label="For how long was this person there? (optional)",
            help_text="Without it the whole time counts",
            longest=longest,
            required=False,
        )
        self.fields["part"] = LengthField(label="For how long was this person there?", longest=longest, required=False)

    def clean(self):
        found = super().clean()
        mark = found.get("attendance")
        for name in WITH_MINUTES:
            if name != mark and name in self.errors:
                del self.errors[name]  # a box that was not asked for
        if mark == Attendance.PART and found.get("part") is None and "part" not in self.errors:
            self.add_error("part", "Enter the hours and minutes, like 1 and 30")
        return found

    @property
    def minutes(self) -> int | None:
        mark = self.cleaned_data["attendance"]
        return self.cleaned_data.get(mark) if mark in WITH_MINUTES else None


class WalkInForm(forms.Form):
    """Somebody of the cohort who has no place. `people` are (key, name)."""

    person = forms.ChoiceField(
        label="Who came?",
        error_messages={"required": "Choose who came", "invalid_choice": "Choose somebody of the list"},
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose one"), *choices]


class CodeForm(forms.Form):
    """The code that is shown in the room; `read` is what a phone has read of it."""

    keeps_nothing = True
    code = forms.CharField(
        label="Code",
        help_text=f"{FIGURES} figures, shown in the room",
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "10"}),
        error_messages={"required": "Enter the code that is shown in the room", "max_length": "Enter six figures"},
    )

    def __init__(self, *args, read: str = "", **kwargs):
        super().__init__(*args, initial={"code": read}, **kwargs)
        self.is_read = bool(read)

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


def wrong_code(left: int) -> str:
    """What is said of a code that is not shown now, to somebody who has so many tries left."""
    if not left:
        return "This is not the code that is shown now, and it was your last try. Tell a facilitator that you are here"
    tries = "one try" if left == 1 else f"{left} tries"
    return f"This is not the code that is shown now. Look again, it changes every few minutes. You have {tries} left"
