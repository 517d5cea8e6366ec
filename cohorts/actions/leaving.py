"""Lists and papers that leave the house: first the audit record, then the file."""

from django.db import transaction

from accounts import audit
from cohorts.models import Cohort, Participant


@transaction.atomic
def note_export(*, cohort: Cohort, title: str, by):
    """Write down that a list is taken out. The caller makes the file afterwards: without this row there is none."""
    return audit.record(by=by, did=f"exported the list of {title.lower()}"[:200], on=cohort, scope=cohort.pk)


@transaction.atomic
def note_confirmed_record(*, participant: Participant, by):
    """Write down that somebody was asked about patients before own words were printed, and no more.

    It has no scope: that something looked like a patient's is not for leads to read.
    """
    return audit.record(by=by, did="printed own record after being asked about patients", on=participant)
