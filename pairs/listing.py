"""The list of pairs of a cohort, the same for the page and for the file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.utils import timezone
from django.utils.text import capfirst

from cohorts.choices import Side
from cohorts.listing import sortable
from cohorts.models import Participant
from cohorts.rules import is_whole_lead
from elements import clock
from elements.links import links_to
from pairs.calling import called
from pairs.forms.living import PairFilter
from pairs.models import Membership, Pair
from pairs.quiet import concerns

COLOURS = {"Not told yet": "blue", "Live": "green", "Paused": "yellow", "Ended": "grey"}
SIDES = {"first": Side.A, "second": Side.B}  # what a heading sorts by; the others are "state" and "started"
OF_CONCERN = {"quiet", "unmet", "undated"}
NEWEST_FIRST = "-started"
ELSEWHERE = "somebody of another organisation"
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
    """A pair with those of its members whom the reader may see; `first` and `second` name each side."""

    pair: Pair
    people: list[Member]
    url: str
    first: str
    second: str
    state: str
    colour: str
    started: str
    meet_by: str


def headings(query, cohort) -> list[dict]:
    """The columns that sort: the two sides by the cohort's own labels, state and start."""
    sides = [(name, capfirst(cohort.label(side))) for name, side in SIDES.items()]
    return sortable(query, [*sides, ("state", "State"), ("started", "Started")], first=NEWEST_FIRST)


def in_order(pairs, *, user, cohort, sort: str):
    """Sorted by an allowed heading, "-" before it for the other direction; anything else shows the newest first."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    if name in SIDES:
        column = _name_on(SIDES[name], user=user, cohort=cohort)
    elif name == "state":
        column = _state()
    else:
        return pairs.order_by("started_on", "id") if sort == "started" else pairs.order_by("-started_on", "id")
    return pairs.order_by(column.desc(nulls_last=True) if is_down else column.asc(nulls_last=True), "-started_on", "id")


def _name_on(side: str, *, user, cohort):
    """The first name on a side that the reader sees in the line: another's must not show by its place in the order."""
    members = Membership.objects.filter(pair=OuterRef("pk"), participant__side=side)
    if not is_whole_lead(user, cohort):
        members = members.filter(participant__in=Participant.objects.visible_to(user).filter(cohort=cohort))
    present_first = F("until").desc(nulls_first=True)
    return Subquery(members.order_by(present_first, "participant__name").values("participant__name")[:1])


def _state():
    """The order of `Pair.state`: not told yet, live, paused, ended."""
    return Case(
        When(ended_on__isnull=False, then=Value(3)),
        When(shown_from__gt=timezone.now(), then=Value(0)),
        When(paused_on__isnull=False, then=Value(2)),
        default=Value(1),
    )


def filtered(*, user, cohort, query):
    """The pairs of a cohort that the reader may see, by the page's own filters."""
    pairs = Pair.objects.visible_to(user).filter(cohort=cohort)
    form = PairFilter(query)
    if not form.is_valid():
        return pairs
    state, words = form.cleaned_data["state"], form.cleaned_data["q"]
    if state == "ended":
        pairs = pairs.exclude(ended_on=None)
    elif state in OF_CONCERN:
        found = getattr(concerns(pairs, cohorts=[cohort], on=clock.today()), state)
        pairs = pairs.filter(pk__in=[each.pair.key for each in found])
    elif state:
        pairs = pairs.filter(ended_on=None, paused_on__isnull=state == "live")
    if words:
        seen = Participant.objects.visible_to(user).filter(name__icontains=words)
        pairs = pairs.filter(Exists(Membership.objects.filter(pair=OuterRef("pk"), participant__in=seen)))
    return pairs


def asked_for(*, user, cohort, query):
    """The same in the order that the page shows, with no more than it shows."""
    pairs = filtered(user=user, cohort=cohort, query=query).for_list()
    return in_order(pairs, user=user, cohort=cohort, sort=query.get("sort", ""))


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
    first, second = (_named([each for each in people if each.side == side], names) for side in SIDES.values())
    state = pair.state
    return Line(
        pair=pair,
        people=[member for member in people if member.pk in seen],
        url=url,
        first=first,
        second=second,
        state=state,
        colour=COLOURS[state],
        started=clock.in_brief(pair.started_on),
        meet_by=clock.in_brief(pair.first_meeting_by),
    )


def _named(people: list[Member], names: dict) -> str:
    """ "Sam Ash", "Sam Ash and Alex Birch", or somebody whose name is not among `names`, those that one may see."""
    return " and ".join(dict.fromkeys(names.get(person.pk, ELSEWHERE) for person in people))


def listed_pairs(*, user, cohort, query):
    """Every line of the list, for a file."""
    return lines(asked_for(user=user, cohort=cohort, query=query), user=user, cohort=cohort)
