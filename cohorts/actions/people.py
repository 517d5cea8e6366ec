"""Writes about participants: who they are and what they wrote."""

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.actions import make_known
from accounts.names import fold_email
from cohorts.actions.launches import invite
from cohorts.actions.refusals import TakesPartAlready
from cohorts.actions.turns import take_turn
from cohorts.choices import State
from cohorts.models import Cohort, Participant


@transaction.atomic
def add_participant(
    *, cohort: Cohort, email: str, name: str, side: str, by, state=State.ACCEPTED, **values
) -> Participant:
    """Put a person on a side of a cohort by hand. Somebody accepted gets the invitation to a launch ahead.

    Somebody unknown is made known by it; nothing the caller sees tells whether they were. `values` are columns of
    Participant. Raises TakesPartAlready.
    """
    take_turn(cohort)
    person = make_known(email=email, name=name, by=by)
    try:
        with transaction.atomic():
            participant = Participant.objects.create(
                cohort=cohort, user=person, name=name, side=side, state=state, **values
            )
    except IntegrityError as problem:
        raise TakesPartAlready(fold_email(email)) from problem
    audit.record(by=by, did="added a participant", on=participant, scope=cohort.pk)
    if participant.state == State.ACCEPTED:
        invite(cohort=cohort, people=[person], by=by)
    return participant


@transaction.atomic
def change_participant(*, participant: Participant, by, **values) -> Participant:
    """Change columns of a participant; nothing is written where nothing differs."""
    changed = [column for column, value in values.items() if getattr(participant, column) != value]
    if not changed:
        return participant
    for column in changed:
        setattr(participant, column, values[column])
    participant.save(update_fields=changed)
    audit.record(by=by, did="changed the details of a participant", on=participant, scope=participant.cohort_id)
    return participant
