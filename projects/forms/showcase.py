"""What owners write and bring for the showcase, and which project a lead adds."""

from django import forms

from cohorts.forms.words import Text
from elements.files import JPEG, PDF, PNG, PPTX, FileToKeep
from elements.second_look import LooksForPatients
from projects.forms.rereading import Rereads

SLIDES = (PDF, PPTX, PNG, JPEG)


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

    file = FileToKeep(label="Slides or poster", kinds=SLIDES)


class AddForm(forms.Form):
    """Of the projects that do not present yet, the one that is to."""

    project = forms.ChoiceField(
        label="Add a project",
        error_messages={"required": "Choose a project", "invalid_choice": "Choose a project of the list"},
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", "Choose one"), *choices]
