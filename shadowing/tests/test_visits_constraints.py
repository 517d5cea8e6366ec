"""What must never be of a visit, the database itself refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cohorts.tests.factories import CohortFactory, ParticipantFactory
from pairs.models import Membership, Pair
from shadowing.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2027, 3, 5, 14, tzinfo=UTC)


def refused(**given):
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(**given)


@pytest.fixture
def given():
    cohort = CohortFactory()
    doctor, manager = ParticipantFactory(cohort=cohort), ParticipantFactory(cohort=cohort, side="b")
    day = date(2027, 2, 1)
    pair = Pair.objects.create(cohort=cohort, started_on=day, shown_from=AT, initiator=doctor, first_meeting_by=day)
    for person in (doctor, manager):
        Membership.objects.create(cohort=cohort, pair=pair, participant=person, since=day)
    return {
        "cohort": cohort,
        "pair": pair,
        "visitor": doctor,
        "host": manager,
        "setting_words": "Bed meeting",
        "changed_at": AT,
    }


def test_what_a_visit_can_never_be(given):
    time = {"starts_at": AT, "ends_at": AT + timedelta(hours=1)}
    stands = {**given, **time, "agreed_at": AT}
    talked = {**stands, "minutes": 60}
    Visit.objects.create(**given)
    refused(**{**given, "host": given["visitor"]})
    refused(**given, starts_at=AT, ends_at=AT)
    refused(**given, starts_at=AT)
    refused(**given, ends_at=AT)
    refused(**{**given, "setting_words": ""})
    for state in ("agreed", "ready"):
        refused(**given, agreed_at=AT, state=state)
        refused(**given, **time, state=state)
        Visit.objects.create(**stands, state=state)
    refused(**stands, state="done")
    for minutes in (0, 25 * 60 + 1):
        refused(**stands, state="done", minutes=minutes)
    Visit.objects.create(**talked, state="done")
    for state in ("debriefed", "closed"):
        refused(**talked, state=state)
        Visit.objects.create(**talked, state=state, debrief_on=date(2027, 3, 5))
    refused(**given, off_reason="rota")
    Visit.objects.create(**given, state="cancelled", off_reason="rota")
    other = Visit.objects.create(**given)
    refused(**given, successor=other)
    Visit.objects.create(**given, state="rearranged", successor=other)


def test_a_visit_never_joins_two_cohorts(given):
    elsewhere = ParticipantFactory(cohort=CohortFactory())
    refused(**{**given, "visitor": elsewhere})
    refused(**{**given, "host": elsewhere})
    refused(**{**given, "cohort": elsewhere.cohort})
