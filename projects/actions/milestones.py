"""Milestones are set, reached or dropped; next steps are agreed; a project ends, or goes on after all."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from projects.actions.in_hand import NotYours, going_on, held, noted
from projects.actions.rereading import refuse_unread
from projects.choices import OPEN_STATES, EndKind, MilestoneState, Part
from projects.models import Action, Milestone, Project
from projects.presets import usual_milestones

MOST = 30  # milestones or open next steps of one project


class TooMany(Refusal):
    """More than anybody could keep in view."""

    unsaid = f"There are {MOST} already. Finish or remove one first."


class NobodyGoesOn(Refusal):
    """What goes on after the programme needs a next step with a person and a day."""

    unsaid = "Add a next step with a day first, so that it is clear who goes on with it."


class OwnerIsNotOfProject(Refusal):
    """Whoever is to do it has no part in the project."""

    unsaid = "Choose one of the people of this project."


class IsReviewed(Refusal):
    """A critical friend keeps what she wrote, so what it was written about stays as well."""

    unsaid = "A critical friend has reviewed this milestone, so it stays. To give it up, drop it with a reason."


@transaction.atomic
def add_milestone(*, project: Project, title: str, by, now: datetime, due_on: date | None = None) -> Milestone:
    """A point on the way; the same page sent twice sets one. Raises IsGone, NotYours, ProjectHasEnded, TooMany."""
    project, _ = held(project, by=by)
    going_on(project)
    if there := project.milestones.filter(title=title, due_on=due_on, state__in=OPEN_STATES).first():
        return there
    if project.milestones.count() >= MOST:
        raise TooMany
    milestone = project.milestones.create(title=title, due_on=due_on)
    noted(project, by=by, now=now, did="set a milestone", on=milestone)
    return milestone


@transaction.atomic
def add_usual_milestones(*, project: Project, by, now: datetime, on: date) -> None:
    """Those of the preset, where there is none yet; a second time nothing happens. Raises IsGone, NotYours."""
    project, _ = held(project, by=by)
    going_on(project)
    if project.milestones.exists():
        return
    for title, due_on in usual_milestones(on=on, ends_on=project.cohort.ends_on):
        project.milestones.create(title=title, due_on=due_on)
    noted(project, by=by, now=now, did="set the usual milestones")


@transaction.atomic
def edit_milestone(
    *,
    milestone: Milestone,
    title: str,
    due_on: date | None,
    state: str,
    by,
    now: datetime,
    on: date,
    reason: str = "",
    evidence: str = "",
    seen: UUID | None = None,
) -> Milestone:
    """What it is and how it stands. The day on which it was reached stays.

    Raises IsGone, NotYours, ChangedMeanwhile.
    """
    project, _ = held(milestone.project, by=by)
    milestone = _there(milestone)
    state = MilestoneState(state)
    words = {"title": title, "due_on": due_on, "evidence": evidence, "state": state}
    words["reason"] = reason if state == MilestoneState.DROPPED else ""
    refuse_unread(milestone, words, seen)
    for name, value in words.items():
        setattr(milestone, name, value)
    is_reached = milestone.state == MilestoneState.REACHED
    milestone.reached_on = (milestone.reached_on or on) if is_reached else None
    milestone.save()
    noted(project, by=by, now=now, did="changed a milestone", on=milestone)
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by, now: datetime) -> None:
    """One that was set by mistake, and that nobody has reviewed. Raises IsGone, NotYours, IsReviewed."""
    project, _ = held(milestone.project, by=by)
    milestone = _there(milestone)
    if milestone.reviews.exists():
        raise IsReviewed
    noted(project, by=by, now=now, did="removed a milestone", on=milestone)
    milestone.delete()


@transaction.atomic
def add_next_step(
    *,
    project: Project,
    owner: Participant,
    words: str,
    by,
    now: datetime,
    on: date,
    due_on: date | None = None,
    goes_to: str = "",
) -> Action:
    """Somebody of the project is going to do something; the same page sent twice agrees on it once.

    Raises IsGone, NotYours, OwnerIsNotOfProject, TooMany.
    """
    project, _ = held(project, by=by)
    if owner.pk not in {each.participant_id for each in project.everybody}:
        raise OwnerIsNotOfProject
    step = {"owner": owner, "words": words, "due_on": due_on, "goes_to": goes_to}
    if there := project.actions.filter(done_on=None, **step).first():
        return there
    if project.actions.filter(done_on=None).count() >= MOST:
        raise TooMany
    action = Action.objects.create(cohort_id=project.cohort_id, project=project, said_on=on, **step)
    noted(project, by=by, now=now, did="agreed on a next step", on=action)
    return action


@transaction.atomic
def change_next_step(
    *,
    action: Action,
    owner: Participant,
    words: str,
    by,
    now: datetime,
    due_on: date | None = None,
    goes_to: str = "",
    seen: UUID | None = None,
) -> Action:
    """Other words, another person or day; by an owner of the project or whoever of it is to do it.

    Raises IsGone, NotYours, OwnerIsNotOfProject, ChangedMeanwhile.
    """
    project = Project.objects.locked(action.project)
    found = Action.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=action.pk).first()
    if project is None or found is None or found.done_on:
        raise IsGone
    parts = {each.part for each in project.everybody if each.participant.user_id == by.pk}
    if Part.OWNER not in parts and not (parts and found.owner.user_id == by.pk):
        raise NotYours
    if owner.pk not in {found.owner_id, *(each.participant_id for each in project.everybody)}:
        raise OwnerIsNotOfProject
    step = {"owner": owner, "words": words, "due_on": due_on, "goes_to": goes_to}
    refuse_unread(found, step, seen)
    for name, value in step.items():
        setattr(found, name, value)
    found.save(update_fields=[*step])
    noted(project, by=by, now=now, did="changed a next step", on=found)
    return found


@transaction.atomic
def close_project(
    *, project: Project, kind: str, by, now: datetime, on: date, learned: str = "", handed_to: str = ""
) -> Project:
    """It is done, goes on, is handed over, or stops with what was learned. Raises IsGone, NotYours, NobodyGoesOn."""
    project, _ = held(project, by=by)
    going_on(project)
    if needs_next_step(kind) and not project.actions.filter(done_on=None, due_on__isnull=False).exists():
        raise NobodyGoesOn
    project.ended_on, project.end_kind = on, EndKind(kind)
    project.learned, project.handed_to = learned, handed_to if kind == EndKind.HANDED_OVER else ""
    project.save(update_fields=["ended_on", "end_kind", "learned", "handed_to"])
    noted(project, by=by, now=now, did="closed a project")
    return project


@transaction.atomic
def reopen_project(*, project: Project, by, now: datetime) -> Project:
    """It goes on after all; a second time nothing happens. Raises IsGone, NotYours."""
    project, _ = held(project, by=by)
    if project.ended_on:
        project.ended_on, project.end_kind = None, ""
        project.save(update_fields=["ended_on", "end_kind"])
        noted(project, by=by, now=now, did="opened a project again")
    return project


def needs_next_step(kind: str) -> bool:
    """Whether something is to go on after the programme."""
    return kind in {EndKind.CONTINUING, EndKind.HANDED_OVER}


def _there(milestone: Milestone) -> Milestone:
    found = Milestone.objects.select_for_update(of=("self",)).filter(pk=milestone.pk).first()
    if found is None:
        raise IsGone
    return found
