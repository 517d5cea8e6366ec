"""What partners agreed to do, as pages show it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from pairs.models import Membership, Pair
from projects.models import Action

SHOWN_DONE = 20  # of what is done, the latest


@dataclass(frozen=True)
class Agreed:
    """The actions of a pair: what is open, what is done."""

    still: list[Action]
    done: list[Action]


def agreed_by(pair: Pair, *, user) -> Agreed:
    """Two queries."""
    found = Action.objects.visible_to(user).filter(pair=pair).with_people().in_order()
    return Agreed(list(found.open()), list(found.exclude(done_on=None)[:SHOWN_DONE]))


def open_actions(pair: Pair, *, user) -> list[Action]:
    return list(Action.objects.visible_to(user).filter(pair=pair).open().with_people().in_order())


def said_in(key, *, user) -> list[Action]:
    """What was agreed in one conversation or surgery, as far as this person may see it."""
    return list(Action.objects.visible_to(user).filter(said_in=key).with_people().in_order())


def still_to_do(participants, *, until: date) -> list[Action]:
    """What these people have open and due until then, in one query; nothing that was promised to a former partner."""
    live = Membership.objects.live().filter(participant=OuterRef("owner"), pair=OuterRef("pair"))
    found = Action.objects.filter(Q(pair=None) | Exists(live), owner__in=list(participants), due_on__lte=until)
    return list(found.open().with_people().in_order())


def has_list(action: Action, *, user) -> bool:
    """Whether this person may still open the list of the pair: a former partner keeps her own and no list."""
    return Pair.objects.of(user).filter(pk=action.pair_id).exists()
