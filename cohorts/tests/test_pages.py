"""The ground floor's pages, walked through as an administrator and a lead would."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts import actions
from cohorts.choices import RoleKind
from cohorts.models import Cohort, Organisation, Programme, Role, Term
from cohorts.stages import stages_of
from cohorts.tests.factories import (
    AdministratorFactory,
    CohortFactory,
    LeadFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)
from cohorts.tests.matrix import COHORT_VALUES
from reminders.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = AdministratorFactory()
    client.force_login(person)
    return person


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def lead(client, cohort):
    person = LeadFactory(cohort=cohort, user__name="Leah Lead").user
    client.force_login(person)
    return person


def words(response) -> str:
    return response.content.decode()


def boxes(name: str, day: date) -> dict:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_without_any_organisation_the_page_of_a_new_programme_leads_to_one_and_asks_for_nothing(client, administrator):
    address = reverse("programme_create")
    for page in (words(client.get(address)), words(client.post(address, {"name": "Pairs"}))):
        assert f'<a class="nhsuk-link" href="{reverse("organisation_create")}">Add an organisation first</a>' in page
        assert ("Make programme" in page, "Choose at least one" in page, 'name="name"' in page) == (False, False, False)
    client.post(reverse("organisation_create"), {"name": "St Elsewhere"})
    page = words(client.get(address))
    assert ("Make programme" in page, "Add an organisation first" in page) == (True, False)


def test_from_an_empty_house_to_a_cohort(client, administrator):
    client.post(reverse("organisation_create"), {"name": "St Elsewhere"})
    organisation = Organisation.objects.get(name="St Elsewhere")
    client.post(reverse("programme_create"), {"name": "Pairs", "organisations": [organisation.pk]})
    programme = Programme.objects.get()
    assert list(programme.organisations.all()) == [organisation]
    answer = client.post(
        reverse("programme_role_add", args=[programme.pk]),
        {"kind": "lead", "name": "Leah", "email": "LEAD@trust.example"},
    )
    assert answer.status_code == 302
    role = Role.objects.get()
    assert (role.user.email, role.kind, role.programme) == ("lead@trust.example", RoleKind.LEAD, programme)
    assert Message.objects.get(kind="cohorts.role_given").recipient == role.user

    client.force_login(role.user)
    address = reverse("cohort_create", args=[programme.pk])
    assert "Guy&#x27;s and St Thomas&#x27;" in words(client.get(address))
    query = {"preset": "imperial", "starts_on_0": 1, "starts_on_1": 2, "starts_on_2": 2027}
    page = client.get(address, query)
    form = page.context["form"]
    assert form["ends_on"].value() == date(2027, 10, 31)
    sent = {name: value for name, value in form.initial.items() if not isinstance(value, date | list)}
    for name in ("recruits_from", "recruits_until", "publishes_on", "starts_on", "ends_on"):
        sent |= boxes(name, form.initial[name])
    sent |= {"name": "Spring 2027", "elements_on": form.initial["elements_on"]}
    answer = client.post(f"{address}?preset=imperial&starts_on_0=1&starts_on_1=2&starts_on_2=2027", sent)
    cohort = Cohort.objects.get()
    assert answer.url == cohort.get_absolute_url()
    assert (cohort.starts_on, cohort.ends_on) == (date(2027, 2, 1), date(2027, 10, 31))
    assert set(cohort.rungs.filter(eligible_b=True).values_list("term__code", flat=True)) == {"6", "7"}
    assert "Spring 2027" in words(client.get(cohort.get_absolute_url()))


@pytest.mark.parametrize(
    "name",
    [
        "cohort_detail",
        "cohort_timetable",
        "cohort_edit",
        "rung_edit",
        "role_list",
        "role_add",
        "term_list",
        "term_add",
        "participant_list",
        "participant_create",
    ],
)
def test_the_leads_pages_open(client, lead, cohort, name):
    ParticipantFactory(cohort=cohort)
    assert client.get(reverse(name, args=[cohort.pk])).status_code == 200


@pytest.mark.parametrize(
    "name", ["participant_detail", "participant_edit", "participant_state", "participant_withdraw"]
)
def test_the_pages_of_a_participant_open(client, lead, cohort, name):
    participant = ParticipantFactory(cohort=cohort)
    assert participant.name in words(client.get(reverse(name, args=[participant.pk])))


def test_a_level_that_is_none_is_refused_beside_its_grade_and_above(client):
    role = LeadFactory(cohort=None, programme=ProgrammeFactory())
    client.force_login(role.user)
    cohort = actions.make_cohort(
        programme=role.programme,
        preset="imperial",
        name="One",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 10, 31),
        by=role.user,
    )
    address = reverse("rung_edit", args=[cohort.pk])
    spr, st3 = (cohort.rungs.get(term__code=code) for code in ("SpR", "ST3"))
    page = words(client.post(address, {f"rung-{spr.pk}-level": "9", f"rung-{st3.pk}-level": "high"}))
    assert "<title>Error: " in page
    assert page.count("Enter a level from 1 to 5") == page.count("Enter a level as a whole number") == 2
    assert cohort.rungs.get(term__code="SpR").level == 4
    client.post(address, {f"rung-{spr.pk}-level": "2", f"rung-{spr.pk}-eligible_b": "on"})
    spr.refresh_from_db()
    assert (spr.level, spr.eligible_a, spr.eligible_b) == (2, False, True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Enter the name of the cohort"),
        ({"ends_on_1": "13"}, "End date must be a real date"),
        ({"ends_on_2": "2026"}, "End date must be after the launch date"),
        ({"ends_on_2": "9999"}, "Enter a year from 2000 to 2100"),
        ({"meets_every": "0"}, "Enter the days between conversations from 1 to 365"),
        ({"visits_target": "lots"}, "Enter the number of shadowing visits as a whole number"),
        ({"recruits_from_0": "1"}, "Day applications open must include a month and a year"),
    ],
)
def test_a_wrong_value_is_answered_in_words_and_nothing_is_saved(client, lead, cohort, changed, sentence):
    page = words(client.post(reverse("cohort_edit", args=[cohort.pk]), {**COHORT_VALUES, **changed}))
    assert page.count(sentence) == 2  # beside the field and in the summary
    assert page.count("<title>Error: ") == 1
    name = cohort.name
    cohort.refresh_from_db()
    assert cohort.name == name


def test_a_name_that_is_taken_is_said_beside_the_field(client, lead, cohort):
    other = CohortFactory(programme=cohort.programme)
    page = words(client.post(reverse("cohort_edit", args=[cohort.pk]), {**COHORT_VALUES, "name": other.name}))
    assert page.count(f"There is one called {other.name} already") == 2


def test_the_last_lead_stays_and_is_told_why(client, lead, cohort):
    role = Role.objects.get()
    answer = client.post(reverse("role_end", args=[role.pk]), follow=True)
    assert f"Nobody would lead {cohort}" in words(answer)
    assert Role.objects.filter(pk=role.pk).exists()


def test_an_administrator_ends_a_cohorts_role_and_lands_on_a_page_she_may_see(client, cohort):
    client.force_login(AdministratorFactory())
    role = LeadFactory(cohort=cohort)
    LeadFactory(cohort=cohort)
    page = reverse("role_end", args=[role.pk])
    programme = reverse("programme_detail", args=[cohort.programme_id])
    assert words(client.get(page)).count(f'href="{programme}"') == 2  # the way back, and "No"
    answer = client.post(page, follow=True)
    assert answer.redirect_chain == [(programme, 302)]
    assert answer.status_code == 200
    assert not Role.objects.filter(pk=role.pk).exists()


def test_withdrawing_asks_first_and_then_happens(client, lead, cohort):
    participant = ParticipantFactory(cohort=cohort)
    address = reverse("participant_withdraw", args=[participant.pk])
    assert "Withdraw" in words(client.get(address))
    participant.refresh_from_db()
    assert participant.state == "accepted"
    client.post(address)
    participant.refresh_from_db()
    assert participant.state == "withdrawn"
    client.post(reverse("participant_state", args=[participant.pk]), {"to": "accepted"})
    participant.refresh_from_db()
    assert participant.state == "accepted"


def test_a_state_that_does_not_follow_is_refused(client, lead, cohort):
    participant = ParticipantFactory(cohort=cohort, state="applied")
    answer = client.post(reverse("participant_state", args=[participant.pk]), {"to": "completed"})
    assert answer.status_code == 200
    participant.refresh_from_db()
    assert participant.state == "applied"


def test_a_row_is_added_and_switched_off_and_a_shared_row_is_not_found(client, lead, cohort):
    client.post(reverse("term_add", args=[cohort.pk]), {"list": "theme", "label": "Safer discharge"})
    term = Term.objects.get(cohort=cohort)
    listed = f"{reverse('term_list', args=[cohort.pk])}?list=theme"
    assert "Safer discharge" in words(client.get(listed))
    client.post(reverse("term_switch", args=[term.pk]))
    assert "Not offered" in words(client.get(listed))
    shared = Term.objects.filter(cohort=None).first()
    assert client.post(reverse("term_switch", args=[shared.pk])).status_code == 404
    assert client.post(reverse("term_switch", args=[10**30])).status_code == 404


def test_every_line_of_what_needs_a_lead_is_counted_and_leads_to_those_people(client, lead, cohort):
    ParticipantFactory(cohort=cohort, state="applied")
    ParticipantFactory(cohort=cohort, leaves_on=date(2027, 2, 2))
    mine = [one for one in client.get(cohort.get_absolute_url()).context["attention"] if "/people/" in one.url]
    assert [one.count for one in mine] == [1, 1, 1]
    for one in mine:
        assert client.get(one.url).context["page_obj"].paginator.count == one.count


def test_stages_follow_the_calendar(cohort):
    from_to = {"recruits_from": date(2026, 11, 1), "recruits_until": date(2026, 12, 1)}
    actions.change_cohort(cohort=cohort, by=UserFactory(), **from_to)

    def states(on: date) -> list[str]:
        return [stage.state for stage in stages_of(cohort=cohort, on=on)]

    waiting = "not yet started"
    assert states(date(2026, 10, 31)) == [waiting] * 5
    assert states(date(2026, 12, 1)) == ["in progress", *[waiting] * 4]
    ParticipantFactory(cohort=cohort)
    assert states(date(2027, 2, 1)) == ["completed", "completed", "completed", waiting, waiting]
    assert states(date(2027, 10, 31)) == ["completed"] * 5
