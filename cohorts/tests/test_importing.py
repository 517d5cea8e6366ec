"""From a sheet to accepted participants: compared, warned about, written all at once."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.actions import importing
from cohorts.choices import Side, State
from cohorts.models import Meant, Participant, SheetImport
from cohorts.preview import preview
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
SAMPLE = Path(settings.BASE_DIR) / "docs" / "examples" / "applicants.xlsx"
POORER = Path(settings.BASE_DIR) / "docs" / "examples" / "applicants-semicolon.csv"


@pytest.fixture
def lead():
    return LeadFactory()


def upload(lead, content, name="people.csv"):
    content = content.encode() if isinstance(content, str) else content
    return importing.keep_upload(cohort=lead.cohort, content=content, file_name=name, organisation="", by=lead.user)


def accepted(lead, content, name="people.csv"):
    """Upload, accept every warning, confirm."""
    sheet = upload(lead, content, name)
    importing.accept_all_warnings(upload=sheet, by=lead.user)
    return importing.confirm_import(upload=sheet, by=lead.user)


PEOPLE = "Name;E-mail;Side;Grade\nAnn Lee;ann@trust.example;doctor;\nBob Day;bob@trust.example;manager;\n"


def test_the_sample_gives_36_people_and_no_error(lead):
    found = preview(upload(lead, SAMPLE.read_bytes(), SAMPLE.name))
    sides = [line.arrival.fields["side"] for line in found.lines]
    assert (len(found.lines), sides.count(Side.A), sides.count(Side.B)) == (36, 19, 17)
    assert found.counts["error"] == 0


def test_nothing_is_written_before_it_is_confirmed(lead):
    upload(lead, SAMPLE.read_bytes(), SAMPLE.name)
    assert not Participant.objects.exists()


def test_open_warnings_keep_everything_out(lead):
    sheet = upload(lead, SAMPLE.read_bytes(), SAMPLE.name)
    with pytest.raises(importing.ImportNotReady):
        importing.confirm_import(upload=sheet, by=lead.user)
    assert not Participant.objects.exists()


def test_imported_people_are_accepted_and_the_cells_are_forgotten(lead):
    assert accepted(lead, SAMPLE.read_bytes(), SAMPLE.name)["new"] == 36
    assert set(Participant.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert SheetImport.objects.get().sheet == ""


def test_the_same_file_twice_changes_nothing_and_says_so(lead):
    accepted(lead, SAMPLE.read_bytes(), SAMPLE.name)
    found = preview(upload(lead, SAMPLE.read_bytes(), SAMPLE.name))
    assert found.changes_nothing
    assert found.is_ready


def test_letters_lost_on_the_way_never_replace_a_name(lead):
    accepted(lead, SAMPLE.read_bytes(), SAMPLE.name)
    names = sorted(Participant.objects.values_list("name", flat=True))
    accepted(lead, POORER.read_bytes(), POORER.name)
    assert sorted(Participant.objects.values_list("name", flat=True)) == names


def test_one_bad_row_keeps_all_out_and_the_corrected_file_imports(lead):
    bad = PEOPLE + "Cy Fox;not an address;doctor;\n"
    sheet = upload(lead, bad)
    [line] = [line for line in preview(sheet).lines if line.status == "error"]
    assert line.errors[0][0] == "B4"
    with pytest.raises(importing.ImportNotReady):
        importing.confirm_import(upload=sheet, by=lead.user)
    assert not Participant.objects.exists()
    assert accepted(lead, bad.replace("not an address", "cy@trust.example"))["new"] == 3


def test_addresses_that_differ_by_case_are_one_person(lead):
    accepted(lead, PEOPLE)
    found = preview(upload(lead, PEOPLE.replace("ann@", "Ann@")))
    assert found.changes_nothing


def test_a_changed_cell_is_shown_and_an_empty_one_changes_nothing(lead):
    accepted(lead, PEOPLE.replace("doctor;", "doctor;ST4"))
    sheet = upload(lead, PEOPLE.replace("Bob Day", "Bob Daye"))
    changes = {line.name: line.arrival.changes for line in preview(sheet).lines}
    assert changes == {"Ann Lee": (), "Bob Daye": (("Full name", "Bob Day", "Bob Daye"),)}


def test_the_same_name_with_another_address_is_asked_about(lead):
    ParticipantFactory(cohort=lead.cohort, name="Dr Ann Lee")
    [line] = [line for line in preview(upload(lead, PEOPLE)).lines if line.name == "Ann Lee"]
    assert line.status == "warning"
    assert "another address" in line.warnings[0].words


def test_a_row_left_out_is_not_written(lead):
    ParticipantFactory(cohort=lead.cohort, name="Ann Lee")
    sheet = upload(lead, PEOPLE)
    answers = {warned.key: "leave" for _, warned in preview(sheet).open_warnings()}
    importing.answer_warnings(upload=sheet, answers=answers, by=lead.user)
    outcome = importing.confirm_import(upload=SheetImport.objects.get(), by=lead.user)
    assert (outcome["new"], outcome["left out"]) == (1, 1)


def test_who_is_meant_by_a_name_that_fits_several_is_kept(lead):
    one, other = (ParticipantFactory(cohort=lead.cohort, name="Cy Fox", side=Side.B) for _ in range(2))
    content = "Name;E-mail;Side;Should not be paired with\nAnn Lee;ann@trust.example;doctor;Cy Fox\n"
    sheet = upload(lead, content)
    [(_, warned)] = preview(sheet).open_warnings()
    importing.answer_warnings(upload=sheet, answers={warned.key: one.user.email}, by=lead.user)
    importing.confirm_import(upload=SheetImport.objects.get(), by=lead.user)
    assert dict(Meant.objects.values_list("other", "is_meant")) == {one.pk: True, other.pk: False}


def test_confirming_twice_writes_once(lead):
    sheet = upload(lead, PEOPLE)
    importing.accept_all_warnings(upload=sheet, by=lead.user)
    importing.confirm_import(upload=sheet, by=lead.user)
    with pytest.raises(importing.ImportIsOver):
        importing.confirm_import(upload=sheet, by=lead.user)
    assert Participant.objects.count() == 2


def test_somebody_known_elsewhere_looks_like_anybody_new(lead):
    UserFactory(email="ann@trust.example", name="Ann Known-Elsewhere")
    sheet = upload(lead, PEOPLE)
    assert {line.status for line in preview(sheet).lines} == {"new"}
    accepted(lead, PEOPLE)
    assert Participant.objects.get(user__email="ann@trust.example").name == "Ann Lee"


def test_a_preview_asks_the_same_number_of_queries_for_few_and_many(lead):
    many = PEOPLE + "".join(f"Dr {n};p{n}@trust.example;doctor;\n" for n in range(200))
    few_sheet = upload(LeadFactory(cohort=CohortFactory()), PEOPLE)
    many_sheet = upload(lead, many)
    counts = []
    for sheet in (few_sheet, many_sheet):
        with CaptureQueriesContext(connection) as captured:
            preview(SheetImport.objects.select_related("cohort__programme").get(pk=sheet.pk))
        counts.append(len(captured))
    assert counts[0] == counts[1]
