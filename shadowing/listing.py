"""The lead's list of pairs with their visits each way, the same for page and file: names, counts and hours alone."""

from dataclasses import dataclass

from cohorts.choices import Side
from elements.contract import Column, Export
from pairs.listing import Line as PairLine
from pairs.listing import in_order
from pairs.listing import lines as pair_lines
from pairs.models import Pair
from shadowing.forms.reciprocity import NONE, ONE_SIDED, ReciprocityFilter
from shadowing.reciprocity import Tally, counted, one_sided, tallies, without_visit

CUTS = {ONE_SIDED: one_sided, NONE: without_visit}


@dataclass(frozen=True)
class Line:
    """A pair with what each side has made; nothing of people whom the reader may not see."""

    pair: PairLine
    first: tuple[Tally, ...]
    second: tuple[Tally, ...]

    @property
    def first_words(self) -> list[str]:
        return [in_words(tally) for tally in self.first]

    @property
    def second_words(self) -> list[str]:
        return [in_words(tally) for tally in self.second]


def in_words(tally: Tally) -> str:
    return f"{counted(tally.made)}, {tally.made_hours}" if tally.made else "No visit yet"


def asked_for(*, user, cohort, query):
    """The pairs that go on, by the page's own filter, in the order of the names in the first column."""
    pairs = Pair.objects.visible_to(user).filter(cohort=cohort, ended_on=None)
    form = ReciprocityFilter(query)
    cut = CUTS.get(form.cleaned_data["state"]) if form.is_valid() else None
    return in_order(cut(pairs) if cut else pairs, user=user, cohort=cohort, sort="first").for_list()


def lines(pairs, *, user, cohort) -> list[Line]:
    """One query more than the list of pairs asks, however many there are."""
    shown = pair_lines(pairs, user=user, cohort=cohort)
    found = tallies({person.pk for line in shown for person in line.people})
    return [
        Line(line, *(tuple(found[each.pk] for each in line.people if each.side == side) for side in Side.values))
        for line in shown
    ]


def rows(user, cohort, query):
    """One row for each pair that the page would list."""
    pairs = asked_for(user=user, cohort=cohort, query=query)
    for line in lines(pairs, user=user, cohort=cohort):
        yield (
            line.pair.first,
            *_columns(line.first),
            line.pair.second,
            *_columns(line.second),
            cohort.visits_target,
            line.pair.state,
        )


def _columns(side: tuple[Tally, ...]) -> tuple[str, str]:
    """Visits and hours of each person of a side; hours with two decimals, as a sheet can add them."""
    return (
        "; ".join(str(each.made) for each in side),
        "; ".join(f"{each.made_minutes / 60:.2f}" for each in side),
    )


EXPORT = Export(
    name="visits",
    title="Visits each way",
    row_meaning="One row is one pair that goes on. In a pair of three, the two of one side follow each other.",
    columns=(
        Column("First side", "Name of the member of the first side", 28),
        Column("Their visits", "Visits that this person made and that took place, with any partner", 14),
        Column("Their hours", "Hours that these visits really took", 14),
        Column("Second side", "Name of the member of the second side", 28),
        Column("Second side's visits", "Visits that this person made and that took place, with any partner", 14),
        Column("Second side's hours", "Hours that these visits really took", 14),
        Column("Visits hoped for", "Visits each way that the cohort hopes for", 14),
        Column("State", "Not told yet, live or paused", 12),
    ),
    rows=rows,
    permission="shadowing.see_reciprocity",
    filename="visits",
)
