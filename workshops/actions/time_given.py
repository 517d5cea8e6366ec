"""A lead adds hours that no session knows of: preparing, travelling, an office that sends invitations."""

from datetime import date

from django.db import transaction

from accounts import audit
from cohorts.models import Cohort
from workshops.models import TimeGiven


@transaction.atomic
def add_time(*, cohort: Cohort, what: str, spent_on: date, minutes: int, by) -> TimeGiven:
    """One more line."""
    line = TimeGiven.objects.create(cohort=cohort, what=what, spent_on=spent_on, minutes=minutes)
    audit.record(by=by, did="added hours given to the programme", on=line, scope=cohort.pk)
    return line


@transaction.atomic
def remove_time(*, line: TimeGiven, by) -> None:
    """It was not so; a second time nothing happens."""
    if TimeGiven.objects.filter(pk=line.pk).delete()[0]:
        audit.record(by=by, did="removed hours given to the programme", on=line, scope=line.cohort_id)
