"""Sign-in by password and by code: nobody is told who is known here, and everybody comes back to where they were."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.codes import written_out
from accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "three random words here"
NEXT = "/accounts/sessions/"


@pytest.fixture(autouse=True)
def letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def person():
    person = User.objects.create_user("ada@trust.example", PASSWORD, name="Ada")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def code_in(letter) -> str:
    return re.search(r"^    (\S+)$", written_out(letter.body), re.M).group(1)


def test_password_leads_back_to_the_page_that_asked(client, person):
    asked = client.get(NEXT)
    assert asked.url == f"/accounts/login/?next={NEXT}"
    page = client.get(asked.url).content.decode()
    assert f'name="next" value="{NEXT}"' in page
    assert "sign up" not in page.lower()
    sent = client.post(reverse("account_login"), {"login": "ADA@trust.example", "password": PASSWORD, "next": NEXT})
    assert sent.url == NEXT


def test_code_leads_back_to_the_page_that_asked(client, person):
    page = client.get(f"/accounts/login/?next={NEXT}").content.decode()
    assert f'href="/accounts/login/code/?next={NEXT.replace("/", "%2F")}"' in page
    sent = client.post(reverse("account_request_login_code"), {"email": "ada@trust.example", "next": NEXT})
    assert mail.outbox[0].subject == "Your sign-in code"
    done = client.post(sent.url, {"code": code_in(mail.outbox[0]), "next": NEXT})
    assert done.url == NEXT
    assert client.get(NEXT).status_code == 200


@pytest.mark.parametrize(("ticked", "lives"), [({"own_phone": "on"}, 30 * 24 * 3600), ({}, 0)])
def test_a_phone_of_ones_own_is_remembered_through_the_code(client, person, ticked, lives):
    sent = client.post(reverse("account_request_login_code"), {"email": "ada@trust.example", **ticked})
    client.post(sent.url, {"code": code_in(mail.outbox[0])})
    assert client.get("/").status_code == 200
    assert client.session.get("_session_expiry", 0) == lives


def test_a_new_password_by_code(client, person):
    sent = client.post(reverse("account_reset_password"), {"email": "ada@trust.example"})
    letter = mail.outbox[0]
    assert letter.subject == "Your code for a new password"
    sent = client.post(sent.url, {"code": code_in(letter)})
    refused = client.post(sent.url, {"password1": PASSWORD + " 2", "password2": "another"})
    assert refused.context["form"].errors == {"password2": ["Enter the same new password twice"]}
    client.post(sent.url, {"password1": PASSWORD + " 2", "password2": PASSWORD + " 2"})
    person.refresh_from_db()
    assert person.check_password(PASSWORD + " 2")


def test_nobody_is_written_to_whose_address_is_not_known(client):
    answer = client.post(reverse("account_request_login_code"), {"email": "nobody@trust.example"})
    assert answer.status_code == 302
    assert mail.outbox == []


def test_sign_up_is_by_invitation_only(client):
    page = client.get(reverse("account_signup")).content.decode()
    assert "By invitation only" in page
    client.post(reverse("account_signup"), {"email": "new@trust.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("url", "sentences"),
    [
        ("account_login", {"login": ["Enter your email address"], "password": ["Enter your password"]}),
        ("account_request_login_code", {"email": ["Enter your email address"]}),
        ("account_reset_password", {"email": ["Enter your email address"]}),
    ],
)
def test_empty_forms_say_what_to_do(client, url, sentences):
    assert client.post(reverse(url), {}).context["form"].errors == sentences


def test_letters_name_the_site_and_greet_in_our_words(client, person):
    client.post(reverse("account_request_login_code"), {"email": "ada@trust.example"})
    body = mail.outbox[0].body
    assert body.startswith("Hello,")
    assert body.endswith("Paired Learning\nhttp://localhost:8000")


def signed_in_by_code(client, address: str) -> None:
    sent = client.post(reverse("account_request_login_code"), {"email": address})
    client.post(sent.url, {"code": code_in(mail.outbox[-1])})


def test_somebody_without_a_password_may_choose_one_and_add_an_address(client):
    person = User.objects.create_user("new@trust.example", None, name="New")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    signed_in_by_code(client, person.email)
    added = client.post(reverse("account_email"), {"email": "other@trust.example", "action_add": "1"})
    assert added.status_code == 302
    assert added.url == reverse("account_email_verification_sent")
    client.post(added.url, {"code": code_in(mail.outbox[-1])})
    assert EmailAddress.objects.filter(user=person, email="other@trust.example", verified=True).exists()
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_an_address_is_added_only_after_the_password_was_given_again(client, person):
    client.force_login(person)
    add = {"email": "other@trust.example", "action_add": "1"}
    asked = client.post(reverse("account_email"), add)
    assert asked.url.startswith(reverse("account_reauthenticate"))
    refused = client.post(asked.url, {"password": "something else"})
    assert refused.context["form"].errors == {"password": ["Check your password: it is not right"]}
    assert "Error: Confirm that it is you" in refused.content.decode()
    client.post(asked.url, {"password": PASSWORD})
    assert "other@trust.example" in [address for letter in mail.outbox for address in letter.to]
