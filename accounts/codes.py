"""Codes sent by mail: a mark is kept, the code is worked out from it when it is sent and when it is entered.

The mark is 128 random bits that say nothing by themselves; the code is derived from it with SECRET_KEY. So neither the
outbox nor a session holds a code, and a copy of the database tells none.
"""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

PURPOSE = b"accounts.codes:"
MARK = re.compile(r"code-mark-[0-9a-f]{32}")
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # RFC 8628, section 6.1: no vowels, nothing that looks like a figure
LENGTH = 8


def new_mark() -> str:
    return f"code-mark-{secrets.token_hex(16)}"


def code_of(mark: str) -> str:
    """The code that belongs to a mark: eight letters in two groups, from HMAC-SHA256."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), PURPOSE + mark.encode(), hashlib.sha256)
    number = int.from_bytes(digest)
    letters = ""
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters += LETTERS[rest]
    return f"{letters[:4]}-{letters[4:]}"


def written_out(text: str) -> str:
    """A text with the code in the place of its mark."""
    return MARK.sub(lambda found: code_of(found.group()), text)
