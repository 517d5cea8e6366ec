"""Somebody is forgotten: what she said she wants goes, or bears her name no more."""

from datetime import date

from django.db import transaction

from accounts import audit
from workshops.models import CatchUp, Need, Tries


@transaction.atomic
def forget_person(*, user, by, on: date) -> None:
    """Answers to feedback stay: nobody knows which are hers. The register is the floor's below.

    What she wants from a workshop, and is shown among what others want, stays there without her: a figure that is one
    less the next day would be her answer. That she was asked for feedback goes with everybody else's row on the day
    after the last: without it the clock, which reads the register, would ask her again, and she would count no more
    among those who were asked, although her answer may be there.
    """
    Need.objects.filter(participant__user=user, workshop__needs_until__lt=on).update(participant=None)
    for rows in (Need, CatchUp, Tries):
        rows.objects.filter(participant__user=user).delete()
    audit.record(by=by, did="took somebody out of the workshops", on=user)
