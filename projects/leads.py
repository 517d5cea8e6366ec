"""Which leads are asked for support: none who has a part in the project herself."""

from collections.abc import Iterable
from typing import Any

from cohorts.contacts import leads_to_tell
from projects.choices import Part
from projects.models import Project


def leads_asked(projects: Iterable[Project]) -> dict[Any, list]:
    """{key of each project: the leads of its owners, each once}, of projects read `with_people()`. One query.

    Where every one of these has a part in it, whoever else leads its people is asked, as those of the programme.
    """
    projects = list(projects)
    for project in projects:
        for each in project.everybody:
            each.participant.cohort = project.cohort  # the same row, and no further query
    told = leads_to_tell(each.participant for project in projects for each in project.everybody)
    return {project.pk: _of(project, told) for project in projects}


def _of(project: Project, told: dict) -> list:
    involved = {each.participant.user_id for each in project.everybody}
    owners = [each.participant_id for each in project.everybody if each.part == Part.OWNER]
    for people in (owners, [each.participant_id for each in project.everybody]):
        if found := {lead.pk: lead for pk in people for lead in told[pk] if lead.pk not in involved}:
            return list(found.values())
    return []
