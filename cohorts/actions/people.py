"""Writes about participants: who they are and what they wrote."""

from django.db import IntegrityError, transaction

from accounts import audit
from accounts.actions import account_of, drop_unused_account, make_known
from accounts.models import User
from accounts.names import fold_email
from cohorts.actions.launches import invite
from cohorts.actions.refusals import OwnAddress, TakesPartAlready
from cohorts.actions.turns import take_turn
from cohorts.choices import State
from cohorts.models import Cohort, Participant
from reminders.readdressing import readdress


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
def change_participant(*, participant: Participant, by, email: str | None = None, **values) -> Participant:
    """Change columns of a participant, and whose the participation is; nothing is written where nothing differs.

    Raises TakesPartAlready and OwnAddress, and then nothing is changed.
    """
    if email is not None and fold_email(email) != participant.user.email:
        _correct_address(participant, email, by)
    changed = [column for column, value in values.items() if getattr(participant, column) != value]
    if not changed:
        return participant
    for column in changed:
        setattr(participant, column, values[column])
    participant.save(update_fields=changed)
    audit.record(by=by, did="changed the details of a participant", on=participant, scope=participant.cohort_id)
    return participant


def _correct_address(participant: Participant, email: str, by) -> None:
    """The participation belongs to whoever has this address, made known if nobody has it.

    No account is ever renamed: an address is the name of an account, and a lead gives hers to nobody. The account of
    the wrong address goes if nothing else refers to it. The steps are the same whether the address is known or not.
    """
    take_turn(participant.cohort)
    mine = Participant.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=participant.pk)
    mine.user = old = User.objects.select_for_update().get(pk=mine.user_id)  # who signs in now is waited for
    if not by.has_perm("cohorts.correct_address", mine):
        raise OwnAddress(mine)
    person = account_of(email=email, name=mine.name, by=by)
    if person == old:
        return
    mine.user = person
    try:
        with transaction.atomic():
            mine.save(update_fields=["user"])
    except IntegrityError as problem:
        raise TakesPartAlready(fold_email(email)) from problem
    readdress(scope=mine.cohort_id, old=old, new=person)
    audit.record(by=by, did="corrected the address of a participant", on=mine, scope=mine.cohort_id)
    drop_unused_account(person=old, by=by)
    participant.user = person
