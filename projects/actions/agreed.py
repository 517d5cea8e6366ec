"""Partners say what they do, tick it, take the tick away, or drop it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.models import Participant
from elements.refusals import Refusal
from pairs.actions.living import live
from pairs.models import Pair
from projects.models import Action


class OwnerIsNoPartner(Refusal):
    """Whoever is to do it does not belong to the pair, or whoever says so does not."""


@transaction.atomic
def add_action(
    *,
    pair: Pair,
    owner: Participant,
    words: str,
    said_on: date,
    by,
    due_on: date | None = None,
    said_in: UUID | None = None,
) -> Action:
    """One of the partners is going to do something. Raises PairHasEnded, OwnerIsNoPartner."""
    pair = live(pair)
    people = {each.participant_id: each.participant.user_id for each in _members(pair)}
    if owner.pk not in people or by.pk not in people.values():
        raise OwnerIsNoPartner("Choose one of you two.")
    action = Action.objects.create(
        cohort_id=pair.cohort_id,
        pair=pair,
        owner=owner,
        words=words,
        due_on=due_on,
        said_on=said_on,
        said_in=said_in,
    )
    audit.record(by=by, did="agreed on an action", on=action, scope=action.cohort_id)
    return action


def _members(pair: Pair):
    if pair.shown_from > timezone.now():
        return []
    return pair.memberships.live().select_related("participant")


@transaction.atomic
def finish_action(*, action: Action, on: date, by) -> Action:
    """It is done; a second time nothing happens."""
    return _ticked(action, on, by, "finished an action")


@transaction.atomic
def reopen_action(*, action: Action, by) -> Action:
    """It is not done after all."""
    return _ticked(action, None, by, "reopened an action")


@transaction.atomic
def drop_action(*, action: Action, by) -> None:
    """Nobody is going to do it; a second time nothing happens."""
    action = Action.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()
    if action:
        audit.record(by=by, did="dropped an action", on=action, scope=action.cohort_id)
        action.delete()


def _ticked(action: Action, on: date | None, by, did: str) -> Action:
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if (action.done_on is None) != (on is None):
        action.done_on = on
        action.save(update_fields=["done_on"])
        audit.record(by=by, did=did, on=action, scope=action.cohort_id)
    return action
