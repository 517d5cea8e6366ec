"""Browsers in which somebody has signed in before: a stranger's guesses elsewhere do not count against them.

The cookie holds, for each of the last few people, a random mark and its HMAC with the address. It signs nobody in and
names nobody; it only gives the next tries in this browser a count of their own (OWASP, "Slow Down Online Guessing
Attacks with Device Cookies").
"""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.names import fold_email

LIVES_FOR = 180 * 24 * 3600  # seconds
PEOPLE = 5  # a computer on a ward has several


def _proof(mark: str, email: str) -> str:
    return salted_hmac("accounts.known-browser", f"{mark}:{fold_email(email)}", algorithm="sha256").hexdigest()


def _entries(request) -> list[tuple[str, str]]:
    """(mark, proof) of everybody in the cookie."""
    kept = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, "")[:1000]
    return [(mark, proof) for mark, _, proof in (entry.partition("-") for entry in kept.split(".")) if proof]


def mark_of(request, email: str) -> str:
    """The mark of this browser if this address has signed in here, else empty."""
    for mark, proof in _entries(request):
        if constant_time_compare(proof, _proof(mark, email)):
            return mark
    return ""


def remember(request, response, email: str) -> None:
    """Let this browser be known to this address from now on."""
    others = [
        (mark, proof) for mark, proof in _entries(request) if not constant_time_compare(proof, _proof(mark, email))
    ]
    mark = secrets.token_hex(16)
    entries = [(mark, _proof(mark, email)), *others][:PEOPLE]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        ".".join("-".join(entry) for entry in entries),
        max_age=LIVES_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
