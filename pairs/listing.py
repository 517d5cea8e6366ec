"""The list of pairs of a cohort, the same for the page and for the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from cohorts.listing import day
from cohorts.models import Participant
from cohorts.rules import is_whole_lead
from elements.links import links_to
from pairs.calling import called
from pairs.forms.living import PairFilter
from pairs.models import Membership, Pair

COLOURS = {"Not told yet": "blue", "Live": "green", "Paused": "yellow", "Ended": "grey"}
MEMBER = ("pair", "until", "participant", *(f"participant__{each}" for each in ("name", "side", "role_title")))


class Member(NamedTuple):
    """Somebody who is or was in a pair: a row instead of the three models that a list would make of each."""

    pair: UUID
    until: date | None
    pk: UUID
    name: str
    side: str
    role_title: str
    email: str


@dataclass(frozen=True)
class Line:
    """A pair with those of its members whom the reader may see; `hidden` are how many others there are."""

    pair: Pair
    people: list[Member]
    hidden: int
    called: dict
    url: str

    @property
    def names(self) -> str:
        """ "Sam Ash and Alex Birch"; a third comes first, after a comma."""
        *first, last = [self.called[person.pk] for person in self.people] or [""]
        return f"{', '.join(first)} and {last}" if first else last

    @property
    def started(self) -> str:
        return day(self.pair.started_on)

    @property
    def meet_by(self) -> str:
        return day(self.pair.first_meeting_by)

    @property
    def colour(self) -> str:
        return COLOURS[self.pair.state]


def filtered(*, user, cohort, query):
    """The pairs of a cohort that the reader may see, by the page's own filters."""
    pairs = Pair.objects.visible_to(user).filter(cohort=cohort)
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


def lines(pairs: Iterable[Pair], *, user, cohort) -> list[Line]:
    """The pairs as lines; unless the reader leads the whole cohort one query finds out whom she may see."""
    pairs = list(pairs)
    rows = Membership.objects.filter(pair__in=pairs).values_list(*MEMBER, "participant__user__email")
    members = list(map(Member._make, rows))
    seen = {member.pk for member in members}
    if not is_whole_lead(user, cohort):
        people = Participant.objects.visible_to(user).filter(cohort=cohort, pk__in=seen)
        seen = set(people.order_by().values_list("pk", flat=True))
    names, link = called(member for member in members if member.pk in seen), links_to("pair_detail")
    of_pair = defaultdict(list)
    for member in members:
        of_pair[member.pair].append(member)
    return [_line(pair, of_pair[pair.pk], seen, names, link(pair.pk)) for pair in pairs]


def _line(pair: Pair, members: list[Member], seen: set, names: dict, url: str) -> Line:
    people = [member for member in members if pair.ended_on or member.until is None]
    mine = [member for member in people if member.pk in seen]
    return Line(pair, mine, len(people) - len(mine), names, url)


def listed_pairs(*, user, cohort, query):
    """Every line of the list, for a file."""
    return lines(filtered(user=user, cohort=cohort, query=query).for_list(), user=user, cohort=cohort)
