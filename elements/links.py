"""Addresses: those of the rows of a list, whether what somebody typed is one, and a day and hour in one."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from elements import clock

ANYBODY = str(UUID(int=0))
DAY_WRITTEN, HOUR_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d\d:\d\d", re.ASCII)
WEB_ADDRESS = re.compile(r"https?://\S+")


def is_address(text: str) -> bool:
    """Whether a text is nothing but the address of a page, as a meeting's place is when it is online."""
    return WEB_ADDRESS.fullmatch(text) is not None


def at_hour(url: str, moment: datetime) -> str:
    """The address of a form with the day and hour at which it begins: "…?day=2027-01-06&hour=14:00"."""
    here = clock.local(moment)
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'day': here.date(), 'hour': f'{here:%H:%M}'}, safe=':')}"


def hour_asked(query: Mapping[str, str]) -> dict[str, date | time]:
    """The day and hour of such an address, as first values of a form; nothing for what is neither."""
    day, hour = query.get("day", ""), query.get("hour", "")
    if not (DAY_WRITTEN.fullmatch(day) and HOUR_WRITTEN.fullmatch(hour)):
        return {}
    try:
        return {"day": date.fromisoformat(day), "hour": time.fromisoformat(hour)}
    except ValueError:
        return {}


def links_to(name: str, *before) -> Callable[[UUID], str]:
    """A function from an id to the address of the page `name` for it; ids `before` it are the same in every row.

    Django is asked once, because asking for each costs as much as the rest of a row.
    """
    start, end = reverse(name, args=[*before, ANYBODY]).split(ANYBODY)
    return lambda key: f"{start}{key}{end}"
