"""Which page shows a session: each room says so for its kind, because nothing down here knows the rooms."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


class RegisteredTwice(ValueError):
    """Two rooms claim the same kind of session."""


@dataclass(frozen=True)
class Room:
    """What a room says of its sessions: the name of their page's address, and what one is called.

    `hours` is the name of an address with the key of a cohort, in the one room that counts the hours of all sessions.
    """

    kind: str  # the room's slug, so that a cohort that has switched the room off is known
    url_name: str  # of an address with the key of a session
    noun: str  # "workshop", "design surgery"
    hours: str = ""


_rooms: dict[str, Room] = {}


def register(kind: str, *, url_name: str, noun: str, hours: str = "") -> Room:
    """Say, from a room's `element.py`, where its sessions are shown; the same twice is once."""
    room = Room(kind, url_name, noun, hours)
    if _rooms.setdefault(kind, room) != room:
        raise RegisteredTwice(f"The sessions of {kind!r} have a page already.")
    return room


def noun_of(session) -> str:
    """What a session is called in a sentence."""
    return _rooms[session.kind].noun if session.kind in _rooms else "session"


def has_sessions(cohort) -> bool:
    """Whether a cohort uses any of the rooms that have sessions."""
    return any(kind not in cohort.elements_off for kind in _rooms)


def path_of_hours(cohort) -> str:
    """The address of what the sessions of a cohort cost in hours; "" where no room counts them.

    It is there also for a cohort that has switched off the room that counts, as long as it uses another one.
    """
    return next((reverse(room.hours, args=[cohort.pk]) for room in _rooms.values() if room.hours), "")


def path_of(kind: str, key) -> str:
    """The address of the page of a session; the first page where no room shows such sessions."""
    return reverse(_rooms[kind].url_name, args=[key]) if kind in _rooms else "/"


def address_of(session) -> str:
    """The whole address of that page for a message, by way of a code that signs in whoever opens it."""
    path = path_of(session.kind, session.pk)
    return f"{settings.SITE_URL}{reverse('account_request_login_code')}?{urlencode({'next': path})}"
