"""The list of pairs of a cohort, the same for the page and for the file."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cohorts.models import Participant
from pairs.forms.living import PairFilter
from pairs.models import Membership, Pair


@dataclass(frozen=True)
class Line:
    """A pair with those of its members whom the reader may see; `hidden` are how many others there are."""

    pair: Pair
    people: list[Participant]
    hidden: int


def filtered(*, user, cohort, query):
    """The pairs of a cohort that the reader may see, by the page's own filters."""
    pairs = Pair.objects.visible_to(user).filter(cohort=cohort).with_members()
    form = PairFilter(query)
    if not form.is_valid():
        return pairs
    state, words = form.cleaned_data["state"], form.cleaned_data["q"]
    if state == "ended":
        pairs = pairs.exclude(ended_on=None)
    elif state:
        pairs = pairs.filter(ended_on=None, paused_on__isnull=state == "live")
    if words:
        seen = Participant.objects.visible_to(user).filter(name__icontains=words)
        pairs = pairs.filter(Exists(Membership.objects.filter(pair=OuterRef("pk"), participant__in=seen)))
    return pairs


def lines(pairs, *, user, cohort) -> list[Line]:
    """The pairs as lines; one query finds out whom the reader may see."""
    members = {membership.participant_id for pair in pairs for membership in pair.everybody}
    seen = set(Participant.objects.visible_to(user).filter(cohort=cohort, pk__in=members).values_list("pk", flat=True))
    return [_line(pair, seen) for pair in pairs]


def _line(pair: Pair, seen: set) -> Line:
    people = [membership.participant for membership in pair.everybody if pair.ended_on or membership.until is None]
    mine = [person for person in people if person.pk in seen]
    return Line(pair, mine, len(people) - len(mine))


def listed_pairs(*, user, cohort, query):
    """Every line of the list, for a file."""
    return lines(list(filtered(user=user, cohort=cohort, query=query)), user=user, cohort=cohort)
