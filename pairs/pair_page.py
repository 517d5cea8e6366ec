"""The page of one pair: its partners see each other, leads see dates and state."""

from dataclasses import dataclass

from cohorts.rules import is_whole_lead
from elements.registry import all_elements
from pairs.models import Membership, Pair
from pairs.partners import Partnership, partnership


@dataclass(frozen=True)
class PartnersPage:
    """What a partner sees."""

    seen: Partnership
    doors: list
    panels: list
    template: str = "pair_partner.html"


@dataclass(frozen=True)
class LeadsPage:
    """What a lead sees; why the pair ended is nothing for one of its own people."""

    members: list[Membership]
    may_change: bool
    end_reason: str
    template: str = "pair_detail.html"


def pair_page(pair: Pair, *, user) -> PartnersPage | LeadsPage:
    """The page as this reader may see it: somebody who belongs to the pair is a partner first."""
    seen = partnership(pair, user)
    if seen:
        return PartnersPage(
            seen,
            doors=sorted(_handed("doors", viewer=user, pair=pair), key=lambda door: door.order),
            panels=sorted(
                (
                    panel
                    for panel in _handed("panels", viewer=user, pair=pair)
                    if panel.template != "pairs/_partner.html"
                ),
                key=lambda panel: panel.order,
            ),
        )
    whole = is_whole_lead(user, pair)
    was_in_it = any(membership.participant.user_id == user.pk for membership in pair.everybody)
    return LeadsPage(
        members=pair.everybody,
        may_change=whole and not pair.ended_on,
        end_reason=pair.end_reason if whole and not was_in_it else "",
    )


def _others_panels(pair: Pair, user) -> list:
    """The panels of the rooms; the partner's own card is the page itself."""
    return [panel for panel in _handed("panels", viewer=user, pair=pair) if panel.template != "pairs/_partner.html"]


def _handed(part: str, **given) -> list:
    return [each for element in all_elements() for each in getattr(element, part)(**given)]
