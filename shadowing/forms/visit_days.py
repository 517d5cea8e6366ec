"""Forms of the days around a visit: what is prepared, whether it took place, when it was talked over."""

from datetime import timedelta

from django import forms

from cohorts.forms.words import Line, Lines, Text
from elements import clock
from elements.fields import DayField, LengthField
from elements.second_look import LooksForPatients
from elements.widgets import Checkboxes, Radios
from shadowing.choices import Part
from shadowing.forms.visits import WhereForm, WhoForm
from shadowing.models import Visit
from shadowing.models.visits import LONGEST

HOPES = 3
EARLIEST = timedelta(days=60)  # before the pair was made: two may have met before they were told here


class PrepareForm(LooksForPatients):
    """One's own part: the visitor's hopes, or what the host wants noticed; and one's own lines of the checklist."""

    def __init__(self, *args, visit: Visit, user, initial=None, **kwargs):
        self.visit, self.part = visit, visit.part_of(user)
        own = [item for item in visit.items if item.part == self.part]
        first = {
            "objectives": visit.hopes,
            "notice": visit.notice,
            "dress": visit.dress,
            "contact": visit.contact,
            "ticked": [item.code for item in own if item.code in visit.ticks],
        }
        super().__init__(*args, initial={**first, **(initial or {})}, **kwargs)
        seen_by = f"You and {visit.other(user).name} can see this"
        if self.part == Part.VISITOR:
            self.fields["objectives"] = Lines(
                label="What do you hope to learn?",
                help_text=f"One to three hopes, one on each line. {seen_by}",
                error_messages={"required": "Write one thing that you hope to learn"},
            )
        else:
            self.fields["notice"] = Text(
                label="What should your visitor notice? (optional)", max_length=2000, help_text=seen_by
            )
            self.fields["dress"] = Line(
                label="What to wear (optional)",
                help_text=f"If there is more to say than for every visit of this kind. {seen_by}",
            )
            self.fields["contact"] = Line(
                label="Contact for the day (optional)",
                help_text=f"A name and a number, if it is not you. {seen_by}",
            )
        if own:
            self.fields["ticked"] = forms.MultipleChoiceField(
                label="Your checklist",
                help_text=f"Tick what is done, and come back for the rest. {seen_by}",
                choices=[(item.code, item.words) for item in own],
                widget=Checkboxes,
                required=False,
                error_messages={"invalid_choice": "Tick lines of this checklist"},
            )

    def clean_objectives(self):
        hopes = self.cleaned_data["objectives"]
        if len(hopes) > HOPES:
            raise forms.ValidationError("Keep the three hopes that matter most, one on each line")
        return hopes

    @property
    def chosen(self) -> dict:
        found = self.cleaned_data
        ticked = frozenset(found.get("ticked", ()))
        if self.part == Part.VISITOR:
            return {"ticked": ticked, "objectives": "\n".join(found["objectives"])}
        return {"ticked": ticked, **{name: found[name] for name in ("notice", "dress", "contact")}}


class MinutesForm(forms.Form):
    """How long it took."""

    minutes = LengthField(
        label="How long did it take?",
        longest=LONGEST,
        error_messages={"required": "Enter how long it took, like 2 hours and 30 minutes"},
    )


class ConfirmForm(MinutesForm):
    """How long it took, and whether the two have talked."""

    talked = forms.ChoiceField(
        label="Have you two talked it over?",
        choices=[("yes", "Yes, on the spot"), ("no", "Not yet")],
        widget=Radios,
        error_messages={
            "required": "Choose whether you have talked it over",
            "invalid_choice": "Choose whether you have talked it over",
        },
    )
    debrief_on = DayField(
        label="The day on which you will talk (optional)", name="day on which you will talk", required=False
    )

    def __init__(self, *args, visit: Visit, **kwargs):
        super().__init__(*args, initial={"minutes": visit.planned_minutes}, **kwargs)
        self.visit = visit
        self.fields["minutes"].help_text = f"You planned {clock.duration(visit.planned_minutes)}"
        self.fields["talked"].widget.reveals = {"no": "debrief_on"}

    def clean_debrief_on(self):
        day = self.cleaned_data["debrief_on"]
        if day and self.data.get("talked") == "no":
            _refuse_before(self.visit, day)
            if day > self.visit.cohort.ends_on + timedelta(days=60):
                raise forms.ValidationError("Enter a day in the next weeks")
        return day

    @property
    def chosen(self) -> dict:
        found = self.cleaned_data
        talked = found["talked"] == "yes"
        debrief_on = None if talked else found["debrief_on"]
        return {"minutes": found["minutes"], "on_the_spot": talked, "debrief_on": debrief_on}


class DebriefForm(forms.Form):
    """The day on which the two have talked."""

    debrief_on = DayField(label="The day you talked", name="day you talked", help_text="For example, 6 1 2027")

    def __init__(self, *args, visit: Visit, on, **kwargs):
        super().__init__(*args, initial={"debrief_on": on}, **kwargs)
        self.visit, self.on = visit, on

    def clean_debrief_on(self):
        day = self.cleaned_data["debrief_on"]
        _refuse_before(self.visit, day)
        if day > self.on:
            raise forms.ValidationError("Enter a day that is not in the future")
        return day


def _refuse_before(visit: Visit, day) -> None:
    if visit.day and day < visit.day:
        raise forms.ValidationError(f"Enter a day from {clock.in_full(visit.day)}, the day of the visit")


class LogForm(WhoForm, WhereForm, MinutesForm):
    """A visit that took place without having been arranged here."""

    day = DayField(label="On which day?", name="day", help_text="For example, 6 1 2027")
    field_order = ["direction", "setting", "setting_words", "day", "minutes"]

    def __init__(self, *args, partnership, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.pair, self.on = partnership.pair, on
        self.ask(partnership, ("You visited {name}", "{name} visited you"))
        who = self.fields["direction"]
        who.label = "Who visited whom?"
        who.error_messages |= dict.fromkeys(("required", "invalid_choice"), "Choose who visited whom")
        self.offer(partnership.pair.cohort)
        self.order_fields(self.field_order)

    def clean_day(self):
        day = self.cleaned_data["day"]
        first = min(self.pair.started_on, clock.local(self.pair.shown_from).date()) - EARLIEST
        if day > self.on:
            raise forms.ValidationError("Enter a day that has come. You can arrange a visit that is ahead")
        if day < first:
            raise forms.ValidationError(f"Enter a day from {clock.in_full(first)} on")
        return day

    @property
    def chosen(self) -> dict:
        found = self.cleaned_data
        return {**self.people, **{name: found[name] for name in ("setting", "setting_words", "day", "minutes")}}
