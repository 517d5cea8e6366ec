"""The list of pairs of a cohort, the same for the page and for the file."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cohorts.listing import day
from cohorts.models import Participant
from cohorts.rules import is_whole_lead
from elements import clock
from pairs.calling import called
from pairs.first_meetings import told_long_ago, without_date
from pairs.forms.living import PairFilter
from pairs.models import Membership, Pair

COLOURS = {"Not told yet": "blue", "Live": "green", "Paused": "yellow", "Ended": "grey"}


@dataclass(frozen=True)
class Line:
    """A pair with those of its members whom the reader may see; `hidden` are how many others there are."""

    pair: Pair
    people: list[Participant]
    hidden: int
    called: dict

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
    elif state == "undated":
        pairs = without_date(pairs, told_by=told_long_ago(clock.today()))
    elif state:
        pairs = pairs.filter(ended_on=None, paused_on__isnull=state == "live")
    if words:
        seen = Participant.objects.visible_to(user).filter(name__icontains=words)
        pairs = pairs.filter(Exists(Membership.objects.filter(pair=OuterRef("pk"), participant__in=seen)))
    return pairs


def lines(pairs, *, user, cohort) -> list[Line]:
    """The pairs as lines; unless the reader leads the whole cohort one query finds out whom she may see."""
    members = {membership.participant_id for pair in pairs for membership in pair.everybody}
    if is_whole_lead(user, cohort):
        return _lines(pairs, members)
    people = Participant.objects.visible_to(user).filter(cohort=cohort, pk__in=members)
    return _lines(pairs, set(people.order_by().values_list("pk", flat=True)))


def _lines(pairs, seen: set) -> list[Line]:
    everybody = (membership.participant for pair in pairs for membership in pair.everybody)
    names = called(person for person in everybody if person.pk in seen)
    return [_line(pair, seen, names) for pair in pairs]


def _line(pair: Pair, seen: set, names: dict) -> Line:
    people = [membership.participant for membership in pair.everybody if pair.ended_on or membership.until is None]
    mine = [person for person in people if person.pk in seen]
    return Line(pair, mine, len(people) - len(mine), names)


def listed_pairs(*, user, cohort, query):
    """Every line of the list, for a file."""
    return lines(list(filtered(user=user, cohort=cohort, query=query).with_members()), user=user, cohort=cohort)
