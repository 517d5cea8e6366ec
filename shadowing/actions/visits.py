"""A visit is closed by what its visitor makes of it."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from shadowing.choices import VisitState
from shadowing.models import Visit


class IsNoPartner(ValueError):
    """Only somebody who is in the pair now changes a visit."""


class CannotBe(ValueError):
    """The visit is in a state from which this is not possible."""


@transaction.atomic
def close_visit(*, visit: Visit, by, now: datetime, skipped: bool = False) -> Visit:
    """The visitor has written a reflection, or does not want to."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.state == VisitState.DEBRIEFED:
        visit.state, visit.changed_at = VisitState.CLOSED, now
        visit.save(update_fields=["state", "changed_at"])
        audit.record(by=by, did="closed a visit", on=visit)
    return visit
