"""What somebody books with: herself, her projects, what else she has then, which other surgery could take her in."""

from collections.abc import Iterable
from datetime import datetime

from bookings.entries import Part, times
from bookings.models import Booking, Session
from bookings.reading import slots_left
from cohorts.models import Cohort, Participant
from elements import clock, diary
from elements.house import is_switched_off
from pairs.models import Membership
from projects.models import Project
from projects.reading import projects_of
from surgeries.models import Surgery, Topic

MOST_CHOICES = 12  # other surgeries to choose from; with times one after the other, of each its free ones


def me_in(cohort, *, user) -> Participant | None:
    """Who somebody is in the cohort of this key. One query."""
    return Participant.objects.own(user).filter(cohort=cohort).first()


def pair_keys(me: Participant, *, now: datetime) -> list:
    """The keys of the present pairs of somebody that she knows of. One query, asked once for each moment."""
    known = me.__dict__.setdefault("pairs_at", {})
    if now not in known:
        mine = Membership.objects.live().filter(participant=me, pair__ended_on=None, pair__shown_from__lte=now)
        known[now] = list(mine.order_by("since", "pk").values_list("pair", flat=True))
    return known[now]


def projects_for(user, *, cohort: Cohort, and_of: Topic | None = None) -> list[Project]:
    """Her own projects that go on, and the one that is chosen already; none where the cohort has no projects."""
    if is_switched_off("projects", cohort):
        return []
    found = {each.pk: each for each in projects_of(user, cohort=cohort.pk) if not each.ended_on}
    if and_of and and_of.project:
        found.setdefault(and_of.project_id, and_of.project)
    return list(found.values())


def in_her_way(session: Session, *, user, booking: Booking | None = None) -> list[str]:
    """What stands in her own calendar while a surgery lasts, or the time of her booking there, as lines of a list.

    Each element is asked.
    """
    starts_at, ends_at = times(session, booking.slot if booking else None)
    but = [Part.of_booking(booking.pk).uid] if booking else []
    return diary.told_of_way(diary.of([user])[user.pk], starts_at=starts_at, ends_at=ends_at, but=but)


def in_way_of_others(booking: Booking, choices: Iterable[tuple[Surgery, int | None, str]], *, user) -> list[str]:
    """Of each of these other surgeries, in their order, what else she has then; the booking itself is given back.

    Each element is asked once, however many there are, and none where there are none.
    """
    choices = list(choices)
    events = diary.of([user])[user.pk] if choices else []
    but = [Part.of_booking(booking.pk).uid]
    found = []
    for surgery, slot, _ in choices:
        starts_at, ends_at = times(surgery.session, slot)
        lines = diary.told_of_way(events, starts_at=starts_at, ends_at=ends_at, but=but)
        found.append(f"You have something else then. {'; '.join(lines)}" if lines else "")
    return found


def other_surgeries(booking: Booking, *, user, now: datetime) -> list[tuple[Surgery, int | None, str]]:
    """(surgery, slot, in words) of what is open, with room for everybody of this booking. Two queries and one to each
    surgery with times one after the other, of which there are few.
    """
    found: list[tuple[Surgery, int | None, str]] = []
    people = len(booking.attendees.all())
    ahead = Surgery.objects.visible_to(user).with_session().filter(cohort=booking.cohort_id).to_come(now)
    for surgery in ahead.exclude(session=booking.session_id)[:MOST_CHOICES]:
        session = surgery.session
        if (session.opens_at and now < session.opens_at) or session.free < (1 if session.has_slots else people):
            continue
        shown = " (those who come see each other’s names)" if session.shows_names else ""
        if session.has_slots:
            slots = slots_left(session, now)
            found += [(surgery, number, f"{clock.span(first, last)}{shown}") for number, first, last in slots]
        elif not session.has_begun(now):
            found.append((surgery, None, f"{session.when}{shown}"))
    return found
