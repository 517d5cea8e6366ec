"""Somebody is forgotten: what she said she wants goes, and whether she has answered."""

from django.db import transaction

from accounts import audit
from workshops.models import Asked, CatchUp, Need, Tries


@transaction.atomic
def forget_person(*, user, by) -> None:
    """Answers to feedback stay: nobody knows which are hers. The register is the floor's below."""
    for rows in (Need, Asked, CatchUp, Tries):
        rows.objects.filter(participant__user=user).delete()
    audit.record(by=by, did="took somebody out of the workshops", on=user)
