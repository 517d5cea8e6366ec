"""Texts of account messages, closed for the few minutes that they wait.

They come from the sign-in library finished, and say who asks for what; the code itself is not in them but derived at
sending (accounts/codes.py). The text waits encrypted (Fernet: AES-128-CBC and HMAC-SHA256) under a key derived from
SECRET_KEY, and is emptied as soon as the row is done or ten minutes have passed. A copy of the database alone does not
tell it.
"""

import base64
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = "reminders.sealing"


class CannotOpen(ValueError):
    """Sealed with a key that is gone."""


def _cipher() -> MultiFernet:
    """Today's key first, then those that SECRET_KEY_FALLBACKS still honours."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (salted_hmac(PURPOSE, "key", secret=secret, algorithm="sha256").digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def seal(texts: dict[str, str]) -> str:
    return _cipher().encrypt(json.dumps(texts).encode()).decode()


def open_sealed(sealed: str) -> dict[str, str]:
    """The texts again; CannotOpen if no key fits."""
    try:
        return json.loads(_cipher().decrypt(sealed.encode()))
    except InvalidToken:
        raise CannotOpen("The text was sealed with a key that is gone.") from None
