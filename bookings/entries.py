"""How a session stands in a calendar: the same for the file with a message and for the private feed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from bookings.models import Session
from bookings.pages import noun_of, path_of
from elements.contract import Event

NO_PLACE = "Not said yet"


@dataclass(frozen=True)
class Part:
    """What somebody has to do with a session: an entry of a calendar of its own, which never comes back once it went.

    `changes` grows with each change of this part, as the session's own number does with each change of the session.
    """

    uid: str
    changes: int = 0
    slot: int | None = None

    @classmethod
    def of_booking(cls, key, changes: int = 0, slot: int | None = None) -> "Part":
        return cls(f"booking-{key}@pairedlearning", changes, slot)

    @classmethod
    def of_host(cls, key, changes: int = 0) -> "Part":
        return cls(f"session-host-{key}@pairedlearning", changes)


def times(session: Session, slot: int | None) -> tuple[datetime, datetime]:
    """When somebody comes: for the slot, where it is one."""
    return session.slot(slot) if slot and session.has_slots else (session.starts_at, session.ends_at)


def where(session: Session) -> str:
    """The place in words; whoever cannot come there finds the link beside it."""
    if session.place and session.link:
        return f"{session.place}, or online: {session.link}"
    return session.place or session.link or NO_PLACE


def way_to(session: Session) -> str:
    """For a reader who is told no more: whether it is online, or whether people know where."""
    if session.link and not session.place:
        return "Online"
    return "At an agreed place" if session.place else "No place yet"


def entry(session: Session, part: Part, *, cancelled: bool = False, description: str = "", whose: Any = None) -> Event:
    starts_at, ends_at = times(session, part.slot)
    return Event(
        uid=part.uid,
        sequence=session.sequence + part.changes,
        summary=session.title,
        starts_at=starts_at,
        ends_at=ends_at,
        changed_at=session.changed_at,
        place="" if where(session) == NO_PLACE else where(session),
        description=description,
        url=f"{settings.SITE_URL}{path_of(session.kind, session.pk)}",
        cancelled=cancelled or session.is_off,
        cohort=session.cohort_id,
        whose=whose,
        kind=noun_of(session),
        way=way_to(session),
    )
