"""With whom somebody is or was paired, as a lead sees it on that person's page."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from cohorts.models import Participant
from pairs.models import Membership, Pair


@dataclass
class Line:
    """A pair of one person: who else is or was in it, and how many of those the reader may not know."""

    pair: Pair
    names: list[str] = field(default_factory=list)
    hidden: int = 0


def pairs_about(*, participant: Participant, viewer) -> list[Line]:
    """The present pair first, then ended ones, as far as `viewer` may see them. One query."""
    known = Participant.objects.visible_to(viewer).filter(pk=OuterRef("participant"))
    others = (
        Membership.objects.filter(pair__in=Pair.objects.visible_to(viewer).filter(memberships__participant=participant))
        .exclude(participant=participant)
        .select_related("pair", "participant")
        .annotate(is_known=Exists(known))
        .order_by("-pair__started_on", "pk")
    )
    lines: dict[object, Line] = {}
    for membership in others:
        line = lines.setdefault(membership.pair_id, Line(membership.pair))
        if not membership.is_known:
            line.hidden += 1
        elif membership.participant.name not in line.names:
            line.names.append(membership.participant.name)
    return sorted(lines.values(), key=lambda line: line.pair.ended_on is not None)
