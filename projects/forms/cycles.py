"""The four steps of a cycle: plan with a prediction, do, study, act."""

from django import forms

from cohorts.forms.words import Text
from elements.fields import FromList
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from projects.choices import Act, DriverKind
from projects.forms.days import SensibleDay
from projects.forms.rereading import Rereads
from projects.models import Cycle, Driver, Project

PLANNED = ("plan", "prediction", "starts_on", "ends_on", "idea")


class IdeaField(FromList):
    """An idea for a change, called by its words."""

    def label_from_instance(self, driver: Driver) -> str:
        return driver.words


class PlanForm(Rereads, LooksForPatients):
    """What is tried, and what we think will happen: without a prediction there is nothing to learn from."""

    plan = Text(
        label="What will you try?",
        help_text="Who does what, where and for how long. Small is good: one ward, one clinic, one day",
        required=True,
        max_length=2000,
        error_messages={"required": "Enter what you will try"},
    )
    prediction = Text(
        label="What do you think will happen?",
        help_text="Your prediction, with a number if you can. It is compared with what happens",
        required=True,
        max_length=2000,
        error_messages={"required": "Enter what you think will happen"},
    )
    starts_on = SensibleDay(label="When does it start?", name="day on which it starts")
    ends_on = SensibleDay(
        label="When should the results be there? (optional)",
        name="day on which the results should be there",
        help_text="You are reminded then",
        required=False,
    )
    idea = IdeaField(
        label="Which idea does it test? (optional)",
        queryset=Driver.objects.none(),
        required=False,
        empty_label="None of them",
        error_messages={"invalid_choice": "Choose one of your ideas"},
    )

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        ideas = Driver.objects.filter(project=project, kind=DriverKind.IDEA)
        self.fields["idea"].queryset = ideas
        if not ideas.exists():
            del self.fields["idea"]

    def clean(self):
        found = super().clean()
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The results cannot be there before it starts: choose a later day")
        return found

    @property
    def chosen(self) -> dict:
        """What an action takes."""
        found = {name: self.cleaned_data.get(name) or None for name in PLANNED}
        return found | ({"seen": self.cleaned_data["seen"]} if "seen" in self.fields else {})


class DoForm(Rereads, LooksForPatients):
    did = Text(
        label="What did you do, and what did you see?",
        help_text="Also what did not go as planned. No names and nothing that identifies a patient",
        required=True,
        max_length=3000,
        error_messages={"required": "Enter what you did and saw"},
    )


class StudyForm(Rereads, LooksForPatients):
    studied = Text(
        label="What does it show?",
        help_text="Compare it with your prediction: what was as you thought, and what surprised you?",
        required=True,
        max_length=3000,
        error_messages={"required": "Enter what it shows"},
    )


class ActForm(Rereads, LooksForPatients):
    act = forms.ChoiceField(
        label="What follows from it?",
        choices=Act.choices,
        widget=Radios,
        error_messages={"required": "Choose what follows from it", "invalid_choice": "Choose what follows from it"},
    )
    act_words = Text(
        label="What is next, and why? (optional)",
        help_text="To abandon a change that did not help is a good result too",
        max_length=2000,
    )


def as_before(cycle: Cycle) -> dict:
    """First values of the next cycle: the plan, to be changed; prediction and days are new."""
    return {"plan": cycle.plan, "idea": cycle.idea}
