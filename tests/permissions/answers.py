"""What of an answer a stranger could compare: status, headers and body, without what is drawn anew each time."""

import re
import time
import uuid

from django.db.models import Model
from django.utils.http import parse_http_date

A_MINUTE = 60
DRAWN = [
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r"nonce(-|=\")[A-Za-z0-9+/=_-]+"),
]


def telling(response, *hidden: str) -> tuple[int, tuple, str]:
    """(status, headers, body) with nonces, tokens and each of `hidden` (the address itself) taken out."""
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "replace")
    headers = sorted(
        (name, _timeless(name, value)) for name, value in response.items() if name.lower() != "content-length"
    )
    for pattern in DRAWN:
        text = pattern.sub("", text)
        headers = [(name, pattern.sub("", value)) for name, value in headers]
    for word in hidden:
        text = text.replace(word, "")
        headers = [(name, value.replace(word, "")) for name, value in headers]
    return response.status_code, tuple(headers), text


def _timeless(name: str, value: str) -> str:
    """The second of the answer itself tells nobody anything, and two answers may stand on either side of it."""
    is_moment = name.lower() == "expires" and abs(parse_http_date(value) - time.time()) < A_MINUTE
    return "now" if is_moment else value


def missing_like(thing) -> object:
    """A key of the same type that belongs to nothing."""
    key = thing.pk if isinstance(thing, Model) else thing
    if isinstance(key, uuid.UUID):
        return uuid.uuid4()
    if isinstance(key, int):
        return key + 1_000_003
    return f"{key}-that-is-not-there"
