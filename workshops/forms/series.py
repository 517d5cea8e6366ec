"""What a workshop is, and what is read for it."""

from datetime import date

from django import forms

from cohorts.forms.words import Line, Text
from elements.clock import in_full
from elements.fields import DayField
from elements.files import DOCX, JPEG, PDF, PNG, PPTX, XLSX, FileToKeep
from elements.links import is_address
from elements.once import MarkOfSending
from elements.widgets import Radios
from workshops.choices import Topic, When
from workshops.models import Workshop

FILE, LINK = "file", "link"


class WorkshopForm(forms.Form):
    """Title, topic, aims, and whether people are asked beforehand and afterwards.

    `takes_place` is the last day on which it does, None as long as that is not known.
    """

    title = Line(label="Title", needed="Enter a title", max_length=160)
    topic = forms.ChoiceField(
        label="Topic",
        help_text="Workshops on one topic are compared from cohort to cohort, whatever they are called",
        choices=Topic.choices,
        widget=Radios,
        error_messages={"required": "Choose a topic", "invalid_choice": "Choose a topic of the list"},
    )
    aims = Text(
        label="Aims (optional)",
        help_text="One on each line: what people can do, or know, afterwards",
        max_length=2000,
    )
    needs_until = DayField(
        label="Last day for saying what they want from it (optional)",
        help_text="People answer two questions until that day. Leave it empty if you do not want to ask",
        name="last day",
        required=False,
    )
    asks_feedback = forms.BooleanField(
        label="Ask those who were there for feedback",
        help_text="Without names, for two weeks after each date",
        required=False,
        initial=True,
    )

    def __init__(
        self, *args, on: date, workshop: Workshop | None = None, cohort=None, takes_place: date | None = None, **kwargs
    ):
        shown = {}
        if workshop is not None:
            shown = {name: getattr(workshop, name) for name in self.base_fields}
        super().__init__(*args, initial=shown, **kwargs)
        self.cohort = workshop.cohort if workshop is not None else cohort
        self.on, self.takes_place = on, takes_place
        self.needed_until = workshop.needs_until if workshop is not None else None

    def clean_needs_until(self) -> date | None:
        """A day on which somebody can still answer and be heard; what stood there already may stay."""
        day = self.cleaned_data["needs_until"]
        if not day or day == self.needed_until:
            return day
        if day < self.on:
            raise forms.ValidationError("Enter today or a later day")
        if self.takes_place and day >= self.takes_place:
            raise forms.ValidationError(f"Enter a day before the workshop, which is on {in_full(self.takes_place)}")
        if day > self.cohort.ends_on:
            raise forms.ValidationError(f"Enter a day up to {in_full(self.cohort.ends_on)}, when the cohort ends")
        return day


class NewWorkshopForm(WorkshopForm):
    """The same of one that is not there yet."""

    sending = MarkOfSending()


class MaterialForm(forms.Form):
    """A file or the address of a page, and when it is read."""

    label = Line(
        label="What is it?", help_text="Like “Slides of the morning”", needed="Enter what it is", max_length=160
    )
    when = forms.ChoiceField(
        label="When should people read it?",
        choices=When.choices,
        widget=Radios,
        error_messages={"required": "Choose when people should read it"},
    )
    kind = forms.ChoiceField(
        label="Is it a file or a link?",
        choices=[(FILE, "A file"), (LINK, "A link to a page")],
        widget=Radios(reveals={FILE: "file", LINK: "url"}),
        error_messages={"required": "Choose whether it is a file or a link"},
    )
    file = FileToKeep(label="File", kinds=(PDF, PPTX, DOCX, XLSX, PNG, JPEG), required=False)
    url = Line(
        label="Address",
        help_text="Like https://trust.example/reading",
        max_length=500,
    )
    sending = MarkOfSending()

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if not url or self.data.get("kind") != LINK:
            return ""
        url = url if "://" in url else f"https://{url}"
        try:
            forms.URLField(max_length=500, assume_scheme="https").clean(url)
        except forms.ValidationError:
            url = ""
        if url.startswith("http://"):
            raise forms.ValidationError(
                "Enter an address that begins with https://, like https://trust.example/reading"
            )
        if not url.startswith("https://") or not is_address(url):
            raise forms.ValidationError("Enter a full address, like https://trust.example/reading")
        return url

    def clean(self):
        found, kind = super().clean(), self.cleaned_data.get("kind")
        if kind == FILE and not found.get("file") and "file" not in self.errors:
            self.add_error("file", self.fields["file"].choose)
        if kind == LINK and not found.get("url") and "url" not in self.errors:
            self.add_error("url", "Enter the address, like https://trust.example/reading")
        return found

    @property
    def is_file(self) -> bool:
        return self.cleaned_data["kind"] == FILE
