"""Writes at the same moment, each in a connection of its own: nobody waits for somebody who waits for them."""

import threading
from datetime import time, timedelta

import pytest
from django.db import connection, transaction

from cohorts import actions
from cohorts.actions import roles
from cohorts.actions.turns import take_turn
from cohorts.choices import RoleKind
from cohorts.models import Cohort, Role
from cohorts.tests.factories import CohortFactory, LeadFactory, UserFactory
from cohorts.tests.races import PATIENCE, at_once, refusals
from elements import clock

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
]


@pytest.fixture
def cohort():
    """Its launch is ahead."""
    day = clock.today() + timedelta(days=60)
    cohort = CohortFactory(starts_on=day, ends_on=day + timedelta(days=200))
    lead = LeadFactory(cohort=cohort).user
    actions.set_launch(cohort=cohort, begins=time(14), ends=time(16), place="Hall", by=lead)
    return cohort


def test_a_role_is_given_while_another_of_the_programme_ends(cohort, monkeypatch):
    """The one holds the cohort and has not committed yet, the other holds the programme and wants the cohort."""
    lead = Role.objects.get().user
    programme = cohort.programme
    old = actions.name_role(kind="facilitator", email="old@trust.example", name="Old", programme=programme, by=lead)
    meet = threading.Barrier(2)
    invite, uninvite = roles.invite_host, roles.uninvite_host

    def invited(**given):
        invite(**given)
        meet.wait(PATIENCE)

    def uninvited(**given):
        meet.wait(PATIENCE)
        uninvite(**given)

    monkeypatch.setattr(roles, "invite_host", invited)
    monkeypatch.setattr(roles, "uninvite_host", uninvited)
    new = {"kind": "facilitator", "email": "new@trust.example", "name": "New", "programme": programme, "by": lead}
    raised = at_once(lambda: actions.name_role(**new), lambda: actions.end_role(role=old, by=lead))
    assert refusals(raised) == []
    assert [role.name for role in Role.objects.filter(programme=programme)] == ["New"]


@transaction.atomic
def add_row(cohort) -> None:
    """A row that only points at the cohort, by somebody who does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
    Role.objects.create(user=UserFactory(email="new@trust.example"), kind=RoleKind.SPONSOR, cohort=cohort)


@pytest.mark.parametrize("what", ["a turn", "a row of a list"])
def test_whoever_only_points_at_a_cohort_does_not_wait_for_its_turns(cohort, what):
    with transaction.atomic():
        if what == "a turn":
            take_turn(cohort)
        else:
            actions.add_term(cohort=cohort, list="interest", label="Row of ours", by=Role.objects.get().user)
        assert refusals(at_once(lambda: add_row(cohort))) == []


def test_turns_of_a_cohort_wait_for_each_other(cohort):
    with transaction.atomic():
        take_turn(cohort)

        @transaction.atomic
        def impatient():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
            take_turn(Cohort.objects.get(pk=cohort.pk))

        assert len(refusals(at_once(impatient))) == 1
