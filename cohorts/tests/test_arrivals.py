"""A row of a sheet against the person who is here: nothing lost, nothing shown that its reader may not read."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from cohorts.actions import importing
from cohorts.choices import Side, State
from cohorts.forms.people import ParticipantForm
from cohorts.forms.words import LINES_LIMIT
from cohorts.models import Meant, Organisation, Participant, Term
from cohorts.preview import preview
from cohorts.spreadsheets.columns import MOST_ENTRIES
from cohorts.spreadsheets.fields import BY_CODE, LISTS
from cohorts.tests.factories import LeadFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
# Fields whose words are looked up or put together, not stored as they stand.
LOOKED_UP = {"side", "leaves_on", "staff_group", "previous_partner", "first_name", "last_name"}
COLUMNS = {"grade": "grade_text"}


@pytest.fixture
def lead():
    return LeadFactory(user__name="Hazel Lead")


def sheet(lead, content, name="people.csv"):
    content = content.encode() if isinstance(content, str) else content
    return importing.keep_upload(cohort=lead.cohort, content=content, file_name=name, organisation="", by=lead.user)


def confirmed(upload, by):
    importing.accept_all_warnings(upload=upload, by=by)
    return importing.confirm_import(upload=upload, by=by)


def ann(lead, **values):
    return ParticipantFactory(cohort=lead.cohort, user__name="Ann Lee", user__email="ann@trust.example", **values)


def row(**cells) -> str:
    cells = {"Name": "Ann Lee", "E-mail": "ann@trust.example", "Side": "doctor"} | cells
    return ";".join(f'"{head}"' for head in cells) + "\n" + ";".join(f'"{cell}"' for cell in cells.values()) + "\n"


APART = "Should not be paired with"


def test_what_a_lead_could_not_read_is_neither_shown_nor_taken_away(client, lead):
    participant = ann(lead, kept_apart_from=["Hazel Lead", "Somebody Else"])
    client.force_login(lead.user)
    answer = client.get(reverse("export", args=[lead.cohort.pk, "participants", "csv"]))
    [line] = preview(sheet(lead, b"".join(answer.streaming_content))).lines
    assert (line.status, line.arrival.changes) == ("unchanged", ())
    upload = sheet(lead, row(**{APART: "Brian Gray"}))
    page = client.get(reverse("import_preview", args=[upload.pk])).content.decode()
    assert "“Somebody Else” becomes “Brian Gray”" in page
    assert "Hazel" not in page[page.index("<main") :].replace(str(lead.cohort), "")
    confirmed(upload, lead.user)
    participant.refresh_from_db()
    assert participant.kept_apart_from == ["Brian Gray", "Hazel Lead"]


def test_what_another_lead_wrote_into_her_own_row_is_neither_shown_nor_taken_away(client, lead):
    own = ParticipantFactory(cohort=lead.cohort, user=lead.user, kept_apart_from=["Quill Moss"])
    upload = sheet(lead, row(**{"E-mail": lead.user.email, APART: "Brian Gray", "Job title": "Registrar"}))
    client.force_login(lead.user)
    page = client.get(reverse("import_preview", args=[upload.pk])).content.decode()
    assert "Registrar" in page
    assert "Quill" not in page
    confirmed(upload, lead.user)
    own.refresh_from_db()
    assert own.kept_apart_from == ["Brian Gray", "Quill Moss"]


def test_nobody_is_asked_whom_an_entry_means_that_names_her(lead):
    for number in range(2):
        ParticipantFactory(cohort=lead.cohort, name="Hazel Lead", user__email=f"hazel{number}@trust.example")
    ann(lead, kept_apart_from=["Hazel Lead"])
    [line] = preview(sheet(lead, row(**{APART: "Brian Gray"}))).lines
    assert line.arrival.fields["kept_apart_from"] == ["Brian Gray", "Hazel Lead"]
    assert line.warnings == []


@pytest.mark.parametrize(
    ("heading", "column", "here", "lost"),
    [
        ("Site(s)", "sites", "Hôpital", "H?pital"),
        ("Directorate or specialty", "directorates", "Hôpital", "H?pital"),
        ("What I can let a partner see", "offers", "Hôpital", "H\ufffdpital"),
        ("What I would like to see", "wants", "Hôpital", "H?pital"),
        ("Interests", "interests", "Hôpital", "H?pital"),
        (APART, "kept_apart_from", "Zoë Brown", "Zo? Brown"),
    ],
)
def test_letters_lost_on_the_way_replace_no_entry_of_a_list(lead, heading, column, here, lost):
    participant = ann(lead, **{column: [here, "Another"]})
    upload = sheet(lead, row(**{heading: f"{lost}; Third"}))
    [line] = preview(upload).lines
    [asked] = [warned for warned in line.warnings if warned.key.endswith(f"poorer-{column}")]
    assert (asked.options[0][1], here in asked.words, lost in asked.words) == (f"Keep “{here}”", True, True)
    confirmed(upload, lead.user)
    participant.refresh_from_db()
    assert getattr(participant, column) == [here, "Third"]


def test_a_list_that_only_lost_letters_changes_nothing(lead):
    ann(lead, kept_apart_from=["Zoë Brown"])
    assert preview(sheet(lead, row(**{APART: "Zo? Brown"}))).lines[0].arrival.is_unchanged


@pytest.mark.parametrize(("cell", "kept"), [("", ["Old Rule", "Brian Gray"]), ("New Rule", ["New Rule", "Brian Gray"])])
def test_a_previous_partner_is_kept_apart_and_the_preview_says_so(client, lead, cell, kept):
    participant = ann(lead, kept_apart_from=["Old Rule"])
    upload = sheet(lead, row(**{APART: cell, "Previous partner": "Gray, Brian"}))
    client.force_login(lead.user)
    page = client.get(reverse("import_preview", args=[upload.pk])).content.decode()
    assert "Not to be paired with Brian Gray, their previous partner." in page
    confirmed(upload, lead.user)
    participant.refresh_from_db()
    assert participant.kept_apart_from == kept


def test_a_previous_partner_of_somebody_new_is_kept_apart(lead):
    confirmed(sheet(lead, row(**{"Previous partner": "brian@trust.example"})), lead.user)
    assert Participant.objects.get().kept_apart_from == ["brian@trust.example"]


def test_somebody_new_is_read_in_one_line_before_anything_is_saved(client, lead):
    cells = {"Grade": "ST5", "Job title": "Registrar", "Directorate": "Cardiology", "Leaves the trust on": "1/8/2027"}
    cells |= {"Line manager": "Pat Boss", APART: "Brian Gray; Hazel Lead"}
    upload = sheet(lead, row(**cells))
    client.force_login(lead.user)
    page = client.get(reverse("import_preview", args=[upload.pk])).content.decode()
    said = "Registrar, Cardiology, leaves 1 August 2027, managed by Pat Boss, not to be paired with Brian Gray"
    assert f"A new person: doctor, ST5 (specialty training year 5), {said}<" in page
    swapped = sheet(lead, row(**{"Side": "manager", "E-mail": lead.user.email, APART: "Brian Gray"}))
    page = client.get(reverse("import_preview", args=[swapped.pk])).content.decode()
    assert "A new person: manager<" in page  # her own row: another lead may have written what is in it
    assert "Brian Gray" not in page


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED])
def test_who_has_gone_stays_gone_and_the_preview_says_so(lead, state):
    participant = ann(lead, state=state)
    upload = sheet(lead, row(**{"Job title": "Registrar"}))
    [line] = preview(upload).lines
    [asked] = line.warnings
    assert line.status == "warning"
    assert "stays" in asked.words
    assert "state on their page" in asked.words
    assert [value for value, _ in asked.options] == ["take", "leave"]
    confirmed(upload, lead.user)
    participant.refresh_from_db()
    assert (participant.state, participant.role_title) == (state, "Registrar")
    assert "stays" in preview(sheet(lead, row())).lines[0].remarks[0]


def test_our_own_list_comes_back_without_a_change(client, lead):
    st4, st5 = (Term.objects.get(list="grade", code=code) for code in ("ST4", "ST5"))
    lead.cohort.programme.organisations.add(Organisation.objects.create(name="Northside"))
    ann(
        lead,
        organisation=None,
        days="024",
        grade=st5,
        grade_text=st4.label,
        offers=["Clinic, then ward round"],
        kept_apart_from=["Gray, Brian"],
        idea="First line\nSecond line; and more",
    )
    ParticipantFactory(cohort=lead.cohort, side=Side.B, working_pattern="Not Fridays", days="01")
    ParticipantFactory(cohort=lead.cohort, working_pattern="three days, by rota", state=State.WITHDRAWN)
    client.force_login(lead.user)
    answer = client.get(reverse("export", args=[lead.cohort.pk, "participants", "xlsx"]))
    found = preview(sheet(lead, b"".join(answer.streaming_content), "people.xlsx"))
    assert [line.arrival.changes for line in found.lines] == [(), (), ()]
    assert found.changes_nothing


def test_a_new_working_pattern_changes_the_days(lead):
    participant = ann(lead, days="01234")
    confirmed(sheet(lead, row(**{"Working days": "Mon-Wed"})), lead.user)
    participant.refresh_from_db()
    assert (participant.working_pattern, participant.days) == ("Mon-Wed", "012")


def test_no_cell_may_be_longer_than_its_column():
    for code in BY_CODE.keys() - LOOKED_UP - LISTS - {"organisation", "email"}:
        most = Participant._meta.get_field(COLUMNS.get(code, code)).max_length
        assert most is None or BY_CODE[code].longest <= most, code
    whole = BY_CODE["first_name"].longest + 1 + BY_CODE["last_name"].longest
    assert whole <= Participant._meta.get_field("name").max_length
    assert (
        BY_CODE["email"].longest
        <= Participant._meta.get_field("user").related_model._meta.get_field("email").max_length
    )


def test_what_is_imported_can_be_saved_by_hand_unshortened():
    """One limit for a text, whichever way it comes in."""
    for code in BY_CODE.keys() - LOOKED_UP - LISTS - {"organisation"}:
        assert ParticipantForm.base_fields[COLUMNS.get(code, code)].max_length == BY_CODE[code].longest, code
    assert LINES_LIMIT == MOST_ENTRIES


def test_an_answer_about_a_name_is_kept_for_a_row_under_another_address(lead):
    participant = ann(lead)
    EmailAddress.objects.create(user=participant.user, email="lee@home.example", verified=True)
    for _ in range(2):
        ParticipantFactory(cohort=lead.cohort, name="Cy Fox")
    upload = sheet(lead, row(**{"E-mail": "lee@home.example", APART: "Cy Fox"}))
    assert {warned.key.split("-")[0] for warned in preview(upload).lines[0].warnings} == {"2.exclusion"}
    confirmed(upload, lead.user)
    assert Participant.objects.filter(user=participant.user).count() == 1
    assert set(Meant.objects.values_list("participant", flat=True)) == {participant.pk}
