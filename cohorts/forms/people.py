"""Forms of participants: their application, the state they are moved to, and the filters of the list."""

from django import forms

from accounts.names import fold_email
from cohorts.actions.refusals import OwnAddress
from cohorts.choices import TRANSITIONS, Side, State, TermList
from cohorts.exclusions import joined, readable
from cohorts.forms.words import Address, Line, Lines, Text
from cohorts.models import Organisation, Participant, Term
from elements.fields import DayField, FromList
from elements.widgets import Radios

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

CORRECTED = "If it is wrong, correct it. What waits for this person goes to the new address"


class ParticipantForm(forms.Form):
    """What is known about a participant. Later the address is asked for only while a lead may correct it."""

    GROUPS = (
        ("Who", ("name", "email", "preferred_name", "pronouns", "phone", "second_email")),
        ("Post", ("side", "role_title", "grade", "grade_text", "staff_group", "organisation", "directorates", "sites")),
        ("Time", ("working_pattern", "days", "leaves_on")),
        ("Line manager or supervisor", ("manager_name", "manager_email")),
        ("Offers and wishes", ("offers", "wants", "interests", "idea")),
        ("For the leads only", ("kept_apart_from", "adjustments")),
        ("In their own words", ("statement", "biography")),
    )
    name = Line(label="Full name", needed="Enter the full name")
    email = Address(label="Email address", needed="Enter the email address", help_text="The address used at work")
    preferred_name = Line(label="Preferred name (optional)")
    pronouns = Line(label="Pronouns (optional)", max_length=60, width="10")
    phone = Line(label="Telephone (optional)", max_length=40, width="20")
    second_email = Address(
        label="Another email address (optional)", help_text="One that they keep when they move to another trust"
    )
    side = forms.ChoiceField(label="Takes part as", widget=Radios, error_messages={"required": "Choose a side"})
    role_title = Line(label="Job title (optional)")
    grade = FromList(
        Term.objects.none(), label="Grade or band", required=False, empty_label="Not known or not in this list"
    )
    grade_text = Line(label="Grade or band in their own words (optional)", max_length=100, width="20")
    staff_group = FromList(Term.objects.none(), label="Staff group (optional)", required=False, empty_label="Not known")
    organisation = FromList(
        Organisation.objects.none(),
        label="Organisation",
        empty_label="Choose one",
        error_messages={"required": "Choose the organisation"},
    )
    directorates = Lines(label="Directorate or specialty (optional)", rows=2)
    sites = Lines(label="Sites (optional)", rows=2)
    working_pattern = Line(label="Working pattern, as they write it (optional)", help_text="For example, not Fridays")
    days = forms.MultipleChoiceField(
        label="Working days",
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Leave all empty if they are not known",
    )
    leaves_on = DayField(
        label="Leaves this organisation on (optional)", name="day they leave this organisation", required=False
    )
    manager_name = Line(label="Name (optional)")
    manager_email = Address(label="Email address (optional)")
    offers = Lines(label="Can offer a partner to see (optional)")
    wants = Lines(label="Would like to see (optional)")
    interests = Lines(label="Interests (optional)")
    idea = Text(label="Improvement idea (optional)", max_length=2000, rows=3)
    kept_apart_from = Lines(
        label="Should not be paired with (optional)", help_text="One name or email address on each line"
    )
    adjustments = Text(label="Adjustments needed (optional)", max_length=2000)
    statement = Text(label="What they hope for (optional)", max_length=5000, rows=6)
    biography = Text(
        label="About them (optional)", max_length=2000, rows=4, help_text="Their partner sees this once pairs are out"
    )

    def __init__(
        self,
        *args,
        cohort,
        organisations,
        reader,
        participant: Participant | None = None,
        may_correct: bool = True,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.participant = participant
        self.written = participant.kept_apart_from if participant else []
        self.reader = reader.of(participant)
        self.fields["side"].choices = [(side.value, cohort.label(side).capitalize()) for side in Side]
        self.fields["organisation"].queryset = organisations
        # A row that was switched off stays with whoever has it.
        kept = {participant.grade_id, participant.staff_group_id} if participant else set()
        terms = [
            term
            for term in Term.objects.offered_or(cohort, kept)
            if term.list in {TermList.GRADE, TermList.BAND, TermList.STAFF_GROUP}
        ]
        self._offer("grade", [term for term in terms if term.list != TermList.STAFF_GROUP])
        self._offer("staff_group", [term for term in terms if term.list == TermList.STAFF_GROUP])
        if participant and may_correct:
            self.fields["email"].help_text = CORRECTED
        elif participant:
            del self.fields["email"]
        if participant:
            self.initial = self._stored(participant) | self.initial
        elif len(organisations) == 1:
            self.initial.setdefault("organisation", organisations[0].pk)

    def _stored(self, participant: Participant) -> dict:
        """What the form is filled in with."""
        return {name: getattr(participant, name, None) for name in self.fields} | {
            "email": participant.user.email,
            "days": list(participant.days),
            "organisation": participant.organisation_id,
            "grade": participant.grade_id,
            "staff_group": participant.staff_group_id,
            "kept_apart_from": readable(self.written, self.reader),
        }

    def _offer(self, name: str, terms: list[Term]) -> None:
        """Offer these rows without asking the database again for each use of the field."""
        self.fields[name].queryset = Term.objects.filter(pk__in=[term.pk for term in terms])
        self.fields[name].choices = [("", self.fields[name].empty_label), *((term.pk, term.label) for term in terms)]

    def groups(self):
        """The fields of the page in their fieldsets."""
        for legend, names in self.GROUPS:
            yield legend, [self[name] for name in names if name in self.fields]

    def clean_days(self) -> str:
        return "".join(sorted(self.cleaned_data["days"]))

    def clean_kept_apart_from(self) -> list[str]:
        """What a lead may not read about herself stays as it was."""
        return joined(self.cleaned_data["kept_apart_from"], self.written, self.reader)

    def clean(self) -> dict:
        values = super().clean()
        if values.get("grade") and not values.get("grade_text"):
            values["grade_text"] = values["grade"].label
        if (day := values.get("leaves_on")) and not 2000 <= day.year <= 2100:
            self.add_error("leaves_on", "Enter a year from 2000 to 2100")
        if self._has_lost_its_address():
            self.add_error(None, str(OwnAddress(self.participant)))
        return values

    def _has_lost_its_address(self) -> bool:
        """Whether another address was typed while the person signed in, so that it is no longer asked for."""
        typed = self.data.get(self.add_prefix("email"), "")
        return "email" not in self.fields and typed != "" and fold_email(typed) != self.participant.user.email


class StateForm(forms.Form):
    """Where a participant stands next. Leaving has a page of its own."""

    to = forms.ChoiceField(label="New state", widget=Radios, error_messages={"required": "Choose a state"})

    def __init__(self, *args, participant: Participant, **kwargs):
        super().__init__(*args, **kwargs)
        follows = TRANSITIONS[State(participant.state)] - {State.WITHDRAWN}
        self.fields["to"].choices = [(state.value, state.label) for state in State if state in follows]
