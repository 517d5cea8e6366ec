"""What hosts need on the day: the register, who could walk in, and what a note can lead to."""

from dataclasses import dataclass, field
from datetime import date

from bookings.models import Attendee, Booking, Session
from cohorts.models import Participant
from elements.house import is_switched_off
from pairs.models import Membership
from projects.choices import MilestoneState, Part
from projects.models import Involvement, Milestone
from surgeries.models import Surgery, Topic

OVER = (MilestoneState.DROPPED,)


def is_day(session: Session, *, on: date) -> bool:
    """Whether the register can be taken: from the morning of the day on."""
    return not session.is_off and session.day <= on


def register_of(surgery: Surgery, *, user) -> list[Attendee]:
    """Everybody who has a place, by name. One query."""
    found = Attendee.objects.visible_to(user).booked().filter(session=surgery.session)
    return list(found.select_related("participant").order_by("participant__name", "pk"))


def who_could_walk_in(surgery: Surgery):
    """Who takes part in the cohort and has no place in this surgery. No query yet."""
    there = Attendee.objects.booked().filter(session=surgery.session).order_by().values("participant")
    people = Participant.objects.filter(cohort=surgery.cohort_id).taking_part()
    return people.exclude(pk__in=there).order_by("name", "pk")


@dataclass(frozen=True)
class About:
    """Whom a note can give something to do, what it can show, and who can ask for support."""

    people: list[Participant] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    owners: list[Participant] = field(default_factory=list)


def note_for(booking: Booking, *, topic: Topic | None) -> About:
    """Of the project of the booking or, without one, of its pair. Two queries at most."""
    if topic is None or is_switched_off("projects", booking.session.cohort):
        return About()
    if topic.project is None:
        live = Membership.objects.live().filter(pair=topic.pair_id, pair__ended_on=None).select_related("participant")
        return About(people=[each.participant for each in live.order_by("participant__name", "pk")])
    if topic.project.ended_on:
        return About()
    involved = Involvement.objects.filter(project=topic.project_id, until=None).select_related("participant")
    everybody = list(involved.order_by("participant__name", "pk"))
    return About(
        people=[each.participant for each in everybody],
        milestones=list(Milestone.objects.filter(project=topic.project_id).exclude(state__in=OVER)),
        owners=[each.participant for each in everybody if each.part == Part.OWNER],
    )
