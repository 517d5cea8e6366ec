"""Writes about where a participant stands."""

from django.db import transaction

from accounts import audit
from cohorts.actions.launches import invite
from cohorts.actions.refusals import CannotMove
from cohorts.actions.turns import take_turn
from cohorts.choices import TRANSITIONS, State
from cohorts.models import Participant
from elements.registry import all_elements

# Whoever stops taking part gives back what was held for them; who has completed keeps what was.
LETS_GO = frozenset({State.WITHDRAWN, State.RESERVE, State.DECLINED})


@transaction.atomic
def change_state(*, participant: Participant, to: State, by) -> Participant:
    """Move a participant along the table of states. Raises CannotMove.

    Somebody accepted who no longer takes part is let go by every element: pair, seats and visits to come. Somebody who
    does from now on gets the invitation to a launch ahead.
    """
    take_turn(participant.cohort)
    to = State(to)
    mine = Participant.objects.select_for_update(of=("self",), no_key=True)
    mine = mine.select_related("cohort").get(pk=participant.pk)
    was = State(mine.state)
    if to not in TRANSITIONS[was]:
        raise CannotMove(mine, to)
    mine.state = participant.state = to
    mine.save(update_fields=["state"])
    audit.record(by=by, did=f"moved a participant to {to.label.lower()}", on=mine, scope=mine.cohort_id)
    if was == State.ACCEPTED and to in LETS_GO:
        for element in all_elements():
            element.let_go(participant=mine, by=by)
    if to == State.ACCEPTED:
        invite(cohort=mine.cohort, people=[mine.user], by=by)
    return participant


def withdraw_participant(*, participant: Participant, by) -> Participant:
    """Somebody leaves the programme. Raises CannotMove."""
    return change_state(participant=participant, to=State.WITHDRAWN, by=by)
