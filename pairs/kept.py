"""What stays somebody's own of a pair that she belongs to no more: pages that she may open, and no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page

from elements import house, timeline
from elements.contract import Door
from pairs.choices import EndKind
from pairs.history import FIRST, page_of
from pairs.models import Agreement, Pair
from pairs.partners import Parting, parting


@dataclass(frozen=True)
class Farewell:
    """What the home page says of a pair that is over."""

    parting: Parting
    doors: list[Door]

    @property
    def is_finished(self) -> bool:
        """Whether she was in it to the end of the programme. No other kind of end is told: it may be about somebody."""
        pair = self.parting.pair
        return pair.end_kind == EndKind.FINISHED and self.parting.until == pair.ended_on


@dataclass(frozen=True)
class Kept:
    """What took place while somebody belonged to pairs that are over, and the agreements that she signed there."""

    partings: list[Parting]
    past: Page
    agreements: list[Agreement]
    doors: list[Door]


def farewells(user, pairs: Iterable[Pair]) -> dict:
    """{primary key of a participant: the last pair that is over}, of pairs read with their members. No queries."""
    latest = {each.me.pk: each for each in _partings(user, pairs)}
    return {pk: Farewell(each, _doors(each, user)) for pk, each in latest.items()}


def kept_of(participant, *, user, on: date, number: str) -> Kept:
    """What a person keeps in a cohort. Each element is asked once."""
    pairs = Pair.objects.known_to(user).filter(cohort=participant.cohort_id).with_members()
    left = {each.pair.pk: each for each in _partings(user, pairs)}
    told = timeline.of([each.pair for each in left.values()], viewer=user) if left else {}
    # A first meeting is a date alone, and its page is for partners who are to meet.
    own = [
        entry
        for pair, entries in told.items()
        for entry in entries
        if entry.url and entry.on <= left[pair].until and entry.label != FIRST and entry.state != "cancelled"
    ]
    own.sort(key=lambda entry: entry.on, reverse=True)
    partings = list(left.values())[::-1]
    return Kept(
        partings=partings,
        past=page_of(own, on, number),
        agreements=list(Agreement.objects.visible_to(user).filter(pair__in=left).order_by("-written_at", "-version")),
        doors=_doors(partings[0], user) if partings else [],
    )


def left_by(user, pair_id) -> Parting | None:
    """The pair of this primary key as this person left it; None where she did not, or never knew of it."""
    pair = Pair.objects.known_to(user).filter(pk=pair_id).with_members().first()
    return pair and parting(pair, user)


def _partings(user, pairs: Iterable[Pair]) -> list[Parting]:
    """Those of these pairs that this person has left, the last one last."""
    return sorted((each for each in (parting(pair, user) for pair in pairs) if each), key=lambda each: each.until)


def _doors(left: Parting, user) -> list[Door]:
    return house.doors(viewer=user, where="kept", pair=left.pair, cohort=left.pair.cohort)
