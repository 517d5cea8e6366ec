"""An address that refuses mail: the leads read it, nothing more goes there, and a lead says when it works again."""

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from cohorts.tests.factories import CohortFactory, OrganisationFactory
from cohorts.tests.post import do, lead_of, member, page_of, words, write
from reminders import delivery
from reminders.choices import State
from reminders.models import BadAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial_kinds")]
REFUSES = "This address refuses mail"
WORKS = "This address works again"


@pytest.fixture
def cohort():
    return CohortFactory(name="Spring")


@pytest.fixture
def lead(cohort, client):
    return lead_of(cohort, client)


def person_page(client, person) -> str:
    return words(client.get(person.get_absolute_url()))


def refused(cohort, client):
    """A participant to whom a message was sent, and whose address the mail server refused."""
    person = member(cohort, "Ann Elm", user__email="refuse@trust.example")
    letter = write(cohort, person.user, kind="trial.promised")
    delivery.send_round()
    letter.refresh_from_db()
    assert letter.state == State.FAILED
    return person, letter


def test_leads_read_why_and_nothing_goes_there_until_one_says_that_it_works(client, lead, cohort, by_smtp):
    person, letter = refused(cohort, client)
    for page in (person_page(client, person), page_of(client, letter)):
        assert REFUSES in page
        assert "550 nobody here" in page
        assert WORKS in page
    second = write(cohort, person.user, kind="trial.promised")
    delivery.send_round()
    assert by_smtp.tried == ["refuse@trust.example"]  # the server was not asked again
    assert "Correct it, or say that it works." in page_of(client, second)
    trusted = words(client.post(reverse("participant_trust_address", args=[person.pk]), follow=True))
    assert "Messages go to this address again." in trusted
    assert REFUSES not in trusted
    third = write(cohort, person.user, kind="trial.promised")
    delivery.send_round()
    assert by_smtp.tried == ["refuse@trust.example"] * 2
    assert REFUSES in page_of(client, third)  # it still does


def test_the_page_of_a_message_says_the_same(client, lead, cohort, by_smtp):
    _, letter = refused(cohort, client)
    assert REFUSES not in words(do(client, "post_trust_address", letter))
    assert not BadAddress.objects.exists()
    record = AuditRecord.objects.get(did="said that an address works again")
    assert (record.by, record.scope, record.subject_ref) == (lead, cohort.pk, str(letter.pk))


def test_an_address_that_takes_mail_says_nothing_and_a_second_press_does_nothing(client, lead, cohort):
    person = member(cohort, "Ann Elm")
    assert REFUSES not in person_page(client, person)
    assert REFUSES not in page_of(client, write(cohort, person.user))
    client.post(reverse("participant_trust_address", args=[person.pk]))
    assert not AuditRecord.objects.filter(did__contains="address works").exists()


def test_the_person_does_not_read_it_and_others_leads_change_nothing(client, cohort):
    here, there = cohort.programme.organisations.get(), OrganisationFactory()
    mine, other = member(cohort, "Ann", organisation=here), member(cohort, "Bob", organisation=there)
    for each in (mine, other):
        BadAddress.objects.create(address=each.user.email, why="550 no")
    client.force_login(mine.user)
    assert REFUSES not in person_page(client, mine)
    assert client.post(reverse("participant_trust_address", args=[mine.pk])).status_code == 403
    lead_of(cohort, client, organisation=here)
    letter = write(cohort, mine.user)
    assert REFUSES in page_of(client, letter)
    assert WORKS not in page_of(client, letter)  # on the page of her own people, she says so
    assert client.post(reverse("post_trust_address", args=[cohort.pk, letter.pk])).status_code == 403
    assert client.post(reverse("participant_trust_address", args=[other.pk])).status_code == 404
    assert BadAddress.objects.count() == 2
    client.post(reverse("participant_trust_address", args=[mine.pk]))
    assert BadAddress.objects.get().address == other.user.email


def test_the_page_of_a_message_leads_to_where_the_address_is_corrected(client, lead, cohort, by_smtp):
    person, letter = refused(cohort, client)
    assert f'href="{reverse("participant_edit", args=[person.pk])}">Correct the address</a>' in page_of(client, letter)
