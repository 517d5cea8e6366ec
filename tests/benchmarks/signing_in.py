"""Signing in with a password against checking the password's hash alone."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.benchmarks.population import WORD, empty_cohort
from tests.benchmarks.turns import row


def rows():
    """One figure; each turn comes without cookies and hands in the form.

    Whoever signs in has no other session open: the sign-in package looks each of those up, a millisecond each, and the
    turns before would be seven that nobody closed.
    """
    lead = empty_cohort("signing-in")[1]
    address = reverse("account_login")
    client = Client(SERVER_NAME="localhost")

    def sign_in():
        answer = client.post(address, {"login": lead.email, "password": WORD})
        if answer.status_code != 302:
            raise AssertionError("Nobody was signed in.")

    def signed_out():
        client.cookies.clear()
        cache.clear()  # attempts are counted by address: without this the later turns would be refused
        for session in UserSession.objects.filter(user=lead):
            session.end()

    known = partial(check_password, WORD, lead.password)
    return [row("password sign-in", sign_in, known, 1.05, rounds=7, before=signed_out)]
