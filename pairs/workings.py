"""A kept run brought back to the bench: its problem, table and solution, and the pairs as they stand by hand."""

from functools import cached_property

from pairs import matching
from pairs.models import Run
from pairs.reasons import points


class Workings:
    """Made from a run when a page or an action asks the bench something; nothing is solved until asked."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @cached_property
    def problem(self):
        return matching.from_json(self.run.inputs)

    @cached_property
    def table(self):
        return matching.prepare(self.problem)

    @cached_property
    def solution(self):
        return matching.from_json(self.run.result)

    @cached_property
    def names(self) -> dict[str, str]:
        return dict(self.table.names)

    def check(self):
        """Verify the kept result against the kept problem. Raises matching.ProofRefused."""
        return matching.check(self.problem, self.solution)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The proposals as they stand, trios by their first two people."""
        return tuple((str(a), str(b)) for a, b in self.run.proposals.values_list("a", "b"))

    def groups(self) -> tuple[tuple, ...]:
        """The proposals as they stand, each (a, b, third or none)."""
        return tuple(self.run.proposals.values_list("a", "b", "third"))

    def amount(self, groups) -> int:
        """The exact sum T of groups of keys (a, b, third or none); a trio counts its weaker link, as its score does."""
        return sum(min(self._links(*people)) for people in groups)

    def total(self, groups) -> int:
        """The same as a sum of scores: rounded once, so that every page gives one figure."""
        return points(self.amount(groups), self.table.weight_sum)

    def _links(self, a, b, third):
        cells = [self.table.cell(str(a), str(b))]
        if third:
            cells += [self.table.cell(str(third), str(other)) for other in (a, b)]  # none with the one of her side
        return [int(self.table.totals[cell]) for cell in cells if cell is not None]

    def score(self, one: str, other: str) -> int:
        return matching.explain(self.table, one, other).score
