"""Who may use which address of agreed actions."""

from datetime import date

from elements import clock
from pairs.models import Pair
from projects import actions
from projects.choices import Shape
from projects.models import Action, Project
from projects.tests import matrix_cycles, matrix_measures, matrix_milestones, matrix_plan, matrix_portfolio
from projects.tests.worlds import begun
from tests.permissions.table import Row

PARTNERS = frozenset({"doctor", "manager"})
LEADS = frozenset({"lead", "programme_lead", "organisation_lead"})
PAIR, ACTION = {"pair_id": "pair"}, {"action_id": "agreed_action"}
SAID_ON = date(2027, 2, 3)


def agreed(world, words="Send the rota", **more) -> Action:
    pair: Pair = world.thing("pair")
    given = {"owner": world.participant, "words": words, "said_on": SAID_ON, "by": world.doctor, **more}
    return actions.add_action(pair=pair, **given)


def many_agreed(world):
    """Open and done, of both partners; a page that shows no pair shows none."""
    if "pair" not in vars(world):
        return
    for number in range(12):
        agreed(world, f"Task {number}", owner=world.partner)
        done = agreed(world, f"Deed {number}")
        actions.finish_action(action=done, on=SAID_ON, by=world.doctor, now=clock.at(SAID_ON))


def project(world) -> Project:
    """Of the doctor and the manager together."""
    return begun(world.thing("pair"), world.participant)


def friend_project(world) -> Project:
    """Of the doctor alone: the manager is critical friend."""
    return begun(world.thing("pair"), world.participant, shape=Shape.FRIEND)


def many_begun(world):
    if "pair" in vars(world):
        for number in range(8):
            begun(world.pair, world.participant, title=f"Project {number}")


BEGIN = {"title": "Letters on the day", "shape": "joint"}
PROJECT = {"project_id": "project"}

# Each with the rows of its own modules.
PARTS = (matrix_milestones, matrix_measures, matrix_cycles, matrix_plan, matrix_portfolio)

GROW = [many_agreed, many_begun, *(grow for part in PARTS for grow in part.GROW)]
OBJECTS = {"agreed_action": agreed, "project": project, "friend_project": friend_project}
OBJECTS |= {name: make for part in PARTS for name, make in part.OBJECTS.items()}

ROWS = [
    Row(url="own_project_list", ids={"participant_id": "participant"}, may={"doctor"}, may_not=LEADS),
    Row(url="project_list", ids=PAIR, may=PARTNERS, may_not=LEADS),
    Row(url="project_create", ids=PAIR, may=PARTNERS, may_not=LEADS, methods=("GET", "POST"), post=BEGIN),
    Row(url="project_detail", ids=PROJECT, may=PARTNERS | LEADS),
    Row(
        url="project_edit", ids=PROJECT, may=PARTNERS, may_not=LEADS, methods=("GET", "POST"), post={"title": "Letters"}
    ),
    Row(url="project_aim", ids=PROJECT, may=PARTNERS, may_not=LEADS, methods=("GET", "POST"), post={"aim": "Letters"}),
    Row(url="action_list", ids=PAIR, may=PARTNERS, may_not=LEADS),
    Row(url="action_finish", ids=ACTION, may=PARTNERS, methods=("POST",)),
    Row(url="action_reopen", ids=ACTION, may=PARTNERS, methods=("POST",)),
    Row(url="action_drop", ids=ACTION, may=PARTNERS, methods=("GET", "POST")),
    *(row for part in PARTS for row in part.ROWS),
]
