"""Who may use the addresses of milestones, next steps and the end of a project."""

from django.utils import timezone

from projects import actions
from projects.models import Milestone
from projects.tests.worlds import begun
from tests.permissions.table import Row

PARTNERS = frozenset({"doctor", "manager"})
LEADS = frozenset({"lead", "programme_lead", "organisation_lead"})
BOTH = ("GET", "POST")
PROJECT, MILESTONE = {"project_id": "project"}, {"milestone_id": "milestone"}


def milestone(world, title="The first letters are on time") -> Milestone:
    return actions.add_milestone(project=world.thing("project"), title=title, by=world.doctor, now=timezone.now())


def step(world, **more):
    given = {"project": world.thing("project"), "owner": world.participant, "words": "Ask the ward", "by": world.doctor}
    return actions.add_next_step(**{**given, **more}, now=timezone.now(), on=timezone.localdate())


def many_steps(world):
    if "project" in vars(world):
        for number in range(8):
            milestone(world, f"Milestone {number}")
            step(world, words=f"Step {number}")


def closed_project(world):
    """Another than `project`, to which other rows add."""
    other = begun(world.thing("pair"), world.participant, title="Closed")
    return actions.close_project(
        project=other, kind="done", by=world.doctor, now=timezone.now(), on=timezone.localdate()
    )


OBJECTS = {
    "milestone": milestone,
    "next_step": step,
    "closed_project": closed_project,
    "has_next_step": lambda world: True,
}
GROW = [many_steps]
ROWS = [
    Row(
        url="milestone_create",
        ids=PROJECT,
        may=PARTNERS,
        may_not=LEADS,
        methods=BOTH,
        post={"title": "Letters leave on the day"},
    ),
    Row(url="milestone_usual", ids=PROJECT, may=PARTNERS, may_not=LEADS, methods=("POST",)),
    Row(url="milestone_detail", ids=MILESTONE, may=PARTNERS),
    Row(url="milestone_edit", ids=MILESTONE, may=PARTNERS, methods=BOTH, post={"title": "Letters", "state": "reached"}),
    Row(url="milestone_remove", ids=MILESTONE, may=PARTNERS, methods=BOTH),
    Row(
        url="next_step_create",
        ids=PROJECT,
        may=PARTNERS,
        may_not=LEADS,
        methods=BOTH,
        post=lambda world: {"words": "Ask the ward", "owner": str(world.participant.pk)},
    ),
    Row(
        url="next_step_edit",
        ids={"action_id": "next_step"},
        may=PARTNERS,
        methods=BOTH,
        post=lambda world: {"words": "Ask the ward", "owner": str(world.participant.pk)},
    ),
    Row(url="project_close", ids=PROJECT, may=PARTNERS, may_not=LEADS, methods=BOTH, post={"kind": "done"}),
    Row(
        url="project_reopen",
        ids={"project_id": "closed_project"},
        may=PARTNERS,
        may_not=LEADS,
        methods=("POST",),
    ),
]
