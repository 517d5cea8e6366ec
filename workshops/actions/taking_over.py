"""Dates proposed after another cohort's series become dates, once a lead has looked at them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from workshops.actions.meetings import plan_meeting
from workshops.models import Meeting, ProposedDate
from workshops.proposed import proposed_dates


@transaction.atomic
def take_over_dates(*, cohort: Cohort, chosen: Collection[str], by, now: datetime) -> list[Meeting]:
    """The chosen ones can be booked from now on, and their hosts hear of it; the others are dropped.

    `chosen` are keys of proposed dates. Where nobody who ran the other date may run this one, whoever takes it over
    does. A second time nothing is left to take over.
    """
    take_turn(cohort)
    taken = []
    for each in proposed_dates(cohort, now=now):
        if each.key in chosen:
            session = each.session
            meeting = plan_meeting(
                workshop=each.workshop,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                place=session.place,
                link=session.link,
                capacity=session.capacity,
                hosts=each.hosts or [by],
                by=by,
                now=now,
            )
            taken.append(meeting)
    if ProposedDate.objects.filter(cohort=cohort).delete()[0]:
        audit.record(by=by, did="looked at dates proposed for workshops", on=cohort, scope=cohort.pk)
    return taken
