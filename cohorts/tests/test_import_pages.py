"""The pages of an import: pressed twice, left lying, read by others, asked about more than a page holds."""

from datetime import date, time, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import make_known, make_known_all
from accounts.models import AuditRecord, User
from cohorts import actions, tasks
from cohorts.actions import importing
from cohorts.choices import RoleKind, State, TermList
from cohorts.models import Participant, Role, SheetImport, Term, Tie
from cohorts.tests.factories import CohortFactory, LeadFactory, OrganisationFactory, ParticipantFactory, UserFactory
from cohorts.vocabulary import meanings
from elements import clock

pytestmark = pytest.mark.django_db
PEOPLE = "Name;E-mail;Side\nAnn Lee;ann@trust.example;doctor\nBob Day;bob@trust.example;manager\n"


@pytest.fixture
def lead(client):
    role = LeadFactory()
    client.force_login(role.user)
    return role


def upload(role, content=PEOPLE):
    return importing.keep_upload(
        cohort=role.cohort, content=content.encode(), file_name="people.csv", organisation="", by=role.user
    )


def people_of(role) -> str:
    return reverse("participant_list", args=[role.cohort.pk])


@pytest.mark.parametrize("address", ["import_confirm", "import_preview", "import_columns", "import_report"])
def test_saving_twice_is_answered_in_words(client, lead, address):
    sheet = upload(lead)
    first, again = reverse("import_confirm", args=[sheet.pk]), reverse(address, args=[sheet.pk])
    assert client.post(first).url == people_of(lead)
    answer = client.post(again, follow=True) if address == "import_confirm" else client.get(again, follow=True)
    assert answer.redirect_chain == [(people_of(lead), 302)]
    assert "saved already. The sheet was imported: 2 new." in answer.content.decode()
    assert Participant.objects.count() == 2


def test_whom_another_lead_brought_meanwhile_is_here_already(lead):
    other = LeadFactory(cohort=lead.cohort)
    mine, hers = upload(lead), upload(other)
    importing.confirm_import(upload=hers, by=other.user)
    outcome = importing.confirm_import(upload=mine, by=lead.user)
    assert (outcome["new"], outcome["unchanged"]) == (0, 2)


@pytest.mark.parametrize("write", ["import", "add", "move"])
def test_who_takes_part_is_decided_in_turn(lead, monkeypatch, write):
    turns = []
    for module in ("importing", "people", "states"):
        monkeypatch.setattr(f"cohorts.actions.{module}.take_turn", turns.append)
    if write == "import":
        importing.confirm_import(upload=upload(lead), by=lead.user)
    elif write == "add":
        actions.add_participant(cohort=lead.cohort, email="a@trust.example", name="A", side="a", by=lead.user)
    else:
        actions.withdraw_participant(participant=ParticipantFactory(cohort=lead.cohort), by=lead.user)
    assert turns == [lead.cohort]


def test_another_leads_upload_is_not_found(client, lead):
    sheet = upload(LeadFactory(cohort=lead.cohort))
    assert client.get(reverse("import_preview", args=[sheet.pk])).status_code == 404


def test_a_sheet_that_is_half_done_is_found_again(client, lead):
    hers = upload(LeadFactory(cohort=lead.cohort))
    sheet = upload(lead)
    SheetImport.objects.filter(pk=sheet.pk).update(made_at=clock.at(date(2027, 1, 6), time(14, 30)))
    address = reverse("import_upload", args=[lead.cohort.pk])
    page = client.get(address).content.decode()
    assert "people.csv, uploaded on Wednesday 6 January 2027 at 2:30pm, is not saved yet." in page
    assert reverse("import_preview", args=[sheet.pk]) in page
    assert reverse("import_preview", args=[hers.pk]) not in page
    importing.confirm_import(upload=sheet, by=lead.user)
    assert "people.csv" not in client.get(address).content.decode()


def test_uploads_left_lying_are_forgotten(lead):
    old, done, fresh = upload(LeadFactory()), upload(LeadFactory()), upload(lead)
    importing.confirm_import(upload=done, by=done.by)
    SheetImport.objects.exclude(pk=fresh.pk).update(made_at=timezone.now() - timedelta(days=7, minutes=1))
    SheetImport.objects.filter(pk=fresh.pk).update(made_at=timezone.now() - timedelta(days=6, hours=23))
    assert tasks.forget_uploads() == 1
    assert set(SheetImport.objects.values_list("pk", flat=True)) == {done.pk, fresh.pk}
    assert AuditRecord.objects.filter(scope=old.cohort_id, did="forgot an abandoned sheet").exists()
    planned = [each for each in settings.CELERY_BEAT_SCHEDULE.values() if each["task"] == tasks.forget_uploads.name]
    assert [(each["schedule"], "expires" in each["options"]) for each in planned] == [(86400.0, True)]


def test_columns_and_answers_leave_a_line_each(lead):
    ParticipantFactory(cohort=lead.cohort, name="Ann Lee")
    sheet = upload(lead)
    importing.choose_columns(upload=sheet, columns={0: "name", 1: "email", 2: "side"}, by=lead.user)
    importing.accept_all_warnings(upload=sheet, by=lead.user)
    did = list(
        AuditRecord.objects.filter(by=lead.user, scope=lead.cohort_id).order_by("id").values_list("did", flat=True)
    )
    assert did == ["uploaded a sheet of people", "chose the columns of a sheet", "answered a warning of a sheet"]


def test_columns_of_a_sheet_that_is_over_stay(lead):
    sheet = upload(lead)
    importing.confirm_import(upload=sheet, by=lead.user)
    with pytest.raises(importing.ImportIsOver):
        importing.choose_columns(upload=sheet, columns={}, by=lead.user)


def test_every_idea_can_be_given_a_theme_page_by_page(client, lead):
    theme = Term.objects.create(list=TermList.THEME, code="discharge", label="Discharge", cohort=lead.cohort)
    long = "a very long idea about discharge " * 40
    rows = "".join(f"P {n};p{n}@trust.example;doctor;{long}{n:02}\n" for n in range(80))
    sheet = upload(lead, "Name;E-mail;Side;Improvement idea\n" + rows)
    address = reverse("import_words", args=[sheet.pk, "themes"])
    pages = [client.get(address, {"page": number}).context["form"] for number in (1, 2)]
    assert [len(form.fields) for form in pages] == [60, 20]
    answer = client.post(f"{address}?page=2", dict.fromkeys(pages[1].fields, theme.pk))
    assert answer.url == reverse("import_preview", args=[sheet.pk])
    assert Tie.objects.count() == 20
    first = dict.fromkeys(pages[0].fields, "") | {next(iter(pages[0].fields)): theme.pk}
    assert client.post(address, first).url == f"{address}?page=2"
    assert Tie.objects.count() == 21  # what the other page said stays
    limit = Tie._meta.get_field("words").max_length
    assert all(len(words) <= limit for words in Tie.objects.values_list("words", flat=True))
    assert meanings(lead.cohort, [TermList.THEME]).term(TermList.THEME, f"{long}79") == theme


def with_two_addresses() -> User:
    person = UserFactory(email="new@trust.example")
    EmailAddress.objects.create(user=person, email="new@trust.example", verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="old@trust.example", verified=True)
    return person


def test_a_proved_address_reaches_its_person_and_an_unproved_one_nobody(lead):
    person = with_two_addresses()
    EmailAddress.objects.create(user=person, email="claimed@trust.example", verified=False)
    assert make_known(email=" OLD@trust.example", name="N", by=lead.user) == person
    assert make_known(email="claimed@trust.example", name="N", by=lead.user) != person
    found = make_known_all(people={"old@trust.example": "N", "a@trust.example": "A"}, by=lead.user)
    assert (found["old@trust.example"], found["a@trust.example"].email) == (person, "a@trust.example")


def test_the_number_of_addresses_asks_no_further_query(lead, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        make_known_all(people={"one@trust.example": "One"}, by=lead.user)
    with django_assert_num_queries(len(few)):
        make_known_all(people={f"p{n}@trust.example": "P" for n in range(50)}, by=lead.user)


def test_an_old_address_is_added_named_and_imported_like_any_other(client, lead):
    person = with_two_addresses()
    sent = {"name": "Ann", "side": "a", "organisation": lead.cohort.programme.organisations.get().pk}
    address = reverse("participant_create", args=[lead.cohort.pk])
    assert client.post(address, sent | {"email": "old@trust.example"}).status_code == 302
    assert Participant.objects.get().user == person
    page = client.post(address, sent | {"email": "old@trust.example"}).content.decode()
    assert "old@trust.example is on the list" in page
    assert person.email not in page
    role = actions.name_role(
        kind=RoleKind.SPONSOR, email="old@trust.example", name="A", cohort=lead.cohort, by=lead.user
    )
    assert role.user == person
    outcome = importing.confirm_import(
        upload=upload(lead, "Name;E-mail;Side\nAnn;old@trust.example;doctor\n"), by=lead.user
    )
    assert outcome["unchanged"] == 1
    elsewhere = LeadFactory()
    importing.confirm_import(
        upload=upload(elsewhere, "Name;E-mail;Side\nAnn;old@trust.example;doctor\n"), by=elsewhere.user
    )
    assert Participant.objects.get(cohort=elsewhere.cohort).user == person


def test_two_rows_of_one_person_are_refused_in_words(client, lead):
    with_two_addresses()
    sheet = upload(lead, "Name;E-mail;Side\nAnn;old@trust.example;doctor\nAnn Lee;new@trust.example;doctor\n")
    answer = client.post(reverse("import_confirm", args=[sheet.pk]), follow=True)
    assert "in row 3 reach the same person" in answer.content.decode()
    assert not Participant.objects.exists()


@pytest.fixture
def limited(client):
    """A lead of one organisation out of two."""
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    cohort = CohortFactory()
    cohort.programme.organisations.set([ours, theirs])
    role = Role.objects.create(user=UserFactory(), kind=RoleKind.LEAD, cohort=cohort, organisation=ours)
    ParticipantFactory(cohort=cohort, organisation=theirs, user__email="theirs@trust.example", state=State.APPLIED)
    client.force_login(role.user)
    return role


def test_a_limited_lead_does_not_change_somebody_of_no_organisation_even_herself(client, limited):
    own = ParticipantFactory(cohort=limited.cohort, user=limited.user, organisation=None)
    edit = reverse("participant_edit", args=[own.pk])
    assert client.get(edit).status_code == 403
    Participant.objects.update(organisation=limited.organisation)
    assert client.get(edit).status_code == 200
    Participant.objects.update(organisation=None)
    LeadFactory(cohort=limited.cohort, user=limited.user)
    assert client.get(edit).status_code == 200


def test_a_limited_lead_reads_the_timetable_without_what_numbers_tell(client, limited):
    address = reverse("cohort_timetable", args=[limited.cohort.pk])
    before = client.get(address).context["stages"]
    Participant.objects.update(state=State.ACCEPTED)
    ParticipantFactory.create_batch(3, cohort=limited.cohort)
    page = client.get(address)
    assert page.context["stages"] == before
    assert "accepted" not in page.content.decode()
    client.force_login(LeadFactory(cohort=limited.cohort).user)
    assert "0 waiting, 4 accepted" in client.get(address).content.decode()


def test_a_limited_lead_is_not_told_who_else_is_on_the_list(client, limited):
    sent = {"name": "T", "side": "a", "organisation": limited.organisation_id, "email": "theirs@trust.example"}
    page = client.post(reverse("participant_create", args=[limited.cohort.pk]), sent).content.decode()
    assert "cannot be added here" in page
    assert "on the list" not in page
