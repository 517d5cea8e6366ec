"""The list of participants and what each reader sees of it."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.models import AuditRecord
from cohorts import spreadsheets
from cohorts.choices import RoleKind, Side, State
from cohorts.forms.filters import ParticipantFilter
from cohorts.models import Participant, Role, Term
from cohorts.tests.factories import (
    CohortFactory,
    LeadFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "a canary of another trust"


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def lead(client, cohort):
    person = LeadFactory(cohort=cohort, user__name="Leah Marsh").user
    client.force_login(person)
    return person


def names(response) -> list[str]:
    return [person.name for person in response.context["page_obj"]]


def list_of(cohort) -> str:
    return reverse("participant_list", args=[cohort.pk])


def csv_rows(client, cohort, query="") -> list[dict]:
    answer = client.get(reverse("export", args=[cohort.pk, "participants", "csv"]) + query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_person_costs_as_many_queries_as_sixty(client, lead, cohort):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(list_of(cohort)).status_code == 200
        statements = [query["sql"] for query in asked.captured_queries]
        assert all(statements.count(each) <= 2 for each in statements)
        return len(statements)

    ParticipantFactory(cohort=cohort)
    queries()  # the first look marks the session as seen
    few = queries()
    ParticipantFactory.create_batch(60, cohort=cohort)
    assert queries() == few
    assert few <= 10


def test_fifty_a_page_in_the_order_asked_for(client, lead, cohort):
    for number in range(60):
        ParticipantFactory(cohort=cohort, name=f"Person {number:02}", leaves_on=date(2027, 1, 1 + number % 28))
    assert names(client.get(list_of(cohort))) == [f"Person {number:02}" for number in range(50)]
    assert names(client.get(list_of(cohort), {"page": 2})) == [f"Person {number:02}" for number in range(50, 60)]
    assert names(client.get(list_of(cohort), {"sort": "-name"}))[0] == "Person 59"
    assert names(client.get(list_of(cohort), {"sort": "leaves"}))[:2] == ["Person 00", "Person 28"]
    assert names(client.get(list_of(cohort), {"sort": "user__password"}))[0] == "Person 00"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Ann", "Bo", "Cy"}),
        ({"side": "b"}, {"Bo"}),
        ({"state": "applied"}, {"Cy"}),
        ({"q": "AN"}, {"Ann"}),
        ({"q": "bo@trust"}, {"Bo"}),
        ({"q": "matron"}, {"Cy"}),
        ({"site": "mary"}, {"Ann"}),
        ({"directorate": "stroke"}, {"Bo"}),
        ({"check": "grade"}, {"Bo"}),
        ({"check": "leaves"}, {"Ann"}),
        ({"side": "nonsense", "state": "b", "organisation": "x", "grade": "9" * 30}, {"Ann", "Bo", "Cy"}),
        ({"side": "b", "state": "applied"}, set()),
    ],
)
def test_filters_of_the_page_are_the_filters_of_the_export(client, lead, cohort, query, found):
    grade = Term.objects.get(list="grade", code="ST4")
    of = {"cohort": cohort}
    ParticipantFactory(**of, user__name="Ann", sites=["St Mary's"], grade=grade, leaves_on=date(2027, 3, 1))
    ParticipantFactory(**of, user__name="Bo", user__email="bo@trust.example", side=Side.B, directorates=["Stroke"])
    ParticipantFactory(**of, user__name="Cy", state=State.APPLIED, role_title="Matron")
    assert set(names(client.get(list_of(cohort), query))) == found
    encoded = "?" + "&".join(f"{name}={value}" for name, value in query.items())
    assert {row["Name"] for row in csv_rows(client, cohort, encoded)} == found


def test_what_leaves_can_come_back(client, lead, cohort):
    """The file that was exported is read by the import, column by column and person by person."""
    written = ParticipantFactory(
        cohort=cohort,
        user__name="Zoë D'Arcy",
        user__email="zoe@trust.example",
        side=Side.B,
        grade_text="Band 8a",
        sites=["North", "South"],
        offers=["=a list in theatre", "board meeting (public part)"],
        kept_apart_from=["Brian Gray"],
        leaves_on=date(2027, 8, 3),
        phone="07700900123",
        working_pattern="Not Fridays",
    )
    answer = client.get(reverse("export", args=[cohort.pk, "participants", "xlsx"]))
    sheet = spreadsheets.read_sheet(b"".join(answer.streaming_content), "people.xlsx")
    columns = spreadsheets.guess_columns(sheet.header, sheet.rows)
    assert set(columns.values()) >= {
        field.code for field in spreadsheets.FIELDS if field.label in spreadsheets.TEMPLATE_HEADINGS
    }
    cells = {columns[place]: cell for place, cell in enumerate(sheet.rows[0].cells) if place in columns}
    assert cells["name"] == written.name
    assert (cells["email"], cells["side"], cells["phone"]) == ("zoe@trust.example", "manager", "07700900123")
    assert cells["exclusions"] == "Brian Gray"


def test_nothing_leaves_without_its_audit_record(client, lead, cohort, monkeypatch):
    ParticipantFactory(cohort=cohort)
    assert len(csv_rows(client, cohort)) == 1
    record = AuditRecord.objects.get(scope=cohort.pk)
    assert (record.did, record.by) == ("exported the list of participants", lead)

    def fail(**told):
        raise RuntimeError("the audit table is full")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        csv_rows(client, cohort)


@pytest.mark.parametrize("name", [("unknown", "csv"), ("participants", "docx")])
def test_an_unknown_list_or_kind_is_not_found(client, lead, cohort, name):
    assert client.get(reverse("export", args=[cohort.pk, *name])).status_code == 404


def test_a_lead_who_takes_part_never_reads_what_names_her(client, lead, cohort):
    entries = ["Marsh, Leah", "dr leah marsh", lead.email.upper(), "Leah", "Brian Gray"]
    participant = ParticipantFactory(cohort=cohort, kept_apart_from=entries)
    edit = reverse("participant_edit", args=[participant.pk])
    for address in (participant.get_absolute_url(), edit):
        page = client.get(address).content.decode()
        main = page[page.index("<main") :]
        assert "Brian Gray" in main
        assert "arsh" not in main
        assert lead.email.upper() not in main
    assert csv_rows(client, cohort)[0]["Should not be paired with"] == "Brian Gray"
    sent = {"name": "Ann", "side": "a", "organisation": participant.organisation_id, "kept_apart_from": "Hal Ng"}
    sent["email"] = participant.user.email
    assert client.post(edit, sent).status_code == 302
    participant.refresh_from_db()
    assert participant.kept_apart_from == ["Hal Ng", *entries[:-1]]


def test_a_participant_reads_her_own_application_and_nothing_for_leads(client, cohort):
    participant = ParticipantFactory(cohort=cohort, phone="07700900123", kept_apart_from=["Brian Gray"])
    other = ParticipantFactory(cohort=cohort)
    client.force_login(participant.user)
    page = client.get(participant.get_absolute_url()).content.decode()
    assert "07700900123" in page
    assert "Brian Gray" not in page
    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_lead_of_another_trust_meets_nobody(client, lead, cohort):
    far = ParticipantFactory(cohort=CohortFactory(), name=CANARY, sites=[CANARY])
    ParticipantFactory(cohort=cohort)
    for address in (list_of(cohort), cohort.get_absolute_url(), reverse("cohort_timetable", args=[cohort.pk])):
        assert CANARY not in client.get(address, {"q": "canary"}).content.decode()
    assert CANARY not in str(csv_rows(client, cohort))
    for address in (far.get_absolute_url(), list_of(far.cohort)):
        assert client.get(address).status_code == 404


def test_a_lead_of_one_organisation_sees_and_adds_its_people_only(client):
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    cohort = CohortFactory(programme=ProgrammeFactory(organisations=[ours, theirs]))
    role = Role.objects.create(user=UserFactory(), kind=RoleKind.LEAD, cohort=cohort, organisation=ours)
    mine = ParticipantFactory(cohort=cohort, organisation=ours)
    ParticipantFactory(cohort=cohort, organisation=theirs)
    client.force_login(role.user)
    assert names(client.get(list_of(cohort))) == [mine.name]
    assert [row["Name"] for row in csv_rows(client, cohort)] == [mine.name]
    sent = {"name": "New", "email": "new@trust.example", "side": "a", "organisation": theirs.pk}
    assert client.post(reverse("participant_create", args=[cohort.pk]), sent).status_code == 200
    assert Participant.objects.count() == 2
    assert (
        client.post(reverse("participant_create", args=[cohort.pk]), sent | {"organisation": ours.pk}).status_code
        == 302
    )


def test_adding_somebody_answers_alike_whether_the_address_is_known(client, lead, cohort):
    known = UserFactory(name="Known Elsewhere")
    answers = []
    for email in (known.email, "nobody@trust.example"):
        sent = {
            "name": "Ann Other",
            "email": email,
            "side": "a",
            "organisation": cohort.programme.organisations.get().pk,
        }
        answer = client.post(reverse("participant_create", args=[cohort.pk]), sent, follow=True)
        main = answer.content.decode()
        participant = Participant.objects.get(user__email=email)
        answers.append(
            main[main.index("<main") : main.index("</main>")].replace(email, "").replace(str(participant.pk), "")
        )
    assert answers[0] == answers[1]


@pytest.mark.parametrize("text", ["Ann\u202eother", "An\x01n"])
def test_hidden_characters_are_refused_and_what_was_typed_stays(client, lead, cohort, text):
    answer = client.post(
        reverse("participant_create", args=[cohort.pk]), {"name": text, "role_title": "Matron", "side": "a"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert "Matron" in page
    assert not Participant.objects.exists()


def test_the_workbook_of_people_explains_itself(client, lead, cohort):
    ParticipantFactory(cohort=cohort)
    answer = client.get(reverse("export", args=[cohort.pk, "participants", "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Participants", "About this list"]


def test_the_filter_offers_names_without_a_model_for_each(client):
    cohort = CohortFactory()
    organisation = cohort.programme.organisations.get()
    form = ParticipantFilter({"organisation": str(organisation.pk)}, cohort=cohort)
    assert form.asked == {"organisation": organisation}
    assert list(form.fields["organisation"].choices) == [("", "Any"), (organisation.pk, organisation.name)]
    grades = Term.objects.offered_to(cohort).filter(list__in=["grade", "band"])
    assert list(form.fields["grade"].choices) == [("", "Any"), *((term.pk, str(term)) for term in grades)]
    assert f'<option value="{organisation.pk}" selected>{organisation.name}</option>' in str(form["organisation"])
