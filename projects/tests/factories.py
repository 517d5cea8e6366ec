"""Agreed actions in tests, made through the action itself."""

from datetime import date

from projects import actions
from projects.models import Action

SAID_ON = date(2027, 2, 3)


def agreed(pair, owner, words="Send the rota", **more) -> Action:
    given = {"words": words, "said_on": SAID_ON, "by": owner.user, **more}
    return actions.add_action(pair=pair, owner=owner, **given)
