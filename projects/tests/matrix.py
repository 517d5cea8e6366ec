"""Who may use which address of agreed actions."""

from datetime import date

from pairs.models import Pair
from projects import actions
from projects.models import Action
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
        actions.finish_action(action=agreed(world, f"Deed {number}"), on=SAID_ON, by=world.doctor)


GROW = [many_agreed]
OBJECTS = {"agreed_action": agreed}

ROWS = [
    Row(url="action_list", ids=PAIR, may=PARTNERS, may_not=LEADS),
    Row(url="action_finish", ids=ACTION, may=PARTNERS, methods=("POST",)),
    Row(url="action_reopen", ids=ACTION, may=PARTNERS, methods=("POST",)),
    Row(url="action_drop", ids=ACTION, may=PARTNERS, methods=("GET", "POST")),
]
