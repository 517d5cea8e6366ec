"""A booking as a person or as a pair, with a project and a question; another surgery in its place."""

from datetime import datetime

from django import forms

from bookings.models import Session
from bookings.reading import slots_left
from cohorts.forms.words import Text
from elements import clock
from elements.phrases import in_a_row
from elements.second_look import LooksForPatients
from elements.widgets import Radios
from pairs.letters import present
from pairs.models import Pair
from projects.models import Project

ALONE, NO_PROJECT = "alone", "none"
READ_BY = (
    "Those you book with, the hosts of this surgery and the leads of your cohort read this, so that they can prepare"
)


def _between(starts_at: datetime, ends_at: datetime) -> str:
    return f"{clock.in_figures(clock.local(starts_at))} to {clock.in_figures(clock.local(ends_at))}"


class QuestionForm(LooksForPatients):
    """The project and what to discuss. Nothing is demanded: "I am stuck" is said as well in the room."""

    words = Text(label="What do you want to discuss? (optional)", help_text=READ_BY, max_length=2000)

    def __init__(self, *args, projects: list[Project], **kwargs):
        super().__init__(*args, **kwargs)
        self.projects = {str(each.pk): each for each in projects}
        if projects:
            sentence = "Choose the project, or that it is about none yet"
            self.fields["project"] = forms.ChoiceField(
                label="Which project is it about?",
                choices=[
                    *((key, each.title) for key, each in self.projects.items()),
                    (NO_PROJECT, "None yet, or something else"),
                ],
                widget=Radios,
                error_messages={"required": sentence, "invalid_choice": sentence},
                initial=next(iter(self.projects)) if len(projects) == 1 else None,
            )
            self.order_fields(["party", "slot", "project", "words"])

    @property
    def project(self) -> Project | None:
        return self.projects.get(self.cleaned_data.get("project", ""))


class BookForm(QuestionForm):
    """Who comes, at which time where there are several, and what about."""

    def __init__(
        self, *args, session: Session, pairs: list[Pair], me, projects: list[Project], now: datetime, **kwargs
    ):
        super().__init__(*args, projects=projects, **kwargs)
        self.pairs = {str(pair.pk): pair for pair in pairs}
        if pairs:
            sentence = "Choose who comes"
            place = "one time for both" if session.has_slots else "a place each, both or neither"
            names = {
                key: in_a_row([each.name for each in present(pair) if each.pk != me.pk])
                for key, pair in self.pairs.items()
            }
            self.fields["party"] = forms.ChoiceField(
                label="Who comes?",
                choices=[*((key, f"You and {name}") for key, name in names.items()), (ALONE, "You alone")],
                widget=Radios(hints=dict.fromkeys(self.pairs, f"You get {place}")),
                error_messages={"required": sentence, "invalid_choice": sentence},
            )
        slots = slots_left(session, now)
        if slots:
            sentence = "Choose a time that is free"
            self.fields["slot"] = forms.TypedChoiceField(
                label="Which time?",
                choices=[(number, _between(starts_at, ends_at)) for number, starts_at, ends_at in slots],
                coerce=int,
                widget=Radios,
                error_messages={"required": sentence, "invalid_choice": "That time has been taken. Choose another"},
            )
        self.order_fields(["party", "slot", "project", "words"])

    @property
    def chosen(self) -> dict:
        """What the action takes, of a valid form."""
        return {
            "pair": self.pairs.get(self.cleaned_data.get("party", "")),
            "project": self.project,
            "words": self.cleaned_data["words"],
            "warned": self.has_warned,
            "slot": self.cleaned_data.get("slot"),
        }


class SwapForm(forms.Form):
    """Another surgery with room for everybody of the booking; `chosen` is (surgery, slot).

    `in_the_way` says of each choice, in the same order, what else she has then: she may choose it all the same.
    """

    def __init__(self, *args, choices: list[tuple[object, int | None, str]], in_the_way: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.there = {f"{surgery.pk}:{slot or ''}": (surgery, slot) for surgery, slot, _ in choices}
        sentence = "Choose another surgery"
        self.fields["into"] = forms.ChoiceField(
            label="Which one instead?",
            choices=[(key, words) for key, (_, _, words) in zip(self.there, choices, strict=True)],
            widget=Radios(hints={key: said for key, said in zip(self.there, in_the_way, strict=True) if said}),
            error_messages={"required": sentence, "invalid_choice": "That place has been taken. Choose another"},
        )

    @property
    def chosen(self) -> tuple:
        return self.there[self.cleaned_data["into"]]
