"""Sessions and people for tests: made through actions."""

from datetime import date, datetime, timedelta

from bookings import actions
from bookings.models import Booking, Seat, Session
from cohorts.choices import State
from cohorts.models import Cohort, Participant
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory, UserFactory
from elements import clock


def london(*figures) -> datetime:
    return datetime(*figures, tzinfo=clock.LONDON)


NOW = london(2027, 3, 1, 10)  # a Monday
STARTS_AT = london(2027, 3, 10, 14)  # the Wednesday of the week after
HOUR = timedelta(hours=1)


def planned(cohort: Cohort, by, *, capacity: int | None = 6, **more) -> Session:
    """A group from 2pm to 4pm, or with `slot_minutes` so many slots."""
    starts_at = more.pop("starts_at", STARTS_AT)
    given = {
        "kind": "surgeries",
        "title": "Design surgery",
        "starts_at": starts_at,
        "ends_at": starts_at + 2 * HOUR,
        "place": "Seminar room 2",
        "capacity": None if "slot_minutes" in more else capacity,
        "now": NOW,
        **more,
    }
    return actions.plan_session(cohort=cohort, by=by, **given)


def people(cohort: Cohort, number: int) -> list[Participant]:
    return [ParticipantFactory(cohort=cohort, state=State.ACCEPTED) for _ in range(number)]


def booked(session: Session, *party: Participant, by=None, now: datetime = NOW, **more) -> Booking:
    return actions.book(session=session, party=party, by=by or party[0].user, now=now, **more)


def cohort_with_lead() -> tuple[Cohort, object]:
    cohort = CohortFactory()
    return cohort, LeadFactory(cohort=cohort).user


def fresh(row):
    """The same row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def somebody():
    return UserFactory()


def states(*bookings: Booking) -> list[str]:
    return [fresh(each).state for each in bookings]


def numbers(session: Session) -> list[int]:
    """The numbers of the places that are taken."""
    return list(Seat.objects.filter(session=session).order_by("number").values_list("number", flat=True))


def line(session: Session) -> list[int]:
    """Who waits, by the number of asking."""
    return list(session.bookings.all().in_line().values_list("line", flat=True))


# {day: the hour of UTC that is nine in the morning on London's wall}: the day before each change of the clocks of 2026
# and 2027, its day and the day after. Written out, because it is what the clock is tested with.
NINE_AROUND_CHANGES = {
    date(2026, 3, 28): 9,
    date(2026, 3, 29): 8,
    date(2026, 3, 30): 8,
    date(2026, 10, 24): 8,
    date(2026, 10, 25): 9,
    date(2026, 10, 26): 9,
    date(2027, 3, 27): 9,
    date(2027, 3, 28): 8,
    date(2027, 3, 29): 8,
    date(2027, 10, 30): 8,
    date(2027, 10, 31): 9,
    date(2027, 11, 1): 9,
}
CHANGES = tuple(NINE_AROUND_CHANGES)[1::3]
