"""What owners write and bring for the showcase, and which project a lead adds."""

from django import forms

from cohorts.forms.words import Text
from elements.second_look import LooksForPatients
from projects import decks
from projects.forms.rereading import Rereads

CHOOSE = "Choose a PDF, a PowerPoint file (.pptx), a PNG or a JPEG"


class ShowcaseForm(Rereads, LooksForPatients):
    """The abstract, and what came of the project for patients and for the running of the service."""

    abstract = Text(
        label="Abstract (optional)",
        help_text="The project in about 150 words: what you set out to do, what you did, what happened",
        rows=6,
        max_length=2000,
    )
    gain_patients = Text(label="What did patients gain? (optional)", max_length=1000)
    gain_service = Text(label="What did the running of the service gain? (optional)", max_length=1000)


class DeckForm(forms.Form):
    """Slides or a poster; `cleaned_data` holds its name, type and content."""

    file = forms.FileField(
        label="Slides or poster",
        help_text="A PDF, a PowerPoint file (.pptx), a PNG or a JPEG of at most 10 MB",
        error_messages={"required": CHOOSE, "invalid": CHOOSE, "empty": f"The file is empty. {CHOOSE}"},
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{end}" for kind in decks.KINDS for end in kind.endings)}),
    )

    def clean_file(self) -> dict:
        """What is kept; its name is shown to people and never handed to a browser."""
        sent = self.cleaned_data["file"]
        if sent.size > decks.LARGEST:
            raise forms.ValidationError("The file is larger than 10 MB. Make its pictures smaller and try again")
        content = sent.read()
        kind = decks.kind_of(content)
        if kind is None:
            raise forms.ValidationError(f"This file cannot be kept. {CHOOSE}, without macros and without a password")
        name = "".join(letter for letter in sent.name if letter.isprintable())
        if not name.lower().endswith(tuple(f".{end}" for end in kind.endings)):
            raise forms.ValidationError(
                f"This file is a {kind.label}, and its name ends otherwise. Name it .{kind.endings[0]} and try again"
            )
        return {"name": name[-120:], "content_type": kind.content_type, "content": content}


class AddForm(forms.Form):
    """Of the projects that do not present yet, the one that is to."""

    project = forms.ChoiceField(
        label="Add a project",
        error_messages={"required": "Choose a project", "invalid_choice": "Choose a project of the list"},
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", "Choose one"), *choices]
