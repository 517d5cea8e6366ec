"""Cohorts to pair in tests: made through actions and the ground floor's factories."""

from datetime import UTC, date, time, timedelta

from django.utils import timezone

from cohorts.choices import Side
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from elements import clock
from pairs import actions
from pairs.free_time import Span
from pairs.models import Pair, Run

MEET_BY = date(2027, 2, 15)
SITES, SETTINGS = ("North", "South", "West"), ("bed meeting", "ward round", "theatre list", "finance meeting")


def person(cohort, side, number, **more):
    """One accepted person with answers that differ by number."""
    given = {
        "user__name": f"{'Doctor' if side == Side.A else 'Manager'} {number:04}",
        "role_title": f"Job {number}",
        "sites": [SITES[number % 3]],
        "days": "01234"[number % 3 :],
        "offers": [SETTINGS[number % 4]],
        "wants": [SETTINGS[(number + 1) % 4]],
    }
    return ParticipantFactory(cohort=cohort, side=side, **(given | more))


def cohort_of(doctors=3, managers=3, **more):
    """(cohort, lead, doctors, managers)."""
    cohort = CohortFactory(**more)
    lead = LeadFactory(cohort=cohort).user
    return (
        cohort,
        lead,
        [person(cohort, Side.A, number) for number in range(doctors)],
        [person(cohort, Side.B, number) for number in range(managers)],
    )


def published(cohort, lead) -> Run:
    """A run found, reviewed and published; its ten minutes are still running."""
    run = actions.find_pairs(cohort=cohort, by=lead)
    actions.review_run(run=run, by=lead)
    return actions.publish_run(run=run, initiator_side="a", first_meeting_by=MEET_BY, by=lead)


def shown(run) -> Run:
    """The ten minutes are over."""
    Pair.objects.filter(run=run).update(shown_from=timezone.now() - timedelta(minutes=1))
    Run.objects.filter(pk=run.pk).update(published_at=timezone.now() - timedelta(minutes=11))
    run.refresh_from_db()
    return run


def arranged(pair: Pair, by, day=date(2027, 3, 5), hour=time(14), *, minutes=60, place="Canteen, North", **more):
    """The first meeting of a pair, arranged by one of its members."""
    starts_at = clock.at(day, hour)
    given = {"starts_at": starts_at, "ends_at": starts_at.astimezone(UTC) + timedelta(minutes=minutes), "place": place}
    return actions.set_meeting(pair=pair, by=by, **{"now": timezone.now(), **given, **more})


def typed(day="5 3 2027", hour="2pm", minutes="60", place="Canteen, North") -> dict[str, str]:
    """What a partner types into the page of the first meeting."""
    boxes = {f"day_{number}": text for number, text in enumerate(day.split())}
    return {**boxes, "hour": hour, "minutes": minutes, "place": place}


OFFICE = {weekday: [(time(9), time(17))] for weekday in range(5)}


def have_said(participant, *, working=OFFICE, agreed=None) -> None:
    """Somebody says when they usually can."""
    actions.say_usual_hours(participant=participant, working=working, agreed=agreed or {}, by=participant.user)


def shift(days: int, hour=time(9), hours: int = 8) -> Span:
    """A shift some days from today, as a rota has it."""
    starts_at = clock.at(clock.today() + timedelta(days=days), hour).astimezone(UTC)
    return Span(starts_at, starts_at + timedelta(hours=hours))


def week_typed(monday="9am to 5pm", **more) -> dict[str, str]:
    """What somebody types into the page of usual hours."""
    return {"day_0": monday, **{f"day_{weekday}": "" for weekday in range(1, 7)}, **more}
