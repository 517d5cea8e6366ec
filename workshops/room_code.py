"""The code that is shown in the room: six figures reckoned from the clock, kept nowhere.

The address that phones read from the screen carries it, so it comes to stand in histories and in the log of the server.
That is no loss: it says "I am in the room" for ten minutes at most, only for this date, and only from somebody who is
signed in and has a place, whose register a host can correct. Following the address says nothing yet; a button does.
"""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from workshops.models import Meeting

PURPOSE = "workshops.room-code"
STEP = timedelta(minutes=5)  # how long one code is shown; it works for as long again, for whoever types slowly
FIGURES = 6
TRIES = 5  # wrong codes of one person at one date; then a host says that she is there


def code_of(meeting: Meeting, now: datetime) -> str:
    """What the room is shown at this moment."""
    return _code(meeting, _step(now))


def address_of(meeting: Meeting, code: str) -> str:
    """The whole address of the page for checking in, with the code in its box."""
    return f"{settings.SITE_URL}{reverse('meeting_check_in', args=[meeting.pk])}?{urlencode({'code': code})}"


def in_an_address(text: str) -> str:
    """What an address says the code is; "" where it is none."""
    return text if re.fullmatch(rf"[0-9]{{{FIGURES}}}", text) else ""


def shown_until(now: datetime) -> datetime:
    """Until when that code works."""
    return datetime.fromtimestamp((_step(now) + 2) * STEP.total_seconds(), UTC)


def renewed_in(now: datetime) -> int:
    """In how many seconds another code is shown: a moment after the change, so that a page that asks then has it."""
    return int((_step(now) + 1) * STEP.total_seconds() - now.timestamp()) + 1


def is_code(meeting: Meeting, typed: str, now: datetime) -> bool:
    """Whether this is the code that is shown, or the one before. Both are compared, in the same time."""
    step = _step(now)
    found = [constant_time_compare(typed, _code(meeting, each)) for each in (step, step - 1)]
    return any(found)


def _step(now: datetime) -> int:
    return int(now.timestamp() // STEP.total_seconds())


def _code(meeting: Meeting, step: int) -> str:
    digest = salted_hmac(PURPOSE, f"{meeting.pk}:{step}", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**FIGURES:0{FIGURES}}"
