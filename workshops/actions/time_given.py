"""A lead adds hours that no session knows of: preparing, travelling, an office that sends invitations."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from accounts import audit
from cohorts.actions.turns import take_turn
from cohorts.models import Cohort
from elements import once
from workshops.models import TimeGiven


@transaction.atomic
def add_time(*, cohort: Cohort, what: str, spent_on: date, minutes: int, by, mark: UUID | None = None) -> TimeGiven:
    """One more line; the same form sent twice (`mark`) adds one."""
    take_turn(cohort)
    key = once.key(mark, str(cohort.pk), what, spent_on.isoformat(), minutes)
    if key and (there := TimeGiven.objects.filter(cohort=cohort, pk=key).first()):
        return there
    line = TimeGiven.objects.create(pk=key or uuid4(), cohort=cohort, what=what, spent_on=spent_on, minutes=minutes)
    audit.record(by=by, did="added hours given to the programme", on=line, scope=cohort.pk)
    return line


@transaction.atomic
def remove_time(*, line: TimeGiven, by) -> None:
    """It was not so; a second time nothing happens."""
    if TimeGiven.objects.filter(pk=line.pk).delete()[0]:
        audit.record(by=by, did="removed hours given to the programme", on=line, scope=line.cohort_id)
