"""Forms about a conversation that took place: the day, and whatever else somebody wants to keep."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.forms import formset_factory
from django.utils import timezone

from cohorts.forms.words import Line, Text
from cohorts.forms.yes import MarkOfPage
from cohorts.models import Participant
from conversations.actions.planning import mark
from conversations.forms.planning import WayField
from conversations.models import Conversation
from conversations.talk import Deed, Talk
from elements import clock
from elements.fields import DayField, HourField
from elements.formsets import GrowingFormSet
from elements.second_look import LooksForPatients
from elements.widgets import Checkboxes, Radios
from pairs.forms.doubts import AsksOnceMore
from pairs.forms.when import LENGTHS
from pairs.models import Pair

EARLIEST = timedelta(days=60)  # before the pair was made: two may have met before they were told here
TALKED = {15: "15 minutes", **LENGTHS, 120: "2 hours"}
NEXT_LASTS = timedelta(hours=1)
NOTHING = (None, "", [], ["", "", ""])


def first_day(pair: Pair, since: date | None) -> date:
    """The earliest day of which somebody can log a conversation: who came into the pair later, from then on."""
    began = min(pair.started_on, clock.local(pair.shown_from).date())
    return since if since and since > pair.started_on else began - EARLIEST


class PastDay(DayField):
    """A day that has come, and not long before the pair."""

    def __init__(self, *, first: date, last: date, **kwargs):
        super().__init__(**kwargs)
        self.first, self.last = first, last

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day and day > self.last:
            raise forms.ValidationError("Enter a day that has come. You can plan a conversation that is ahead")
        if day and day < self.first:
            raise forms.ValidationError(f"Enter a day from {clock.in_full(self.first)} on")
        return day


class MinutesField(forms.TypedChoiceField):
    """How long they talked; nobody has to say. A length that was planned otherwise is offered too."""

    widget = Radios

    def __init__(self, *, other: int | None = None, **kwargs):
        lengths = dict(TALKED) if not other or other in TALKED else {other: f"{other} minutes", **TALKED}
        sentence = {"invalid_choice": "Choose how long you talked, or leave it open"}
        super().__init__(
            choices=sorted(lengths.items()),
            coerce=int,
            empty_value=None,
            required=False,
            error_messages=sentence,
            **kwargs,
        )


class TalkForm(AsksOnceMore, LooksForPatients):
    """Only the day is needed. `starters` are the questions of the cohort, those suggested now first and apart.

    What the rows of `beside` hold is looked at too. The `moments` are those of the next conversation.
    """

    def __init__(
        self,
        *args,
        pair: Pair,
        starters,
        since: date | None = None,
        now: datetime | None = None,
        conversation=None,
        **kwargs,
    ):
        self.pair, self.now = pair, now or timezone.now()
        self.moments, self.next_time = {}, None
        today = clock.local(self.now).date()
        super().__init__(*args, **kwargs)
        first = first_day(pair, since)
        length = self.initial.get("minutes")
        self.fields["day"] = PastDay(label="When did you talk?", name="day", first=first, last=today)
        self.fields["minutes"] = MinutesField(label="How long? (optional)", other=length)
        self.fields["way"] = WayField(label="How? (optional)")
        self.fields["prompts"] = questions_field("Which of these did you talk about? (optional)", starters.suggested)
        self.fields["more_prompts"] = questions_field("Other questions you talked about (optional)", starters.others)
        self.fields["summary"] = Text(label="Summary for you both (optional)", help_text=starters.shared_with)
        self.fields["note"] = Text(
            label="Note for yourself (optional)",
            help_text="Only you. Nobody else ever reads it. Write nothing that tells who a patient is.",
        )
        self.fields["next_day"] = DayField(
            label="Day of your next conversation (optional)", name="day of your next conversation", required=False
        )
        self.fields["next_hour"] = HourField(
            label="Start time",
            name="start time",
            required=False,
            help_text="For example, 2pm. It is planned for an hour, and each of you gets it for the calendar.",
        )
        if conversation is not None:
            self.fields["seen"] = MarkOfPage(initial=mark(conversation), required=False)
        if not self.is_bound:
            self.initial.setdefault("day", today)

    def clean(self):
        found = self.cleaned_data
        day, hour = found.get("next_day"), found.get("next_hour")
        is_read = "next_day" not in self.errors and "next_hour" not in self.errors
        self.next_time = self._next_time(day, hour) if is_read and (day or hour) else None
        self.moments = dict(zip(("starts_at", "ends_at"), self.next_time or (), strict=False))
        return super().clean()

    def _next_time(self, day, hour):
        if not day:
            self.add_error("next_day", "Enter the day of your next conversation")
            return None
        if hour is None:
            self.add_error("next_hour", "Enter a start time of your next conversation, like 2pm")
            return None
        if day > self.pair.cohort.ends_on:
            last = clock.in_full(self.pair.cohort.ends_on)
            self.add_error("next_day", f"Enter a day up to {last}, when the cohort ends")
            return None
        try:
            starts_at = clock.chosen(day, hour).astimezone(UTC)
        except clock.NoSuchTime as gap:
            self.add_error("next_hour", str(gap))
            return None
        if starts_at <= self.now:
            self.add_error("next_day", "Enter a day and time that are still to come")
            return None
        return starts_at, starts_at + NEXT_LASTS

    def talk(self, deeds=()) -> Talk:
        """What a valid form says."""
        found = self.cleaned_data
        return Talk(
            falls_on=found["day"],
            minutes=found["minutes"],
            way=found["way"],
            prompts=(*found["prompts"], *found["more_prompts"]),
            summary=found["summary"],
            note=found["note"],
            deeds=tuple(deeds),
            next_time=self.next_time,
            warned=self.has_warned,
        )

    @property
    def is_told_more(self) -> bool:
        """Whether something below the fold was typed or refused, so that the page shows it open."""
        below = [name for name in self.fields if name not in {"day", "minutes", "seen"}]
        is_typed = any(self[name].value() not in NOTHING for name in below if name != "way")
        return is_typed or any(name in self.errors for name in below)


def questions_field(label: str, starters) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(each.code, each.words) for each in starters],
        required=False,
        widget=Checkboxes,
        error_messages={"invalid_choice": "Choose from these questions", "invalid_list": "Choose from these questions"},
    )


class OwnerField(forms.ModelChoiceField):
    """Which of the partners does it."""

    def __init__(self, people: list[Participant], *, me):
        self.people = {str(person.pk): person for person in people}
        sentence = "Choose who does it"
        super().__init__(
            queryset=Participant.objects.none(),
            label="Who?",
            required=False,
            error_messages={"invalid_choice": sentence},
        )
        self.choices = [(str(each.pk), "You" if each.user_id == me.pk else each.name) for each in people]

    def to_python(self, value) -> Participant | None:
        """One of the partners, from what the page holds already: no query."""
        if value in self.empty_values:
            return None
        if str(value) not in self.people:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.people[str(value)]

    def validate(self, value) -> None:
        """`to_python` has looked."""


class DeedForm(LooksForPatients):
    """What one of them is going to do, and by when."""

    looked_at = ("words",)
    words = Line(label="What?", max_length=300)
    due_on = DayField(label="Due date (optional)", name="due date", required=False)

    def __init__(self, *args, people: list[Participant], by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"] = OwnerField(sorted(people, key=lambda person: person.user_id != by.pk), me=by)
        self.order_fields(["words", "owner", "due_on"])

    def clean(self):
        found = super().clean()
        is_said = bool(found.get("words"))
        if not is_said and found.get("due_on"):
            self.add_error("words", "Enter what is to be done")
        if is_said and not found.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Choose who does it")

    @property
    def deed(self) -> Deed | None:
        found = self.cleaned_data
        return Deed(found["owner"], found["words"], found.get("due_on")) if found.get("words") else None


class Deeds(GrowingFormSet):
    """Up to three."""

    row_name = "Action"
    add_label = "Add another action"

    @property
    def agreed(self) -> list[Deed]:
        return [form.deed for form in self.forms if form.deed]

    @property
    def is_told_more(self) -> bool:
        return self.is_growing or (self.is_bound and any(form.has_changed() for form in self.forms))


DeedFormSet = formset_factory(DeedForm, formset=Deeds, extra=1, max_num=3, validate_max=True)


def shown_of(conversation: Conversation, *, note: str) -> dict:
    """What the boxes hold of a conversation that is planned or was logged."""
    length = conversation.minutes
    if length is None and conversation.starts_at:
        length = round((conversation.ends_at - conversation.starts_at) / timedelta(minutes=1))
    return {
        "day": conversation.falls_on,
        "minutes": length,
        "way": conversation.way,
        "prompts": conversation.prompts,
        "more_prompts": conversation.prompts,
        "summary": conversation.summary,
        "note": note,
    }


class NoteForm(LooksForPatients):
    """One's own note."""

    note = Text(
        label="Note for yourself",
        help_text="Only you. Nobody else ever reads it. Write nothing that tells who a patient is.",
        rows=6,
    )


class WeMetForm(forms.Form):
    """That the partners met, and when: all that a link from a message can say.

    If they met again, after what is recorded already, no day is suggested.
    """

    def __init__(self, *args, question, today: date, is_again: bool = False, **kwargs):
        first = question.pair.started_on - EARLIEST
        length = 60
        if question.planned and question.planned.starts_at:
            length = round((question.planned.ends_at - question.planned.starts_at) / timedelta(minutes=1))
        shown = {"day": min(question.suggests_on or today, today), "minutes": length if length in LENGTHS else 60}
        if is_again:
            del shown["day"]
        super().__init__(*args, initial=shown, **kwargs)
        self.fields["day"] = PastDay(label="When did you meet?", name="day", first=first, last=today)
        self.fields["minutes"] = forms.TypedChoiceField(
            label="For how long?",
            choices=LENGTHS.items(),
            coerce=int,
            empty_value=None,
            required=False,
            widget=Radios(attrs={"class": "nhsuk-radios--small"}),
            error_messages={"invalid_choice": "Choose for how long you met"},
        )

    @property
    def chosen(self) -> dict:
        return {"falls_on": self.cleaned_data["day"], "minutes": self.cleaned_data["minutes"]}
