"""Workshops in tests: made through actions, on days of which each knows what has been."""

from datetime import datetime, time, timedelta

from bookings.models import Attendee
from cohorts.choices import RoleKind, Side
from cohorts.models import Cohort, Participant, Role
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory, UserFactory
from elements import clock
from workshops import actions
from workshops.actions.feedback import OPEN_FOR
from workshops.models import Meeting, Workshop


def london(*figures) -> datetime:
    return datetime(*figures, tzinfo=clock.LONDON)


NOW = london(2027, 3, 1, 10)  # a Monday
STARTS_AT = london(2027, 3, 10, 14)  # the Wednesday of the week after
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANSWER = {"met_aims": 4, "relevant": 5, "facilitated": 3, "confident": 4, "keep": "", "change": "", "action": ""}


def cohort_with(number: int = 2) -> tuple[Cohort, object, object, list[Participant]]:
    """(cohort, lead, facilitator, people of both sides in turn). It goes on, on whatever day a test runs."""
    cohort = CohortFactory(ends_on=max(clock.today(), STARTS_AT.date()) + 500 * DAY)
    lead, facilitator = LeadFactory(cohort=cohort).user, UserFactory(name="Fay Oak")
    Role.objects.create(user=facilitator, kind=RoleKind.FACILITATOR, cohort=cohort)
    return cohort, lead, facilitator, people(cohort, number)


def people(cohort: Cohort, number: int) -> list[Participant]:
    return [ParticipantFactory(cohort=cohort, side=(Side.A, Side.B)[each % 2]) for each in range(number)]


def series(cohort: Cohort, lead) -> list[Workshop]:
    return actions.set_up_usual_workshops(cohort=cohort, by=lead)


def one(cohort: Cohort, lead, **more) -> Workshop:
    given = {"topic": "system", "title": "How the NHS works", "aims": "", "asks_feedback": True, "needs_until": None}
    return actions.add_workshop(cohort=cohort, by=lead, **{**given, **more})


def planned(workshop: Workshop, by, *, hosts=(), starts_at=STARTS_AT, now=NOW, **more) -> Meeting:
    given = {"place": "Seminar room 2", "link": "", "capacity": 30, "ends_at": starts_at + 3 * HOUR, **more}
    return actions.plan_meeting(workshop=workshop, starts_at=starts_at, hosts=hosts, by=by, now=now, **given)


def planned_today(workshop: Workshop, by, **more) -> Meeting:
    """A date from midnight to midnight: at whatever hour a test runs it is the day, and it goes on."""
    first, last = (clock.at(clock.today() + days * DAY, time(0)) for days in (0, 1))
    return planned(workshop, by, starts_at=first, ends_at=last, now=day_before(first), **more)


def day_before(moment: datetime) -> datetime:
    """A day earlier by the clock on the wall."""
    return clock.at(clock.local(moment).date() - DAY)


def booked(meeting: Meeting, *participants: Participant, now=NOW) -> None:
    for each in participants:
        actions.book_place(meeting=meeting, participant=each, by=each.user, now=now)


def line(meeting: Meeting, participant: Participant) -> Attendee:
    return Attendee.objects.get(session=meeting.pk, participant=participant, is_live=True)


def over(meeting: Meeting) -> datetime:
    """A minute after its end."""
    return meeting.session.ends_at + timedelta(minutes=1)


def attended(meeting: Meeting, by, now: datetime | None = None) -> None:
    """Everybody who has a place was there, and is asked for feedback."""
    now = now or over(meeting)
    actions.mark_all_present(meeting=meeting, by=by, now=now)
    actions.open_feedback(meeting=meeting, now=now)


def answered(meeting: Meeting, *participants: Participant, now: datetime | None = None, **more) -> None:
    for each in participants:
        actions.give_feedback(meeting=meeting, by=each.user, now=now or over(meeting), **{**ANSWER, **more})


def closed_at(meeting: Meeting) -> datetime:
    """The morning after the last day for an answer."""
    meeting.refresh_from_db()
    return clock.at(meeting.feedback_until + DAY) if meeting.feedback_until else over(meeting) + OPEN_FOR


def closed(meeting: Meeting) -> None:
    actions.close_feedback(meeting=meeting, now=closed_at(meeting))
    meeting.refresh_from_db()
