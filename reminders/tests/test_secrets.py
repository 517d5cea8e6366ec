"""A sign-in code reaches its person and stays nowhere else."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from accounts import codes
from cohorts.tests.factories import UserFactory
from reminders import delivery, outbox, sealing
from reminders.choices import State
from reminders.models import LocalLetter, Message

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b")


@pytest.fixture(autouse=True)
def outbox_backend(settings):
    """Django's tests put another backend in the place of ours; limits of other tests are not ours either."""
    settings.EMAIL_BACKEND = "reminders.backend.OutboxBackend"
    cache.clear()


@pytest.fixture
def person():
    someone = UserFactory(email="ann@trust.example")
    EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    return someone


def ask_for_code(client, **headers):
    return client.post(reverse("account_request_login_code"), {"email": "ann@trust.example"}, headers=headers)


def everything_stored() -> str:
    return "\n".join(str(row) for row in Message.objects.values_list())


def test_a_code_asked_for_is_in_the_mailbox_at_once_and_signs_in(client, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_code(client).status_code == 302
    letter, row = LocalLetter.objects.get(), Message.objects.get()
    assert (letter.to_addr, row.recipient, row.kind) == ("ann@trust.example", person, "reminders.account_message")
    assert (row.state, row.sealed, row.ref) == (State.SENT, "", {})
    code = CODE.search(letter.text).group()
    assert code not in everything_stored()
    signed_in = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert (signed_in.status_code, signed_in.url) == (302, reverse("home"))


def test_the_code_is_worked_out_at_sending_and_stored_nowhere(client, person):
    ask_for_code(client)
    row = Message.objects.get()
    assert row.state == State.QUEUED
    text = sealing.open_sealed(row.sealed)["text"]
    mark = codes.MARK.search(text).group()
    code = codes.code_of(mark)
    held = everything_stored() + text + str(list(client.session.items()))
    assert mark in held
    assert code not in held
    assert code.replace("-", "") not in held
    delivery.send_round()
    letter = LocalLetter.objects.get().text
    assert code in letter
    assert mark not in letter
    assert code not in everything_stored()


def test_the_mark_itself_is_no_code(client, person):
    ask_for_code(client)
    mark = codes.MARK.search(sealing.open_sealed(Message.objects.get().sealed)["text"]).group()
    page = client.post(reverse("account_confirm_login_code"), {"code": mark})
    assert page.status_code == 200
    assert reverse("account_login") in client.get(reverse("home"))["Location"]


def test_where_no_code_was_made_none_is_right(client):
    client.post(reverse("account_request_login_code"), {"email": "nobody@trust.example"})
    for code in ("", codes.code_of("")):
        assert client.post(reverse("account_confirm_login_code"), {"code": code}).status_code == 200


def test_codes_of_other_marks_and_keys_differ(settings):
    marks = [codes.new_mark() for _ in range(200)]
    found = [codes.code_of(mark) for mark in marks]
    assert len(set(found)) == 200
    assert all(re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", code) for code in found)
    settings.SECRET_KEY = "n" * 60
    assert codes.code_of(marks[0]) != found[0]


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-host", "forwarded", "x-original-host"])
def test_a_foreign_host_is_in_no_message(client, person, name):
    ask_for_code(client, **{name: "evil.example"})
    delivery.send_round()
    letter = LocalLetter.objects.get()
    assert "evil.example" not in letter.subject + letter.text + letter.html


def test_a_request_under_a_foreign_host_posts_nothing(client, person):
    assert ask_for_code(client, host="evil.example").status_code == 400
    assert not Message.objects.exists()


def test_a_sealed_text_opens_with_its_own_key_or_an_earlier_one_only(settings):
    closed = sealing.seal({"text": "1234"})
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert sealing.open_sealed(closed) == {"text": "1234"}
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.CannotOpen):
        sealing.open_sealed(closed)


def test_a_text_that_nobody_can_open_fails_and_is_emptied(client, person, settings):
    ask_for_code(client)
    settings.SECRET_KEY = "n" * 60
    delivery.send_round()
    assert list(Message.objects.values_list("state", "sealed")) == [(State.FAILED, "")]


def test_a_message_to_many_becomes_one_each():
    EmailMessage("Hello", "there", to=["a@x.example", "b@x.example"], cc=["c@x.example"]).send()
    delivery.send_round()
    assert sorted(LocalLetter.objects.values_list("to_addr", flat=True)) == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
    ]


def test_trouble_with_sending_never_reaches_the_request(
    client, person, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(delivery, "send_one", lambda pk: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_for_code(client).status_code == 302
    assert Message.objects.get().state == State.QUEUED


@pytest.mark.usefixtures("trial_kinds")
def test_what_waits_on_purpose_wakes_nobody(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as woken, transaction.atomic():
        outbox.post(kind="trial.pressing", to="a@x.example", ref={}, key="1", not_before=timedelta(minutes=1))
        outbox.post(kind="trial.told", to="a@x.example", ref={}, key="2")
    assert woken == []
    with django_capture_on_commit_callbacks() as woken, transaction.atomic():
        outbox.post(kind="trial.pressing", to="a@x.example", ref={}, key="3")
    assert len(woken) == 1
