"""The filters of the list of participants: the same for the page and for what is exported from it."""

from django import forms
from django.forms.models import ModelChoiceIterator

from cohorts.choices import Side, State, TermList
from cohorts.forms.words import Line
from cohorts.models import Term
from elements.fields import FromList

CHECKS = (
    ("", "Everybody"),
    ("grade", "Grade or band not known"),
    ("leaves", "Leaves too early to be paired"),
    ("sign_in", "Asked twice to sign in, and has not"),
    ("address", "Email address refuses mail"),
)


class Named(ModelChoiceIterator):
    """Ids and words of what may be chosen: a model for each costs a page with a filter several times as much."""

    def __iter__(self):
        yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", self.field.column)


class OneOf(FromList):
    """One row of a table, called by one of its columns."""

    iterator = Named

    def __init__(self, *args, column: str, **kwargs):
        self.column = column
        super().__init__(*args, **kwargs)


class ParticipantFilter(forms.Form):
    """Read with GET. A value that makes no sense is left out, and the list says what it shows."""

    q = Line(label="Name, email address or job title", required=False, width="20")
    side = forms.ChoiceField(label="Side", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])
    organisation = OneOf(None, column="name", label="Organisation", required=False, empty_label="Any")
    grade = OneOf(Term.objects.none(), column="label", label="Grade or band", required=False, empty_label="Any")
    site = Line(label="Site", required=False, width="20")
    directorate = Line(label="Directorate or specialty", required=False, width="20")
    check = forms.ChoiceField(label="Show", required=False, choices=CHECKS)

    def __init__(self, query, *, cohort):
        super().__init__(query)
        self.fields["side"].choices = [
            ("", "Both"),
            *((side.value, cohort.plural(side).capitalize()) for side in Side),
        ]
        grades = Term.objects.offered_to(cohort).filter(list__in=[TermList.GRADE, TermList.BAND])
        self.fields["organisation"].queryset = cohort.programme.organisations.all()
        self.fields["grade"].queryset = grades

    @property
    def asked(self) -> dict:
        """What is asked for, without what is empty or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
