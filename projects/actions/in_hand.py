"""A project while it is changed: under a lock, by somebody who belongs to it."""

from datetime import datetime

from accounts import audit
from cohorts.models import Participant
from elements.refusals import IsGone, Refusal
from projects.choices import Part
from projects.models import Project


class NotYours(Refusal):
    """Only owners change a project, and only owners and critical friends read it whole."""

    unsaid = "Only the owners of a project change it."


class ProjectHasEnded(Refusal):
    """What is to come cannot be added to a project that has ended."""

    unsaid = "This project has ended. An owner can open it again."


def held(project: Project, *, by) -> tuple[Project, Participant]:
    """The project under a row lock, and which of its owners this is. Raises IsGone, NotYours."""
    found = Project.objects.locked(project)
    if found is None:
        raise IsGone
    return found, _as(Part.OWNER, found, by)


def held_by_friend(project: Project, *, by) -> tuple[Project, Participant]:
    """The project under a row lock, and which of its critical friends this is. Raises IsGone, NotYours."""
    found = Project.objects.locked(project)
    if found is None:
        raise IsGone
    return found, _as(Part.FRIEND, found, by)


def going_on(project: Project) -> Project:
    """The same, while it goes on. Raises ProjectHasEnded."""
    if project.ended_on:
        raise ProjectHasEnded
    return project


def noted(project: Project, *, by, now: datetime, did: str, on=None) -> None:
    """The audit of a change, which is the last activity of its project."""
    project.changed_at = now
    project.save(update_fields=["changed_at"])
    audit.record(by=by, did=did, on=on or project, scope=project.cohort_id)


def _as(part: Part, project: Project, by) -> Participant:
    for each in project.everybody:
        if each.part == part and each.participant.user_id == by.pk:
            return each.participant
    raise NotYours
