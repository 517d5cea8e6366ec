"""Who can host the surgeries of a cohort, what else stands in their calendars then, and whether anybody comes."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from bookings.entries import Part
from bookings.models import Session
from cohorts.choices import RoleKind
from cohorts.models import Cohort, Role
from elements import clock, diary

MOST_HOSTS = 2  # one or two leads talk with a small group


def leads_of(cohort: Cohort) -> list[User]:
    """Leads of the cohort or of its programme, each once, by name. One query."""
    roles = Role.objects.reaching(cohort).filter(kind=RoleKind.LEAD, user__is_active=True)
    people = {role.user_id: role.user for role in roles}
    return sorted(people.values(), key=lambda user: (user.name, str(user.pk)))


def is_asked_for(session: Session) -> bool:
    """Whether anybody has a place, is offered one or waits. One query."""
    return session.attendees.live().exists()


def in_the_way(
    cohort: Cohort, hosts: Iterable[User], times: Iterable[tuple[datetime, datetime]], *, place: str = "", but=None
) -> list[str]:
    """What hosts have at these times, and what else is in that room, as sentences without a full stop.

    Of hosts only what sort of thing it is. `but` is the session that is moved, read with its hosts. Each element is
    asked once, and the rooms once, however many times there are.
    """
    moved = {Part.of_host(host.pk).uid for host in but.hosts.all()} if but else set()
    hosts, times = list(hosts), list(times)
    found = diary.of(hosts)
    told = [
        f"{host.name} has {_what(event)} then: {clock.span(event.starts_at, event.ends_at)}"
        for starts_at, ends_at in times
        for host in hosts
        for event in diary.in_the_way(found[host.pk], starts_at=starts_at, ends_at=ends_at)
        if event.uid not in moved
    ]
    return [*told, *_in_room(cohort, place, times, but=but)]


def _in_room(cohort: Cohort, place: str, times: list[tuple[datetime, datetime]], *, but) -> list[str]:
    if not (place and times):
        return []
    between = Session.objects.at_the_time(min(times)[0], max(last for _, last in times))
    rooms = between.filter(place=place, cohort__programme=cohort.programme_id).exclude(pk=getattr(but, "pk", None))
    return [
        f"{place} is used then: {clock.span(session.starts_at, session.ends_at)}"
        for session in rooms.order_by("starts_at", "pk")
        if any(session.starts_at < last and session.ends_at > first for first, last in times)
    ]


def _what(event) -> str:
    return f"a {event.kind}" if event.kind else "something in the programme"
