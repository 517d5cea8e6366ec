"""Who or what has two sessions at one time: a warning, never a refusal, and the same on every database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from bookings.models import Attendee, Host, Session
from bookings.pages import noun_of
from cohorts.models import Cohort
from elements.phrases import in_a_row


@dataclass(frozen=True)
class Overlap:
    """Another session at that time, and why it matters: a host is in it, a person has a place in it, or the room."""

    session: Session
    hosts: tuple[str, ...] = ()
    has_place: bool = False
    is_same_room: bool = False
    is_elsewhere: bool = False  # in another programme, whose leads need not tell what they call it

    @property
    def sentence(self) -> str:
        """For whoever looks after the session; it names hosts, and nobody who comes."""
        noun = noun_of(self.session)
        what = f"another {noun}" if self.is_elsewhere else f"the {noun} “{self.session.title}”"
        at_the_time = f"{what} on {self.session.when}"
        said = []
        if self.hosts:
            said.append(f"{in_a_row(self.hosts)} {'has' if len(self.hosts) == 1 else 'have'} to do with {at_the_time}.")
        if self.is_same_room:
            said.append(f"{self.session.place} is used by {at_the_time}.")
        if self.has_place:
            said.append(f"Somebody who comes has a place in {at_the_time}.")
        return " ".join(said)


def overlaps(
    *,
    cohort: Cohort,
    starts_at: datetime,
    ends_at: datetime,
    hosts: Iterable = (),
    people: Iterable = (),
    place: str = "",
    besides: Session | None = None,
) -> list[Overlap]:
    """Other sessions between these moments: of hosts, of people who have a place (users both), or in a room.

    Rooms are told apart by their names within a programme, letter by letter. What only touches does not overlap. Three
    queries at most, however many there are.
    """
    hosting, coming = {each.pk for each in hosts}, {each.pk for each in people}
    hosted = Host.objects.filter(session=OuterRef("pk"), user__in=hosting | coming)
    booked = Attendee.objects.booked().filter(session=OuterRef("pk"), participant__user__in=hosting | coming)
    same_room = Q(place=place, cohort__programme=cohort.programme_id) if place else Q(pk__in=[])
    found = Session.objects.at_the_time(starts_at, ends_at).exclude(pk=getattr(besides, "pk", None))
    found = found.filter(Exists(hosted) | Exists(booked) | same_room).select_related("cohort")
    return _told(list(found.order_by("starts_at", "pk")), cohort, hosting, coming, place)


def _told(sessions: list[Session], cohort: Cohort, hosting: set, coming: set, place: str) -> list[Overlap]:
    """Hosts are named whatever they do there; of those who come no name is told."""
    names: dict[Any, set[str]] = {each.pk: set() for each in sessions}
    with_place = set()
    hosts = Host.objects.filter(session__in=sessions, user__in=hosting | coming)
    booked = Attendee.objects.booked().filter(session__in=sessions, participant__user__in=hosting | coming)
    rows = [
        *hosts.order_by().values_list("session", "user", "user__name"),
        *booked.order_by().values_list("session", "participant__user", "participant__user__name"),
    ]
    for session, user, name in rows:
        if user in hosting:
            names[session].add(name)
        if user in coming:
            with_place.add(session)
    return [
        Overlap(
            session=each,
            hosts=tuple(sorted(names[each.pk])),
            has_place=each.pk in with_place,
            is_same_room=bool(place) and each.place == place and each.cohort.programme_id == cohort.programme_id,
            is_elsewhere=each.cohort.programme_id != cohort.programme_id,
        )
        for each in sessions
    ]


def overlaps_of(session: Session) -> list[Overlap]:
    """What lies across a session: for its hosts, for those who have a place in it, and in its room."""
    hosts = [host.user for host in session.hosts.select_related("user")]
    people = [each.participant.user for each in session.attendees.booked().select_related("participant__user")]
    times = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    return overlaps(cohort=session.cohort, **times, hosts=hosts, people=people, place=session.place, besides=session)
