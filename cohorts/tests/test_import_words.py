"""Ideas become themes on the page of an import, and the preview says what it keeps."""

import pytest
from django.urls import reverse

from cohorts.actions import importing
from cohorts.choices import TermList
from cohorts.forms.importing import NEW_ROW, field_name
from cohorts.models import Term, Tie
from cohorts.tests.factories import LeadFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
HEAD = "Name;E-mail;Side;Improvement idea\n"


@pytest.fixture
def lead(client):
    role = LeadFactory()
    client.force_login(role.user)
    return role


def upload(role, rows: str):
    return importing.keep_upload(
        cohort=role.cohort, content=f"{HEAD}{rows}".encode(), file_name="people.csv", organisation="", by=role.user
    )


def test_an_idea_becomes_a_theme_where_there_was_none(client, lead):
    sheet = upload(lead, "Ann Lee;ann@trust.example;doctor;Late theatre starts\n")
    address = reverse("import_words", args=[sheet.pk, "themes"])
    said = client.get(address).content.decode()
    assert "There are no themes yet" in said
    assert "A new theme in these words" in said
    client.post(address, {field_name("words", "late theatre starts"): NEW_ROW})
    theme = Term.objects.get(list=TermList.THEME)
    assert (theme.label, theme.cohort) == ("Late theatre starts", lead.cohort)
    assert Tie.objects.get().term == theme
    assert "There are no themes yet" not in client.get(address).content.decode()


def test_a_theme_made_meanwhile_is_taken_and_places_are_never_made(client, lead):
    sheet = upload(lead, "Ann Lee;ann@trust.example;doctor;Late theatre starts\n")
    for _ in range(2):
        importing.tie_words(
            cohort=lead.cohort, kind=TermList.THEME, ties={"late theatre starts": "Late theatre starts"}, by=lead.user
        )
    assert Term.objects.filter(list=TermList.THEME).count() == 1
    said = client.get(reverse("import_words", args=[sheet.pk, "settings"])).content.decode()
    assert "A new theme" not in said


def test_a_name_with_lost_letters_is_shown_as_it_is_here(client, lead):
    ParticipantFactory(cohort=lead.cohort, user__email="z@trust.example", name="Łukasz Zając", side="a")
    sheet = upload(lead, "?ukasz Zaj?c;z@trust.example;doctor;\n")
    said = client.get(reverse("import_preview", args=[sheet.pk])).content.decode()
    assert "Łukasz Zając" in said
    assert "Letters of the name were lost in the file" in said


def test_the_way_on_stands_below_the_rows_too(client, lead):
    sheet = upload(lead, "Ann Lee;ann@trust.example;doctor;\n")
    said = client.get(reverse("import_preview", args=[sheet.pk])).content.decode()
    assert said.count("Save: 1 new, 0 changed") == 2
    sheet = upload(lead, "Ann Lee;ann@trust.example;doctor;\nAnn Lee;ann2@trust.example;doctor;\n")
    said = client.get(reverse("import_preview", args=[sheet.pk])).content.decode()
    assert said.count("Answer the warnings") == 2
    assert "Save:" not in said
