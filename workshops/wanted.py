"""What people want from a workshop, as whoever runs it reads it: once, by side, in numbers that hide nobody."""

from dataclasses import dataclass
from datetime import date

from cohorts.choices import Side
from elements import disclosure
from workshops.choices import SCALE
from workshops.models import Need, Workshop


@dataclass(frozen=True)
class Wanted:
    """`is_known` once nobody can answer any more: until then the page says nothing, not even how many answered."""

    is_known: bool
    confidence: disclosure.Breakdown | None = None
    texts: tuple[str, ...] = ()


def wanted(workshop: Workshop, *, on: date) -> Wanted:
    """One query at most. Texts carry no side: by side they would need more people than a cohort mostly has."""
    if not workshop.knows_needs(on):
        return Wanted(False)
    given: dict[str, list[int]] = {side: [] for side in Side}
    words = []
    for side, confidence, text in Need.objects.filter(workshop=workshop).values_list("side", "confidence", "words"):
        given[side].append(confidence)
        words.append(text)
    found = disclosure.breakdown(given, scale=SCALE)
    named = tuple((workshop.cohort.plural(side), each) for side, each in found.groups)
    return Wanted(True, disclosure.Breakdown(found.total, named), disclosure.texts(words))


def own_need(workshop: Workshop, user) -> Need | None:
    return Need.objects.visible_to(user).filter(workshop=workshop).first()
