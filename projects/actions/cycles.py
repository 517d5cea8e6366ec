"""A cycle is planned with a prediction, done, studied and acted on, in this order."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import going_on, held, noted
from projects.actions.rereading import refuse_unread
from projects.choices import Act
from projects.models import Cycle, Driver, Project


class StepComesLater(Refusal):
    """Nobody studies what was not done, or decides on what was not studied."""


class PlanIsFixed(Refusal):
    """A prediction that is changed after the fact is none."""

    unsaid = "Something was done already, so the plan and the prediction stay as they are."


@transaction.atomic
def plan_cycle(
    *,
    project: Project,
    plan: str,
    prediction: str,
    starts_on: date,
    by,
    now: datetime,
    ends_on: date | None = None,
    idea: Driver | None = None,
) -> Cycle:
    """The next cycle of a project; the same page sent twice plans one. Raises IsGone, NotYours, ProjectHasEnded."""
    project, _ = held(project, by=by)
    going_on(project)
    latest = Cycle.objects.filter(project=project).first()
    words = {"plan": plan, "prediction": prediction, "starts_on": starts_on, "ends_on": ends_on, "idea": idea}
    if latest and not latest.did and all(getattr(latest, name) == value for name, value in words.items()):
        return latest
    cycle = Cycle.objects.create(project=project, number=latest.number + 1 if latest else 1, **words)
    noted(project, by=by, now=now, did="planned a cycle", on=cycle)
    return cycle


@transaction.atomic
def edit_cycle(
    *,
    cycle: Cycle,
    plan: str,
    prediction: str,
    starts_on: date,
    by,
    now: datetime,
    ends_on: date | None = None,
    idea: Driver | None = None,
    seen: UUID | None = None,
) -> Cycle:
    """Another plan while nothing is done. Raises IsGone, NotYours, PlanIsFixed, ChangedMeanwhile."""
    project, cycle = _held(cycle, by=by)
    if cycle.did:
        raise PlanIsFixed
    words = {"plan": plan, "prediction": prediction, "starts_on": starts_on, "ends_on": ends_on, "idea": idea}
    refuse_unread(cycle, words, seen)
    for name, value in words.items():
        setattr(cycle, name, value)
    cycle.save(update_fields=[*words])
    noted(project, by=by, now=now, did="changed the plan of a cycle", on=cycle)
    return cycle


@transaction.atomic
def do_cycle(*, cycle: Cycle, did: str, by, now: datetime, on: date, seen: UUID | None = None) -> Cycle:
    """What was done and seen; said again, it is corrected. Raises IsGone, NotYours, ChangedMeanwhile."""
    project, cycle = _held(cycle, by=by)
    refuse_unread(cycle, {"did": did}, seen)
    cycle.did, cycle.done_on = did, cycle.done_on or on
    cycle.save(update_fields=["did", "done_on"])
    noted(project, by=by, now=now, did="wrote what was done in a cycle", on=cycle)
    return cycle


@transaction.atomic
def study_cycle(*, cycle: Cycle, studied: str, by, now: datetime, on: date, seen: UUID | None = None) -> Cycle:
    """What it shows against the prediction. Raises IsGone, NotYours, StepComesLater, ChangedMeanwhile."""
    project, cycle = _held(cycle, by=by)
    if sentence := cycle.comes_first("studied"):
        raise StepComesLater(sentence)
    refuse_unread(cycle, {"studied": studied}, seen)
    cycle.studied, cycle.studied_on = studied, cycle.studied_on or on
    cycle.save(update_fields=["studied", "studied_on"])
    noted(project, by=by, now=now, did="studied a cycle", on=cycle)
    return cycle


@transaction.atomic
def act_on_cycle(
    *, cycle: Cycle, act: str, act_words: str, by, now: datetime, on: date, seen: UUID | None = None
) -> Cycle:
    """Adopt, adapt or abandon. Raises IsGone, NotYours, StepComesLater, ChangedMeanwhile."""
    project, cycle = _held(cycle, by=by)
    if sentence := cycle.comes_first("act"):
        raise StepComesLater(sentence)
    refuse_unread(cycle, {"act": act, "act_words": act_words}, seen)
    cycle.act, cycle.act_words, cycle.acted_on = Act(act), act_words, cycle.acted_on or on
    cycle.save(update_fields=["act", "act_words", "acted_on"])
    noted(project, by=by, now=now, did="decided what follows from a cycle", on=cycle)
    return cycle


def _held(cycle: Cycle, *, by) -> tuple[Project, Cycle]:
    """The cycle as it is now, while its project is held."""
    project, _ = held(cycle.project, by=by)
    found = Cycle.objects.filter(pk=cycle.pk).first()
    if found is None:
        raise IsGone
    found.project = project
    return project, found
