"""Forms of who is lead, facilitator, evaluator or sponsor."""

from django import forms

from cohorts.choices import RoleKind
from cohorts.forms.words import Address, Line
from cohorts.models import Organisation
from elements.fields import FromList
from elements.widgets import Radios

WHAT_THEY_DO = {
    RoleKind.LEAD: "Runs recruitment, pairing, timetable and mail. Never sees what a pair confides.",
    RoleKind.FACILITATOR: "Runs workshops or surgeries and keeps their register. Sees no applications.",
    RoleKind.EVALUATOR: "Works with answers that bear no names, and writes the report.",
    RoleKind.SPONSOR: "Sees totals and milestones, never a person.",
}


class RoleForm(forms.Form):
    """Somebody's role here, by their address."""

    kind = forms.ChoiceField(
        label="Role",
        choices=RoleKind.choices,
        widget=Radios(hints=WHAT_THEY_DO),
        error_messages={"required": "Choose a role"},
    )
    name = Line(label="Full name", needed="Enter their full name")
    email = Address(
        label="Email address",
        needed="Enter their email address",
        help_text="They get a message that says how to sign in",
    )
    organisation = FromList(
        Organisation.objects.none(),
        label="Only for the people of (optional)",
        required=False,
        empty_label="Every organisation",
        help_text="A lead limited to one organisation sees only its people, and does not pair them",
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = programme.organisations.all()
        if programme.organisations.count() < 2:
            del self.fields["organisation"]
