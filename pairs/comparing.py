"""Two runs side by side as they stand now: after swaps, trios and everything else that a lead's hand changed."""

from dataclasses import dataclass

from pairs.calling import called
from pairs.models import Proposal, Run
from pairs.workings import Workings

FIRST, SECOND, BOTH = "Only in the first run", "Only in the second run", "In both runs"


@dataclass(frozen=True)
class Figures:
    """A run in numbers; `pairs` counts a trio too, `worst` is None without any."""

    run: Run
    pairs: int
    trios: int
    by_hand: int
    left_over: int
    worst: int | None
    total: int


@dataclass(frozen=True)
class Line:
    """People whom at least one of the two runs puts together, with the proposal of each that does."""

    names: str
    first: Proposal | None
    second: Proposal | None

    @property
    def where(self) -> str:
        return BOTH if self.first and self.second else FIRST if self.first else SECOND


@dataclass(frozen=True)
class Comparison:
    """What differs comes first: only in the first, only in the second, in both; each by name."""

    figures: tuple[Figures, Figures]
    lines: list[Line]
    counts: list[tuple[str, int]]
    is_one_measure: bool  # whether the same things counted the same, so that scores can be compared

    @property
    def is_the_same(self) -> bool:
        return all(line.where == BOTH for line in self.lines)


def compared(run: Run, other: Run) -> Comparison:
    """Two queries, whatever the number of pairs; one more for each run that was changed by hand."""
    first, second = _by_people(run), _by_people(other)
    names = called(person for found in (first, second) for each in found.values() for person in each.people)
    lines = [
        Line(_named(first.get(people) or second[people], names), first.get(people), second.get(people))
        for people in first.keys() | second.keys()
    ]
    order = (FIRST, SECOND, BOTH)
    lines.sort(key=lambda line: (order.index(line.where), line.names))
    return Comparison(
        figures=(_figures(run, first.values()), _figures(other, second.values())),
        lines=lines,
        counts=[(where, sum(line.where == where for line in lines)) for where in order],
        is_one_measure=run.weights == other.weights,
    )


def _by_people(run: Run) -> dict[frozenset, Proposal]:
    return {frozenset(person.pk for person in each.people): each for each in run.proposals.with_names()}


def _named(proposal: Proposal, names: dict) -> str:
    *others, last = [names[person.pk] for person in (proposal.a, proposal.third, proposal.b) if person]
    return f"{', '.join(others)} and {last}"


def _figures(run: Run, proposals) -> Figures:
    return Figures(
        run,
        pairs=len(proposals),
        trios=sum(each.third_id is not None for each in proposals),
        by_hand=sum(each.by_hand for each in proposals),
        left_over=len(run.notes["people"]) - sum(len(each.people) for each in proposals),
        worst=min((each.score for each in proposals), default=None),
        total=_total(run, proposals),
    )


def _total(run: Run, proposals) -> int:
    """Kept with the run as it was found; reckoned from the exact scores where a lead's hand changed it."""
    if not any(each.by_hand for each in proposals):
        return run.notes["total"]
    return Workings(run).total((each.a_id, each.b_id, each.third_id) for each in proposals)
