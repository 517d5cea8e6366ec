"""Who may use which address of driver trees, scores, checks and new partners."""

from decimal import Decimal

from django.utils import timezone

from projects import actions
from projects.choices import DriverKind, Shape
from projects.models import Driver
from projects.tests.worlds import begun
from tests.permissions.table import Row

PARTNERS = frozenset({"doctor", "manager"})
OWNER, FRIEND = frozenset({"doctor"}), frozenset({"manager"})
LEADS = frozenset({"lead", "programme_lead", "organisation_lead"})
BOTH = ("GET", "POST")
PROJECT, FRIENDS, DRIVER = {"project_id": "project"}, {"project_id": "friend_project"}, {"driver_id": "driver"}


def driver(world) -> Driver:
    """Of a project of the doctor alone: the manager is critical friend."""
    project = begun(world.thing("pair"), world.participant, shape=Shape.FRIEND, title="Of one")
    return _added(world, project, "Letters are typed late")


def many_said(world):
    for name in ("project", "friend_project"):
        if name in vars(world):
            project = getattr(world, name)
            for number in range(8):
                _added(world, project, f"Driver {number}", under=_added(world, project, f"Cause {number}"))
                value = Decimal(number + 1) / 2
                actions.say_score(project=project, value=value, by=world.doctor, now=timezone.now())


def scored(world):
    """Of the doctor alone, who has said how far it is."""
    project = begun(world.thing("pair"), world.participant, shape=Shape.FRIEND, title="Scored")
    actions.say_score(project=project, value=Decimal("2.5"), by=world.doctor, now=timezone.now())
    return project


def _added(world, project, words: str, **more) -> Driver:
    given = {"kind": DriverKind.DRIVER, "words": words, "by": world.doctor, "now": timezone.now(), **more}
    return actions.add_driver(project=project, **given)


WORDS = {"words": "Typists are few"}
SCORE = {"value": "2.5"}

GROW = [many_said]
OBJECTS = {
    "driver": driver,
    "scored": scored,
    "check": lambda world: None,
    "latest": lambda world: None,
    "partners": lambda world: [world.partner],
}

ROWS = [
    Row(url="driver_list", ids=PROJECT, may=PARTNERS, may_not=LEADS),
    Row(url="driver_list", ids=FRIENDS, may=PARTNERS, may_not=LEADS),
    Row(url="driver_create", ids=FRIENDS, may=OWNER, may_not=FRIEND | LEADS, methods=BOTH, post=WORDS),
    Row(url="driver_edit", ids=DRIVER, may=OWNER, may_not=FRIEND, methods=BOTH, post=WORDS),
    Row(url="driver_remove", ids=DRIVER, may=OWNER, may_not=FRIEND, methods=BOTH),
    Row(url="project_score", ids=FRIENDS, may=OWNER, may_not=FRIEND | LEADS, methods=("GET", "POST"), post=SCORE),
    Row(url="score_svg", ids={"project_id": "scored"}, may=OWNER, may_not=FRIEND | LEADS),
    Row(url="project_check", ids=FRIENDS, fixed={"months": 6}, may=OWNER, may_not=FRIEND | LEADS, methods=BOTH),
    Row(url="project_involve", ids=FRIENDS, may=OWNER, may_not=FRIEND | LEADS, methods=BOTH),
]
