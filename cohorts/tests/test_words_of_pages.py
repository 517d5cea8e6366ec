"""What pages say before a lead stumbles."""

import pytest
from django import forms
from django.urls import reverse

from cohorts import actions
from cohorts.choices import Side, State, TermList
from cohorts.forms.words import Line, Text
from cohorts.models import Organisation, Term
from cohorts.portrait import sections
from cohorts.tests.factories import AdministratorFactory, CohortFactory, LeadFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def lead(client, cohort):
    role = LeadFactory(cohort=cohort)
    client.force_login(role.user)
    return role


def shown(client, *address) -> str:
    return client.get(reverse(address[0], args=address[1:])).content.decode()


def test_the_only_lead_reads_so_before_trying_to_go(client, lead, cohort):
    said = shown(client, "role_end", lead.pk)
    assert f"Nobody would lead {cohort}: you are its only lead" in said
    assert "End the role" not in said
    LeadFactory(cohort=cohort)
    said = shown(client, "role_end", lead.pk)
    assert "End your own role?" in said
    assert "End the role" in said


def test_organisations_that_a_sheet_could_not_tell_apart_are_refused():
    by = AdministratorFactory()
    actions.make_organisation(name="St Elsewhere", by=by)
    other = actions.make_organisation(name="Hillview", by=by)
    for write in (
        lambda: actions.make_organisation(name="ST  ELSEWHERE", by=by),
        lambda: actions.change_organisation(organisation=other, name="st elsewhere", by=by),
    ):
        with pytest.raises(actions.NameIsTaken, match="St Elsewhere"):
            write()
    actions.change_organisation(organisation=other, name="HILLVIEW", by=by)
    assert Organisation.objects.filter(name="HILLVIEW").exists()


def test_a_text_that_is_too_long_is_counted_in_words():
    class Asked(forms.Form):
        statement = Text(label="What they hope for (optional)", max_length=5000)
        name = Line(label="Full name", needed="Enter the full name")

    errors = Asked({"statement": "x" * 5001, "name": "y" * 201}).errors
    assert errors["statement"] == ["What they hope for must be 5,000 characters or fewer. It has 5001"]
    assert errors["name"] == ["Full name must be 200 characters or fewer. It has 201"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ST5", "ST5 (specialty training year 5)"),
        ("", "ST5 (specialty training year 5)"),
        ("Reg, 2nd year", "Reg, 2nd year (ST5 (specialty training year 5))"),
    ],
)
def test_a_grade_is_read_once(written, read):
    term = Term.objects.filter(list=TermList.GRADE, code="st5").first() or Term(list=TermList.GRADE)
    term.label = "ST5 (specialty training year 5)"
    person = ParticipantFactory(grade_text=written)
    person.grade = term
    rows = dict(row for _, rows in sections(person, kept_apart_from=None) for row in rows)
    assert rows["Grade or band"] == read


def test_the_list_says_how_many_are_accepted(client, lead, cohort):
    ParticipantFactory(cohort=cohort, side=Side.A, state=State.ACCEPTED)
    ParticipantFactory(cohort=cohort, side=Side.A, state=State.WITHDRAWN)
    ParticipantFactory(cohort=cohort, side=Side.B, state=State.ACCEPTED)
    said = shown(client, "participant_list", cohort.pk)
    assert "1 accepted doctors (2 in all), 1 managers" in said


@pytest.mark.parametrize(
    ("label", "called"), [("What is it?", "Your answer"), ("Reason (optional)", "Reason"), ("", "This")]
)
def test_what_is_too_long_is_called_by_its_label_unless_that_is_a_question(label, called):
    with pytest.raises(forms.ValidationError) as refused:
        Line(label=label, max_length=3).clean("four")
    assert refused.value.messages == [f"{called} must be 3 characters or fewer. It has 4"]
