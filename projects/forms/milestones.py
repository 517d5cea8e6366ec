"""Milestones, next steps, and the end of a project."""

from datetime import date

from django import forms

from cohorts.forms.words import Line, Text
from cohorts.models import Participant
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from projects.actions.milestones import needs_next_step
from projects.choices import EndKind, MilestoneState
from projects.forms.days import SensibleDay
from projects.forms.rereading import Rereads
from projects.models import Action, Project


class NewMilestoneForm(forms.Form):
    title = Line(label="What will be reached?", needed="Enter what will be reached")
    due_on = SensibleDay(label="By when? (optional)", required=False)


class MilestoneForm(Rereads, LooksForPatients):
    """How a milestone stands; the leads read it."""

    looked_at = ("evidence",)

    title = Line(label="What will be reached?", needed="Enter what will be reached")
    due_on = SensibleDay(label="By when? (optional)", required=False)
    state = forms.ChoiceField(
        label="How does it stand?",
        choices=MilestoneState.choices,
        widget=Radios,
        error_messages={"required": "Choose how it stands", "invalid_choice": "Choose how it stands"},
    )
    evidence = Text(
        label="How can it be seen? (optional)",
        help_text="A figure, a document, what somebody does differently. The leads of your cohort read this",
        max_length=2000,
    )
    reason = Line(
        label="If it was dropped: why?", help_text="The leads of your cohort read this", required=False, max_length=300
    )

    def clean(self):
        found = super().clean()
        if found.get("state") == MilestoneState.DROPPED and "reason" in found and not found["reason"]:
            self.add_error("reason", "Say in a few words why it was dropped")
        return found


class NextStepForm(Rereads):
    """An action with the person who does it and a day; who goes on with it where that is somebody else.

    `row` is the step that is changed, None for a new one; a new day has to be still to come.
    """

    words = Line(label="What will be done?", needed="Enter what will be done", max_length=300)
    owner = forms.ChoiceField(
        label="Who does it?",
        widget=Radios,
        error_messages={"required": "Choose who does it", "invalid_choice": "Choose who does it"},
    )
    due_on = SensibleDay(label="By when? (optional)", required=False)
    goes_to = Line(
        label="Who goes on with it after the programme? (optional)",
        help_text="A person or a role, if it is somebody else",
    )

    def __init__(self, *args, project: Project, user, on: date, row: Action | None = None, **kwargs):
        people = {str(each.participant_id): each.participant for each in project.everybody}
        mine = next((pk for pk, person in people.items() if person.user_id == user.pk), None)
        if row:
            people |= {str(row.owner_id): row.owner}
        super().__init__(*args, row=row, initial={"owner": str(row.owner_id) if row else mine}, **kwargs)
        self.people, self.on, self.stood_on = people, on, row and row.due_on
        self.fields["owner"].choices = [
            (pk, "You" if person.user_id == user.pk else person.name) for pk, person in people.items()
        ]

    def clean_owner(self) -> Participant:
        return self.people[self.cleaned_data["owner"]]

    def clean_due_on(self) -> date | None:
        day = self.cleaned_data.get("due_on") or None
        if day and day < self.on and day != self.stood_on:
            raise forms.ValidationError("This day is over. Enter today or a day that is still to come")
        return day


class CloseForm(LooksForPatients):
    """How a project ends: each way is worth telling."""

    looked_at = ("learned",)

    kind = forms.ChoiceField(
        label="How does it end?",
        choices=[
            (EndKind.DONE, "It is done"),
            (EndKind.CONTINUING, "It goes on after the programme"),
            (EndKind.HANDED_OVER, "Somebody else goes on with it"),
            (EndKind.STOPPED, "It stops here, and we learned something"),
        ],
        widget=Radios,
        error_messages={"required": "Choose how it ends", "invalid_choice": "Choose how it ends"},
    )
    handed_to = Line(
        label="If somebody else goes on with it: who?", help_text="A person, a role or a team", required=False
    )
    learned = Text(
        label="What did you learn?",
        help_text="What you would tell the next two who try. Needed only where it stops here",
        max_length=2000,
    )

    def __init__(self, *args, project: Project, has_next_step: bool, **kwargs):
        super().__init__(*args, initial={"learned": project.learned, "handed_to": project.handed_to}, **kwargs)
        self.has_next_step, self.lacks_next_step = has_next_step, False

    def clean(self):
        found = super().clean()
        kind = found.get("kind")
        if kind == EndKind.STOPPED and "learned" in found and not found["learned"]:
            self.add_error("learned", "Say in a few words what you learned")
        if kind == EndKind.HANDED_OVER and "handed_to" in found and not found["handed_to"]:
            self.add_error("handed_to", "Enter who goes on with it")
        self.lacks_next_step = bool(kind) and needs_next_step(kind) and not self.has_next_step
        if self.lacks_next_step:
            self.add_error("kind", "Give one of the next steps a day first, or add one with a day: see above")
        return found
