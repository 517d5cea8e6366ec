"""Words about when somebody can meet, turned into hours and moments."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django import forms
from django.core import signing

from cohorts.models import Participant
from elements import clock
from elements.fields import DayField, HalfUnknown, HourField, hour_of
from elements.widgets import Radios
from pairs import free_time
from pairs.actions.free_time import WEEKS_AHEAD
from pairs.choices import WEEKDAYS, HoursKind
from pairs.models import UsualHours

AGREED = {
    "agreed_weekdays": ("Monday to Friday (optional)", (0, 1, 2, 3, 4)),
    "agreed_saturday": ("Saturday (optional)", (5,)),
    "agreed_sunday": ("Sunday (optional)", (6,)),
}
OFFICE = [(time(9), time(17))]  # shown first for a day of work, to be changed
MOST_A_DAY = 3
LONGEST = timedelta(hours=16)  # of hours that end on the next day: what is longer is a slip in the end
LONGEST_PASTE = 500_000  # characters; a file may be larger
BETWEEN = re.compile(r"\s*(?:\bto\b|\buntil\b|[-\u2010-\u2015])\s*", re.IGNORECASE)
SALT, KEPT_FOR = "pairs.rota", 24 * 60 * 60  # seconds between reading a rota and saving it


class HoursField(forms.CharField):
    """Hours of a day as people write them: "9am to 5pm", "9am to 1pm, 6pm to 8pm"; (start, end) each."""

    def __init__(self, *, name: str, **kwargs):
        self.name = name
        super().__init__(required=False, max_length=100, **kwargs)
        self.error_messages["max_length"] = f"{name} must be hours like 9am to 5pm"
        self.widget.attrs["data-width"] = "20"

    def widget_attrs(self, widget) -> dict:
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}

    def clean(self, value) -> list[tuple[time, time]]:
        text = super().clean(value)
        parts = [part for part in re.split(r"[,;]|\band\b", text, flags=re.IGNORECASE) if part.strip()]
        if len(parts) > MOST_A_DAY:
            raise forms.ValidationError(f"{self.name} must have at most {MOST_A_DAY} times", code="many")
        return sorted(self._hours(part) for part in parts)

    def _hours(self, text: str) -> tuple[time, time]:
        try:
            starts, ends = (hour_of(each) for each in BETWEEN.split(text.strip()))
        except HalfUnknown as either:
            words = f"{either} {self.name} must say am or pm, like 9am to 5pm"
            raise forms.ValidationError(words, code="half") from None
        except ValueError:
            raise forms.ValidationError(f"{self.name} must be hours like 9am to 5pm", code="invalid") from None
        if starts == ends:
            raise forms.ValidationError(f"{self.name} must end at another time than it begins", code="empty")
        lasts = datetime.combine(date.min, ends) - datetime.combine(date.min, starts) + timedelta(days=ends < starts)
        if time(0) < ends < starts and lasts > LONGEST:
            raise forms.ValidationError(f"{self.name} {self._too_long(starts, ends, lasts)}", code="long")
        return starts, ends

    @staticmethod
    def _too_long(starts: time, ends: time, lasts: timedelta) -> str:
        hours = f"{clock.in_figures_of(starts)} to {clock.in_figures_of(ends)}"
        words = clock.duration(lasts // timedelta(minutes=1))
        return f"{hours} would end the next day, after {words}. Enter an end on the same day, or hours of at most 16"

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return ", ".join(f"{clock.in_figures_of(starts)} to {clock.in_figures_of(ends)}" for starts, ends in value)


class UsualHoursForm(forms.Form):
    """Hours of work for each day of the week, and hours beside them that are all right."""

    def __init__(self, *args, participant: Participant, **kwargs):
        super().__init__(*args, initial=_shown(participant), **kwargs)
        for weekday, name in enumerate(WEEKDAYS):
            self.fields[f"day_{weekday}"] = HoursField(name=name, label=name)
        for box, (label, _) in AGREED.items():
            self.fields[box] = HoursField(name=label.removesuffix(" (optional)"), label=f"Other times, {label}")
        self.fields["day_0"].help_text = "For example, 9am to 5pm, or 9pm to 7am for a night"
        self.fields["agreed_weekdays"].help_text = "For example, 7am to 9am, 6pm to 8pm"

    def clean(self):
        found = super().clean()
        if not self.errors and not any(found.get(f"day_{weekday}") for weekday in range(7)):
            raise forms.ValidationError("Enter the hours of at least one day of the week")
        return found

    @property
    def working(self) -> dict[int, list[tuple[time, time]]]:
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in range(7)}

    @property
    def agreed(self) -> dict[int, list[tuple[time, time]]]:
        return {weekday: self.cleaned_data[box] for box, (_, weekdays) in AGREED.items() for weekday in weekdays}


def _shown(participant: Participant) -> dict:
    """What the boxes hold at first: what was said, or office hours on the working days of the application."""
    week: dict[tuple[str, int], list[tuple[time, time]]] = {}
    for row in UsualHours.objects.of(participant):
        week.setdefault((row.kind, row.weekday), []).append((row.starts, row.ends))
    if not week:
        days = {int(day) for day in participant.days if day in "0123456"} or set(range(5))
        return {f"day_{weekday}": OFFICE for weekday in days}
    shown = {f"day_{weekday}": week.get((HoursKind.WORKING, weekday), []) for weekday in range(7)}
    return shown | {box: week.get((HoursKind.AGREED, days[0]), []) for box, (_, days) in AGREED.items()}


class BusyForm(forms.Form):
    """A time in the next four weeks at which somebody cannot meet: a part of a day, whole days, or a night."""

    day = DayField(label="Day", help_text="For example, 6 1 2027", name="day")
    starts = HourField(
        label="From (optional)", help_text="Leave it empty for the whole day", name="time", required=False
    )
    ends = HourField(label="To (optional)", help_text="For example, 2pm or 14:30", name="time", required=False)
    until = DayField(
        label="Last day (optional)",
        help_text="Only if it is longer, such as a week of leave",
        name="last day",
        required=False,
    )

    def __init__(self, *args, now: datetime | None = None, **kwargs):
        self.now = now or datetime.now(UTC)
        super().__init__(*args, **kwargs)

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    def clean_day(self):
        day, last = self.cleaned_data["day"], self.today + WEEKS_AHEAD - timedelta(days=1)
        if day < self.today - timedelta(days=60):
            raise forms.ValidationError("Enter a day that is still to come")
        if day > last:
            raise forms.ValidationError(f"Enter a day in the next four weeks, up to {clock.in_full(last)}")
        return day

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until > self.today + timedelta(days=366):
            raise forms.ValidationError("Enter a last day within a year")
        return until

    def clean(self):
        """The moments of beginning and end. An hour that the clocks leave out is the hour of the change."""
        found = super().clean()
        if self.errors:
            return
        day, until, starts, ends = (found.get(name) for name in ("day", "until", "starts", "ends"))
        if until and until < day:
            self.add_error("until", "Enter a last day that is not before the first")
            return
        last = until or day
        if ends is None or (until is None and ends <= (starts or time(0))):
            last += timedelta(days=1)
        starts_at = free_time.moment(day, starts or time(0))
        ends_at = free_time.moment(last, ends or time(0))
        if ends_at <= starts_at:
            self.add_error("ends", "Enter a time that is after the start")
        elif ends_at <= self.now:
            self.add_error("day", "Enter a time that is not over yet")
        else:
            self.chosen = {"starts_at": starts_at, "ends_at": ends_at}


class RotaForm(forms.Form):
    """A calendar as a file, or what is in it. Only moments are taken out of it."""

    file = forms.FileField(
        label="Calendar file (optional)",
        help_text="A file that ends in .ics, of at most 1 MB",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,text/calendar"}),
    )
    text = forms.CharField(
        label="Or paste what is in it (optional)",
        help_text="The text begins with BEGIN:VCALENDAR. Addresses are not opened",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def __init__(self, *args, on: date | None = None, **kwargs):
        self.on = on or clock.today()
        super().__init__(*args, **kwargs)

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and upload.size > free_time.MOST_BYTES:
            raise forms.ValidationError(
                "The file is larger than 1 MB. Save only the next four weeks of it and try again"
            )
        return upload

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > LONGEST_PASTE:
            raise forms.ValidationError("The text is too long to paste. Save it as a file and upload that")
        return text if text.strip() else ""

    def clean(self):
        """`read` is what the calendar says of the next four weeks."""
        found = super().clean()
        if self.errors:
            return
        upload, text = found["file"], found["text"]
        if bool(upload) == bool(text):
            raise forms.ValidationError(
                "Choose a file or paste a text, not both"
                if upload
                else "Choose a calendar file, or paste what is in it"
            )
        last = self.on + WEEKS_AHEAD - timedelta(days=1)
        try:
            self.read = free_time.read_rota(upload.read() if upload else text, first=self.on, last=last)
        except free_time.RotaRefused as refusal:
            self.add_error("file" if upload else "text", str(refusal))
            return
        if not self.read.shifts:
            unread = f", and {self.read.unread_count} could not be read" if self.read.unread_count else ""
            self.add_error(
                "file" if upload else "text",
                f"There are no times in this calendar between today and {clock.in_full(last)}{unread}. Choose another",
            )


class RotaKeepForm(forms.Form):
    """Yes to what the page showed of a rota. The moments come back as they were read, under the house's own seal."""

    shifts = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    how = forms.ChoiceField(
        label="What about the rota that is here already?",
        choices=[("replace", "Replace it"), ("add", "Keep it and add these")],
        widget=Radios,
        error_messages={"required": "Choose what happens to the rota that is here already"},
    )

    def __init__(self, *args, participant: Participant, has_rota: bool = True, **kwargs):
        """Without a rota that is here already nothing is asked about it."""
        self.participant = participant
        super().__init__(*args, **kwargs)
        if not has_rota:
            self.fields["how"].widget = forms.HiddenInput()

    def clean_shifts(self) -> list[free_time.Span]:
        try:
            sealed = signing.loads(self.cleaned_data["shifts"], salt=_salt(self.participant), max_age=KEPT_FOR)
        except signing.BadSignature:
            raise forms.ValidationError("This page is too old to be saved. Read the rota again", code="old") from None
        moments = [datetime.fromtimestamp(seconds, UTC) for seconds in sealed]
        return [free_time.Span(*pair) for pair in zip(moments[::2], moments[1::2], strict=True)]


def sealed_shifts(participant: Participant, shifts: Iterable[free_time.Span]) -> str:
    """What was read, as the page sends it back: nothing is kept before somebody says yes to it."""
    moments = [int(each.timestamp()) for shift in shifts for each in (shift.starts_at, shift.ends_at)]
    return signing.dumps(moments, salt=_salt(participant), compress=True)


def _salt(participant: Participant) -> str:
    return f"{SALT}:{participant.pk}"
