"""What partners agreed to do, and the projects of a pair, as pages show them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from elements.phrases import in_a_row
from pairs.models import Membership, Pair
from projects.choices import Part
from projects.models import Action, Involvement, Project

A_PAGE = 25  # of what is open
SHOWN_OPEN = 5  # on a page that shows other things as well
SHOWN_DONE = 20  # of what is done, the latest


@dataclass(frozen=True)
class Agreed:
    """The actions of a pair: what is open and due first, whether there is more, and the latest of what is done."""

    still: list[Action]
    is_cut: bool
    done: list[Action]


def agreed_by(pair: Pair, *, user) -> Agreed:
    """Two queries."""
    found = Action.objects.visible_to(user).filter(pair=pair).with_people().in_order()
    still = list(found.open()[: A_PAGE + 1])
    return Agreed(still[:A_PAGE], len(still) > A_PAGE, list(found.exclude(done_on=None)[:SHOWN_DONE]))


def open_actions(pair: Pair, *, user) -> list[Action]:
    """The first of them, for a page that shows more than these."""
    return list(
        Action.objects.visible_to(user).filter(pair=pair, project=None).open().with_people().in_order()[:SHOWN_OPEN]
    )


def said_in(key, *, user) -> list[Action]:
    """What was agreed in one conversation or surgery, as far as this person may see it."""
    return list(Action.objects.visible_to(user).filter(said_in=key).with_people().in_order())


def still_to_do(participants: Collection, *, until: date):
    """What these people have open and due until then; nothing that was promised to a former partner, and no next step
    of a project that somebody belongs to no more. No query yet.
    """
    live = Membership.objects.live().filter(participant=OuterRef("owner"), pair=OuterRef("pair"))
    involved = Involvement.objects.filter(participant=OuterRef("owner"), project=OuterRef("project"), until=None)
    goes_on = Q(project=None) & (Q(pair=None) | Exists(live)) | Exists(involved)
    return Action.objects.filter(goes_on, owner__in=list(participants), due_on__lte=until).open()


def has_list(action: Action, *, user) -> bool:
    """Whether this person may still open the list of the pair: a former partner keeps her own and no list."""
    return Pair.objects.of(user).filter(pk=action.pair_id).exists()


def projects_of(user, *, cohort) -> list[Project]:
    """What somebody owns or reads as critical friend in the cohort of this key, with or without a pair; one query."""
    return list(Project.objects.own(user).filter(cohort=cohort)[:A_PAGE])


def projects_and_whose(user, *, pair: Pair) -> list[tuple[Project, str]]:
    """The same in the cohort of a pair, each with whose it is, as this person is told on its page; three queries."""
    found = Project.objects.own(user).filter(cohort=pair.cohort_id)
    here = set(Membership.objects.live().filter(pair=pair).values_list("participant", flat=True))
    people = Involvement.objects.filter(project__in=found.order_by().values("pk"), until=None)
    everybody = defaultdict(list)
    for each in people.select_related("participant"):
        everybody[each.project_id].append(each)
    return [(each, whose(everybody[each.pk], user, here)) for each in found[:A_PAGE]]


def whose(everybody: list[Involvement], user, here: set) -> str:
    """Whose a project of these people is, as this reader is told; `here` are the partners of whose page it is told:
    what is shared with others, as with a partner of before, is no project of these. No queries.
    """
    owners = [each.participant for each in everybody if each.part == Part.OWNER]
    others = [each.name for each in owners if each.user_id != user.pk]
    friends = [each.participant.name for each in everybody if each.part == Part.FRIEND]
    if len(others) == len(owners):
        names = in_a_row([f"{name}’s" for name in others])
        return f"{names} project; you are the critical friend" if others else "You are the critical friend"
    if others and not here.issuperset(each.pk for each in owners):
        return f"Your project with {in_a_row(others)}"
    if others:
        return "One project of you both" if len(others) == 1 else f"One project of you and {in_a_row(others)}"
    return f"Your project, with {in_a_row(friends)} as critical friend" if friends else "Your project"
