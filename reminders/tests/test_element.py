"""What needs a lead today, of the messages."""

import uuid
from datetime import date, timedelta

import pytest
from django.db.models.functions import Now

from cohorts.tests.factories import CohortFactory, LeadFactory, ParticipantFactory
from reminders.choices import State
from reminders.element import PostRoom
from reminders.models import Message


def write(scope, state: State, **columns) -> None:
    pk = uuid.uuid4()
    Message.objects.create(
        key=str(pk), kind="x.y", to_addr="a@x.example", scope=scope, message_id=f"<{pk}@x>", state=state, **columns
    )


@pytest.mark.django_db
def test_failed_and_unknown_messages_of_these_cohorts_need_the_lead(django_assert_num_queries):
    here, there, elsewhere = CohortFactory(), CohortFactory(), CohortFactory()
    for scope, state in [
        (here, State.FAILED),
        (here, State.FAILED),
        (here, State.UNKNOWN),
        (here, State.QUEUED),
        (there, State.CANCELLED),
        (elsewhere, State.FAILED),
    ]:
        write(scope.pk, state)
    write(here.pk, State.FAILED, created_at=Now() - timedelta(days=15))
    with django_assert_num_queries(1):
        found = list(PostRoom().attention(cohorts=[here, there], on=date(2027, 1, 6), viewer=None))
    assert [(one.cohort, one.label, one.count) for one in found] == [
        (here, "Messages that failed", 2),
        (here, "Messages that may not have arrived", 1),
    ]
    assert found[0].url == f"/cohorts/{here.pk}/post/?state=failed"


@pytest.mark.django_db
def test_the_door_to_the_messages_is_the_leads():
    cohort = CohortFactory()
    lead, participant = LeadFactory(cohort=cohort).user, ParticipantFactory(cohort=cohort).user
    assert [door.url for door in PostRoom().doors(viewer=lead, cohort=cohort)] == [f"/cohorts/{cohort.pk}/post/"]
    assert list(PostRoom().doors(viewer=participant, cohort=cohort)) == []
    assert list(PostRoom().doors(viewer=lead)) == []
