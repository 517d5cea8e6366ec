"""Cohorts to pair in tests: made through actions and the ground floor's factories."""

from datetime import date, timedelta

from django.utils import timezone

from cohorts.choices import Side
from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from pairs import actions
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
