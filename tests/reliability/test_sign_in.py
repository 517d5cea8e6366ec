"""Signing in: nobody can be found out, nobody can be locked out, and one person is one address."""

import time

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model, hashers
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import make_known
from accounts.models import User
from tests.permissions.answers import telling
from tests.permissions.world import WORD, World

UNKNOWN = "nobody.at.all@trust.example"
ENTRANCES = {
    "account_login": {"login": "{address}", "password": "not the right words"},
    "account_request_login_code": {"email": "{address}"},
    "account_reset_password": {"email": "{address}"},
}


@pytest.fixture
def world(db):
    cache.clear()
    yield World()
    cache.clear()


def enter(step: str, address: str, **extra):
    """A fresh browser's answer at an entrance: what it tells, its queries of people, and hashes computed."""
    client, hashed = Client(), []
    cache.clear()
    client.get(reverse(step))
    hasher = type(hashers.get_hasher())
    real = hasher.encode
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(hasher, "encode", lambda self, *a, **k: (hashed.append(1), real(self, *a, **k))[1])
        answer = client.post(reverse(step), {k: v.format(address=address) for k, v in ENTRANCES[step].items()}, **extra)
        page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    people = [
        query["sql"] for query in asked if query["sql"].startswith("SELECT") and "django_session" not in query["sql"]
    ]
    return telling(answer, address), telling(page, address), len(people), len(hashed)


@pytest.mark.parametrize("step", ENTRANCES)
def test_known_and_unknown_addresses_are_told_the_same(step, world):
    """Same status, same words, and the same number of hashes: sign-in cannot be used to ask who takes part."""
    known, unknown = enter(step, world.doctor.email), enter(step, UNKNOWN)
    assert known[0] == unknown[0]
    assert known[1] == unknown[1]
    assert known[3] == unknown[3]
    assert known[3] >= (step == "account_login"), "nothing was hashed, so nothing was compared"


@pytest.mark.parametrize("step", ENTRANCES)
def test_known_and_unknown_addresses_take_alike_long(step, world, is_full):
    """Median of many tries; the long figure only."""
    if not is_full:
        tries, slack = 7, 5.0
    else:
        tries, slack = 200, 1.25

    def median(address):
        took = []
        for _ in range(tries):
            began = time.process_time()
            enter(step, address)
            took.append(time.process_time() - began)
        return sorted(took)[len(took) // 2]

    known, unknown = median(world.doctor.email), median(UNKNOWN)
    assert max(known, unknown) / min(known, unknown) < slack


GUESSES_FROM = "192.0.2.7"


def sign_in(client, address: str, password: str, forged: int = 0, **extra):
    """Try to sign in; `forged` goes into a header that anybody may send."""
    return client.post(
        reverse("account_login"),
        {"login": address, "password": password},
        headers={"x-forwarded-for": f"198.51.100.{forged}", "x-real-ip": f"198.51.100.{forged}"},
        **extra,
    )


def is_limited(answer) -> bool:
    return answer.status_code == 429 or b"too many attempts" in answer.content.lower()


def is_in(answer) -> bool:
    return (answer.status_code, answer.headers.get("Location")) == (302, reverse("home"))


def spelling(address: str, number: int) -> str:
    """The same address, written otherwise."""
    return [address, address.upper(), address.replace("t", "\uff54")][number % 3]


def test_a_stranger_who_guesses_does_not_lock_the_victim_out(world):
    """Fifty wrong guesses from elsewhere, with a forged address each; then the right words from her own browser."""
    guesser = Client()
    tries = [
        is_limited(
            sign_in(guesser, spelling(world.lead.email, number), f"guess {number}", number, REMOTE_ADDR=GUESSES_FROM)
        )
        for number in range(50)
    ]
    assert tries.index(True) == 10, "the eleventh try is the first that is refused unseen"
    assert all(tries[10:])
    assert is_limited(sign_in(Client(), world.lead.email, WORD, REMOTE_ADDR=GUESSES_FROM)), "a right guess is told"
    assert is_in(sign_in(Client(), world.lead.email, WORD, REMOTE_ADDR="192.0.2.8"))
    # A colleague of the guesser, behind the same address of the hospital.
    assert is_in(sign_in(Client(), world.doctor.email, WORD, REMOTE_ADDR=GUESSES_FROM))


def test_in_her_usual_browser_the_victim_signs_in_behind_the_guessers_own_address(world):
    hers = Client()
    assert is_in(sign_in(hers, world.lead.email, WORD, REMOTE_ADDR=GUESSES_FROM))
    hers.post(reverse("account_logout"), REMOTE_ADDR=GUESSES_FROM)
    for number in range(12):
        answer = sign_in(Client(), world.lead.email, f"guess {number}", REMOTE_ADDR=GUESSES_FROM)
    assert is_limited(answer)
    assert is_in(sign_in(hers, world.lead.email, WORD, REMOTE_ADDR=GUESSES_FROM))


def test_a_known_browser_is_no_way_to_guess_without_end_nor_to_guess_at_another(world):
    known = Client()
    sign_in(known, world.doctor.email, WORD, REMOTE_ADDR=GUESSES_FROM)
    known.post(reverse("account_logout"), REMOTE_ADDR=GUESSES_FROM)
    for somebody in (world.doctor, world.lead):
        tries = [
            is_limited(sign_in(known, somebody.email, f"guess {number}", REMOTE_ADDR=GUESSES_FROM))
            for number in range(12)
        ]
        assert tries.index(True) == 10
    forged = Client()
    forged.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = "0" * 32 + "-" + "0" * 64
    assert is_limited(sign_in(forged, world.lead.email, "guess", REMOTE_ADDR=GUESSES_FROM))


def test_several_people_of_one_computer_are_known_in_its_browser(world):
    ward, people = Client(), [world.doctor, world.manager, world.lead]
    for person in people:
        sign_in(ward, person.email, WORD)
        ward.post(reverse("account_logout"))
    for person in people:
        for number in range(12):
            sign_in(Client(), person.email, f"guess {number}")
        assert is_in(sign_in(ward, person.email, WORD))
        ward.post(reverse("account_logout"))


def test_many_addresses_that_guess_at_one_account_are_slowed(world):
    """Three tries from each address stay under its limit; together they meet the account's."""
    hers = Client()
    sign_in(hers, world.lead.email, WORD)
    hers.post(reverse("account_logout"))
    tries = [
        is_limited(sign_in(Client(), world.lead.email, f"guess {n}", REMOTE_ADDR=f"203.0.113.{n // 3}"))
        for n in range(66)
    ]
    assert tries.index(True) == 60
    assert all(tries[60:])
    assert is_in(sign_in(hers, world.lead.email, WORD)), "in her usual browser nothing has changed"
    letter = Client().post(reverse("account_request_login_code"), {"email": world.lead.email})
    assert letter["Location"] == reverse("account_confirm_login_code"), "a code by mail is always a way in"


def test_one_address_that_guesses_at_many_accounts_is_slowed(world):
    tries = [
        is_limited(sign_in(Client(), f"person{n}@trust.example", "guess", REMOTE_ADDR=GUESSES_FROM)) for n in range(102)
    ]
    assert tries.index(True) == 100


def test_support_pages_offer_no_second_way_in(world):
    """Guesses at the support pages' own sign-in would not be counted: there is none."""
    client = Client()
    answer = client.post(reverse("admin:login"), {"username": world.administrator.email, "password": WORD})
    assert "_auth_user_id" not in client.session
    assert answer.status_code in {302, 403, 404}


SPELLINGS = [
    ("Anna@Trust.Example", "anna@trust.example"),
    ("\u212aim@trust.example", "kim@trust.example"),  # the Kelvin sign
    ("\ufb01nn@trust.example", "finn@trust.example"),  # a ligature
    ("\uff41\uff42@trust.example", "ab@trust.example"),  # full width
    ("stra\u00dfe@trust.example", "strasse@trust.example"),  # sharp s
    ("  anna@trust.example ", "anna@trust.example"),
]


@pytest.mark.parametrize(("written", "stored"), SPELLINGS)
def test_one_address_in_several_spellings_is_one_person(written, stored, world):
    first = make_known(email=written, name="Anna", by=world.lead)
    assert first.email == stored
    assert make_known(email=stored, name="Another", by=world.lead) == first
    assert get_user_model().objects.get_by_natural_key(written) == first


@pytest.mark.parametrize("written", ["\u0430nna@trust.example", "anna@tru\u0455t.example", "anna\u0131@trust.example"])
def test_letters_that_only_look_alike_are_refused_in_words(written, world):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="plain letters"):
        make_known(email=written, name="Anna", by=world.lead)


def test_the_database_itself_knows_one_person_by_address(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=world.doctor.email.upper())])


@pytest.mark.parametrize("written", ["DOCTOR@TRUST.EXAMPLE", "doctor@\uff54rust.example"])
def test_a_code_goes_to_the_stored_address_only(written, world, monkeypatch):
    """Whatever spelling is typed, mail goes to the address that was given to us before."""
    from accounts.adapter import InvitationOnly

    sent = []
    monkeypatch.setattr(InvitationOnly, "send_mail", lambda self, name, email, context: sent.append((name, email)))
    for step in ("account_request_login_code", "account_reset_password"):
        Client().post(reverse(step), {"email": written})
    assert [email for _, email in sent] == [world.doctor.email] * 2


def test_a_get_signs_nobody_in_or_out_and_uses_nothing_up(world):
    """Scanners of mail open every link."""
    client = Client()
    for step in ("account_confirm_login_code", "account_confirm_password_reset_code", "account_login"):
        for _ in range(20):
            client.get(reverse(step))
            client.head(reverse(step))
    assert "_auth_user_id" not in client.session


def test_nobody_can_sign_up(world):
    before = User.objects.count()
    Client().post(reverse("account_signup"), {"email": UNKNOWN, "password1": WORD, "password2": WORD})
    assert User.objects.count() == before


def test_packages_are_above_the_versions_that_told_too_much():
    import allauth
    import django

    assert allauth.VERSION[:3] >= (65, 14, 2)
    assert django.VERSION[:3] >= (5, 2, 11)
