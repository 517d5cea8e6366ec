"""Lists that leave the house: first the audit record, then the file."""

from django.db import transaction

from accounts import audit
from cohorts.models import Cohort


@transaction.atomic
def note_export(*, cohort: Cohort, title: str, by):
    """Write down that a list is taken out. The caller makes the file afterwards: without this row there is none."""
    return audit.record(by=by, did=f"exported the list of {title.lower()}"[:200], on=cohort, scope=cohort.pk)
