"""What a project is, and its aim."""

import re
import textwrap
from collections.abc import Collection
from datetime import date, timedelta

from django import forms

from cohorts.forms.words import Line, Text
from elements.once import MarkOfSending
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from projects.choices import Shape
from projects.forms.days import SensibleDay
from projects.forms.rereading import Rereads
from projects.models import Project


class BeginForm(LooksForPatients):
    """A title and whose project it is; nothing more is demanded."""

    title = Line(label="What would you like to improve?", needed="Enter what you would like to improve")
    shape = forms.ChoiceField(
        label="Whose project is it?",
        choices=Shape.choices,
        initial=Shape.JOINT,
        widget=Radios,
        error_messages={"required": "Choose whose project it is", "invalid_choice": "Choose whose project it is"},
    )
    problem = Text(label="What is the problem? (optional)", rows=3, max_length=2000)
    mark = MarkOfSending()


A_YEAR = timedelta(days=366)
A_TITLE, CUT_AT = 100, 80  # characters of an idea that is a title as it stands, and of one that is cut for it


def from_idea(idea: str) -> dict[str, str]:
    """How a project begins that starts from the idea of an application: a short one is its title, a long one its first
    sentence, or as many of its words as a title holds.
    """
    said = idea.strip()
    if not said:
        return {}
    if len(said) <= A_TITLE and "\n" not in said:
        return {"title": said, "problem": idea}
    line = said.splitlines()[0]
    first = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0].rstrip(".")
    title = first if len(first) <= CUT_AT else textwrap.shorten(first, CUT_AT, placeholder="…")
    return {"title": title if title != "…" else first[: CUT_AT - 1] + "…", "problem": idea}


def has_not_begun(idea: str, projects: Collection[Project]) -> bool:
    """Whether there is an idea, and none of these projects has the title or the problem that `from_idea` gives it."""
    titles, problems = {project.title for project in projects}, {project.problem for project in projects}
    return bool(said := idea.strip()) and from_idea(idea)["title"] not in titles and said not in problems


class ProjectForm(Rereads, LooksForPatients):
    """The words of a project, of which only the title is needed."""

    title = Line(label="Title", needed="Enter a title")
    problem = Text(
        label="What is the problem? (optional)",
        help_text="What happens now, to whom, and how you know",
        max_length=2000,
    )
    stakeholders = Text(
        label="Who else is affected, or must agree? (optional)",
        help_text="Teams, roles, other services",
        max_length=2000,
    )
    patients_voice = Text(
        label="What do patients say? (optional)",
        help_text="How you asked them, and what you heard. No names and nothing that identifies anybody",
        max_length=2000,
    )
    registration = Line(
        label="Your organisation’s own number for it (optional)",
        help_text="From the quality improvement or audit register",
        max_length=80,
    )
    registration_url = forms.URLField(
        label="Link to it there (optional)",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Enter a full address, like https://trust.example/123"},
    )


class AimForm(Rereads):
    """The aim, in the words of the Model for Improvement: what, how much, for whom, by when."""

    aim = Line(
        label="What should become better? (optional)", help_text="Like: discharge letters reach the GP", max_length=300
    )
    aim_amount = Line(label="By how much? (optional)", help_text="Like: 9 of 10 within a day, from 6 of 10 now")
    aim_for = Line(label="For whom? (optional)", help_text="Like: all patients who go home from ward 7")
    aim_by = SensibleDay(label="By when? (optional)", required=False)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_aim_by(self) -> date | None:
        day = self.cleaned_data.get("aim_by") or None
        if day and day < self.on - A_YEAR and day != self.initial.get("aim_by"):
            raise forms.ValidationError("This day was over more than a year ago. Check the year")
        return day
