"""Partners say what they do, tick it, take the tick away, or drop it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import audit
from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from pairs.actions.living import live
from pairs.models import Pair
from projects.actions.in_hand import noted
from projects.models import Action, Project


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
def finish_action(*, action: Action, on: date, by, now: datetime) -> Action:
    """It is done; a second time nothing happens. Raises IsGone."""
    return _ticked(action, on, by, now, "finished an action")


@transaction.atomic
def reopen_action(*, action: Action, by, now: datetime) -> Action:
    """It is not done after all. Raises IsGone."""
    return _ticked(action, None, by, now, "reopened an action")


@transaction.atomic
def drop_action(*, action: Action, by, now: datetime) -> None:
    """Nobody is going to do it; a second time nothing happens."""
    project, found = _held(action)
    if found:
        _recorded(project, found, by, now, "dropped an action")
        found.delete()


def _ticked(action: Action, on: date | None, by, now: datetime, did: str) -> Action:
    project, found = _held(action)
    if found is None:
        raise IsGone
    if (found.done_on is None) != (on is None):
        found.done_on = on
        found.save(update_fields=["done_on"])
        _recorded(project, found, by, now, did)
    return found


def _held(action: Action) -> tuple[Project | None, Action | None]:
    """The action under a row lock, None if it is gone; before it its project, where it has one, as every change of a
    project begins. Whoever is to do it ticks it, also who does not own the project.
    """
    project = Project.objects.locked(action.project) if action.project_id else None
    return project, Action.objects.select_for_update(of=("self",)).filter(pk=action.pk).first()


def _recorded(project: Project | None, action: Action, by, now: datetime, did: str) -> None:
    if project:
        noted(project, by=by, now=now, did=did, on=action)
    else:
        audit.record(by=by, did=did, on=action, scope=action.cohort_id)
