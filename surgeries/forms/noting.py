"""The note of one talk, with what follows from it: actions, evidence, support."""

from datetime import date

from django import forms
from django.forms import formset_factory

from cohorts.forms.words import Line, Text
from cohorts.models import Participant
from elements.formsets import GrowingFormSet
from elements.once import MarkOfSending
from elements.second_look import LooksForPatients
from projects.choices import SupportKind
from projects.forms.days import SensibleDay
from projects.models import Milestone
from surgeries.actions.noting import Deed, Evidence, Wanted, mark
from surgeries.models import Note

MOST_DEEDS = 6
READ_BY = "Those who booked, the hosts of this surgery and the leads of the cohort read this"


def _select(label: str, choices: dict[str, str], empty: str, sentence: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices.items()],
        required=False,
        error_messages={"invalid_choice": sentence},
    )


class NoteForm(LooksForPatients):
    """`owners` can ask for support, `milestones` can get evidence: both are of the project of the booking, if any."""

    looked_at = ("words", "evidence", "support")

    words = Text(label="Note", help_text=READ_BY, max_length=5000, rows=6)
    sent = MarkOfSending()
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    has_standing = False

    def __init__(self, *args, note: Note | None, milestones: list[Milestone], owners: list[Participant], **kwargs):
        super().__init__(*args, initial={"words": note.words if note else "", "seen": mark(note)}, **kwargs)
        self.milestones = {str(each.pk): each for each in milestones}
        self.owners = {str(each.pk): each for each in owners}
        if milestones:
            titles = {key: each.title for key, each in self.milestones.items()}
            self.fields["milestone"] = _select(
                "Does it show a milestone? (optional)", titles, "No milestone", "Choose a milestone of the list"
            )
            self.fields["evidence"] = Line(
                label="How can it be seen? (optional)",
                help_text="Added to that milestone. Whether it is reached, its owners say",
                max_length=300,
            )
        if owners:
            self.fields["kind"] = _select(
                "Do they need support? (optional)", dict(SupportKind.choices), "No support", "Choose a kind of support"
            )
            self.fields["support"] = Line(
                label="What exactly would help? (optional)",
                help_text="It goes to the leads as a request of the project’s owner",
                max_length=500,
            )
            if len(owners) > 1:
                names = {key: each.name for key, each in self.owners.items()}
                self.fields["owner"] = _select(
                    "In whose name?", names, "Choose an owner", "Choose an owner of the project"
                )

    def look_again(self, note: Note | None, sentence: str) -> None:
        """Somebody else was faster: what stands now is shown, and what was typed may be sent after it was read."""
        self.has_standing = True
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = mark(note)
        self.add_error(None, sentence)

    def clean(self):
        found = super().clean()
        self._both("milestone", "evidence", "Choose which milestone it shows", "Enter how it can be seen")
        self._both("kind", "support", "Choose what kind of support it is", "Enter what would help")
        if found.get("kind") and len(self.owners) > 1 and "owner" not in self.errors and not found.get("owner"):
            self.add_error("owner", "Choose in whose name it is asked")
        return found

    def _both(self, chosen: str, said: str, choose: str, enter: str) -> None:
        if {chosen, said} & self.errors.keys():
            return
        if self.cleaned_data.get(said) and not self.cleaned_data.get(chosen):
            self.add_error(chosen, choose)
        elif self.cleaned_data.get(chosen) and not self.cleaned_data.get(said):
            self.add_error(said, enter)

    @property
    def chosen(self) -> dict:
        """What the action takes, of a valid form."""
        found = self.cleaned_data
        evidence = support = None
        if found.get("evidence"):
            evidence = Evidence(self.milestones[found["milestone"]], found["evidence"])
        if found.get("support"):
            owner = self.owners[found["owner"]] if len(self.owners) > 1 else next(iter(self.owners.values()))
            support = Wanted(owner, found["kind"], found["support"])
        return {
            "words": found["words"],
            "evidence": evidence,
            "support": support,
            "warned": self.has_warned,
            "seen": found["seen"],
            "sent": found["sent"],
        }


class DeedForm(LooksForPatients):
    """What one of them is going to do, and by when: today or later."""

    looked_at = ("words",)
    words = Line(label="What?", max_length=300)
    due_on = SensibleDay(label="Due date (optional)", name="due date", required=False)

    def __init__(self, *args, people: list[Participant], on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.people = {str(each.pk): each for each in people}
        names = {key: each.name for key, each in self.people.items()}
        self.fields["owner"] = _select("Who?", names, "Choose a person", "Choose who does it")
        self.order_fields(["words", "owner", "due_on"])

    def clean_due_on(self) -> date | None:
        day = self.cleaned_data.get("due_on") or None
        if day and day < self.on:
            raise forms.ValidationError("This day is over. Enter today or a day that is still to come")
        return day

    def clean(self):
        found = super().clean()
        is_said = bool(found.get("words"))
        if not is_said and "words" not in self.errors and (found.get("due_on") or found.get("owner")):
            self.add_error("words", "Enter what is to be done")
        if is_said and not found.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Choose who does it")
        return found

    @property
    def deed(self) -> Deed | None:
        found = self.cleaned_data
        if not found.get("words"):
            return None
        return Deed(self.people[found["owner"]], found["words"], found.get("due_on"))


class Deeds(GrowingFormSet):
    row_name = "Action"
    add_label = "Add another action"

    @property
    def agreed(self) -> list[Deed]:
        return [form.deed for form in self.forms if form.deed]


DeedFormSet = formset_factory(DeedForm, formset=Deeds, extra=1, max_num=MOST_DEEDS, validate_max=True)
